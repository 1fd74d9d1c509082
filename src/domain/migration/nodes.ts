import { type TextProblem, textProblem } from '../text/typedText';
import { port, resourceId, type ValueProblem } from './checks';
import type { AccessType } from './engines';
import { canonicalHost, networkAddress, plainWidth, publicAddress } from './host';
import type { Source } from './migration';

/** The fields that distinguish the nodes of a cluster. */
export type Node = Pick<Source, 'Ip' | 'CvmInstanceId' | 'Port'>;

/** Only a repeated node is quoted. Other text may contain a password. */
export type NodesProblem =
  | { code: 'bad_node'; line: number }
  | { code: 'bad_machine'; line: number }
  | { code: 'bad_text'; line: number; problem: TextProblem }
  | { code: 'bad_value'; line: number; problem: ValueProblem }
  | { code: 'repeated_node'; line: number; text: string }
  | { code: 'too_many_nodes'; max: number };

/** Well above the largest cluster that DTS documents. */
const mostNodes = 200;

/**
 * Reads `address:port`, `[IPv6]:port`, or `ins-…:port` for CVM instances: one per line, or
 * separated by commas, semicolons or spaces.
 */
export function parseNodes(
  text: string,
  access: AccessType,
): { ok: true; nodes: Node[] } | { ok: false; problem: NodesProblem } {
  const nodes: Node[] = [];
  const seen = new Set<string>();
  for (const [index, typed] of text.split('\n').entries()) {
    const line = index + 1;
    for (const piece of plainWidth(typed).split(/[\s,;、]+/)) {
      if (piece === '') continue;
      const read = parseNode(piece, access);
      if (!read.ok) return { ok: false, problem: { ...read.problem, line } };
      const written = writeNode(read.node);
      if (seen.has(written)) {
        return { ok: false, problem: { code: 'repeated_node', line, text: written } };
      }
      seen.add(written);
      nodes.push(read.node);
    }
  }
  return nodes.length > mostNodes
    ? { ok: false, problem: { code: 'too_many_nodes', max: mostNodes } }
    : { ok: true, nodes };
}

type NodeProblem =
  | { code: 'bad_node' }
  | { code: 'bad_machine' }
  | { code: 'bad_text'; problem: TextProblem }
  | { code: 'bad_value'; problem: ValueProblem };

function parseNode(
  text: string,
  access: AccessType,
): { ok: true; node: Node } | { ok: false; problem: NodeProblem } {
  const hidden = textProblem(text, 'line');
  if (hidden !== undefined) return { ok: false, problem: { code: 'bad_text', problem: hidden } };
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:@/]+)):(\d+)$/.exec(text) ?? [];
  const name = bracketed ?? plain;
  const isOnMachine = access === 'cvm';
  if (name === undefined || digits === undefined || (isOnMachine && !isInstance(name))) {
    return { ok: false, problem: { code: isOnMachine ? 'bad_machine' : 'bad_node' } };
  }
  const check = access === 'extranet' ? publicAddress : networkAddress;
  const Ip = canonicalHost(name);
  const problem = port(digits) ?? (isOnMachine ? undefined : check(Ip));
  if (problem !== undefined) return { ok: false, problem: { code: 'bad_value', problem } };
  const Port = Number(digits);
  return { ok: true, node: isOnMachine ? { CvmInstanceId: name, Port } : { Ip, Port } };
}

const isInstance = (name: string): boolean => resourceId('ins', '')(name) === undefined;

/** Writes a node the way people type it. */
export function writeNode({ CvmInstanceId, Ip, Port }: Node): string {
  const name = CvmInstanceId ?? Ip ?? '';
  return `${name.includes(':') ? `[${name}]` : name}:${Port ?? ''}`;
}
