import type { PayloadOf } from '../../src/domain/request/requestEvent';
import { code, plain } from '../../src/i18n/text';
import { approved, editedBy } from '../../views/decisionWords';
import { aRequest } from '../support/aRequest';
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

it.each([
  ['n'.repeat(100), 'n'.repeat(100)],
  ['n'.repeat(101), `${'n'.repeat(99)}…`],
])('names each item that is skipped, in at most 100 characters: %s', (name, shown) => {
  const item = { id: 'a', name, result: 'failed', skipRisk: '' } as const;
  const payload: PayloadOf<'approved'> = {
    ...{ type: 'approved', operation: 'skip_check', count: 1, required: 1, isEnough: true },
    ...{ comment: 'known', skips: { items: [item, { ...item, name: 'b' }] } },
  };
  const context = { messages: en, request: aRequest(), site: 'mainland' } as const;
  const { end, lines, quote } = approved(context, payload, 'UBOB');
  expect(lines.flat()).toEqual(expect.arrayContaining([code(shown), code('b')]));
  expect({ end, quote }).toEqual({ end: undefined, quote: 'known' });
});
