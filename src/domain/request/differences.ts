import { formOf } from '../form/form';
import { fieldPaths } from '../migration/fields';
import { secretPaths } from '../secrets/secretReference';
import type { Revision } from './change';
import type { MigrationRequest } from './request';
import type { Difference } from './requestEvent';

/**
 * What a new revision changes, field by field in the form's order. Of a secret that was typed again
 * nobody can say whether it is the same: it is named without values.
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

/** Whether anything that an approver sees is another: what was typed as a secret is not. */
export const changesWhatIsSeen = (differences: readonly Difference[]): boolean =>
  differences.some(({ path }) => !isTyped(path));
