/** A Cloud Virtual Machine. */
export interface Machine {
  readonly region: string;
  /** `ins-…` */
  readonly id: string;
  readonly name: string;
  /** `ap-guangzhou-3` */
  readonly zone: string;
  /** The first of its addresses in its subnet. */
  readonly address: string;
  readonly vpcId: string;
  readonly subnetId: string;
  /** `RUNNING` unless told. */
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
  /** `NORMAL` unless told. */
  readonly restriction?: 'NORMAL' | 'EXPIRED' | 'PROTECTIVELY_ISOLATED';
}
