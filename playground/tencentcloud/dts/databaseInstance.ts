/** A TencentDB instance as DTS sees it. */
export interface DatabaseInstance {
  readonly region: string;
  /** `mysql`, `redis`, …, as DTS names engines. */
  readonly engine: string;
  /** `cdb-…`, `crs-…`, …, by engine. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Why it can't be a job's source or destination; it can be whatever is not named. */
  readonly unusable?: { readonly src?: string; readonly dst?: string };
}
