/** A Cloud Connect Network: joins VPCs of any regions, so every region sees it unless told. */
export interface Ccn {
  readonly region?: string;
  /** `ccn-…` */
  readonly id: string;
  readonly name: string;
  /** `AVAILABLE` unless told; `ISOLATED` means that the bill is not paid. */
  readonly state?: 'AVAILABLE' | 'ISOLATED';
}
