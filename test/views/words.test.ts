import type { StatusGroup } from '../../src/domain/channel/home';
import type { CallProblem } from '../../src/domain/errors/callProblem';
import { jobApis, jobStatuses } from '../../src/domain/job/job';
import type { LaunchProblem } from '../../src/domain/request/launchOutcome';
import type { MigrationRequest, RequestState } from '../../src/domain/request/request';
import type { EventPayload, RequestEvent } from '../../src/domain/request/requestEvent';
import type { Watch } from '../../src/domain/request/watch';
import { buildDigest, buildJobs, buildList, buildRules, buildShown } from '../../views/answers';
import { buildDecisionForm, decisions } from '../../views/decisionForm';
import { buildDetails } from '../../views/details';
import { buildAlarm, buildDirectMessage } from '../../views/directMessage';
import { factsOf } from '../../views/glance';
import { buildHome } from '../../views/home';
import { buildProgress } from '../../views/progress';
import { buildReply } from '../../views/reply';
import { buildRequestCard } from '../../views/requestCard';
import { buildSkipForm } from '../../views/skipForm';
import { buildNoSuggestions, buildSuggestions } from '../../views/suggestions';
import { buildWatchCard, buildWatchReply } from '../../views/watch';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { zh } from '../support/inChinese';
import { namedWords as words } from '../support/namedWords';
import { aNewWatch, aSeenJob } from '../support/storeOn';

const at = new Date('2026-05-04T10:00:00Z');
const later = new Date('2026-05-04T12:30:00Z');
const bob = { userId: 'UBOB', name: 'Bob' };
const mei = { userId: 'UMEI', name: 'Mei' };
const site = 'mainland';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** An element of a view in one line. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (!isObject(value)) return String(value).replaceAll('\n', '⏎');
  const { type, ...rest } = value;
  const members = Object.entries(rest).filter(([, each]) => each !== undefined && each !== false);
  if (members.length === 1 && typeof rest['text'] === 'string') return inline(rest['text']);
  const said = members.map(([name, each]) => `${name}: ${inline(each)}`).join(', ');
  return type === undefined ? `{${said}}` : `${String(type)}(${said})`;
}

/** What people see: each element of a view in one line. */
function shown(view: unknown): string {
  if (view === undefined) return 'nothing';
  const lines = (value: unknown, depth: number): string[] => {
    const indent = '  '.repeat(depth);
    if (Array.isArray(value)) return value.flatMap((each) => lines(each, depth));
    const parts = isObject(value) ? (value['blocks'] ?? value['elements'] ?? value['tasks']) : [];
    if (!isObject(value) || !Array.isArray(parts) || parts.length === 0)
      return [`${indent}${inline(value)}`];
    if (value['type'] === 'rich_text_section') return [`${indent}${parts.map(inline).join(' ')}`];
    const { blocks: _, elements: __, tasks: ___, ...rest } = value;
    return [`${indent}${inline(rest)}`, ...lines(parts, depth + 1)];
  };
  return lines(view, 0).join('\n');
}

