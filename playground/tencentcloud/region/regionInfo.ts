/** A region, and which products it has. */
export interface RegionInfo {
  /** `ap-guangzhou` */
  readonly id: string;
  readonly name: string;
  /** `AVAILABLE` unless told. */
  readonly state?: 'AVAILABLE' | 'UNAVAILABLE';
}

/** The shape of a region's name: ap-guangzhou, na-siliconvalley, ap-shenzhen-fsi. */
export const regionName = /^(ap|na|eu|sa|me|af)-[a-z]+(-[a-z0-9]+)*$/;
