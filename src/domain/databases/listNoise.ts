/** What was left out of a list of databases, or read in another way than it was written. */
export type NoiseKind =
  | 'command'
  | 'comment'
  | 'fence'
  | 'footer'
  | 'frame'
  | 'header'
  | 'invisible'
  | 'marker'
  | 'numbers'
  | 'separator'
  | 'split'
  | 'title';

/** One kind of noise, and where it was. */
export interface Noise {
  kind: NoiseKind;
  /** Lines of the list, counted from 1, each once. */
  lines: readonly number[];
  /** What was found, each once: the headers, or the code points of invisible characters. */
  found: readonly string[];
}

/** Gathers noise by its kind, in the order of first appearance. */
export class NoiseLog {
  readonly #lines = new Map<NoiseKind, Set<number>>();
  readonly #found = new Map<NoiseKind, Set<string>>();

  note(kind: NoiseKind, line: number, found?: string): void {
    const lines = this.#lines.get(kind) ?? new Set();
    this.#lines.set(kind, lines.add(line));
    if (found === undefined) return;
    const all = this.#found.get(kind) ?? new Set();
    this.#found.set(kind, all.add(found));
  }

  all(): Noise[] {
    return [...this.#lines].map(([kind, lines]) => ({
      kind,
      lines: [...lines],
      found: [...(this.#found.get(kind) ?? [])],
    }));
  }
}
