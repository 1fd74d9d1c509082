import type { z } from 'zod';
import { homeFilter } from '../../src/domain/channel/home';
import { type FollowedJob, jobNotes } from '../../src/domain/job/followed';
import {
  checkItem,
  consistencies,
  jobOperations,
  jobStatuses,
  type ObservedJob,
  observedJob,
  skippedChecks,
} from '../../src/domain/job/job';
import { fieldPaths, fixedInJob } from '../../src/domain/migration/fields';
import { migrationParameters } from '../../src/domain/migration/migration';
import { people } from '../../src/domain/people/people';
import { type Rule, rule } from '../../src/domain/policy/policy';
import { alterations } from '../../src/domain/record/recordedRow';
import { approval } from '../../src/domain/request/approval';
import { type Doubt, doubt, launchProblem } from '../../src/domain/request/launchOutcome';
import { observation } from '../../src/domain/request/observation';
import { storedName, storedOperation } from '../../src/domain/request/operations/operation';
import { missing } from '../../src/domain/request/quorum';
import { refusal, refusalFacts } from '../../src/domain/request/refusal';
import { requestState } from '../../src/domain/request/request';
import {
  actions,
  difference,
  eventPayload,
  eventTypes,
} from '../../src/domain/request/requestEvent';
import { watchedJob, watchState } from '../../src/domain/request/watch';
import {
  secretPaths,
  secretReference,
  secretSources,
} from '../../src/domain/secrets/secretReference';
import { valueFlaw } from '../../src/domain/secrets/secretValue';
import { aDraft } from '../support/aForm';
import { aRule } from '../support/aRule';

type Stored<Key extends string> = Readonly<Record<string, unknown> & Record<Key, string>>;

/** Reads a value after it was stored as JSON. */
const readBack = (schema: z.ZodType, value: unknown): unknown =>
  schema.parse(JSON.parse(JSON.stringify(value)));

const at = new Date('2026-05-04T10:00:00Z');
const by = { userId: 'UBOB', name: 'Bob' };
const group = { kind: 'group', groupId: 'SDBA' } as const;
const everyKind = [
  ...[group, { kind: 'user', userId: 'UBOB' }, { kind: 'channel', channelId: 'C1' }],
  { kind: 'requester' },
] as const;

const bare = { by, at, revision: 1, from: [], confirmed: false };
const full = { ...bare, comment: 'yes', from: [everyKind], confirmed: true, breakGlass: 'outage' };
const approvals = [bare, full];

const create = { name: 'create_job' } as const;
const created = { status: 'created', approvals: [], jobId: 'dts-1', at } as const;
const prepared = { ...created, status: 'prepared', since: at, reminders: 0 } as const;
const denied = { status: 'denied', by, at, reason: 'no' } as const;
const withdrawn = { status: 'withdrawn', by, at } as const;
const expired = { status: 'expired', at } as const;
const discarding = { status: 'discarding', jobId: 'dts-1', at, next: denied } as const;

const refused = {
  kind: 'refused',
  code: 'InvalidParameter',
  message: 'x',
  requestId: 'r',
} as const;
const interrupted: Doubt = { kind: 'interrupted' };
const foundJob = { jobId: 'dts-1', createTime: '2026-05-04 18:00:00' };
const idle = {
  kind: 'found',
  jobs: [
    { ...foundJob, jobName: 'one' },
    { ...foundJob, jobName: 'two', request: { id: 7, revision: 2 } },
  ],
  more: 3,
} as const;

const called = { operation: create, approvals, attempt: 1, calledAt: at };

