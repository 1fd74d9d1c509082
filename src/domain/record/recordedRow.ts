import { z } from 'zod';

/**
 * The parts of a request's row that an event records, each with a hash: what never changes, which
 * revision it is, what is migrated and why, where its secrets come from, how it is decided, and its
 * state with the approvals.
 */
export const recordParts = [
  'request',
  'revision',
  'parameters',
  'secrets',
  'rule',
  'state',
] as const;
export type RecordPart = (typeof recordParts)[number];

/** What can differ from the record. `event`: the newest event itself is not what the chain says. */
export const alterations = [...recordParts, 'event'] as const;
export type Alteration = (typeof alterations)[number];

/** Of each part, the hash that the row has now. */
export type RowHashes = Readonly<Record<RecordPart, string>>;

/** Of each part, the hash that an event recorded. Old events recorded the parameters alone. */
export type RecordedHashes = Readonly<Partial<Record<RecordPart, string>>>;

/** The hashes of an event as they are stored next to the one of its parameters. */
const storedHashes = z.strictObject({
  version: z.literal(2),
  request: z.string(),
  revision: z.string(),
  secrets: z.string(),
  rule: z.string(),
  state: z.string(),
});
type StoredHashes = z.infer<typeof storedHashes>;

export function storeHashes({ parameters: _, ...rest }: RowHashes): StoredHashes {
  return { version: 2, ...rest };
}

/** What an event recorded of its request's row; `undefined` when nobody can read it. */
export function recordedHashes(event: {
  parametersHash: string;
  hashes?: unknown;
}): RecordedHashes | undefined {
  const { parametersHash: parameters, hashes } = event;
  if (hashes === undefined) return { parameters };
  const { data } = storedHashes.safeParse(hashes);
  if (data === undefined) return undefined;
  const { version: _, ...rest } = data;
  return { parameters, ...rest };
}

/** The parts of a row that are not what its newest event recorded. */
export function alteredParts(row: RowHashes, recorded: RecordedHashes | undefined): Alteration[] {
  if (recorded === undefined) return ['event'];
  return recordParts.filter((part) => (recorded[part] ?? row[part]) !== row[part]);
}

/** The parts that differ between two events of a request, of those that both recorded. */
export function differingParts(one: RecordedHashes, other: RecordedHashes): RecordPart[] {
  return recordParts.filter((part) => one[part] && other[part] && one[part] !== other[part]);
}