const approval = { by: bob, at, revision: 1, from: [], confirmed: true };
const emergency = { ...approval, breakGlass: 'The disk fails.' };
const operation = { name: 'create_job' } as const;
const call = { operation, approvals: [approval], attempt: 2, calledAt: at };
const created = { status: 'created', approvals: [approval], jobId: 'dts-1', at } as const;
const refusedProblem: CallProblem = {
  ...{ kind: 'refused', code: 'LimitExceeded.MaxUnusedJobs', message: 'too many', requestId: 'r1' },
  idleJobs: {
    ...{ kind: 'found', more: 3, elsewhere: 2 },
    jobs: [
      { jobId: 'dts-7', jobName: 'old', createTime: 'then', request: { id: 3, revision: 2 } },
      { jobId: 'dts-8', jobName: 'older', createTime: 'before' },
    ],
  },
};
const forbiddenProblem: CallProblem = {
  ...{ kind: 'refused', code: 'UnauthorizedOperation', message: 'no', requestId: 'r2' },
};
const unsentProblem: CallProblem = { kind: 'not_sent', detail: 'no route' };
const problems: readonly LaunchProblem[] = [
  refusedProblem,
  forbiddenProblem,
  { kind: 'refused', code: 'Unheard.Of', message: 'what', requestId: 'r3' },
  unsentProblem,
  { kind: 'rule_unclear' },
  { kind: 'start_time_passed' },
  { kind: 'requester_not_allowed', rule: 'strict' },
  { kind: 'job_not_ready', status: 'running', said: 'running' },
  { kind: 'check_changed' },
  { kind: 'no_effect' },
  { kind: 'record_altered', parts: ['rule'] },
  { kind: 'secret_unreadable', reason: 'no_key' },
  {
    ...{ kind: 'secret_unavailable', path: 'SrcInfo.Password', cause: { kind: 'not_set' } },
    reference: { kind: 'env', name: 'SOURCE' },
  },
];
const waiting = { status: 'pending', operation, approvals: [], attempts: 0, reminders: 0 } as const;
const onJob = { from: created, before: 'running' } as const;

const states: readonly (readonly [string, RequestState])[] = [
  ['waits', waiting],
  ['waits with an approval', { ...waiting, approvals: [approval], expireAt: later }],
  ['waits for a stop', { ...waiting, operation: { name: 'stop_job', ...onJob } }],
  ['is approved', { status: 'approved', operation, approvals: [approval], attempts: 0 }],
  [
    'is approved in an emergency',
    { status: 'approved', operation, approvals: [emergency], attempts: 0 },
  ],
  [
    'waits for its window',
    { status: 'approved', operation, approvals: [approval], attempts: 0, opensAt: later },
  ],
  [
    'waits for a retry',
    {
      status: 'approved',
      operation,
      approvals: [approval],
      attempts: 1,
      retry: { at: later, number: 1, problem: unsentProblem },
    },
  ],
  ['is launched by the policy', { status: 'approved', operation, approvals: [], attempts: 0 }],
  ['is launching', { status: 'launching', ...call }],
  [
    'is searched for',
    {
      status: 'reconciling',
      ...call,
      doubt: { kind: 'interrupted' },
      looks: 1,
      lookAt: later,
      settledAt: later,
    },
  ],
  [
    'is unconfirmed',
    {
      status: 'unconfirmed',
      ...call,
      doubt: { kind: 'no_answer', detail: 'reset' },
      at,
      found: [
        { jobId: 'dts-1', createTime: 'then' },
        { jobId: 'dts-2', createTime: 'now' },
      ],
    },
  ],
  ['is created', created],
  ['is prepared', { ...created, status: 'prepared', approvals: [], since: at, reminders: 0 }],
  [
    'is discarding',
    { status: 'discarding', jobId: 'dts-1', at, next: { status: 'withdrawn', by: bob, at } },
  ],
  ['failed', { status: 'failed', approvals: [approval], problem: refusedProblem, at }],
  ['was denied', { status: 'denied', by: bob, at, reason: 'not now' }],
  ['was withdrawn', { status: 'withdrawn', by: bob, at }],
  ['expired', { status: 'expired', at }],
];
const stateOf = (name: string): RequestState =>
  states.find(([each]) => each === name)?.[1] ?? waiting;

const job = {
  ...aSeenJob('running', at),
  ...{ seenAt: later, startedAt: at, lagSeconds: 12, lagMegabytes: 3, hasCaughtUp: true as const },
  steps: [
    { name: 'Structure', status: 'done' as const, percent: 100 },
    { name: 'Full', status: 'running' as const, percent: 40, message: 'copying' },
    { name: '', status: 'waiting' as const },
  ],
  errors: [
    { text: 'disk full', solution: 'free space', link: 'https://cloud.tencent.com/document/1' },
  ],
};
const checks = [
  { name: 'Connection', result: 'passed' as const },
  {
    ...{ name: 'Version', result: 'failed' as const, reason: 'too old', solution: 'upgrade' },
    ...{
      id: 'ConstraintCheck',
      skipRisk: 'data may be lost',
      link: 'https://cloud.tencent.com/document/2',
    },
  },
  { name: 'Log', result: 'warning' as const, reason: 'short' },
  { name: 'Skipped', result: 'skipped' as const },
];