/** Each state with the least and with the most that it can have. */
const states: readonly Stored<'status'>[] = [
  { status: 'pending', operation: create, approvals, reminders: 2, attempts: 3 },
  {
    ...{ status: 'pending', operation: create, approvals: [], reminders: 0, attempts: 0 },
    ...{ since: at, remindAt: at, expireAt: at },
  },
  { status: 'approved', operation: create, approvals, attempts: 0 },
  {
    ...{ status: 'approved', operation: create, approvals: [], attempts: 2 },
    ...{ retry: { at, number: 2, problem: refused }, opensAt: at, unverifiedSince: at },
  },
  { status: 'launching', ...called },
  { status: 'launching', ...called, retries: 2 },
  { status: 'launching', ...called, hadEffect: true },
  {
    ...{ status: 'reconciling', ...called, doubt: interrupted },
    ...{ looks: 1, lookAt: at, settledAt: at },
  },
  {
    ...{ status: 'reconciling', ...called, doubt: interrupted, hadEffect: true },
    ...{ looks: 1, lookAt: at, settledAt: at },
  },
  created,
  { ...created, approvals, requestId: 'r', attempts: 2 },
  prepared,
  { ...prepared, approvals, requestId: 'r', attempts: 2, remindAt: at, expireAt: at },
  discarding,
  ...[denied, withdrawn, expired].map((next) => ({ ...discarding, next })),
  {
    ...{ ...discarding, attempts: 2, region: 'ap-guangzhou' },
    next: { status: 'approved', operation: create, approvals, attempts: 1 },
  },
  { status: 'failed', approvals, problem: refused, at },
  { status: 'failed', approvals, problem: refused, at, attempts: 3 },
  { status: 'unconfirmed', ...called, doubt: interrupted, at, found: [] },
  {
    ...{ status: 'unconfirmed', ...called, doubt: interrupted, at, found: [foundJob] },
    ...{ searchProblem: refused, reminders: 1, remindAt: at },
  },
  denied,
  withdrawn,
  expired,
];

const draft = aDraft();
const previous = {
  ...{ revisedBy: 'V7', reason: 'why', parameters: draft.parameters, observed: {}, rule: aRule() },
  secrets: { 'SrcInfo.Password': { kind: 'typed' } },
};
const later = { ...draft.parameters.MigrateOption, RunMode: 2, ExpectTime: at };

const operations: readonly object[] = [
  create,
  ...[created, prepared, discarding].map((from) => ({
    name: 'check_job',
    from,
    before: 'created',
  })),
  ...jobStatuses.map((before) => ({ name: 'delete_job', from: created, before })),
  { name: 'delete_job', from: created, before: 'failed', billing: 'isolated' },
  { name: 'start_job', from: created, before: 'check_passed' },
  { name: 'modify_job', from: created, before: 'created', previous },
  {
    ...{ name: 'modify_job', from: created, before: 'created' },
    previous: { ...previous, parameters: { ...draft.parameters, MigrateOption: later } },
  },
  { name: 'skip_check', from: created, before: 'check_failed', skips: { items: [] } },
  { name: 'pause_job', from: created, before: 'running' },
  { name: 'continue_job', from: created, before: 'paused' },
  ...['normal', 'clearData', 'overwrite'].map((option) => ({
    ...{ name: 'resume_job', from: created, before: 'resumable_error', option },
  })),
  { name: 'complete_job', from: created, before: 'ready_complete' },
  { name: 'stop_job', from: created, before: 'running' },
];

const skips = { items: [{ id: 'OptimizeCheck', name: 'Surrounding checks' }] };
const stillMissing = { count: 1, lists: [[group]] };
const lapsed = [
  ...(['not_a_member', 'not_an_approver', 'no_emergency_approver', 'not_confirmed'] as const),
  ...(['author', 'other_revision'] as const),
].map((because) => ({ userId: 'UBOB', because }));
const moved = {
  ...{ type: 'job_moved', from: 'running', to: 'failed', said: 'failed', elsewhere: false },
} as const;

