/** A Direct Connect gateway to a VPC or a CCN. It has no state. */
export interface DirectConnectGateway {
  readonly region: string;
  /** `dcg-…` */
  readonly id: string;
  readonly name: string;
  readonly leadsTo:
    | { readonly kind: 'VPC'; readonly id: string }
    | { readonly kind: 'CCN'; readonly id: string };
}
