export interface VpnGateway {
  readonly region: string;
  /** `vpngw-…` */
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly address: string;
  /** `AVAILABLE` unless told. */
  readonly state?: 'PENDING' | 'PENDING_ERROR' | 'DELETING' | 'DELETING_ERROR' | 'AVAILABLE';
  /** `NORMAL` unless told. */
  readonly restriction?: 'NORMAL' | 'PROTECTIVELY_ISOLATED';
}
