/** A Cloud Virtual Machine. */
export interface Machine {
  readonly region: string;
  /** `ins-…` */
  readonly id: string;
  readonly name: string;
  /** `ap-guangzhou-3` */
  readonly zone: string;
  /** The first address in its subnet. */
  readonly address: string;
  readonly vpcId: string;
  readonly subnetId: string;
  /** By default `RUNNING`. */
  readonly state?:
    | 'PENDING'
    | 'LAUNCH_FAILED'
    | 'RUNNING'
    | 'STOPPED'
    | 'STARTING'
    | 'STOPPING'
    | 'REBOOTING'
    | 'SHUTDOWN'
    | 'TERMINATING';
  /** By default `NORMAL`. */
  readonly restriction?: 'NORMAL' | 'EXPIRED' | 'PROTECTIVELY_ISOLATED';
}
