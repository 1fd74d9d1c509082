import type { Selectable } from 'kysely';
import { parametersHash } from '../domain/record/journal';
import type { RowHashes } from '../domain/record/recordedRow';
import { canonicalJson } from '../domain/text/canonicalJson';
import { sha256 } from './chain';
import type { RequestsTable } from './schema';

type Row = Selectable<RequestsTable>;

/**
 * Hashes each part of a row. The parts cover all columns except for the numbers of the request and
 * its newest event, and the columns that only find it for a person. Columns are hashed as stored, so a migration that rewrites one breaks the audit
 * log.
 */
export function rowHashes(row: Row): RowHashes {
  // Earlier versions recorded requests without this column.
  const observed: readonly (keyof Row)[] = row.observed === null ? [] : ['observed'];
  const of = (...columns: readonly (keyof Row)[]): string =>
    sha256(canonicalJson(Object.fromEntries(columns.map((name) => [name, row[name]]))));
  return {
    request: of('origin', 'asked_at', 'asked_in', 'channel', 'requester_id', 'requester_name'),
    revision: of('revision', 'revised_by', 'editors'),
    parameters: hashOfAsked(row),
    secrets: of('secrets', ...observed),
    rule: of('rule'),
    state: of('status', 'state', 'due_at', 'ended_at', 'job_id', 'job_name'),
  };
}

const hashOfAsked = ({ parameters, reason }: Pick<Row, 'parameters' | 'reason'>): string =>
  parametersHash(sha256, { parameters: readJson(parameters), reason });

/** Tampered text may not be JSON. It then matches no hash. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
