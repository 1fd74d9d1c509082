const shown = '[secret]';

/** A value as it is, and as JSON, addresses, forms, HTML and encoders write it. */
function spellings(value: string): string[] {
  const bytes = new TextEncoder().encode(value);
  const html = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const base64 = btoa(String.fromCharCode(...bytes)).replace(/=+$/, '');
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    new URLSearchParams([['', value]]).toString().slice(1),
    html,
    html.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
    [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  ];
}

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
   * Text that came back from outside, or `[secret]` alone when the value stands in it in any usual
   * spelling. Blotting out just the value would show how long it is, and where.
   */
  hide(text: string): string {
    return this.#value !== '' && spellings(this.#value).some((spelling) => text.includes(spelling))
      ? shown
      : text;
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
