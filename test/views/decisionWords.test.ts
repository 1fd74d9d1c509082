import type { People } from '../../src/domain/people/people';
import type { InState } from '../../src/domain/request/request';
import type { PayloadOf } from '../../src/domain/request/requestEvent';
import { waitFrom } from '../../src/domain/request/waiting';
import { code, plain } from '../../src/i18n/text';
import { approved, callApprovers, editedBy, takenBack } from '../../views/decisionWords';
import { listPeople } from '../../views/listPeople';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
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

describe('about the approvals of an operation', () => {
  const user = (userId: string): People => ({ kind: 'user', userId });
  const bob = user('UBOB');
  const mei = user('UMEI');
  const dan = user('UDAN');
  const sre = { kind: 'group', groupId: 'S0SRE' } as const;
  const at = new Date('2026-05-04T10:00:00Z');
  const created: InState<'created'> = { status: 'created', approvals: [], jobId: 'dts-1', at };
  const approvalBy = (userId: string) => ({
    ...{ by: { userId, name: userId }, at, revision: 1, from: [], confirmed: false },
  });
  const { complete_job: button } = en.job.button;
  const context = (people: readonly People[], approvedBy: readonly string[]) => {
    const operation = { name: 'complete_job', from: created, before: 'ready_complete' } as const;
    const waiting = waitFrom(aRule(), at, operation);
    const state = { ...waiting, approvals: approvedBy.map(approvalBy) };
    const demands = { people, required: 3, oneFromEach: [] };
    const rule = aRule({ operations: { complete_job: demands } });
    return { messages: en, request: aRequest({ rule, state }), site: 'mainland' } as const;
  };

  it.each<[string, readonly People[], readonly string[], readonly People[]]>([
    ['the person who pressed', [bob, mei], ['UBOB'], [mei]],
    ['everyone who approved', [bob, mei, dan], ['UMEI', 'UBOB'], [dan]],
    ['no group', [bob, sre], ['UBOB'], [sre]],
    ['nobody if nobody else is left', [bob], ['UBOB'], [bob]],
  ])('asks the others to approve, and leaves out %s', (_, people, approvedBy, asked) => {
    const payload = { type: 'approved', operation: 'complete_job', count: 1, required: 3 } as const;
    const given = context(people, approvedBy);
    const asks = plain(en.job.thread.askOthers(listPeople(en, asked), button));
    expect(approved(given, payload, 'UBOB').lines.map(plain)).toContain(asks);
    expect(plain(callApprovers(en, given.request))).toBe(asks);
  });

  it('asks those who decide on a resume that empties the target', () => {
    const by = (people: readonly People[]) => ({ people, required: 2, oneFromEach: [] });
    const rule = aRule({ operations: { resume_job: by([bob]), clear_data: by([bob, dan]) } });
    const state = waitFrom(rule, at, {
      ...{ name: 'resume_job', option: 'clearData', from: created, before: 'resumable_error' },
    });
    const payload = { type: 'approved', operation: 'resume_job', count: 1, required: 2 } as const;
    const given = { messages: en, request: aRequest({ rule, state }), site: 'mainland' } as const;
    const asks = en.job.thread.askOthers(listPeople(en, [dan]), en.job.button.resume_job);
    expect(approved(given, payload, 'UBOB').lines.map(plain)).toContain(plain(asks));
  });

  it('says that an operation without approvals was withdrawn', () => {
    const said = (changes: Partial<PayloadOf<'taken_back'>>) => {
      const payload = { type: 'taken_back', count: 0, required: 2, ...changes } as const;
      return takenBack(context([bob, mei], []), payload, 'UBOB').lines.map(plain);
    };
    const withdrew = [plain(en.job.thread.withdrew('UBOB', button))];
    const revoked = (count: number) => [
      plain(en.thread.takenBack('UBOB', en.card.tally(count, 2), undefined)),
    ];
    expect(said({ operation: 'complete_job' })).toEqual(withdrew);
    expect(said({ operation: 'complete_job', count: 1 })).toEqual(revoked(1));
    expect(said({ operation: 'modify_job' })).toEqual(revoked(0));
    expect(said({})).toEqual(revoked(0));
  });
});