describe('a card shows', () => {
  it.each(states)('a request that %s', (_, state) => {
    expect(shown(buildRequestCard(words, aRequest({ state }), site))).toMatchSnapshot();
  });

  it.each(jobStatuses)('a request whose job is %s', (status) => {
    const request = aRequest({ state: created, job: { ...job, status, said: status, checks } });
    expect(shown(buildRequestCard(words, request, site))).toMatchSnapshot();
    expect(shown(buildProgress(words, request))).toMatchSnapshot();
    const state = stateOf('is prepared');
    expect(shown(buildRequestCard(words, { ...request, state }, site))).toMatchSnapshot();
  });

  it.each(jobApis)('the operations of version %s', (api) => {
    const request = aRequest({ state: created, job: { ...job, api } });
    expect(shown(buildRequestCard(words, request, site).blocks.at(-1))).toMatchSnapshot();
  });

  it('what is risky or was observed, and what the rule demands', () => {
    const rule = aRule({
      ...{
        required: 2,
        confirmDestination: true,
        oneFromEach: [[{ kind: 'group', groupId: 'S1' }]],
      },
      breakGlass: [{ kind: 'user', userId: 'UEVA' }],
      windows: [{ days: ['mon'], from: '09:00', to: '18:00', timeZone: 'UTC' }],
    });
    const observed = {
      source: { name: 'old', version: '5.7', memoryMb: 4_096, diskGb: 100, unusable: 'isolated' },
      target: { name: 'new', version: '8.0', memoryMb: 8_192, diskGb: 50 },
      nameTaken: { kind: 'job', jobId: 'dts-9' },
    } as const;
    const request = aRequest({ rule, observed, editors: ['UMEI'], revision: 3, altered: ['rule'] });
    expect(shown(buildRequestCard(words, request, site))).toMatchSnapshot();
    expect(
      shown(buildRequestCard(words, { ...request, altered: [] }, 'international')),
    ).toMatchSnapshot();
    expect(shown(factsOf(words, request, site))).toMatchSnapshot();
  });

  it('where the data comes from', () => {
    const ways = [
      { SrcAccessType: 'cdb', 'SrcInfo.InstanceId': 'cdb-11111111' },
      { SrcAccessType: 'cvm', 'SrcInfo.CvmInstanceId': 'ins-11111111' },
      { 'MigrateOption.MigrateObject': '2', DatabaseInfo: 'shop.orders\nshop.items\ncrm' },
      {
        'MigrateOption.MigrateType': '3',
        'MigrateOption.RunMode': '2',
        'MigrateOption.ExpectTime': '1900000000',
      },
    ];
    for (const way of ways) {
      const request = aRequest({ parameters: aDraft(way).parameters });
      expect(shown(buildRequestCard(words, request, site))).toMatchSnapshot();
      expect(shown(buildDetails(words, request, [], site))).toMatchSnapshot();
    }
  });
});

