/** A service of Tencent Cloud, and the version of its API that Ferry uses. */
export interface Service {
  /** The first part of its host: `vpc.tencentcloudapi.com`. */
  name: string;
  version: string;
}

/** Creates and finds jobs. */
export const dts: Service = { name: 'dts', version: '2018-03-30' };
/** Follows jobs, and lists the instances of all engines that a job can have. */
export const newDts: Service = { name: 'dts', version: '2021-12-06' };
export const vpc: Service = { name: 'vpc', version: '2017-03-12' };
export const cvm: Service = { name: 'cvm', version: '2017-03-12' };
/** Secrets Manager. */
export const ssm: Service = { name: 'ssm', version: '2019-09-23' };
/** Says which account a key belongs to. */
export const sts: Service = { name: 'sts', version: '2018-08-13' };
/** Lists the regions of each product. */
export const regionService: Service = { name: 'region', version: '2022-06-27' };
/** TencentDB products, which return the versions and sizes of their instances. */
export const cdb: Service = { name: 'cdb', version: '2017-03-20' };
export const redis: Service = { name: 'redis', version: '2018-04-12' };
export const mongodb: Service = { name: 'mongodb', version: '2019-07-25' };
export const postgres: Service = { name: 'postgres', version: '2017-03-12' };
export const sqlserver: Service = { name: 'sqlserver', version: '2018-03-28' };
