import { followed } from '../../src/domain/job/followed';
import {
  consistencies,
  type JobStatus,
  jobStatuses,
  type ObservedJob,
} from '../../src/domain/job/job';
import type { RequestState } from '../../src/domain/request/request';
import type { EventPayload, RequestEvent } from '../../src/domain/request/requestEvent';
import { aboutNone, explain } from '../../src/i18n/explain';
import { locales } from '../../src/i18n/locales';
import { plain, say } from '../../src/i18n/text';
import { buildReply } from '../../views/reply';
import { aRequest } from '../support/aRequest';

const bob = { userId: 'UBOB', name: 'Bob' };
const mei = { userId: 'UMEI', name: 'Mei' };

/** The replies about these events of one request. */
function texts(payloads: readonly [EventPayload, typeof bob | undefined][]): string[] {
  const events = payloads.map(
    ([payload, by], index): RequestEvent => ({
      ...{ requestId: 7, seq: index + 1, revision: 1, at: new Date(0), by, payload },
    }),
  );
  return events.map((event) => {
    const reply = buildReply(locales.en, aRequest(), event, 'mainland', { events });
    return reply?.text ?? '';
  });
}

const withdrawn: EventPayload = { type: 'withdrawn' };
const moved = (from: JobStatus, to: JobStatus) =>
  ({ type: 'job_moved', from, to, said: to, elsewhere: false }) as const;

const startDropped = { ...moved('check_passed', 'created'), operation: 'start_job' } as const;
const notMade = { type: 'failed', problem: { kind: 'not_sent', detail: '' } } as const;

it('numbers a reply only if it would begin like an earlier one', () => {
  const [first, second, third, again, ...others] = texts([
    [withdrawn, bob],
    [withdrawn, mei],
    [withdrawn, bob],
    [withdrawn, bob],
    [moved('checking', 'check_failed'), undefined],
    [moved('checking', 'check_passed'), undefined],
    [moved('checking', 'check_failed'), undefined],
  ]).map((text) => text.split('\n')[0] ?? '');
  expect(second).not.toContain('time)');
  expect(third).toBe(`${first} (2nd time)`);
  expect(again).toBe(`${first} (3rd time)`);
  expect(others[1]).not.toContain('time)');
  expect(others[2]).toBe(`${others[0]} (2nd time)`);
});

it('a numbered reply has all its other lines', () => {
  const edited: EventPayload = {
    ...{ type: 'edited', voided: 1 },
    differences: [
      { path: 'JobName', from: 'a', to: 'b' },
      { path: 'Reason', to: 'c' },
    ],
  };
  const [first = [], second = []] = texts([
    [edited, bob],
    [edited, bob],
  ]).map((text) => text.split('\n'));
  expect(first.length).toBeGreaterThan(3);
  expect(second).toEqual([`${first[0]}${locales.en.thread.again(2)}`, ...first.slice(1)]);
});

it('says after a lost response to a call that changes a job only that its outcome is unknown', () => {
  const lost = (operation: 'create_job' | 'stop_job'): EventPayload => ({
    ...{ type: 'answer_lost', operation, attempt: 1 },
    doubt: { kind: 'unreadable_answer', detail: 'HTTP 200, <html>' },
  });
  const said = (payload: EventPayload) => texts([[payload, undefined]])[0]?.split('\n');
  const { headline, meaning } = explain('unreadable_answer', locales.en);
  const { create_job, stop_job } = locales.en.operations;
  expect(said(lost('create_job'))).toEqual([
    `*${create_job.thread.outcomeUnknown}* ${headline}`,
    ...[meaning, create_job.thread.searching],
  ]);
  expect(said(lost('stop_job'))).toEqual([
    `*${stop_job.thread.outcomeUnknown}* ${headline}`,
    stop_job.thread.searching,
  ]);
});

it('advises nothing that only a new job needs after a call that changes a job failed', () => {
  const about: EventPayload = {
    ...{ type: 'failed', operation: 'start_job' },
    problem: {
      ...{ kind: 'refused', code: 'ResourceNotFound.ResourceNotFound' },
      ...{ message: 'not found', requestId: 'r' },
    },
  };
  const [started] = texts([[about, undefined]]);
  const words = locales.en.explanations.entries['ResourceNotFound.ResourceNotFound'];
  const next = (creates: boolean) => words({ ...aboutNone(locales.en), creates }).next;
  expect(started).toContain(next(false));
  expect(started).not.toContain(next(true));
});