const moved = { type: 'job_moved', said: 'said', elsewhere: false } as const;
const payloads: readonly EventPayload[] = [
  { type: 'requested' },
  { type: 'requested', automatic: 'early' },
  {
    ...{ type: 'edited', voided: 1 },
    differences: [
      { path: 'JobName', from: 'a', to: 'b' },
      { path: 'Reason', to: 'c' },
      { path: 'SrcInfo.Password' },
    ],
  },
  {
    type: 'edited',
    differences: [],
    voided: 0,
    operation: 'modify_job',
    discards: true,
    automatic: 'early',
  },
  {
    type: 'rule_changed',
    from: 'usual',
    to: 'strict',
    voided: 1,
    lapsed: [{ because: 'not_an_approver', userId: 'UMEI' }],
    reopened: true,
  },
  { type: 'rule_changed', from: 'usual', to: 'strict', voided: 0, lapsed: [], reopened: false },
  {
    type: 'approvals_lapsed',
    lapsed: [{ because: 'not_an_approver', userId: 'UMEI' }],
    reopened: true,
  },
  { type: 'approvals_lapsed', lapsed: [], reopened: true, operation: 'stop_job' },
  { type: 'unverified', operation: 'create_job' },
  { type: 'approved', count: 1, required: 2 },
  { type: 'approved', count: 2, required: 2, isEnough: true, comment: 'fine' },
  {
    type: 'approved',
    count: 1,
    required: 2,
    operation: 'stop_job',
    missing: { count: 1, lists: [] },
  },
  {
    ...{
      type: 'approved',
      count: 1,
      required: 1,
      isEnough: true,
      operation: 'skip_check',
      comment: 'known',
    },
    skips: {
      items: [
        { id: 'A', name: 'Version' },
        { id: 'B', name: 'Log' },
      ],
      foreignKeys: 'shield',
    },
  },
  { type: 'automatic', operation: 'start_job', rule: 'usual' },
  { type: 'automatic', operation: 'delete_job', rule: 'usual' },
  { type: 'not_automatic', operation: 'check_job' },
  { type: 'break_glass', reason: 'The disk fails.' },
  { type: 'taken_back', count: 0, required: 2 },
  { type: 'denied', reason: 'not now' },
  { type: 'denied', reason: 'not now', operation: 'stop_job' },
  { type: 'withdrawn' },
  { type: 'withdrawn', operation: 'modify_job' },
  { type: 'expired' },
  { type: 'expired', operation: 'complete_job' },
  { type: 'reminded', number: 2 },
  { type: 'reminder_held', until: later },
  { type: 'held', operation: 'create_job', until: later },
  { type: 'launched', operation: 'create_job', attempt: 1 },
  { type: 'created', how: 'answered', jobId: 'dts-1', requestId: 'r1' },
  { type: 'created', how: 'found', jobId: 'dts-1' },
  { type: 'created', how: 'chosen', jobId: 'dts-1', approve: 'before_start' },
  ...problems.map(
    (problem): EventPayload => ({ type: 'failed', operation: 'create_job', problem }),
  ),
  { type: 'failed', operation: 'stop_job', problem: refusedProblem },
  { type: 'postponed', operation: 'create_job', attempt: 1, problem: refusedProblem, until: later },
  { type: 'answer_lost', operation: 'create_job', doubt: { kind: 'no_answer', detail: 'reset' } },
  { type: 'looked', operation: 'create_job', found: 0 },
  { type: 'unconfirmed', operation: 'create_job', doubt: { kind: 'interrupted' }, found: [] },
  {
    ...{ type: 'unconfirmed', operation: 'create_job', doubt: { kind: 'interrupted' } },
    ...{
      found: [{ jobId: 'dts-1', createTime: 'then' }],
      searchProblem: forbiddenProblem,
    },
  },
  {
    ...{ type: 'unconfirmed', operation: 'create_job', doubt: { kind: 'interrupted' }, found: [] },
    searchProblem: unsentProblem,
  },
  { type: 'look_again', operation: 'create_job' },
  { type: 'try_again', operation: 'create_job', after: 'failed', voided: 0 },
  { type: 'try_again', operation: 'create_job', after: 'unconfirmed', voided: 0 },
  { type: 'operated', operation: 'pause_job', how: 'answered' },
  { type: 'operated', operation: 'stop_job', how: 'found' },
  ...jobStatuses.map((to): EventPayload => ({ ...moved, from: 'checking', to })),
  { ...moved, from: 'ready_run', to: 'running' },
  { ...moved, from: 'running', to: 'other', elsewhere: true, operation: 'stop_job' },
  { ...moved, from: 'running', to: 'success', consistency: 'inconsistent', lagSeconds: 4 },
  { ...moved, from: 'running', to: 'ready_complete', isRepeated: true },
  { ...moved, from: 'checking', to: 'check_failed', checks },
  {
    ...{ ...moved, from: 'running', to: 'failed', error: 'disk full', solution: 'free space' },
    ...{
      link: 'https://cloud.tencent.com/document/1',
      step: { number: 2, of: 3, name: 'Full', message: 'stuck' },
    },
  },
  { type: 'job_idle', since: at },
  { type: 'job_idle', since: at, isNotNeeded: true },
  { type: 'stray_job', attempt: 1, jobId: 'dts-9' },
  { type: 'channel_lost', problem: 'archived' },
  { type: 'attempt_refused', action: 'approve', refusal: { code: 'guest' } },
  { type: 'not_automatic', operation: 'start_job', missed: later },
  { type: 'reminded', number: 2, late: { startTime: later } },
];
const eventOf = (
  payload: EventPayload,
  seq = 2,
  by: typeof bob | undefined = bob,
): RequestEvent => ({
  ...{ requestId: 7, seq, revision: 2, at, by, payload },
});

