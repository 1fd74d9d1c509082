import type { PayloadOf } from '../../src/domain/request/requestEvent';
import { plain } from '../../src/i18n/text';
import { editedBy } from '../../views/decisionWords';
import { en } from '../support/words';

const password = [{ path: 'SrcInfo.Password' }] as const;
const name = [{ path: 'JobName', from: 'a', to: 'b' }] as const;
const retried = en.thread.triedAgain('UBOB');
const sentAgain = en.thread.sentAgain('UBOB');
const edited = (revision: number) => en.thread.edited('UBOB', revision);
const modified = en.job.thread.modified('UBOB', 2);

it.each<[string, Omit<PayloadOf<'edited'>, 'type'>, number, ReturnType<typeof edited>]>([
  ['an edit', { differences: name, voided: 0 }, 2, edited(2)],
  ['an edit of a password', { differences: password, voided: 0 }, 2, edited(2)],
  ['a retry', { differences: [], voided: 0, isRetry: true }, 2, retried],
  [
    'a retry with another password',
    { differences: password, voided: 0, isRetry: true },
    2,
    sentAgain,
  ],
  ['a change of a job', { differences: name, voided: 0, operation: 'modify_job' }, 2, modified],
  ['a retry by an earlier version', { differences: [], voided: 0 }, 1, retried],
  ['one with another password', { differences: password, voided: 0 }, 1, sentAgain],
  ['an edit by an earlier version', { differences: name, voided: 0 }, 1, edited(1)],
  ['one that voided approvals', { differences: [], voided: 1 }, 1, edited(1)],
])('says who did it: %s', (_, payload, revision, said) => {
  const words = editedBy(en, { type: 'edited', ...payload }, 'UBOB', revision);
  expect(plain(words)).toBe(plain(said));
});
