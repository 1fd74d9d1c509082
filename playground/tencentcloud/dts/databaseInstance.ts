/** A TencentDB instance as DTS shows it. */
export interface DatabaseInstance {
  readonly region: string;
  /** DTS's name of the engine: `mysql`, `redis`, … */
  readonly engine: string;
  /** `cdb-…`, `crs-…`, …, depending on the engine. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** As the product writes it. */
  readonly version?: string;
  readonly memoryMb?: number;
  readonly diskGb?: number;
  /** Why it can't be a job's source or target. A role without a reason is possible. */
  readonly unusable?: { readonly src?: string; readonly dst?: string };
}