describe('people read', () => {
  const withJob = (state: RequestState): MigrationRequest =>
    aRequest({ state, job: { ...job, endedAt: later } });
  it.each(payloads.map((payload, index) => [index, payload.type, payload] as const))(
    'in the thread, in a direct message and in Details, event %i: %s',
    (_, __, payload) => {
      const request = withJob(stateOf('is unconfirmed'));
      const event = eventOf(payload);
      expect(shown(buildReply(words, request, event, site))).toMatchSnapshot();
      expect(
        shown(buildDirectMessage(words, request, event, 'https://x.slack.com/card', site)),
      ).toMatchSnapshot();
      const details = buildDetails(words, request, [event, eventOf(payload, 3, undefined)], site);
      expect(shown(details.blocks.slice(-3))).toMatchSnapshot();
    },
  );

  it.each(['reminded', 'requested', 'rule_changed'] as const)(
    'after %s what the request waits for',
    (type) => {
      const [payload] = payloads.filter((each) => each.type === type);
      if (payload === undefined) throw new Error('no event');
      for (const name of ['waits with an approval', 'waits for a stop', 'is prepared']) {
        const rule = aRule({ required: 2 });
        const request = { ...withJob(stateOf(name)), rule };
        expect(shown(buildReply(words, request, eventOf(payload), site))).toMatchSnapshot();
      }
    },
  );

  it('a last approval together with its effect', () => {
    const request = withJob(created);
    const approved = eventOf({ type: 'approved', count: 1, required: 1, isEnough: true }, 2);
    const effect = eventOf({ type: 'created', how: 'answered', jobId: 'dts-1' }, 3, undefined);
    const events = [approved, effect];
    expect(
      shown(buildReply(words, request, effect, site, { approval: approved, events })),
    ).toMatchSnapshot();
  });

  it('how often an operation failed', () => {
    const failed = (seq: number) =>
      eventOf({ type: 'failed', operation: 'create_job', problem: refusedProblem }, seq);
    const events = [failed(2), failed(3)];
    const cardUrl = (id: number) => `https://x.slack.com/${id}`;
    expect(
      shown(buildReply(words, withJob(created), failed(3), site, { events, cardUrl })),
    ).toMatchSnapshot();
  });

  it('about an emergency', () => {
    const event = eventOf({ type: 'break_glass', reason: 'The disk fails.' });
    expect(shown(buildAlarm(words, aRequest(), event, undefined))).toMatchSnapshot();
    expect(
      shown(buildAlarm(words, aRequest(), event, 'https://x.slack.com/card')),
    ).toMatchSnapshot();
    expect(
      buildAlarm(words, aRequest(), eventOf({ type: 'withdrawn' }), undefined),
    ).toBeUndefined();
  });
});

