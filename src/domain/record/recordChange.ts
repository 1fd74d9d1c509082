import type { Change } from '../request/change';
import type { MigrationRequest } from '../request/request';
import type { RecordedHashes, RecordPart, RowHashes } from './recordedRow';

/** The parts of a change that decide what it does to the row. */
type Decisive = Pick<Change, 'revised' | 'rule'> & {
  request: Pick<MigrationRequest, 'altered' | 'revision'>;
};

/** Matches no row. It replaces a hash that can't be proven. */
const unproven = '';

/**
 * How a change produces each part: it keeps it, derives it from the earlier value, or replaces it.
 * Only a new revision replaces, because it needs all approvals again.
 */
function origins({ request, revised, rule }: Decisive): Record<RecordPart, Origin> {
  const isNew = revised !== undefined && revised.revision !== request.revision;
  const fromForm = isNew ? 'replaced' : revised === undefined ? 'kept' : 'derived';
  return {
    request: 'kept',
    revision: revised === undefined ? 'kept' : 'derived',
    parameters: fromForm,
    secrets: fromForm,
    rule: rule === undefined ? fromForm : 'derived',
    state: isNew ? 'replaced' : 'derived',
  };
}
type Origin = 'kept' | 'derived' | 'replaced';

/**
 * Returns the hashes that a change's event records. An altered part keeps its earlier hash, so
 * later events can't hide the alteration.
 * @param recorded the hashes of the event before; `undefined` if that event isn't proven
 * @param after the row after the change
 */
export function hashesAfter(
  change: Decisive,
  recorded: RecordedHashes | undefined,
  after: RowHashes,
): RowHashes {
  const from = origins(change);
  const { altered } = change.request;
  const hashOf = (part: RecordPart): string => {
    if (from[part] === 'replaced') return after[part];
    if (recorded === undefined) return unproven;
    const isTrusted = from[part] === 'derived' && !altered.includes(part);
    return isTrusted ? after[part] : (recorded[part] ?? after[part]);
  };
  return {
    request: hashOf('request'),
    revision: hashOf('revision'),
    parameters: hashOf('parameters'),
    secrets: hashOf('secrets'),
    rule: hashOf('rule'),
    state: hashOf('state'),
  };
}
