import { measureChange, measureWatch } from '../../src/domain/measure/measureChange';
import {
  attemptEnds,
  type Measurement,
  measuredDecisions,
  searchResults,
  waysToJob,
} from '../../src/domain/measure/measurement';
import type { Approval } from '../../src/domain/request/approval';
import type { RequestState } from '../../src/domain/request/request';
import type { EventPayload } from '../../src/domain/request/requestEvent';
import { aRequest } from '../support/aRequest';

const askedAt = new Date('2026-05-04T10:00:00Z');
const after = (seconds: number) => new Date(askedAt.getTime() + seconds * 1_000);
const by = { userId: 'UBOB', name: 'Bob' };
const approvalAt = (seconds: number): Approval => ({
  by,
  at: after(seconds),
  revision: 1,
  from: [],
  confirmed: false,
});
const create = { name: 'create_job' } as const;
const doubt = { kind: 'no_answer', detail: 'reset' } as const;
const times = { since: after(20), reminders: 0, attempts: 0 };
const end = { by, at: after(60) };

const pending: RequestState = { status: 'pending', operation: create, approvals: [], ...times };
const approved: RequestState = {
  status: 'approved',
  operation: create,
  approvals: [approvalAt(30), approvalAt(50)],
  attempts: 0,
};
const call = { operation: create, approvals: approved.approvals, attempt: 1, calledAt: after(55) };
const launching: RequestState = { status: 'launching', ...call };
const reconciling: RequestState = {
  status: 'reconciling',
  ...call,
  doubt,
  looks: 0,
  lookAt: after(58),
  settledAt: after(90),
};
const unconfirmed: RequestState = {
  status: 'unconfirmed',
  ...call,
  doubt,
  at: after(59),
  found: [],
};
const job = { jobId: 'dts-abcd1234', at: after(60) };
const created: RequestState = { status: 'created', approvals: approved.approvals, ...job };
const prepared: RequestState = { status: 'prepared', approvals: [], ...job, ...times };
const problem = { kind: 'record_altered', parts: ['state'] } as const;
const failed: RequestState = {
  status: 'failed',
  approvals: approved.approvals,
  problem,
  at: after(60),
};
const operation = 'create_job' as const;
const seconds = 40;
const done = { kind: 'attempt_ended', operation, outcome: 'done' } as const;

/** Each change at 60 seconds: the state before, the event, the state after, and what is measured. */
const changes: readonly [RequestState, EventPayload, RequestState, Measurement[]][] = [
  [pending, { type: 'approved', count: 1, required: 2 }, pending, []],
  [
    pending,
    { type: 'approved', count: 2, required: 2 },
    approved,
    [{ kind: 'decided', operation, decision: 'approved', seconds }],
  ],
  [
    pending,
    { type: 'break_glass', reason: 'now' },
    approved,
    [{ kind: 'decided', operation, decision: 'emergency', seconds }],
  ],
  [
    pending,
    { type: 'denied', reason: 'no' },
    { status: 'denied', ...end, reason: 'no' },
    [{ kind: 'decided', operation, decision: 'denied', seconds }],
  ],
  [
    pending,
    { type: 'withdrawn' },
    { status: 'withdrawn', ...end },
    [{ kind: 'decided', operation, decision: 'withdrawn', seconds }],
  ],
  [
    pending,
    { type: 'expired' },
    { status: 'expired', at: after(60) },
    [{ kind: 'decided', operation, decision: 'expired', seconds }],
  ],
  // It was decided before.
  [approved, { type: 'withdrawn' }, { status: 'withdrawn', ...end }, []],
  [
    prepared,
    { type: 'approved', count: 1, required: 1 },
    approved,
    [{ kind: 'decided', operation, decision: 'approved', seconds }],
  ],
  [
    launching,
    { type: 'created', how: 'answered', jobId: job.jobId },
    created,
    [done, { kind: 'job_known', how: 'answered', seconds: 10 }],
  ],
  // Nobody approved it yet, so there is no time since an approval.
  [launching, { type: 'created', how: 'answered', jobId: job.jobId }, prepared, [done]],
  [
    reconciling,
    { type: 'created', how: 'found', jobId: job.jobId },
    created,
    [
      done,
      { kind: 'searched', operation, result: 'found' },
      { kind: 'job_known', how: 'found', seconds: 10 },
    ],
  ],
  // The response arrived during the search.
  [
    reconciling,
    { type: 'created', how: 'answered', jobId: job.jobId },
    created,
    [done, { kind: 'job_known', how: 'answered', seconds: 10 }],
  ],
  [
    unconfirmed,
    { type: 'created', how: 'chosen', jobId: job.jobId },
    created,
    [done, { kind: 'job_known', how: 'chosen', seconds: 10 }],
  ],
  [
    reconciling,
    { type: 'looked', operation, found: 0 },
    reconciling,
    [{ kind: 'searched', operation, result: 'again' }],
  ],
  [
    reconciling,
    { type: 'unconfirmed', operation, doubt, found: [] },
    unconfirmed,
    [{ kind: 'searched', operation, result: 'person' }],
  ],
  [
    launching,
    { type: 'answer_lost', operation, doubt },
    reconciling,
    [{ kind: 'attempt_ended', operation, outcome: 'unknown', code: 'no_answer' }],
  ],
  [
    approved,
    { type: 'failed', operation, problem },
    failed,
    [{ kind: 'attempt_ended', operation, outcome: 'failed', code: 'record_altered' }],
  ],
  [
    launching,
    { type: 'postponed', operation, attempt: 1, problem, until: after(70) },
    approved,
    [{ kind: 'attempt_ended', operation, outcome: 'postponed', code: 'record_altered' }],
  ],
  [
    created,
    { type: 'operated', operation: 'start_job', how: 'answered' },
    created,
    [{ ...done, operation: 'start_job' }],
  ],
  [
    created,
    { type: 'job_moved', from: 'running', to: 'failed', said: 'fail', elsewhere: false },
    created,
    [{ kind: 'job_moved', to: 'failed' }],
  ],
];

