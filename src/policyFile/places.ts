import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  Scalar,
} from 'yaml';
import type { PlaceInFile } from '../domain/policy/policyFileProblem';

/** Finds lines and columns in a YAML document. */
export class Places {
  constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
  ) {}

  /** The place of an offset into the text, without a path. */
  ofOffset(offset: number): PlaceInFile {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), path: '' };
  }

  /** The place of a node, without a path. An empty document has none. */
  ofNode(node: unknown): PlaceInFile {
    return this.ofOffset(offsetOf(node) ?? 0);
  }

  /** The place of the value at `path`, or of the innermost existing value around it. */
  ofValue(path: readonly PropertyKey[]): PlaceInFile {
    const innermost = this.#along(path).findLast((node) => offsetOf(node) !== undefined);
    return { ...this.ofNode(innermost), path: pathText(path) };
  }

  /** The place of the key `key` in the map at `path`. */
  ofKey(path: readonly PropertyKey[], key: string): PlaceInFile {
    const found = this.#child(this.#along(path).at(-1), key)?.key;
    const place = offsetOf(found) === undefined ? this.ofValue(path) : this.ofNode(found);
    return { ...place, path: pathText([...path, key]) };
  }

  /** The comment right after an unquoted value, in the same line. */
  commentAfter(path: readonly PropertyKey[]): string | undefined {
    const node = this.#along(path).at(-1);
    if (!isScalar(node) || node.type !== Scalar.PLAIN) return undefined;
    return node.comment?.split('\n')[0];
  }

  /** The nodes from the document's content to the value at `path`, or to `undefined`. */
  #along(path: readonly PropertyKey[]): readonly unknown[] {
    const nodes: unknown[] = [this.document.contents];
    for (const segment of path) nodes.push(this.#child(nodes.at(-1), segment)?.value);
    return nodes;
  }

  #child(parent: unknown, segment: PropertyKey): { key: unknown; value: unknown } | undefined {
    const node = isAlias(parent) ? parent.resolve(this.document) : parent;
    if (isSeq(node)) return { key: undefined, value: node.items[Number(segment)] };
    if (!isMap(node)) return undefined;
    return node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === segment);
  }
}

function offsetOf(node: unknown): number | undefined {
  const range = isNode(node) ? node.range : undefined;
  return range?.[0];
}

const isNode = (node: unknown): node is Node =>
  typeof node === 'object' && node !== null && 'range' in node;

/** Writes a path as `secrets[0].hosts`. Keys that contain dots are in brackets. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((before, segment) => {
    if (typeof segment === 'number') return `${before}[${segment}]`;
    const key = String(segment);
    if (!/^[\w-]+$/.test(key)) return `${before}[${JSON.stringify(key)}]`;
    return before === '' ? key : `${before}.${key}`;
  }, '');
}
