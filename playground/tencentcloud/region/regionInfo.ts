/** A region and its products. */
export interface RegionInfo {
  /** `ap-guangzhou` */
  readonly id: string;
  readonly name: string;
  /** By default `AVAILABLE`. */
  readonly state?: 'AVAILABLE' | 'UNAVAILABLE';
}

/** The format of a region's name: ap-guangzhou, na-siliconvalley, ap-shenzhen-fsi. */
export const regionName = /^(ap|na|eu|sa|me|af)-[a-z]+(-[a-z0-9]+)*$/;
