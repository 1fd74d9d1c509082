import { formOf } from '../form/form';
import { fieldPaths } from '../migration/fields';
import { secretPaths } from '../secrets/secretReference';
import type { Revision } from './change';
import type { MigrationRequest } from './request';
import type { Difference } from './requestEvent';

/**
 * Lists what a new revision changes, in the form's order. Typed secrets appear without values,
 * because nothing shows whether they changed.
 */
export function differencesOf(
  request: Pick<MigrationRequest, 'parameters' | 'secrets' | 'reason'>,
  revision: Pick<Revision, 'parameters' | 'secrets' | 'reason' | 'sealed'>,
): Difference[] {
  const before = { ...formOf(request.parameters, request.secrets), Reason: request.reason };
  const after = { ...formOf(revision.parameters, revision.secrets), Reason: revision.reason };
  return fieldPaths.flatMap((path): Difference[] => {
    if (isTyped(path)) return revision.sealed[path] === undefined ? [] : [{ path }];
    const [from, to] = [before[path], after[path]];
    if (from === to) return [];
    return [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
  });
}

const isTyped = (path: string): path is (typeof secretPaths)[number] =>
  secretPaths.some((each) => each === path);

/** True if the approvers would see a change. A typed secret isn't visible. */
export const changesWhatIsSeen = (differences: readonly Difference[]): boolean =>
  differences.some(({ path }) => !isTyped(path));
