/** A Cloud Connect Network joins VPCs of different regions, so by default every region sees it. */
export interface Ccn {
  readonly region?: string;
  /** `ccn-…` */
  readonly id: string;
  readonly name: string;
  /** By default `AVAILABLE`. `ISOLATED` means that the bill wasn't paid. */
  readonly state?: 'AVAILABLE' | 'ISOLATED';
}