/** Events about the creation of a job, with the least that they have. */
const events: readonly Stored<'type'>[] = [
  { type: 'requested' },
  { type: 'edited', differences: [], voided: 0 },
  { type: 'edited', differences: [], voided: 0, isRetry: true },
  { type: 'rule_changed', from: 'a', to: 'b', voided: 0, lapsed: [], reopened: false },
  {
    ...{ type: 'rule_changed', from: 'a', to: 'b', voided: 0, lapsed: [], reopened: false },
    ...{ automatic: 'b', isNews: false },
  },
  { type: 'approvals_lapsed', lapsed, reopened: true },
  { type: 'unverified', operation: 'create_job' },
  { type: 'approved', count: 1, required: 2 },
  { type: 'automatic', operation: 'check_job', rule: 'a' },
  { type: 'automatic', operation: 'start_job', rule: 'a' },
  { type: 'automatic', operation: 'delete_job', rule: 'a' },
  ...jobOperations.map((operation) => ({ type: 'not_automatic', operation }) as const),
  { type: 'not_automatic', operation: 'start_job', missed: at },
  { type: 'break_glass', reason: 'outage' },
  { type: 'taken_back', count: 0, required: 2 },
  { type: 'denied', reason: 'no' },
  { type: 'withdrawn' },
  { type: 'expired' },
  { type: 'reminded', number: 1 },
  { type: 'reminded', number: 1, late: { startTime: at } },
  { type: 'reminded', number: 1, late: { startTime: at, opensAt: at } },
  { type: 'reminder_held', until: at },
  { type: 'held', operation: 'create_job', until: at },
  { type: 'launched', operation: 'create_job', attempt: 1 },
  ...(['answered', 'found', 'chosen'] as const).map(
    (how) => ({ type: 'created', how, jobId: 'dts-1' }) as const,
  ),
  { type: 'failed', operation: 'create_job', problem: refused },
  { type: 'postponed', operation: 'create_job', attempt: 1, problem: refused, until: at },
  { type: 'answer_lost', operation: 'create_job', doubt: interrupted },
  { type: 'looked', operation: 'create_job', found: 0 },
  { type: 'unconfirmed', operation: 'create_job', doubt: interrupted, found: [] },
  { type: 'look_again', operation: 'create_job' },
  { type: 'try_again', operation: 'create_job', after: 'failed', voided: 1 },
  { type: 'try_again', operation: 'create_job', after: 'unconfirmed', voided: 0 },
  { type: 'operated', operation: 'stop_job', how: 'answered' },
  { type: 'operated', operation: 'stop_job', how: 'found' },
  { type: 'operated', operation: 'stop_job', how: 'found', isOver: true },
  moved,
  ...jobStatuses.map((status) => ({ ...moved, from: status, to: status })),
  { type: 'job_idle', since: at },
  { type: 'stray_job', attempt: 1, jobId: 'dts-1' },
  { type: 'watched', jobId: 'dts-1', region: 'ap-guangzhou' },
  { type: 'unwatched' },
  { type: 'unwatched', createdBy: 7 },
  ...(['unknown', 'not_joined', 'archived', 'restricted'] as const).map(
    (problem) => ({ type: 'channel_lost', problem }) as const,
  ),
  ...[...actions, 'unwatch' as const].map(
    (action) => ({ type: 'attempt_refused', action, refusal: { code: 'guest' } }) as const,
  ),
];

const operation = 'modify_job' as const;

