/** The kinds of work that need a lease. Each request has a separate lease for each kind. */
export type LeasedWork = 'alerting' | 'announcing' | 'following' | 'informing' | 'launching';

/**
 * Exclusive work on one request: of the processes that share a database, only the holder of the lease
 * does it. Every function rejects when the store fails.
 */
export interface Leases {
  /** Takes a lease that is free or has expired. False while another process holds it. */
  take(id: number, now: Date, until: Date): Promise<boolean>;
  /**
   * Extends a lease, unless another process has held it since this one took it. After `false` this
   * process must stop: what it knows about the request is out of date.
   */
  renew(id: number, until: Date): Promise<boolean>;
  release(id: number): Promise<void>;
}
