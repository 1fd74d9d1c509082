import { idOf, port } from './checks';
import type { AccessType } from './engines';
import { canonicalHost, networkAddress, publicAddress } from './host';
import type { Source } from './migration';

/** The fields that distinguish the nodes of a cluster. */
export type Node = Pick<Source, 'Ip' | 'CvmInstanceId' | 'Port'>;

export type NodesProblem =
  | { code: 'bad_node'; line: number; text: string }
  | { code: 'repeated_node'; line: number; text: string }
  | { code: 'too_many_nodes'; max: number };

/** Well above the largest cluster that DTS documents. */
const mostNodes = 200;

/** Reads one node per line: `address:port`, `[IPv6]:port`, or `ins-…:port` for CVM instances. */
export function parseNodes(
  text: string,
  access: AccessType,
): { ok: true; nodes: Node[] } | { ok: false; problem: NodesProblem } {
  const nodes: Node[] = [];
  const seen = new Set<string>();
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '') continue;
    const shown = { line: index + 1, text: line.slice(0, 60) };
    const node = parseNode(line, access);
    if (node === undefined) return { ok: false, problem: { code: 'bad_node', ...shown } };
    if (seen.has(writeNode(node)))
      return { ok: false, problem: { code: 'repeated_node', ...shown } };
    seen.add(writeNode(node));
    nodes.push(node);
  }
  return nodes.length > mostNodes
    ? { ok: false, problem: { code: 'too_many_nodes', max: mostNodes } }
    : { ok: true, nodes };
}

function parseNode(line: string, access: AccessType): Node | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:\s]+)):(\d+)$/.exec(line) ?? [];
  const name = bracketed ?? plain;
  if (name === undefined || digits === undefined || port(digits) !== undefined) return undefined;
  const Port = Number(digits);
  if (access === 'cvm') return isInstance(name) ? { CvmInstanceId: name, Port } : undefined;
  const check = access === 'extranet' ? publicAddress : networkAddress;
  const Ip = canonicalHost(name);
  return check(Ip) === undefined ? { Ip, Port } : undefined;
}

const isInstance = (name: string): boolean => idOf('ins', '')(name) === undefined;

/** Writes a node the way people type it. */
export function writeNode({ CvmInstanceId, Ip, Port }: Node): string {
  const name = CvmInstanceId ?? Ip ?? '';
  return `${name.includes(':') ? `[${name}]` : name}:${Port ?? ''}`;
}