/** Events with everything that they can have. */
const fullEvents: readonly Stored<'type'>[] = [
  { type: 'requested', automatic: 'a' },
  {
    ...{ type: 'edited', operation, voided: 2, automatic: 'a', discards: true },
    differences: [{ path: 'JobName', from: 'a', to: 'b' }, { path: 'SrcInfo.Password' }],
  },
  { type: 'rule_changed', operation, from: 'a', to: 'b', voided: 1, lapsed, reopened: true },
  { type: 'approvals_lapsed', operation, lapsed: [], reopened: false },
  {
    ...{ type: 'approved', operation, count: 1, required: 2, comment: 'yes', isEnough: true },
    ...{ skips, missing: stillMissing, isUnderWay: true },
  },
  { type: 'break_glass', reason: 'now', isUnderWay: true },
  { type: 'operated', operation, how: 'found', approvedBy: ['UBOB'] },
  { type: 'taken_back', operation, count: 0, required: 2, missing: stillMissing },
  { type: 'denied', operation, reason: 'no' },
  { type: 'withdrawn', operation },
  { type: 'expired', operation },
  { type: 'reminded', operation, number: 1 },
  { type: 'created', how: 'found', jobId: 'dts-1', requestId: 'r', approve: 'before_start' },
  {
    ...{ type: 'unconfirmed', operation, doubt: interrupted, found: [foundJob] },
    searchProblem: refused,
  },
  {
    ...{
      ...moved,
      isRepeated: true,
      isNotNeeded: true,
      operation,
      error: 'x',
      solution: 'y',
      link: 'https://z',
    },
    ...{ step: { number: 1, of: 3, name: 'a' }, lagSeconds: 1, lagMegabytes: 2 },
    ...{ checks: [{ name: 'a', result: 'passed' }], consistency: 'consistent' },
  },
  { ...moved, step: { number: 1, of: 3, name: 'a', message: 'm' } },
  { type: 'job_idle', since: at, isNotNeeded: true },
];

const refusals: readonly Stored<'code'>[] = [
  { code: 'no_such_request', requestId: 7 },
  { code: 'other_database', requestId: 7 },
  { code: 'visibility_unknown', requestId: 7 },
  ...(
    [
      ...([
        'handled_already',
        'own_request',
        'own_outcome',
        'own_edit',
        'not_your_request',
        'guest',
      ] as const),
      ...(['external', 'deactivated', 'bot', 'person_unknown', 'not_an_approver'] as const),
      ...(['approvers_unknown', 'list_unknown', 'rule_unknown', 'channel_unknown'] as const),
      ...(['not_in_channel', 'channel_members_unknown', 'requesters_unknown'] as const),
      ...(['may_not_watch', 'watchers_unknown', 'already_approved_by_you'] as const),
      ...(['nothing_to_take_back', 'cannot_withdraw', 'cannot_edit', 'nothing_changed'] as const),
      ...(['not_failed', 'password_gone'] as const),
      ...(['destination_not_confirmed', 'destination_missing'] as const),
      ...(['reason_missing', 'not_in_doubt', 'other_attempt', 'own_job', 'no_job_yet'] as const),
    ] as const
  ).map((code) => ({ code })),
  ...(['deny', 'edit', 'modify_job', 'try_again', 'break_glass'] as const).map(
    (action) => ({ code: 'not_allowed', action }) as const,
  ),
  ...fieldPaths.map((path) => ({ code: 'field_needed', path }) as const),
  { code: 'start_time_passed', at },
  { code: 'start_time_passed', at, opensAt: at },
  { code: 'too_many_open', open: 5, limit: 5 },
  { code: 'may_not_request', rule: 'a' },
  { code: 'not_a_requester', rule: 'a' },
  ...(['byOne', 'byAll'] as const).map((whose) => ({ code: 'too_many_watched', whose }) as const),
  { code: 'not_watched', jobId: 'dts-1' },
  { code: 'watch_unknown', jobId: 'dts-1' },
  { code: 'other_revision', seen: 1, current: 2 },
  ...(['approved', 'denied'] as const).flatMap((decision) => [
    { code: 'already_decided', decision, by: 'Bob', others: ['Mei'], at },
    { code: 'already_decided_by_you', decision, at },
  ]),
  { code: 'withdrawn', at },
  { code: 'expired', at },
  ...fixedInJob.map((path) => ({ code: 'fixed_in_job', path }) as const),
  { code: 'other_channel', rule: 'a', channel: 'C2' },
  { code: 'record_altered', parts: alterations },
  { code: 'no_such_job', jobId: 'dts-1' },
  ...jobOperations.flatMap((each) => [
    { code: 'not_for_job', operation: each },
    { code: 'job_busy', operation: each },
  ]),
  ...jobStatuses.map(
    (status) =>
      ({ code: 'job_not_ready', operation: 'stop_job', status, said: 'whatever' }) as const,
  ),
  ...jobStatuses.map((status) => ({ code: 'not_idle', status, said: 'whatever' }) as const),
  { code: 'cannot_skip', items: ['OptimizeCheck'] },
];

