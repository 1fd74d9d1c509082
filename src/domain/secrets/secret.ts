import { holdsSecret } from './holdsSecret';

const shown = '[secret]';

/**
 * A password or key. It prints as `[secret]` however it is printed (template, JSON, `inspect`,
 * string concatenation), so that no log line, error or message can carry it by accident.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Called at the doors alone, where it is sealed or sent. */
  reveal(): string {
    return this.#value;
  }

  /**
   * Text that came from elsewhere, or `[secret]` alone when it contains the value or six consecutive
   * characters of it, in any usual encoding. Replacing only the value would show how long it is, and where.
   */
  hide(text: string): string {
    return holdsSecret(text, this.#value) ? shown : text;
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

/** Longer text is cut before it is searched: nobody is shown so much of it. */
const longestSearched = 4_000;

/** The same text, or `[secret]` when it contains any of the secrets or a part of one. */
export const hideSecrets = (secrets: Iterable<Secret>, text: string): string => {
  const searched = text.slice(0, longestSearched);
  for (const secret of secrets) if (secret.hide(searched) !== searched) return shown;
  return searched;
};
