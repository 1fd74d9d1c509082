import { type ChannelProblem, channelProblems } from '../../src/domain/channel/announcement';
import { type JobOperation, jobOperations } from '../../src/domain/job/job';
import type { Rule } from '../../src/domain/policy/policy';
import type { RequestState } from '../../src/domain/request/request';
import type { EventPayload, RequestEvent } from '../../src/domain/request/requestEvent';
import { waitFrom } from '../../src/domain/request/waiting';
import { locales } from '../../src/i18n/locales';
import { person, plain, say } from '../../src/i18n/text';
import { buildDirectMessage } from '../../views/directMessage';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { en, saying } from '../support/words';

const rule = aRule();
const at = new Date('2026-05-04T10:00:00Z');
const by = { userId: 'UBOB', name: 'Bob' };
const approval = { by, at, revision: 1, from: [], confirmed: true };
const operation = { name: 'create_job' } as const;
const waiting = waitFrom(rule, at);
const approved: RequestState = {
  status: 'approved',
  operation,
  approvals: [approval],
  attempts: 0,
};
const created: RequestState = { status: 'created', approvals: [approval], jobId: 'dts-1', at };

/** The message to the requester of a request in a channel in which Ferry cannot post. */
function message(state: RequestState, problem: ChannelProblem = 'archived') {
  const payload = { type: 'channel_lost', problem } as const;
  const event: RequestEvent = { requestId: 7, seq: 2, revision: 1, at, by: undefined, payload };
  const built = buildDirectMessage(en, aRequest({ state }), event, undefined, 'mainland');
  return { text: built?.text ?? '', content: JSON.stringify(built?.blocks) };
}

describe('the message about a channel in which Ferry cannot post', () => {
  it.each(channelProblems)('says what happened: %s', (problem) => {
    const { happened, next, orElse, orWithdraw, who } = en.direct.channelLost[problem];
    const { text } = message(waiting, problem);
    for (const part of [en.direct.channelLostHeadline, happened, `${next}${orWithdraw}`, who])
      expect(text).toContain(part);
    const withJob = message(created, problem).text;
    expect(withJob).toContain(`${next}${orElse}\n`);
    expect(withJob).not.toContain('ithdraw');
    const operationWaits = waitFrom(rule, at, {
      ...{ name: 'stop_job', from: created, before: 'running' },
    });
    expect(message(operationWaits, problem).text).toContain(`${next}${orElse}\n`);
  });

  it.each<[string, RequestState, boolean, boolean]>([
    ['waits for approval', waiting, true, true],
    ['is approved', approved, false, true],
    ['has a job', created, false, false],
  ])('if the request %s, offers what is possible', (_, state, isDecidable, isWithdrawable) => {
    const { content, text } = message(state);
    expect(text.includes(plain(en.direct.decidedElsewhere))).toBe(isDecidable);
    expect(content.includes('"action_id":"withdraw"')).toBe(isWithdrawable);
  });
});

describe.each(['en', 'zh-CN'] as const)('the message about an approval, in %s,', (locale) => {
  const messages = locales[locale];
  const request = (approve: Rule['approve']) =>
    aRequest({ state: approved, rule: approve === undefined ? rule : aRule({ approve }) });
  const said = (approve: Rule['approve'], payload: EventPayload): string => {
    const event: RequestEvent = { requestId: 7, seq: 2, revision: 1, at, by, payload };
    return buildDirectMessage(messages, request(approve), event, undefined, 'mainland')?.text ?? '';
  };

  it('says whether Ferry creates or starts the job, once the window opens', () => {
    const until = at;
    const { held, startHeld } = messages.direct;
    const creates = said(undefined, { type: 'held', operation: 'create_job', until });
    expect(creates).toMatch(saying(held(until)));
    const starts = said('before_start', { type: 'held', operation: 'start_job', until });
    expect(starts).toMatch(saying(startHeld(until)));
  });

  it('says that the approvals no longer suffice, whatever the call would have done', () => {
    const payload = { type: 'approvals_lapsed', lapsed: [], reopened: true } as const;
    expect(said('before_start', payload)).toMatch(saying(messages.thread.reopened));
    expect(said('before_start', payload)).not.toMatch(/creat|创建/);
  });

  it('says whether Ferry creates or starts the job after an emergency approval', () => {
    const payload = { type: 'break_glass', reason: 'The source fails.' } as const;
    const { approved: creates, startApproved } = messages.direct;
    expect(said(undefined, payload)).toMatch(saying(creates));
    expect(said('before_start', payload)).toMatch(saying(startApproved));
    expect(said('before_start', payload)).not.toMatch(saying(creates));
  });
});