const startFailed = { ...notMade, operation: 'start_job' } as const;
const refused = { kind: 'requester_not_allowed', rule: 'usual' } as const;
it.each<[string, EventPayload, JobStatus, 'asks' | 'only says' | 'says nothing']>([
  ['an approved start that failed', startFailed, 'check_passed', 'asks'],
  ['a start that nobody can approve now', startFailed, 'created', 'only says'],
  ['a start that the job no longer allows', startDropped, 'created', 'only says'],
  ['a start of a deleted job', startDropped, 'deleted', 'only says'],
  [
    'a start whose requester left',
    { ...startFailed, problem: refused },
    'check_passed',
    'only says',
  ],
  ['another operation', { ...notMade, operation: 'check_job' }, 'check_passed', 'says nothing'],
])('asks the approvers of a prepared job again only if they can start it: %s', (...row) => {
  const [, payload, status, expected] = row;
  const at = new Date(0);
  const seen: ObservedJob = {
    ...{ api: '2021-12-06', status, said: status, steps: [], errors: [] },
  };
  const state: RequestState = {
    ...{ status: 'prepared', approvals: [], jobId: 'dts-1', at, since: at, reminders: 0 },
  };
  const event = { requestId: 7, seq: 1, revision: 1, at, by: undefined, payload };
  const request = aRequest({ state, job: followed(undefined, seen, at) });
  const reply = buildReply(locales.en, request, event, 'mainland', { events: [event] });
  const { approvalsGone, approveAgain } = locales.en.job.prepared;
  const includes = (words: string) => reply?.text.includes(words);
  expect(includes(approveAgain)).toBe(expected === 'asks');
  expect(includes('please approve')).toBe(expected === 'asks');
  expect(includes(approvalsGone)).toBe(expected === 'only says');
});

describe('the reply about a review of the approvals', () => {
  const { thread } = locales.en;
  const pending = aRequest().state;
  const approval = { by: bob, at: new Date(0), revision: 1, from: [], confirmed: true };
  const operation = { name: 'create_job' } as const;
  const approved: RequestState = {
    ...{ status: 'approved', operation, approvals: [approval], attempts: 0 },
  };
  const lapsed = [{ because: 'not_an_approver', userId: 'UMEI' }] as const;
  const why = plain(thread.lapsed.not_an_approver('UMEI'));
  const call = plain(thread.askApprovers(say``, undefined));

  it.each([
    ['that waits', pending, lapsed, false, ['why', 'call']],
    ['that waits again', pending, lapsed, true, ['why', 'call']],
    ['that waited again and is approved by now', approved, [], true, ['call']],
    ['that still has enough approvals', approved, lapsed, false, ['why']],
  ] as const)('calls the approvers only if a request waits for them: %s', (...row) => {
    const [, state, lost, reopened, expected] = row;
    const review = { lapsed: lost, reopened };
    const payloads: readonly EventPayload[] = [
      { type: 'approvals_lapsed', ...review },
      { type: 'rule_changed', from: 'usual', to: 'strict', voided: 0, ...review },
    ];
    for (const payload of payloads) {
      const event = { requestId: 7, seq: 1, revision: 1, at: new Date(0), by: undefined, payload };
      const reply = buildReply(locales.en, aRequest({ state }), event, 'mainland');
      const text = reply?.text.replaceAll(/<@(\w+)>/g, '$1') ?? '';
      const found = Object.entries({ why, call }).filter(([, part]) => text.includes(part));
      expect(found.map(([name]) => name)).toEqual(expected);
    }
  });

  it.each([
    [pending, true],
    [approved, false],
  ])('is left out if only the rule changed and nobody has to decide, case %#', (state, isTold) => {
    const change = { from: 'usual', to: 'strict', voided: 0, lapsed: [], reopened: false } as const;
    const payload = { type: 'rule_changed', ...change } as const;
    const event = { requestId: 7, seq: 1, revision: 1, at: new Date(0), by: undefined, payload };
    const reply = buildReply(locales.en, aRequest({ state }), event, 'mainland');
    expect(reply !== undefined).toBe(isTold);
  });
});

