import { createHash } from 'node:crypto';

/** Creates unique IDs that are the same in every run. */
export class IdMaker {
  #count = 0;

  /** An ID in Slack's format: `prefix` and ten characters. */
  entity(prefix: string): string {
    return `${prefix}${this.#digest().toUpperCase().slice(0, 10)}`;
  }

  /** Five characters, like a generated block_id. */
  short(): string {
    return this.#digest().slice(0, 5);
  }

  /** A secret of 32 characters. */
  secret(): string {
    return this.#digest().slice(0, 32);
  }

  #digest(): string {
    this.#count += 1;
    return createHash('sha256').update(`playground ${this.#count}`).digest('hex');
  }
}