it.each(changes.map(([before, event, state, expected]) => ({ before, event, state, expected })))(
  'measures $event.type: $before.status becomes $state.status',
  ({ before, event, expected, state }) => {
    const request = aRequest({ askedAt, state: before });
    expect(measureChange({ request, event, state, at: after(60) })).toEqual([
      { kind: 'event', type: event.type },
      ...expected,
    ]);
  },
);

it('counts a code that Ferry does not explain as unlisted', () => {
  const event = {
    type: 'failed',
    operation,
    problem: { kind: 'refused', code: 'Invented.ByAServer', message: 'x', requestId: 'r' },
  } as const;
  const measured = measureChange({
    request: aRequest({ state: launching }),
    event,
    state: failed,
    at: after(60),
  });
  expect(measured).toContainEqual({
    kind: 'attempt_ended',
    operation,
    outcome: 'failed',
    code: 'unlisted',
  });
});

it('never measures a negative duration, because clocks of replicas differ', () => {
  const measured = measureChange({
    request: aRequest({ state: pending }),
    event: { type: 'withdrawn' },
    state: { status: 'withdrawn', ...end },
    at: after(10),
  });
  expect(measured).toContainEqual(expect.objectContaining({ kind: 'decided', seconds: 0 }));
});

it('measures the events of a watch, and where its job moved', () => {
  const moved: EventPayload = {
    ...{ type: 'job_moved', from: 'running', to: 'success', said: 'success', elsewhere: false },
  };
  expect(measureWatch({ event: moved })).toEqual([
    { kind: 'event', type: 'job_moved' },
    { kind: 'job_moved', to: 'success' },
  ]);
  expect(measureWatch({ event: { type: 'unwatched' } })).toEqual([
    { kind: 'event', type: 'unwatched' },
  ]);
});

it('has metrics for each decision, end of an attempt, result of a search and way to a job', () => {
  const measured = changes.flatMap(([, , , expected]) => expected);
  const kinds = (values: readonly (string | undefined)[]) =>
    new Set(values.filter((value) => value !== undefined));
  const seen = (read: (each: Measurement) => string | undefined) => kinds(measured.map(read));
  expect(seen((each) => (each.kind === 'decided' ? each.decision : undefined))).toEqual(
    new Set(measuredDecisions),
  );
  expect(seen((each) => (each.kind === 'attempt_ended' ? each.outcome : undefined))).toEqual(
    new Set(attemptEnds),
  );
  expect(seen((each) => (each.kind === 'job_known' ? each.how : undefined))).toEqual(
    new Set(waysToJob),
  );
  const results = seen((each) => (each.kind === 'searched' ? each.result : undefined));
  expect(new Set([...results, 'no_effect'])).toEqual(new Set(searchResults));
});
