import type { Change } from '../request/change';
import type { RecordedHashes, RecordPart, RowHashes } from './recordedRow';

/** Matches no row. It takes the place of a hash that nobody can vouch for. */
const unproven = '';

/**
 * How a change arrives at the new value of each part: it keeps it, derives it from the earlier value,
 * or replaces it whatever it was. Only a new revision replaces: it needs every approval again.
 */
function origins({ request, revised, rule }: Change): Record<RecordPart, Origin> {
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
 * What the event of a change records. A part that was altered keeps the hash it had before, so no
 * later event makes the alteration look right.
 *
 * @param recorded what the event before recorded; `undefined` when that event is not proven
 * @param after the row as it is after the change
 */
export function hashesAfter(
  change: Change,
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
