/** A secret of SSM, the Secrets Manager. */
export interface StoredSecret {
  readonly region: string;
  /** Letters, digits, `-` and `_`, at most 128. */
  readonly name: string;
  /** `Enabled` unless told. */
  readonly status?: 'Enabled' | 'Disabled' | 'PendingDelete' | 'Creating' | 'Failed';
  /** The database whose account it is; without one it is a secret of the user's own. */
  readonly product?: { readonly name: string; readonly instanceId: string };
  /**
   * Oldest first. The newest of a product's is what `SSM_Current` gives, and its text is
   * `{"UserName": …, "Password": …}`.
   */
  readonly versions: readonly [SecretVersion, ...SecretVersion[]];
}

/** `binary` is base64, as the API has it. */
export type SecretVersion =
  | { readonly id: string; readonly text: string }
  | { readonly id: string; readonly binary: string };

/** The version of a product's secret that is in use. */
export const CURRENT_VERSION = 'SSM_Current';
