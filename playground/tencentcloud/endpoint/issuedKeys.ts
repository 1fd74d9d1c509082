import { randomBytes } from 'node:crypto';
import type { Credentials } from './credentials';

/** Temporary keys, as STS and the metadata service return them. */
export interface IssuedKeys extends Credentials {
  readonly token: string;
  /** In seconds since 1970, by the endpoint's clock. */
  readonly expiredTime: number;
}

/** The temporary keys that an endpoint has issued. */
export class KeyIssuer {
  readonly #issued = new Map<string, IssuedKeys>();
  /** All keys, including revoked and expired ones. */
  readonly everIssued: IssuedKeys[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(seconds: number): IssuedKeys {
    const keys = {
      secretId: `AKIDtemporary${randomBytes(9).toString('hex')}`,
      secretKey: randomBytes(16).toString('hex'),
      token: randomBytes(48).toString('base64url'),
      expiredTime: Math.floor(this.#now() / 1000) + seconds,
    };
    this.#issued.set(keys.secretId, keys);
    this.everIssued.push(keys);
    return keys;
  }

  find(secretId: string): IssuedKeys | undefined {
    return this.#issued.get(secretId);
  }

  hasExpired({ expiredTime }: IssuedKeys): boolean {
    return this.#now() >= expiredTime * 1000;
  }

  /** Makes all issued keys invalid, as when a role is deleted. */
  revokeAll(): void {
    this.#issued.clear();
  }
}
