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

  /** The value itself. Called where it is sealed and where the request to DTS is built; nowhere else. */
  reveal(): string {
    return this.#value;
  }

  /** `text` with every occurrence of the value blotted out, for text that came back from outside. */
  blotOut(text: string): string {
    return this.#value === '' ? text : text.replaceAll(this.#value, shown);
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
