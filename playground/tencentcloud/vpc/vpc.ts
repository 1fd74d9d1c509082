/** A virtual private cloud. It has no state. */
export interface Vpc {
  readonly region: string;
  /** `vpc-…` */
  readonly id: string;
  readonly name: string;
  readonly cidr: string;
}
