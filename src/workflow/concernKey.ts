import { createHash } from 'node:crypto';
import type { Concern } from '../domain/form/concerns';
import type { Draft } from '../domain/form/form';

/** The key of the concern that the job name is taken. */
export const nameTakenKey = ({ parameters }: Draft): string => `name_taken ${parameters.JobName}`;

/** Identifies a concern in a form. Confirming one name doesn't confirm another. */
export function concernKey(concern: Concern, draft: Draft): string {
  if (concern.kind === 'name_taken') return nameTakenKey(draft);
  if (concern.kind === 'list') {
    const { about, code } = concern.doubt;
    // A list can be longer than the form's memory, so its hash is used.
    return `list ${code} ${createHash('sha256').update(about).digest('base64url').slice(0, 12)}`;
  }
  if (concern.kind === 'secret_emptied') return `${concern.kind} ${concern.path}`;
  const { oddity } = concern;
  return oddity.code === 'field_left_out' ? `${oddity.code} ${oddity.path}` : oddity.code;
}
