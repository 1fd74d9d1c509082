export interface VpnGateway {
  readonly region: string;
  /** `vpngw-…` */
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly address: string;
  /** By default `AVAILABLE`. */
  readonly state?: 'PENDING' | 'PENDING_ERROR' | 'DELETING' | 'DELETING_ERROR' | 'AVAILABLE';
  /** By default `NORMAL`. */
  readonly restriction?: 'NORMAL' | 'PROTECTIVELY_ISOLATED';
}
