/** Creates message timestamps (`seconds.micros`), each later than the one before. */
export class StampMaker {
  #last = 0;

  constructor(private readonly now: () => number) {}

  next(): string {
    this.#last = Math.max(Math.floor(this.now()) * 1000, this.#last + 1);
    const micros = String(this.#last % 1_000_000).padStart(6, '0');
    return `${Math.floor(this.#last / 1_000_000)}.${micros}`;
  }
}
