/** Things of one kind in the order of their arrival. Keys are unique. */
export class Shelf<T extends { readonly region?: string }> {
  readonly #keyOf: (thing: T) => string;
  readonly #things = new Map<string, T>();

  constructor(keyOf: (thing: T) => string) {
    this.#keyOf = keyOf;
  }

  /** Adds things. A thing with an existing key in its region replaces the other one in place. */
  put(things: readonly T[] = []): void {
    for (const thing of things) this.#things.set(`${thing.region} ${this.#keyOf(thing)}`, thing);
  }

  /** What a request in `region` sees: things of the region, and those without a region. */
  in(region: string): readonly T[] {
    return [...this.#things.values()].filter(
      (thing) => thing.region === region || thing.region === undefined,
    );
  }
}
