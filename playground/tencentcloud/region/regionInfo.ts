/** A region, and which products it has. */
export interface RegionInfo {
  /** `ap-guangzhou` */
  readonly id: string;
  readonly name: string;
  /** `AVAILABLE` unless told. */
  readonly state?: 'AVAILABLE' | 'UNAVAILABLE';
}
