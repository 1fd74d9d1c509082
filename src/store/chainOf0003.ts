import { createHash } from 'node:crypto';

/**
 * The chain as migration 0003 made it. This is a copy on purpose: a migration that was released must
 * do the same for ever, whatever the chain becomes.
 */

export const emptyHead = '0'.repeat(64);

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${inOrder(member)}`);
  return `{${members.join(',')}}`;
}

export const hashOf = (value: unknown): string => sha256(inOrder(value));

export const hashAfter = (head: string, content: string): string => sha256(head + content);
