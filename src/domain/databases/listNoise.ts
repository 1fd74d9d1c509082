/** Parts of a list that Ferry skipped or read differently from how they are written. */
export type NoiseKind =
  | 'command'
  | 'comment'
  | 'fence'
  | 'footer'
  | 'frame'
  | 'header'
  | 'invisible'
  | 'marker'
  | 'notice'
  | 'numbers'
  | 'separator'
  | 'split'
  | 'title';

/** A kind of noise, and its lines. */
export interface Noise {
  kind: NoiseKind;
  /** Lines of the list, counted from 1, without duplicates. */
  lines: readonly number[];
  /** The headers, or code points of invisible characters, without duplicates. */
  found: readonly string[];
}

/** Collects noise by kind, in the order of first appearance. */
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
