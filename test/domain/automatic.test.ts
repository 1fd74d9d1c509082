import type { FollowedJob } from '../../src/domain/job/followed';
import { jobStatuses } from '../../src/domain/job/job';
import {
  agreedDecision,
  automaticOperation,
  leftToPeople,
} from '../../src/domain/request/automatic';
import type { RequestState } from '../../src/domain/request/request';
import type { EventPayload, RequestEvent } from '../../src/domain/request/requestEvent';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const now = new Date('2026-05-04T10:00:00Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const approval = {
  by: { userId: 'UYES', name: 'Approver' },
  at: now,
  revision: 1,
  from: [],
  confirmed: false,
};
const created = {
  status: 'created',
  approvals: [approval],
  jobId: 'dts-1',
  at: now,
} as const satisfies RequestState;
const both = aRule({ automatic: ['check_job', 'start_job'] });

const job = (status: FollowedJob['status'], api: FollowedJob['api']): FollowedJob => ({
  ...{ api, status, said: status, steps: [], errors: [] },
  since: at(10),
  seenAt: at(10),
});
const event = (seq: number, payload: EventPayload, seconds: number): RequestEvent => ({
  ...{ requestId: 1, seq, revision: 1, by: undefined, payload },
  at: at(seconds),
});
const creation = event(3, { type: 'created', how: 'answered', jobId: 'dts-1' }, 0);
const next = (
  status: FollowedJob['status'],
  events: readonly RequestEvent[] = [creation],
  rule = both,
  state: RequestState = created,
) => automaticOperation({ altered: [], rule, state, job: job(status, '2021-12-06') }, events)?.name;

test.each(jobStatuses)('decides on the check or the start only if the job is %s', (status) => {
  const expected = { created: 'check_job', check_passed: 'start_job' };
  expect(next(status)).toBe(Object.entries(expected).find(([name]) => name === status)?.[1]);
});

test('checks a job that version 2018-03-30 still creates, because that version allows it', () => {
  const request = { altered: [], rule: both, state: created };
  const of = (api: FollowedJob['api']) =>
    automaticOperation({ ...request, job: job('creating', api) }, [creation])?.name;
  expect([of('2018-03-30'), of('2021-12-06')]).toStrictEqual(['check_job', undefined]);
});

test('decides only for what the rule makes automatic', () => {
  const checks = aRule({ automatic: ['check_job'] });
  expect(next('created', [creation], checks)).toBe('check_job');
  expect(next('check_passed', [creation], checks)).toBeUndefined();
  expect(next('created', [creation], aRule())).toBeUndefined();
});

test('decides once for each time that the job gets a status', () => {
  const decided = (seconds: number) =>
    event(5, { type: 'automatic', operation: 'start_job', rule: 'usual' }, seconds);
  expect(next('check_passed', [creation, decided(10)])).toBeUndefined();
  expect(next('check_passed', [creation, decided(9)])).toBe('start_job');
  // People were notified that they have to decide.
  const left = event(5, { type: 'not_automatic', operation: 'start_job' }, 10);
  expect(next('check_passed', [creation, left])).toBeUndefined();
});

test('decides nothing after the rule of the request changed since the creation', () => {
  const changed = (seq: number) =>
    event(
      seq,
      { ...{ from: 'a', to: 'b', voided: 0, lapsed: [], reopened: false }, type: 'rule_changed' },
      1,
    );
  const operation = { name: 'check_job', from: created, before: 'created' } as const;
  const decision = (events: readonly RequestEvent[]) =>
    agreedDecision(aRequest({ rule: both }), both, operation, events, now).event.type;
  expect(decision([creation, changed(4)])).toBe('not_automatic');
  expect(decision([changed(2), creation])).toBe('automatic');
  expect(decision([changed(2), creation, changed(4), creation])).toBe('automatic');
  expect(decision([creation, event(4, { type: 'reminded', number: 1 }, 1)])).toBe('automatic');
});

test('checks a job before its approval only while the rule says so, and never starts it', () => {
  const waiting: RequestState = {
    ...{ status: 'prepared', approvals: [], jobId: 'dts-1', at: now, since: now, reminders: 0 },
  };
  const early = aRule({ approve: 'before_start', automatic: ['check_job', 'start_job'] });
  const late = aRule({ automatic: ['check_job', 'start_job'] });
  expect(next('created', [creation], early, waiting)).toBe('check_job');
  expect(next('check_passed', [creation], early, waiting)).toBeUndefined();
  expect(next('created', [creation], late, waiting)).toBeUndefined();
});

