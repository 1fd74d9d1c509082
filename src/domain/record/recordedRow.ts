import { z } from 'zod';

/**
 * The parts of a request's row that each event hashes: what never changes, the revision, the
 * parameters and reason, the sources of secrets, the rule, and the state with the approvals.
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

/** What can differ from the audit log. `event`: the newest event itself was changed. */
export const alterations = [...recordParts, 'event'] as const;
export type Alteration = (typeof alterations)[number];

export type RowHashes = Readonly<Record<RecordPart, string>>;

/** The hash of each part that an event recorded. Old events recorded only the parameters. */
export type RecordedHashes = Readonly<Partial<Record<RecordPart, string>>>;

/** The hashes of an event as they are stored next to `parametersHash`. */
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

/** Reads the hashes that an event recorded. Returns `undefined` if they are invalid. */
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

/** The parts of a row that differ from its newest event. */
export function alteredParts(row: RowHashes, recorded: RecordedHashes | undefined): Alteration[] {
  if (recorded === undefined) return ['event'];
  return recordParts.filter((part) => (recorded[part] ?? row[part]) !== row[part]);
}

/** The parts that differ between two events of a request, if both recorded them. */
export function differingParts(one: RecordedHashes, other: RecordedHashes): RecordPart[] {
  return recordParts.filter((part) => one[part] && other[part] && one[part] !== other[part]);
}
