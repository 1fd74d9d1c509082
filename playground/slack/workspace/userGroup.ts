/** User groups exist on paid plans alone. */
export type Plan = 'free' | 'paid';

export interface UserGroup {
  readonly id: string;
  /** Without `@`. */
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
  readonly disabled: boolean;
  /** Of a whole Enterprise organisation: known by its id, not listed. */
  readonly orgWide?: boolean;
}