describe.each(['en', 'zh-CN'] as const)('the reply about the end of a job in %s', (locale) => {
  const { job: words } = locales[locale];
  const said = (payload: EventPayload): string => {
    const event = { requestId: 7, seq: 1, revision: 1, at: new Date(0), by: undefined, payload };
    return (
      buildReply(locales[locale], aRequest(), event, 'mainland', { events: [event] })?.text ?? ''
    );
  };
  it('does not say that DTS does something whose result Ferry has reported', () => {
    const { accepted, found } = words.thread;
    const operated = { type: 'operated', operation: 'complete_job' } as const;
    const answered = { ...operated, how: 'answered' } as const;
    expect(said(answered)).toBe(accepted.complete_job);
    expect(said({ ...answered, isOver: true })).toBe('');
    expect(said({ ...answered, how: 'found' })).toBe(`${found}\n${accepted.complete_job}`);
    expect(said({ ...answered, how: 'found', isOver: true })).toBe(found);
  });

  const succeeded = moved('completing', 'success');

  it.each(consistencies)('says what the consistency check found: %s', (consistency) => {
    const text = said({ ...succeeded, consistency });
    const found = Object.entries(words.thread.consistency).filter(([, each]) =>
      text.includes(each),
    );
    expect(found.map(([name]) => name)).toEqual(consistency === 'notexist' ? [] : [consistency]);
  });

  it('says nothing about a consistency check that nothing reports', () => {
    expect(said(succeeded)).toContain(words.thread.moved.success);
    for (const each of Object.values(words.thread.consistency)) {
      expect(said(succeeded)).not.toContain(each);
    }
  });

  it.each(jobStatuses)('shows an error and its remedy only after a failure: %s', (to) => {
    const failures: readonly JobStatus[] = ['check_failed', 'failed', 'error', 'resumable_error'];
    const link = 'https://cloud.tencent.com/document/1';
    const payload = { ...moved('running', to), error: 'disk full', solution: 'free space', link };
    const text = said(payload);
    const shown = ['disk full', 'free space', link].filter((part) => text.includes(part));
    expect(shown).toHaveLength(failures.includes(to) ? 3 : 0);
  });

  it('names a status that someone else caused in its words, or as DTS wrote it', () => {
    const elsewhere = (to: JobStatus) =>
      said({ ...moved('running', to), said: 'asDtsWrote', elsewhere: true });
    expect(elsewhere('paused')).toContain(words.label.paused);
    expect(elsewhere('paused')).not.toContain('asDtsWrote');
    expect(elsewhere('other')).toContain('asDtsWrote');
  });

  it('shortens the name of a step, its message, and an error with its remedy', () => {
    const x = (count: number) => 'x'.repeat(count);
    const withStep = (name: string, message?: string) =>
      said({
        ...moved('running', 'failed'),
        step: { number: 2, of: 3, name, ...(message === undefined ? {} : { message }) },
      });
    expect(withStep(x(100))).toContain(x(100));
    expect(withStep(x(101))).toContain(`${x(99)}…`);
    expect(withStep('Import', x(500))).toContain(x(500));
    expect(withStep('Import', x(501))).toContain(`${x(499)}…`);
    for (const part of ['error', 'solution']) {
      const failed = (text: string) => said({ ...moved('running', 'failed'), [part]: text });
      expect(failed(x(500))).toContain(x(500));
      expect(failed(x(501))).toContain(`${x(499)}…`);
    }
    expect(said({ ...moved('running', 'other'), said: x(100) })).toContain(x(100));
    expect(said({ ...moved('running', 'other'), said: x(101) })).toContain(`${x(99)}…`);
  });

  it('names the step that failed, and quotes each message once', () => {
    const step = { number: 2, of: 3, name: 'Import', message: 'disk full' };
    const failed = { ...moved('running', 'failed'), step, error: 'disk full' };
    expect(said(failed)).toMatch(/Import/);
    expect(said(failed).match(/disk full/g)).toHaveLength(1);
    const other = { ...failed, step: { ...step, message: 'table orders' } };
    expect(said(other)).toMatch(/table orders[\s\S]*disk full/);
    expect(said({ ...failed, to: 'canceled' })).not.toContain('Import');
  });
});
