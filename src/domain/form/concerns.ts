import type { ListDoubt } from '../databases/listDoubts';
import { type Oddity, oddities } from '../migration/unusual';
import type { Namesake } from '../request/launchOutcome';
import type { SecretPath } from '../secrets/secretReference';
import { type Draft, sourcesOf } from './form';

/** Something that may be intended but is probably a mistake. */
export type Concern =
  | { kind: 'name_taken'; by: Namesake }
  | { kind: 'list'; doubt: ListDoubt }
  | { kind: 'secret_emptied'; path: SecretPath }
  | { kind: 'odd'; oddity: Oddity };

/** The concerns about a draft that need no lookup. */
export const concernsIn = (draft: Draft, at: Date): Concern[] => [
  ...draft.emptied.map((path): Concern => ({ kind: 'secret_emptied', path })),
  ...(draft.list?.doubts ?? []).map((doubt): Concern => ({ kind: 'list', doubt })),
  ...oddities(draft.parameters, sourcesOf(draft), at).map(
    (oddity): Concern => ({ kind: 'odd', oddity }),
  ),
];
