export interface Subnet {
  readonly region: string;
  /** `subnet-…` */
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly cidr: string;
  /** `ap-guangzhou-3` */
  readonly zone: string;
}