describe('the message about an operation on the job', () => {
  const stop = { operation: 'stop_job' } as const;
  const edited = { type: 'edited', operation: 'modify_job', differences: [], voided: 0 } as const;
  const about = (payload: EventPayload, userId = by.userId) => {
    const actor = { userId, name: 'Someone' };
    const event: RequestEvent = { requestId: 7, seq: 5, revision: 2, at, by: actor, payload };
    return buildDirectMessage(en, aRequest({ state: created }), event, undefined, 'mainland');
  };
  const said = (...event: Parameters<typeof about>): string => about(...event)?.text ?? '';
  const { accepted, declined, lapsed, modified, withdrew } = en.job.thread;

  it('says what other people want, and how it ended', () => {
    expect(said(edited)).toMatch(saying(modified(by.userId, 2)));
    const { stop_job } = en.job.button;
    const denial = { type: 'denied', ...stop, reason: 'not today' } as const;
    expect(said(denial)).toMatch(saying(declined(by.userId, stop_job)));
    expect(JSON.stringify(about(denial)?.blocks)).toContain('not today');
    expect(said({ type: 'withdrawn', ...stop })).toMatch(saying(withdrew(by.userId, stop_job)));
    expect(said({ type: 'expired', ...stop })).toMatch(saying(lapsed(stop_job)));
    const done = said({ type: 'operated', operation: 'modify_job', how: 'answered' });
    expect(done).toContain(accepted.modify_job);
  });

  const { userId: requester } = aRequest().requester;
  const unseen: readonly JobOperation[] = [
    ...(['start_job', 'modify_job', 'pause_job', 'continue_job', 'resume_job'] as const),
    'delete_job',
  ];
  it.each(jobOperations)('says that others did what no status says: %s', (operation) => {
    const operated = (...approvedBy: string[]) =>
      said({ type: 'operated', operation, how: 'answered', approvedBy });
    const isSaid = unseen.includes(operation);
    const people = say`${person('UBOB')}, ${person('UMEI')}`;
    const others = saying(accepted[operation], en.direct.approvedBy(people));
    expect(others.test(operated('UBOB', 'UMEI'))).toBe(isSaid);
    expect(operated('UBOB', 'UMEI') !== '').toBe(isSaid);
    expect(operated(requester, 'UMEI') !== '').toBe(isSaid);
    expect(operated('UBOB', requester)).toBe('');
    expect(operated(requester)).toBe('');
  });

  it('is not sent about what the policy does, apart from a change by an earlier version', () => {
    const silent = jobOperations.filter(
      (operation) => said({ type: 'operated', operation, how: 'answered' }) === '',
    );
    expect(silent).toEqual(jobOperations.filter((name) => name !== 'modify_job'));
  });

  it('says who approved a start that someone had made in the console', () => {
    const approval = { type: 'approved', count: 1, required: 1, isEnough: true } as const;
    const { approvedBy, underWayApproved } = en.direct;
    const words = saying(underWayApproved, approvedBy([person(by.userId)]));
    expect(said({ ...approval, isUnderWay: true })).toMatch(words);
    expect(said({ ...approval, isUnderWay: true }, requester)).toBe('');
    expect(said(approval)).toBe('');
    const emergency = { type: 'break_glass', reason: 'now', isUnderWay: true } as const;
    expect(said(emergency)).toMatch(saying(underWayApproved, en.thread.brokeGlass(by.userId)));
    expect(said(emergency)).not.toMatch(saying(en.direct.approved));
  });

  it('is not sent to the requester about an own emergency approval', () => {
    const emergency = { type: 'break_glass', reason: 'The source fails.' } as const;
    expect(said(emergency)).toMatch(saying(en.thread.brokeGlass(by.userId)));
    expect(said(emergency, aRequest().requester.userId)).toBe('');
  });

  it('is not sent about an own edit of the requester', () => {
    expect(said(edited, aRequest().requester.userId)).toBe('');
  });

  it('is not sent about the own decisions of the requester, nor about what the status says', () => {
    const userId = requester;
    expect(said({ type: 'denied', ...stop, reason: 'no' }, userId)).toBe('');
    expect(said({ type: 'denied', reason: 'no' }, userId)).toBe('');
    expect(said({ type: 'withdrawn', ...stop }, userId)).toBe('');
    expect(said({ type: 'withdrawn' }, userId)).toBe('');
    expect(said({ type: 'operated', operation: 'stop_job', how: 'answered' })).toBe('');
  });
});

it.each<[string, RequestState]>([
  ['nothing is under way', created],
  [
    'the policy checks the job',
    {
      ...{ status: 'launching', approvals: [], attempt: 1, calledAt: at },
      operation: { name: 'check_job', from: created, before: 'created' },
    },
  ],
  [
    'other people decide on an operation',
    {
      ...waitFrom(rule, at, { name: 'stop_job', from: created, before: 'running' }),
      approvals: [{ ...approval, by: { userId: 'UMEI', name: 'Mei' } }],
    },
  ],
])('the message about a new job names the people who approved the request: %s', (_, state) => {
  const payload: EventPayload = { type: 'created', how: 'answered', jobId: 'dts-1' };
  const event: RequestEvent = { requestId: 7, seq: 3, revision: 1, at, by: undefined, payload };
  const built = buildDirectMessage(en, aRequest({ state }), event, undefined, 'mainland');
  expect(built?.text).toMatch(saying(en.direct.approvedBy([person(by.userId)])));
});
