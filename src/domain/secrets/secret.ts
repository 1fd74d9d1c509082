import { holdsSecret, readingsOf, type TextReadings } from './holdsSecret';

export const shown = '[secret]';

/**
 * A password or key. It prints as `[secret]` in templates, JSON, `inspect` and concatenation, so
 * that a log line, error or message can't contain it by accident.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value. Only adapters call this, to seal or send it. */
  reveal(): string {
    return this.#value;
  }

  /**
   * Returns the text, or `[secret]` if it contains the value or six consecutive characters of it in
   * any usual encoding. Masking only the value would show its length and place.
   */
  hide(text: string): string {
    return this.isIn(readingsOf(text)) ? shown : text;
  }

  /** True if a text that was read for the search contains the value or a part of it. */
  isIn(readings: TextReadings): boolean {
    return holdsSecret(readings, this.#value);
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  get [Symbol.toStringTag](): string {
    return 'Secret';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return shown;
  }
}

/** Longer text is truncated before the search; messages never show so much. */
const longestSearched = 4_000;

/** Returns the text, or `[secret]` if it contains any of the secrets or a part of one. */
export const hideSecrets = (secrets: Iterable<Secret>, text: string): string => {
  const searched = text.slice(0, longestSearched);
  const readings = readingsOf(searched);
  for (const secret of secrets) if (secret.isIn(readings)) return shown;
  return searched;
};
