import type { FollowedJob } from '../../src/domain/job/followed';
import { jobOperations } from '../../src/domain/job/job';
import type { Approval } from '../../src/domain/request/approval';
import type { Intent } from '../../src/domain/request/intent';
import { creation, type Operation } from '../../src/domain/request/operations/operation';
import {
  type InState,
  type RequestState,
  type RequestStatus,
  requestState,
} from '../../src/domain/request/request';
import { type Action, actions } from '../../src/domain/request/requestEvent';
import {
  accepts,
  approvalsIn,
  dueAt,
  endedAt,
  jobIdIn,
  needsSecrets,
  openStatuses,
  settledStatuses,
  statusesAccepting,
  statusesInDoubt,
} from '../../src/domain/request/states';
import { en } from '../../src/i18n/en/messages';
import { buildRequestCard } from '../../views/requestCard';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { type ActorFacts, decideAs } from '../support/decideAs';

const now = new Date('2026-05-04T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

const approval: Approval = {
  by: { userId: 'U1', name: 'One' },
  at: now,
  revision: 1,
  from: [],
  confirmed: false,
};
const approvals = [approval] as const;
const by = { userId: 'U2', name: 'Two' };
const operation = creation;
const called = {
  operation,
  approvals,
  attempt: 1,
  calledAt: later(1),
  doubt: { kind: 'interrupted' },
} as const;

const samples: { [Status in RequestStatus]: InState<Status> } = {
  pending: {
    status: 'pending',
    operation,
    approvals,
    reminders: 0,
    remindAt: later(60),
    expireAt: later(90),
    attempts: 0,
  },
  approved: { status: 'approved', operation, approvals, attempts: 0 },
  launching: { status: 'launching', operation, approvals, attempt: 1, calledAt: later(1) },
  reconciling: {
    status: 'reconciling',
    ...called,
    looks: 0,
    lookAt: later(2),
    settledAt: later(120),
  },
  unconfirmed: {
    status: 'unconfirmed',
    ...called,
    at: later(3),
    found: [{ jobId: 'dts-1', createTime: '2026-05-04 18:00:00' }],
  },
  created: { status: 'created', approvals, jobId: 'dts-1', at: later(4) },
  prepared: {
    ...{ status: 'prepared', approvals, jobId: 'dts-1', at: later(4), since: later(4) },
    reminders: 0,
    remindAt: later(61),
    expireAt: later(91),
  },
  discarding: {
    ...{ status: 'discarding', jobId: 'dts-1', at: later(6) },
    next: { status: 'denied', by, at: later(6), reason: 'no' },
  },
  failed: {
    status: 'failed',
    approvals,
    problem: { kind: 'not_sent', detail: 'ECONNREFUSED' },
    at: later(5),
  },
  denied: { status: 'denied', by, at: later(6), reason: 'no' },
  withdrawn: { status: 'withdrawn', by, at: later(7) },
  expired: { status: 'expired', at: later(8) },
};

const statuses = requestState.options.map(({ shape }) => shape.status.value);

const to = {
  origin: 'V8',
  parameters: aDraft().parameters,
  reason: 'another reason',
  secrets: {},
  observed: {},
  sealed: {},
  rule: aRule(),
};

const intents: { [Type in Action]: Extract<Intent, { type: Type }> } = {
  approve: { type: 'approve', revision: 1 },
  break_glass: { type: 'break_glass', revision: 1, reason: 'urgent' },
  take_back: { type: 'take_back', revision: 1 },
  deny: { type: 'deny', revision: 1, reason: 'no' },
  withdraw: { type: 'withdraw', revision: 1 },
  edit: { type: 'edit', revision: 1, asks: 'yes', retries: 'yes', to },
  modify_job: { type: 'modify_job', revision: 1, asks: 'yes', to },
  look_again: { type: 'look_again', revision: 1 },
  choose_job: { type: 'choose_job', revision: 1, jobId: 'dts-1' },
  try_again: { type: 'try_again', revision: 1, attempt: 1 },
  check_job: { type: 'check_job', revision: 1 },
  start_job: { type: 'start_job', revision: 1 },
  pause_job: { type: 'pause_job', revision: 1 },
  continue_job: { type: 'continue_job', revision: 1 },
  resume_job: { type: 'resume_job', revision: 1, option: 'normal' },
  skip_check: { type: 'skip_check', revision: 1, items: ['OptimizeCheck'], reason: 'known' },
  complete_job: { type: 'complete_job', revision: 1 },
  stop_job: { type: 'stop_job', revision: 1 },
  delete_job: { type: 'delete_job', revision: 1 },
};

/** A person whom the rule allows to take the action. */
const actorFor = (action: Action): ActorFacts => ({
  userId: action === 'withdraw' ? 'UASK' : action === 'take_back' ? 'U1' : 'U2',
  name: 'Somebody',
  standing: 'member',
  listed: 'yes',
  from: [],
  today: {
    rule: aRule(),
    approvers: new Map([['U1', { standing: 'member', listed: 'yes', from: [] }]]),
  },
});

/** A job with which DTS allows everything. */
const job: FollowedJob = {
  api: '2021-12-06',
  status: 'running',
  said: 'running',
  allowed: jobOperations,
  steps: [],
  errors: [],
  since: now,
  seenAt: now,
};

/** A job whose check failed. DTS lets people skip the item. */
const checkedJob: FollowedJob = {
  ...job,
  status: 'check_failed',
  checks: [{ name: 'Surrounding checks', result: 'failed', id: 'OptimizeCheck', skipRisk: 'slow' }],
};

const request = (state: RequestState, ofJob = job) =>
  aRequest({
    state,
    job: ofJob,
    secrets: {},
    rule: aRule({ breakGlass: [{ kind: 'user', userId: 'U2' }] }),
  });

describe.each(statuses)('a request that is %s', (status) => {
  const state: RequestState = samples[status];

  it.each(actions)('follows the table when a person tries to %s', (action) => {
    const ofJob = action === 'skip_check' ? checkedJob : job;
    const decision = decideAs(request(state, ofJob), actorFor(action), intents[action], now);
    expect(decision.ok).toBe(accepts(state, action));
  });

  it('has a card with a button or a menu entry for each possible action', () => {
    const card = [job, checkedJob]
      .map((each) => JSON.stringify(buildRequestCard(en, request(state, each), 'mainland').blocks))
      .join();
    const buttons = card.matchAll(/"action_id":"([a-z_]+?)(?:_\d+)?"/g);
    const entries = card.matchAll(/"value":"([a-z_]+):/g);
    const pressed = [...buttons, ...entries].map(([, id]) => id);
    expect(actions.filter((action) => pressed.includes(action))).toEqual(
      actions.filter((action) => accepts(state, action)),
    );
  });
});

test.each([
  ...statuses.map((status): [string, RequestState] => [status, samples[status]]),
  ...[samples.denied, samples.withdrawn, samples.expired].map((next): [string, RequestState] => [
    `discarding, then ${next.status}`,
    { ...samples.discarding, next },
  ]),
])('a request that is %s is read as it was stored', (_, state) => {
  expect(requestState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
});

test.each([
  ['pending', { due: later(60), ended: undefined, job: undefined, approvals: 1 }],
  ['approved', { due: now, ended: undefined, job: undefined, approvals: 1 }],
  ['launching', { due: later(1), ended: undefined, job: undefined, approvals: 1 }],
  ['reconciling', { due: later(2), ended: undefined, job: undefined, approvals: 1 }],
  ['unconfirmed', { due: undefined, ended: undefined, job: undefined, approvals: 1 }],
  ['created', { due: undefined, ended: later(4), job: 'dts-1', approvals: 1 }],
  ['prepared', { due: later(61), ended: undefined, job: 'dts-1', approvals: 1 }],
  ['discarding', { due: undefined, ended: undefined, job: 'dts-1', approvals: 0 }],
  ['failed', { due: undefined, ended: later(5), job: undefined, approvals: 1 }],
  ['denied', { due: undefined, ended: later(6), job: undefined, approvals: 0 }],
  ['withdrawn', { due: undefined, ended: later(7), job: undefined, approvals: 0 }],
  ['expired', { due: undefined, ended: later(8), job: undefined, approvals: 0 }],
] as const satisfies readonly (readonly [RequestStatus, object])[])(
  'finds when a request that is %s is due and ended, its job and its approvals',
  (status, expected) => {
    const state: RequestState = samples[status];
    expect({
      due: dueAt(state, now),
      ended: endedAt(state),
      job: jobIdIn(state),
      approvals: approvalsIn(state).length,
    }).toEqual(expected);
  },
);

/** What people may do while a request waits for approvals of an operation on its job. */
const onJob = { from: samples.created, before: 'running' } as const;
const { parameters, reason, rule, secrets } = request(samples.created);
const previous = { revisedBy: 'V7', parameters, reason, rule, secrets, observed: {} };
test.each<[Operation, readonly Action[]]>([
  [creation, ['approve', 'break_glass', 'take_back', 'deny', 'withdraw', 'edit']],
  [
    { name: 'modify_job', ...onJob, previous },
    ['approve', 'take_back', 'deny', 'withdraw', 'modify_job'],
  ],
  [{ name: 'stop_job', ...onJob }, ['approve', 'take_back', 'deny', 'stop_job']],
  [
    { name: 'resume_job', ...onJob, option: 'normal' },
    ['approve', 'take_back', 'deny', 'resume_job'],
  ],
])('while %j waits, people can only decide on it', (waitsFor, allowed) => {
  const state: RequestState = { ...samples.pending, operation: waitsFor };
  expect(actions.filter((action) => accepts(state, action))).toEqual(
    actions.filter((action) => allowed.includes(action)),
  );
});

test('an unknown outcome of a change of the job lets people search or call again', () => {
  const operation: Operation = { name: 'modify_job', ...onJob, previous };
  const state: RequestState = { ...samples.unconfirmed, operation, found: [] };
  expect(actions.filter((action) => accepts(state, action))).toEqual(
    actions.filter((action) => action === 'look_again' || action === 'try_again'),
  );
});

test('an approved request is due when its launch window opens, otherwise when its retry is', () => {
  const retry = { at: later(9), number: 1, problem: samples.failed.problem };
  expect(dueAt({ ...samples.approved, retry }, now)).toEqual(later(9));
  expect(dueAt({ ...samples.approved, retry, opensAt: later(10) }, now)).toEqual(later(10));
});

test('the lists in database queries contain every state', () => {
  const others = statusesInDoubt.filter((status) => !openStatuses.includes(status));
  expect(others).toEqual(['launching']);
  expect([...settledStatuses, ...openStatuses, ...others].sort()).toEqual([...statuses].sort());
  expect(statusesAccepting('approve')).toEqual(['pending', 'prepared']);
});

test('secrets are kept exactly while a call may still need them', () => {
  const kept = statuses.filter((status) => needsSecrets(samples[status]));
  expect(kept).toEqual(['pending', 'approved', 'launching', 'reconciling', 'unconfirmed']);
  const onJob = { name: 'delete_job', before: 'created' } as const;
  const approved = (from: InState<'discarding'>) =>
    ({ ...samples.approved, operation: { ...onJob, from }, approvals: [] }) as const;
  const { discarding } = samples;
  const again = {
    ...discarding,
    next: { status: 'approved', operation, approvals: [], attempts: 1 },
  } as const;
  const states = [again, approved(again), approved(discarding)];
  expect(states.map(needsSecrets)).toEqual([true, true, false]);
});