const flaws: readonly Stored<'kind'>[] = [
  ...(['empty', 'not_text', 'untypable', 'broken_json', 'json_list', 'url'] as const).map(
    (kind) => ({ kind }),
  ),
  ...(['no_password_key', 'several_password_keys', 'password_not_text'] as const).map((kind) => ({
    ...{ kind, keys: ['a'] },
  })),
];

const references = [
  { kind: 'ssm', name: 'shop', version: 'v1' },
  { kind: 'env', name: 'SHOP' },
] as const;

const unavailable = { kind: 'secret_unavailable', path: 'SrcInfo.Password' } as const;
const problems: readonly Stored<'kind'>[] = [
  refused,
  { ...refused, idleJobs: idle },
  { ...refused, idleJobs: { ...idle, elsewhere: 2 } },
  { ...refused, idleJobs: { kind: 'forbidden' } },
  { ...refused, idleJobs: { kind: 'unanswered' } },
  { kind: 'not_sent', detail: 'ECONNREFUSED' },
  { kind: 'rule_unclear' },
  { kind: 'start_time_passed' },
  { kind: 'requester_not_allowed', rule: 'a' },
  { kind: 'job_not_ready', status: 'running', said: 'running' },
  { kind: 'check_changed' },
  { kind: 'no_effect' },
  { kind: 'record_altered', parts: alterations },
  ...(['missing', 'no_key', 'damaged', 'elsewhere'] as const).map(
    (reason) => ({ kind: 'secret_unreadable', reason }) as const,
  ),
  ...secretPaths.map(
    (path) =>
      ({ ...unavailable, path, reference: references[0], cause: { kind: 'not_set' } }) as const,
  ),
  ...[
    refused,
    { kind: 'not_reached', detail: 'reset' } as const,
    { kind: 'unusable' } as const,
    ...flaws.map((flaw) => ({ kind: 'unusable', flaw }) as const),
    { kind: 'other_user', user: 'root' } as const,
    ...(['not_allowed', 'unknown_person'] as const).map((kind) => ({ kind })),
  ].map((cause) => ({ ...unavailable, reference: references[1], cause })),
];

const doubts: readonly Doubt[] = [
  { kind: 'no_answer', detail: 'reset' },
  { kind: 'unreadable_answer', detail: 'HTTP 502' },
  { kind: 'redirected' },
  interrupted,
  { ...refused, kind: 'duplicate' },
];

const seen: ObservedJob = {
  ...{ api: '2018-03-30', status: 'running', said: 'running', steps: [], errors: [] },
};
const item = { name: 'a', result: 'failed' } as const;
const jobs: readonly ObservedJob[] = [
  seen,
  ...jobStatuses.map((status) => ({ ...seen, status })),
  ...consistencies.map((consistency) => ({ ...seen, consistency })),
  ...(['billed', 'isolated'] as const).map((billing) => ({ ...seen, billing })),
  ...(['waiting', 'running', 'done', 'failed'] as const).map((status) => ({
    ...{ ...seen, steps: [{ name: 'a', status }] },
  })),
  {
    ...{ ...seen, api: '2021-12-06', allowed: jobOperations },
    ...{ startedAt: at, endedAt: at, runsAt: at, lagSeconds: 1, lagMegabytes: 2 },
    steps: [{ name: 'a', status: 'running', percent: 40, message: 'm' }],
    errors: [{ text: 'x' }, { text: 'y', solution: 's', link: 'https://z' }],
    checks: [item],
  },
];
const point = { percent: 10, at };
const notes: readonly Partial<FollowedJob>[] = [
  {},
  {
    ...{ pace: { step: 1, first: point, last: point, rises: 3 }, hasCaughtUp: true },
    cutOver: { lagSeconds: 1, lagMegabytes: 2 },
  },
  { cutOver: {} },
];

