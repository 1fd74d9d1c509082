import type { LaunchProblem } from '../request/launchOutcome';
import type { Secret } from './secret';
import type { ValueFlaw } from './secretValue';

/** A secret that the account keeps in SSM. Its value is not among this. */
export interface StoredSecret {
  name: string;
  /** As the API writes it: `Enabled`, `Disabled`, `PendingDelete`, … */
  state: string;
  /** The state, where it is one in which the value can't be read. */
  unusable: string | undefined;
  /** The database whose account it is; without one it is a secret of the user's own. */
  detail: string | undefined;
}

export type SecretList =
  | { kind: 'found'; secrets: readonly StoredSecret[] }
  | { kind: 'failed'; problem: LaunchProblem };

/** The versions of a secret, the newest first; the one in use before all, where there is one. */
export type SecretVersions =
  | { kind: 'found'; versions: readonly string[] }
  | { kind: 'failed'; problem: LaunchProblem };

/** The value of a secret. `user` is the account that it belongs to, where the secret says so. */
export type SecretReading =
  | { ok: true; secret: Secret; user: string | undefined }
  | { ok: false; problem: LaunchProblem | { kind: 'unusable'; flaw: ValueFlaw } };

/**
 * The version that is in use of a database's account which SSM changes by itself, and how a secret's
 * first version is called when nobody names it.
 */
export const currentVersion = 'SSM_Current';