const watch: Watch = {
  ...{
    id: 9,
    version: 1,
    askedAt: at,
    state: { status: 'watching' },
    altered: [],
    ...aNewWatch('dts-w'),
  },
  ...{ job },
};

describe('about a watch, people read', () => {
  it('its card', () => {
    expect(shown(buildWatchCard(words, watch, site))).toMatchSnapshot();
    const state = { status: 'unwatched', at, by: mei } as const;
    expect(shown(buildWatchCard(words, { ...watch, state }, site))).toMatchSnapshot();
    const adopted = { status: 'unwatched', at, createdBy: 7 } as const;
    expect(shown(buildWatchCard(words, { ...watch, state: adopted }, site))).toMatchSnapshot();
    const watched = { ...watch.watched, source: '10.0.0.1', target: 'cdb-1' };
    expect(
      shown(buildWatchCard(words, { ...watch, watched, job: undefined }, site)),
    ).toMatchSnapshot();
  });

  it('the replies in its thread', () => {
    for (const payload of payloads.filter(({ type }) => type === 'job_moved'))
      expect(shown(buildWatchReply(words, watch, eventOf(payload)))).toMatchSnapshot();
    expect(shown(buildWatchReply(words, watch, eventOf({ type: 'unwatched' })))).toMatchSnapshot();
    const handedOver = eventOf({ type: 'unwatched', createdBy: 7 });
    expect(shown(buildWatchReply(words, watch, handedOver))).toMatchSnapshot();
    expect(buildWatchReply(words, watch, eventOf({ type: 'withdrawn' }))).toBeUndefined();
  });
});

describe('a list has', () => {
  const request = aRequest({ state: created, job });
  const failed = aRequest({ id: 8, state: created, job: { ...job, status: 'failed' } });
  const open = aRequest({ id: 6 });
  const page = (...requests: MigrationRequest[]) => ({ requests, more: true });
  const overview = {
    ...{
      page: 1,
      waiting: page(open),
      jobs: page(request, failed),
      mine: page(open),
      lately: page(),
    },
    unsure: { waiting: true, lately: true },
  };
  const empty = { requests: [], more: false };
  const nothing = {
    ...{ page: 0, waiting: empty, jobs: empty, mine: empty, lately: empty },
    unsure: { waiting: false, lately: false },
  };
  const jobs = { requests: [request, failed, watch], more: true, page: 0, unsure: true };
  const urlOf = (id: number) => (id === 7 ? 'https://x.slack.com/7' : undefined);

  it('requests and what is unsure', () => {
    expect(shown(buildList(words, overview))).toMatchSnapshot();
    expect(shown(buildList(words, nothing))).toMatchSnapshot();
  });

  it('one request', () => {
    expect(shown(buildShown(words, failed, undefined))).toMatchSnapshot();
    expect(shown(buildShown(words, open, 'https://x.slack.com/6'))).toMatchSnapshot();
  });

  it('jobs', () => {
    expect(shown(buildJobs(words, jobs, '/migrate', urlOf))).toMatchSnapshot();
    expect(
      shown(buildJobs(words, { ...empty, page: 2, unsure: false }, '/migrate', urlOf)),
    ).toMatchSnapshot();
    expect(shown(buildDigest(words, jobs, urlOf))).toMatchSnapshot();
    expect(shown(buildDigest(words, { ...jobs, more: false }, urlOf))).toMatchSnapshot();
  });

  it('rules', () => {
    const policy = {
      rules: [{ when: { engines: ['redis'] }, rule: aRule({ name: 'redis' }) }],
      otherwise: aRule(),
    };
    for (const channelId of ['C1', 'D1'])
      expect(
        shown(buildRules(words, policy, { command: '/migrate', channelId })),
      ).toMatchSnapshot();
  });

  it('everything on the Home tab', () => {
    const around = { channel: 'C1', version: '1.2.3', workspaceUrl: 'https://x.slack.com/' };
    const cards = new Map([[7, { channel: 'C1', ts: '1.7', digest: 'd' }]]);
    const filters: readonly { status?: StatusGroup; mine?: boolean }[] = [
      {},
      { status: 'done', mine: true },
    ];
    for (const filter of filters) {
      expect(
        shown(buildHome(words, around, { kind: 'overview', overview, filter, cards })),
      ).toMatchSnapshot();
      expect(
        shown(buildHome(words, around, { kind: 'overview', overview: nothing, filter, cards })),
      ).toMatchSnapshot();
    }
    const bare = { ...around, workspaceUrl: undefined };
    expect(
      shown(buildHome(words, bare, { kind: 'overview', overview, filter: {}, cards })),
    ).toMatchSnapshot();
    expect(
      shown(buildHome(words, around, { kind: 'refused', refusal: { code: 'guest' } })),
    ).toMatchSnapshot();
    expect(shown(buildHome(words, around, { kind: 'unavailable' }))).toMatchSnapshot();
  });
});

