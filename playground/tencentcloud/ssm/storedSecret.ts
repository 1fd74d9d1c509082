/** A secret of SSM, the Secrets Manager. */
export interface StoredSecret {
  readonly region: string;
  /** Letters, digits, `-` and `_`, at most 128. */
  readonly name: string;
  /** By default `Enabled`. */
  readonly status?: 'Enabled' | 'Disabled' | 'PendingDelete' | 'Creating' | 'Failed';
  /** The database whose account it is; without one, the secret is user-defined. */
  readonly product?: { readonly name: string; readonly instanceId: string };
  /**
   * Oldest first. `SSM_Current` returns the newest version of a product's secret, with the text
   * `{"UserName": …, "Password": …}`.
   */
  readonly versions: readonly [SecretVersion, ...SecretVersion[]];
}

/** `binary` is base64, as in the API. */
export type SecretVersion =
  | { readonly id: string; readonly text: string }
  | { readonly id: string; readonly binary: string };

/** The current version of a product's secret. */
export const CURRENT_VERSION = 'SSM_Current';
