/** Things of one kind, in the order in which they came; a key stands for one of them. */
export class Shelf<T extends { readonly region?: string }> {
  readonly #keyOf: (thing: T) => string;
  readonly #things = new Map<string, T>();

  constructor(keyOf: (thing: T) => string) {
    this.#keyOf = keyOf;
  }

  /** Adds things; one whose key in its region is taken replaces the other, at its place. */
  put(things: readonly T[] = []): void {
    for (const thing of things) this.#things.set(`${thing.region} ${this.#keyOf(thing)}`, thing);
  }

  /** What a request in `region` sees: the things of the region, and those of none. */
  in(region: string): readonly T[] {
    return [...this.#things.values()].filter(
      (thing) => thing.region === region || thing.region === undefined,
    );
  }
}