describe('a form asks', () => {
  const facts = factsOf(words, aRequest(), site);
  it.each(decisions)('what %s needs', (decision) => {
    expect(
      shown(buildDecisionForm(words, decision, { subject: '7:1:cdb-1' }, facts)),
    ).toMatchSnapshot();
    expect(
      shown(buildDecisionForm(words, decision, { subject: '7:1', channel: 'C1' }, [])),
    ).toMatchSnapshot();
  });

  it('which items of a check are skipped', () => {
    const item = (id: string) =>
      ({ id, name: `item ${id}`, result: 'failed', skipRisk: `risk of ${id}` }) as const;
    const all = ['ConstraintCheck', 'B', 'C', 'D', 'E', 'F'].map(item);
    const remembered = { subject: '7:1' };
    expect(shown(buildSkipForm(words, remembered, facts, all, undefined))).toMatchSnapshot();
    expect(
      shown(buildSkipForm(words, remembered, facts, [item('B')], undefined)),
    ).toMatchSnapshot();
    const before = { items: [{ id: 'B', name: 'item B' }], foreignKeys: 'migrate' } as const;
    expect(
      shown(buildSkipForm(words, remembered, facts, all.slice(0, 2), before)),
    ).toMatchSnapshot();
  });
});

describe('the suggestions have', () => {
  const offer = { typed: true, stored: true };
  const resource = {
    ...{ id: 'cdb-11111111', name: 'orders', region: 'ap-guangzhou', state: 'running' },
    ...{ unusable: undefined, detail: '10.0.0.1', version: '8.0', vpcId: 'vpc-1' },
  };
  const found = {
    kind: 'found',
    resources: [
      resource,
      { ...resource, id: 'cdb-22222222', name: '', unusable: 'isolated', version: undefined },
    ],
  } as const;
  const answers = [
    found,
    { kind: 'loading' },
    { kind: 'failed', problem: refusedProblem },
  ] as const;

  it.each(answers.map((answer) => [answer.kind, answer] as const))('resources: %s', (_, answer) => {
    for (const typed of ['', 'ORD', 'cdb-33333333', 'cdb-11111111'])
      expect(
        shown(
          buildSuggestions(
            words,
            'DstInfo.InstanceId',
            typed,
            { kind: 'resources', answer, engine: 'mysql' },
            offer,
          ),
        ),
      ).toMatchSnapshot();
  });

  it('secrets, and why there are none', () => {
    const choice = {
      reference: 'env:SOURCE',
      name: 'SOURCE',
      version: undefined,
      unusable: undefined,
    };
    const stored = { reference: 'ssm:a:v1', name: 'a', version: 'v1', unusable: 'Disabled' };
    const lists = [
      {
        kind: 'found',
        choices: [stored, { ...stored, reference: 'ssm:a:v2', version: 'v2', unusable: undefined }],
        hasMore: false,
      },
      { kind: 'found', choices: [], hasMore: false },
      { kind: 'found', choices: [stored], hasMore: true },
      { kind: 'loading' },
      { kind: 'failed', problem: refusedProblem },
    ] as const;
    for (const ssm of lists)
      for (const environment of [[choice], []])
        expect(
          shown(
            buildSuggestions(
              words,
              'SrcInfo.Password.Source',
              'a',
              { kind: 'secrets', environment, ssm },
              offer,
            ),
          ),
        ).toMatchSnapshot();
    const region = buildSuggestions(
      words,
      'DstInfo.InstanceId',
      '',
      { kind: 'region_missing' },
      offer,
    );
    expect(shown(region)).toMatchSnapshot();
    expect(shown(buildNoSuggestions(words, { code: 'person_unknown' }))).toMatchSnapshot();
    expect(shown(buildNoSuggestions(words, { code: 'guest' }))).toMatchSnapshot();
  });
});

