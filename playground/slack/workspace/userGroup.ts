/** User groups exist only on paid plans. */
export type Plan = 'free' | 'paid';

export interface UserGroup {
  readonly id: string;
  /** Without `@`. */
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
  readonly disabled: boolean;
  /** Belongs to a whole Enterprise organization: it can be found by ID, but isn't listed. */
  readonly orgWide?: boolean;
}