const rules: readonly Rule[] = [
  aRule(),
  {
    ...{ name: 'a', channel: 'C1', requesters: everyKind, approvers: everyKind, required: 2 },
    ...{ approve: 'before_start', oneFromEach: [everyKind], deniers: everyKind },
    ...{ editors: everyKind, retriers: everyKind, expiryMs: 60_000, confirmDestination: true },
    reminders: {
      ...{ afterMs: [1, 2], mention: everyKind },
      quiet: { from: '00:00', to: '23:59', timeZone: 'UTC' },
    },
    windows: [
      {
        days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
        from: '19:30',
        to: '24:00',
        timeZone: 'UTC',
      },
    ],
    ...{ breakGlass: everyKind, breakGlassNotify: everyKind, idleAfterMs: 60_000 },
    operations: Object.fromEntries(
      [...jobOperations, 'clear_data'].map((each) => [
        each,
        { people: everyKind, required: 1, oneFromEach: [everyKind] },
      ]),
    ),
    automatic: ['check_job', 'start_job'],
  },
  aRule({ idleAfterMs: null, approve: 'before_creation' }),
];

const instance = { name: 'shop', version: '8.0', memoryMb: 1, diskGb: 2, unusable: 'isolated' };

it.each<[string, z.ZodType, readonly unknown[]]>([
  ['a state', requestState, states],
  ['an operation', storedOperation, operations],
  ['an approval', approval, approvals],
  ['an event', eventPayload, [...events, ...fullEvents]],
  ['a refusal', refusal, refusals],
  ['a problem', launchProblem, problems],
  ['a doubt', doubt, doubts],
  ['a flaw of a secret', valueFlaw, flaws],
  ['a reference', secretReference, references],
  [
    'sources of secrets',
    secretSources,
    [
      {},
      Object.fromEntries(secretPaths.map((path) => [path, { kind: 'typed' }])),
      ...references.map((reference) => ({ 'DstInfo.Password': reference })),
    ],
  ],
  ['a job', observedJob, jobs],
  ['notes about a job', jobNotes, notes],
  [
    'an item of a check',
    checkItem,
    [
      ...['passed', 'warning', 'failed', 'skipped'].map((result) => ({ name: 'a', result })),
      { ...item, reason: 'r', solution: 's', link: 'https://z', id: 'i', skipRisk: 'k' },
    ],
  ],
  [
    'skipped checks',
    skippedChecks,
    [skips, ...['shield', 'migrate'].map((foreignKeys) => ({ ...skips, foreignKeys }))],
  ],
  ['people', people, everyKind],
  ['a rule', rule, rules],
  ['what a quorum lacks', missing, [{ count: 0, lists: [] }, stillMissing]],
  [
    'what was observed',
    observation,
    [
      {},
      { source: { name: 'shop' }, target: instance, nameTaken: { kind: 'request', id: 7 } },
      { source: instance, nameTaken: { kind: 'job', jobId: 'dts-1' } },
    ],
  ],
  [
    'a watched job',
    watchedJob,
    [
      { jobId: 'dts-1', region: 'ap-guangzhou', name: 'shop' },
      { jobId: 'dts-1', region: 'ap-guangzhou', name: 'shop', source: 'a', target: 'b' },
    ],
  ],
  [
    'a watch',
    watchState,
    [{ status: 'watching' }, { status: 'unwatched', at }, { status: 'unwatched', at, by }],
  ],
  [
    'the filter of a Home tab',
    homeFilter,
    [
      {},
      ...['waiting', 'under_way', 'attention', 'done'].map((status) => ({ status, mine: true })),
    ],
  ],
])('%s is read as it was stored', (_, schema, values) => {
  for (const value of values) expect(readBack(schema, value)).toStrictEqual(value);
});