describe('Chinese has no space next to full-width punctuation', () => {
  const fullWidth = '[，。；：、？！（）“”]';
  const wrong = new RegExp(
    `.{0,10}(?:${fullWidth} +(?=[^\\s→·])|[^\\s→·] +(?=${fullWidth})).{0,10}`,
    'gu',
  );
  /** Names and times are shown as `@`. */
  const inText = (element: unknown): string =>
    isObject(element) && typeof element['text'] === 'string' ? element['text'] : '@';
  /** Each text that appears in one piece. */
  const pieces = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    if (Array.isArray(value)) {
      const isText = value.every((part) => isObject(part) && 'kind' in part);
      return isText ? [value.map(inText).join('')] : value.flatMap(pieces);
    }
    if (!isObject(value)) return [];
    const { type, elements } = value;
    return type === 'rich_text_section' && Array.isArray(elements)
      ? [elements.map(inText).join('')]
      : Object.values(value).flatMap(pieces);
  };
  const spacesIn = (...views: readonly unknown[]) =>
    views.flatMap(pieces).flatMap((piece) => piece.match(wrong) ?? []);

  const rules = [
    aRule(),
    aRule({ required: 2 }),
    aRule({ oneFromEach: [[{ kind: 'group', groupId: 'S1' }]] }),
    aRule({ required: 2, oneFromEach: [[{ kind: 'group', groupId: 'S1' }]] }),
    aRule({
      approvers: [
        { kind: 'user', userId: 'UMEI' },
        { kind: 'group', groupId: 'S1' },
      ],
    }),
  ];

  it.each(states)('in the card and details of a request that %s', (_, state) => {
    for (const rule of rules) {
      const request = aRequest({ state, rule });
      const views = [
        buildRequestCard(zh, request, site),
        buildDetails(zh, request, [], site),
        factsOf(zh, request, site),
      ];
      expect(spacesIn(...views)).toEqual([]);
    }
  });

  it.each(jobStatuses)('for a job that is %s', (status) => {
    const seen = { ...job, status, said: status, checks, runsAt: later };
    for (const state of [created, stateOf('is prepared')]) {
      const request = aRequest({ state, job: seen });
      expect(spacesIn(buildRequestCard(zh, request, site), buildProgress(zh, request))).toEqual([]);
    }
  });

  it.each(payloads.map((payload, index) => [index, payload.type, payload] as const))(
    'in replies to event %i: %s',
    (_, __, payload) => {
      const event = eventOf(payload);
      for (const rule of rules) {
        const request = aRequest({ state: stateOf('is unconfirmed'), rule });
        const views = [
          buildReply(zh, request, event, site),
          buildDirectMessage(zh, request, event, 'https://x.slack.com/card', site),
          buildDetails(zh, request, [event], site),
        ];
        expect(spacesIn(...views)).toEqual([]);
      }
    },
  );
});
