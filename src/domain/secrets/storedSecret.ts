import type { CallProblem, FailedCall } from '../errors/callProblem';
import type { Secret } from './secret';
import type { ValueFlaw } from './secretValue';

/** A secret that the account keeps in SSM, without its value. */
export interface StoredSecret {
  name: string;
  /** As the API writes it: `Enabled`, `Disabled`, `PendingDelete`, … */
  state: string;
  /** The state, if the value can't be read in it. */
  unusable: string | undefined;
  /** The database whose account the secret has; otherwise it is user-defined. */
  detail: string | undefined;
}

export type SecretList = { kind: 'found'; secrets: readonly StoredSecret[] } | FailedCall;

/**
 * The versions of a secret, newest first. The current version, if there is one, comes before all
 * others.
 */
export type SecretVersions = { kind: 'found'; versions: readonly string[] } | FailedCall;

/** The value of a secret. `user` is the account that the secret names. */
export type SecretReading =
  | { ok: true; secret: Secret; user: string | undefined }
  | { ok: false; problem: CallProblem | { kind: 'unusable'; flaw: ValueFlaw } };

/**
 * The current version of a database account whose password SSM rotates, and the name that SSM gives
 * a secret's first version by default.
 */
export const currentVersion = 'SSM_Current';