it('the examples above have every state, event and refusal', () => {
  const statuses = requestState.options.map(({ shape }) => shape.status.value);
  expect(new Set(states.map(({ status }) => status))).toEqual(new Set(statuses));
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(eventTypes));
  expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(Object.keys(refusalFacts)));
});

describe('what an earlier version stored', () => {
  it.each<[string, z.ZodType, object, object]>([
    [
      'a request that waits',
      requestState,
      { status: 'pending', approvals: [] },
      { status: 'pending', operation: create, approvals: [], reminders: 0, attempts: 0 },
    ],
    [
      'an approved request',
      requestState,
      { status: 'approved', approvals: [], attempts: 1 },
      { status: 'approved', operation: create, approvals: [], attempts: 1 },
    ],
    ['an approval', approval, { by, at, revision: 1 }, bare],
    // The numbers mean nothing once the rule changes.
    ['positions of lists in a rule', approval, { ...bare, from: [0, 2] }, bare],
    [
      'a changed reference of a secret',
      difference,
      { path: 'SrcInfo.Password.Reference', from: 'env:A' },
      { path: 'SrcInfo.Password.Source', from: 'env:A' },
    ],
    [
      'a changed rule',
      eventPayload,
      { type: 'rule_changed', from: 'a', to: 'b', voided: 0 },
      { type: 'rule_changed', from: 'a', to: 'b', voided: 0, lapsed: [], reopened: false },
    ],
    [
      'a second attempt',
      eventPayload,
      { type: 'try_again' },
      { type: 'try_again', operation: 'create_job', after: 'unconfirmed', voided: 0 },
    ],
    [
      'a launch',
      eventPayload,
      { type: 'launched', attempt: 1 },
      { type: 'launched', operation: 'create_job', attempt: 1 },
    ],
    [
      'a refusal after a decision',
      refusal,
      { code: 'already_decided', decision: 'denied', by: 'Bob', at },
      { code: 'already_decided', decision: 'denied', by: 'Bob', others: [], at },
    ],
  ])('%s', (_, schema, stored, read) => {
    expect(readBack(schema, stored)).toStrictEqual(read);
  });

  it('an event without an operation is about the creation', () => {
    expect(storedName.parse(undefined)).toBe('create_job');
  });
});

describe('is not read, because Ferry never stores it', () => {
  const { parameters } = draft;
  it.each<[string, z.ZodType, object]>([
    ['an unknown parameter', migrationParameters, { ...parameters, Unknown: 1 }],
    [
      'an unknown parameter of the source',
      migrationParameters,
      { ...parameters, SrcInfo: { ...parameters.SrcInfo, Password: 'x' } },
    ],
    ['a check of 0 percent', migrationParameters, withPercent(0)],
    ['a check of 101 percent', migrationParameters, withPercent(101)],
    ['an unknown part of a watched job', watchedJob, { jobId: 'a', region: 'b', name: 'c', x: 1 }],
    ['an operation of the creation', eventPayload, { type: 'withdrawn', operation: 'create_job' }],
    [
      'a start at 24:00',
      rule,
      aRule({ windows: [{ days: ['mon'], from: '24:00', to: '24:00', timeZone: 'UTC' }] }),
    ],
  ])('%s', (_, schema, value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });

  it('but a check of 1 and of 100 percent is', () => {
    for (const percent of [1, 100]) {
      expect(migrationParameters.safeParse(withPercent(percent)).success).toBe(true);
    }
  });

  function withPercent(percent: number) {
    const ConsistencyParams = {
      ...{ SelectRowsPerTable: percent, TablesSelectAll: percent, TablesSelectCount: percent },
    };
    return { ...parameters, MigrateOption: { ...parameters.MigrateOption, ConsistencyParams } };
  }
});
