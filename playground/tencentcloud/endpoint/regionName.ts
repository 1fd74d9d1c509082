/** The shape of a region's name: ap-guangzhou, na-siliconvalley, ap-shenzhen-fsi. */
export const regionName = /^(ap|na|eu|sa|me|af)-[a-z]+(-[a-z0-9]+)*$/;