test('continues the numbers of attempts of earlier operations', () => {
  const attemptsAfter = (from: Extract<RequestState, { status: 'created' }>) => {
    const operation = { name: 'check_job', from, before: 'created' } as const;
    return agreedDecision(aRequest({ rule: both }), both, operation, [creation], now).state;
  };
  expect(attemptsAfter({ ...created, attempts: 4 })).toMatchObject({ attempts: 4 });
  expect(attemptsAfter(created)).toMatchObject({ attempts: 0 });
});

test('decides nothing while an operation waits, and for an altered request', () => {
  const waiting: RequestState = {
    status: 'approved',
    operation: { name: 'check_job', from: created, before: 'created' },
    approvals: [approval],
    attempts: 0,
  };
  expect(next('created', [creation], both, waiting)).toBeUndefined();
  const altered = { altered: ['state'], rule: both, state: created } as const;
  const request = { ...altered, job: job('created', '2021-12-06') };
  expect(automaticOperation(request, [creation])).toBeUndefined();
});

test('is no longer automatic under any other rule', () => {
  const operation = { name: 'check_job', from: created, before: 'created' } as const;
  const request = aRequest({ rule: both });
  const left = { state: created, event: { type: 'not_automatic', operation: 'check_job' } };
  expect(leftToPeople(request, both, operation, now)).toBeUndefined();
  expect(leftToPeople(request, { ...both, required: 2 }, operation, now)).toEqual(left);
  const starts = { ...both, automatic: ['start_job'] } as const;
  expect(leftToPeople(request, starts, operation, now)).toEqual(left);
  expect(leftToPeople(request, both, { ...operation, name: 'stop_job' }, now)).toMatchObject({
    event: { operation: 'stop_job' },
  });
});

test('checks a job before its approval as long as the rule of today says so, whatever else it says', () => {
  const from: Extract<RequestState, { status: 'prepared' }> = {
    ...{ status: 'prepared', approvals: [], jobId: 'dts-1', at: now, since: now, reminders: 0 },
  };
  const operation = { name: 'check_job', from, before: 'created' } as const;
  const early = aRule({ approve: 'before_start' });
  const under = (today: typeof early) =>
    agreedDecision(aRequest({ rule: early }), today, operation, [creation], now).event.type;
  expect(under({ ...early, name: 'other', required: 2 })).toBe('automatic');
  expect(under(aRule())).toBe('not_automatic');
});

describe('a start time', () => {
  const operation = { name: 'start_job', from: created, before: 'check_passed' } as const;
  const check = { name: 'check_job', from: created, before: 'created' } as const;
  const { parameters } = aDraft({
    'MigrateOption.RunMode': '2',
    'MigrateOption.ExpectTime': String(at(60).getTime() / 1_000),
  });
  const request = aRequest({ rule: both, parameters });
  const eventAt = (of: typeof request, chosen: typeof operation | typeof check, seconds: number) =>
    agreedDecision(of, both, chosen, [creation], at(seconds)).event;
  const missed = { type: 'not_automatic', operation: 'start_job', missed: at(60) };

  test('leaves the start to people from that moment on, and not the check', () => {
    expect(eventAt(request, operation, 59)).toMatchObject({ type: 'automatic' });
    expect(eventAt(request, operation, 60)).toEqual(missed);
    expect(eventAt(request, operation, 60_000)).toEqual(missed);
    expect(eventAt(request, check, 60)).toMatchObject({ type: 'automatic' });
  });

  test('that was chosen in the console leaves the start to people, too', () => {
    const runsAt = (seconds: number) => ({
      ...job('check_passed', '2021-12-06'),
      runsAt: at(seconds),
    });
    const immediate = aRequest({ rule: both });
    expect(eventAt({ ...immediate, job: runsAt(60) }, operation, 60)).toEqual(missed);
    expect(eventAt({ ...immediate, job: runsAt(61) }, operation, 60).type).toBe('automatic');
    // Nobody knows which one is meant.
    expect(eventAt({ ...request, job: runsAt(90) }, operation, 60)).toEqual(missed);
  });
});
