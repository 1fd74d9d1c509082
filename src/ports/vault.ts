import type { Secret } from '../domain/secrets/secret';

/** `elsewhere`: it was sealed in another context. */
export type OpenedSecret =
  | { ok: true; secret: Secret }
  | { ok: false; reason: 'no_key' | 'damaged' | 'elsewhere' };

/** Seals typed passwords. A sealed text opens only in the `context` in which it was sealed. */
export interface Vault {
  /** Rejects when there is no key; the form lets people type a password only if there is one. */
  seal(secret: Secret, context: string): Promise<string>;
  /** Never rejects. */
  open(sealed: string, context: string): Promise<OpenedSecret>;
  /** Opens what earlier versions of Ferry sealed, in their kind of context. Never rejects. */
  openEarlier(sealed: string, context: string): Promise<OpenedSecret>;
}
