import type { FollowedJob } from '../../src/domain/job/followed';
import { type JobStatus, jobStatuses } from '../../src/domain/job/job';
import type { Rule } from '../../src/domain/policy/policy';
import type { InState, MigrationRequest, RequestState } from '../../src/domain/request/request';
import { originKey } from '../../src/domain/request/shown';
import { plain, say, utc } from '../../src/i18n/text';
import { createdNext } from '../../views/callWords';
import {
  cardActions,
  deleteIdleJobButton,
  doubtButtons,
  isWorthRepeating,
  jobButtons,
  readButtonValue,
  readMenuValue,
  revisionOf,
} from '../../views/cardButtons';
import { cardUrl } from '../../views/cardUrl';
import { readFilter, readTurn } from '../../views/home';
import { approvedBy, buildRequestCard, buildStatus } from '../../views/requestCard';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { textOf } from '../support/textOf';
import { en } from '../support/words';

const now = new Date('2026-05-04T10:00:00Z');
const later = new Date('2026-05-04T12:00:00Z');
const by = { userId: 'U2', name: 'Bob' };
const approval = { by, at: now, revision: 1, from: [], confirmed: false };
const created: InState<'created'> = {
  status: 'created',
  approvals: [approval],
  jobId: 'dts-1',
  at: now,
};
const pending: InState<'pending'> = {
  ...{ status: 'pending', operation: { name: 'create_job' }, approvals: [] },
  ...{ attempts: 0, reminders: 0 },
};
const jobIn = (status: JobStatus, more: Partial<FollowedJob> = {}): FollowedJob => ({
  ...{ api: '2021-12-06', status, said: status, steps: [], errors: [], since: now, seenAt: now },
  ...more,
});
/** A request as its buttons name it. */
const id = `7.${originKey(aRequest())}`;
const x = (count: number): string => 'x'.repeat(count);

describe('the value of a button', () => {
  it.each<[string | undefined, ReturnType<typeof readButtonValue>]>([
    ['7:2', { requestId: 7, key: undefined, revision: 2, about: undefined }],
    ['7:2:cdb-1', { requestId: 7, key: undefined, revision: 2, about: 'cdb-1' }],
    [
      '123456789:987654321',
      { requestId: 123_456_789, key: undefined, revision: 987_654_321, about: undefined },
    ],
    [`7:2:${x(64)}`, { requestId: 7, key: undefined, revision: 2, about: x(64) }],
    [`7:2:${x(65)}`, undefined],
    ['7.V1345678:2', { requestId: 7, key: 'V1345678', revision: 2, about: undefined }],
    ['7.V-_45678:2:cdb-1', { requestId: 7, key: 'V-_45678', revision: 2, about: 'cdb-1' }],
    [`7.${x(40)}:2`, { requestId: 7, key: x(40), revision: 2, about: undefined }],
    [`7.${x(41)}:2`, undefined],
    ['7.:2', undefined],
    ['7.a b45678:2', undefined],
    ['1234567890:2', undefined],
    ['7:1234567890', undefined],
    ['a7:2', undefined],
    ['7:2 ', undefined],
    ['7:2:', undefined],
    ['7:2:a b', undefined],
    ['7', undefined],
    [':2', undefined],
    ['7:', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s is read completely or not at all', (value, subject) => {
    expect(readButtonValue(value)).toEqual(subject);
  });

  it('names a request and its revision', () => {
    const request = aRequest({ id: 12, revision: 3 });
    expect(readButtonValue(revisionOf(request))).toMatchObject({ requestId: 12, revision: 3 });
  });

  it.each(cardActions)('in a menu, %s has the value of its button', (action) => {
    expect(readMenuValue(`${action}:7:2:cdb-1`)).toEqual({ action, value: '7:2:cdb-1' });
  });

  it.each(['unheard_of:7:2', 'approve:', 'approve', ':7:2', '', undefined, '-approve:7:2'])(
    'in a menu, %s belongs to no button',
    (value) => {
      expect(readMenuValue(value)).toBeUndefined();
    },
  );
});

it.each([
  ['0', 0],
  ['12', 12],
  ['123456', 123_456],
  ['1234567', undefined],
  ['-1', undefined],
  ['1a', undefined],
  ['', undefined],
  [undefined, undefined],
])('a button of the Home tab with the value %s turns to page %s', (value, page) => {
  expect(readTurn(value)).toBe(page);
});

it.each<[string, unknown, ReturnType<typeof readFilter>]>([
  ['nothing', undefined, {}],
  ['another view', { values: {} }, {}],
  ['no choice', filterOf(null, null), {}],
  ['everything', filterOf('all', 'all'), {}],
  ['a status', filterOf('waiting', 'all'), { status: 'waiting' }],
  ['only mine', filterOf('all', 'mine'), { mine: true }],
  ['both', filterOf('done', 'mine'), { status: 'done', mine: true }],
  ['unknown options', filterOf('unheard_of', 'theirs'), {}],
])('the menus of the Home tab filter by %s', (_, state, filter) => {
  expect(readFilter(state)).toEqual(filter);
});

function filterOf(status: string | null, owner: string | null) {
  const chosen = (value: string | null) => ({ selected_option: value === null ? null : { value } });
  return {
    values: { start: { filter_home_status: chosen(status), filter_home_owner: chosen(owner) } },
  };
}

it('links a message as Slack does, if its place and the workspace are known', () => {
  const place = { channel: 'C1', ts: '1700000000.123456', digest: '' };
  expect(cardUrl('https://x.slack.com/', place)).toBe(
    'https://x.slack.com/archives/C1/p1700000000123456',
  );
  expect(cardUrl('https://x.slack.com/', undefined)).toBeUndefined();
  expect(cardUrl(undefined, place)).toBeUndefined();
});

it('a failed call is only repeated without an edit and without a typed secret', () => {
  const typed = { 'SrcInfo.Password': { kind: 'typed' } } as const;
  const stored = { 'SrcInfo.Password': { kind: 'env', name: 'A' } } as const;
  const both = { ...stored, 'DstInfo.Password': { kind: 'typed' } } as const;
  for (const again of ['later', 'after_fix', 'after_look', 'after_edit', 'never'] as const) {
    const may = again !== 'after_edit' && again !== 'never';
    expect([again, isWorthRepeating({ secrets: {} }, again)]).toEqual([again, may]);
    expect([again, isWorthRepeating({ secrets: stored }, again)]).toEqual([again, may]);
    expect(isWorthRepeating({ secrets: typed }, again)).toBe(false);
    expect(isWorthRepeating({ secrets: both }, again)).toBe(false);
  }
});

/** The buttons and the entries of the menu, in order. */
function offersOf(request: MigrationRequest): { buttons: string[]; entries: string[] } {
  const elements = buildRequestCard(en, request, 'mainland').blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements : [],
  );
  return {
    buttons: elements.flatMap((each) => (each.type === 'button' ? [each.action_id ?? ''] : [])),
    entries: elements.flatMap((each) =>
      each.type === 'overflow' ? each.options.map(({ value = '' }) => value) : [],
    ),
  };
}

describe('a waiting card', () => {
  const breakGlass: Rule['breakGlass'] = [{ kind: 'user', userId: 'U2' }];
  const modification = {
    name: 'modify_job',
    from: created,
    before: 'created',
    previous: aRequest(),
  } as const;
  const comment = `approve_with_comment:${id}:1`;

  it.each<[string, Partial<MigrationRequest>, string[]]>([
    ['nothing more', {}, [comment, `edit:${id}:1`, `clone:${id}:1`]],
    [
      'an emergency approval if the rule allows it',
      { rule: aRule({ breakGlass }) },
      [comment, `edit:${id}:1`, `break_glass:${id}:1`, `clone:${id}:1`],
    ],
    [
      'to take back an approval',
      { state: { ...pending, approvals: [approval] } },
      [comment, `edit:${id}:1`, `take_back:${id}:1:create_job`, `clone:${id}:1`],
    ],
    [
      'everything at once',
      { state: { ...pending, approvals: [approval] }, rule: aRule({ breakGlass }) },
      [
        comment,
        `edit:${id}:1`,
        `take_back:${id}:1:create_job`,
        `break_glass:${id}:1`,
        `clone:${id}:1`,
      ],
    ],
    [
      'no emergency approval of changed parameters',
      { state: { ...pending, operation: modification }, rule: aRule({ breakGlass }) },
      [comment, `modify_job:${id}:1`, `clone:${id}:1`],
    ],
    [
      'the target in the decisions that confirm it',
      { rule: aRule({ breakGlass, confirmDestination: true }) },
      [
        `${comment}:cdb-e78e0nnv`,
        `edit:${id}:1`,
        `break_glass:${id}:1:cdb-e78e0nnv`,
        `clone:${id}:1`,
      ],
    ],
  ])('has in its menu %s', (_, changes, entries) => {
    expect(offersOf(aRequest(changes)).entries).toEqual(entries);
    expect(offersOf(aRequest(changes)).buttons).toEqual(['approve', 'deny', 'details', 'withdraw']);
  });
});

it('a card offers up to ten jobs that were found, with at most 75 characters each', () => {
  const found = (count: number): MigrationRequest =>
    aRequest({
      state: {
        ...{ status: 'unconfirmed', operation: { name: 'create_job' }, approvals: [approval] },
        ...{ attempt: 1, calledAt: now, at: now, doubt: { kind: 'interrupted' } },
        found: Array.from({ length: count }, (_, index) => ({
          ...{ jobId: `dts-${index}-${x(80)}`, createTime: 'then' },
        })),
      },
    });
  const buttons = jobButtons(en, found(11));
  expect(buttons).toHaveLength(10);
  expect(new Set(buttons.map(({ action_id }) => action_id)).size).toBe(10);
  for (const { text } of buttons) expect(text.text).toHaveLength(75);
  expect(readButtonValue(buttons[3]?.value)).toBeUndefined();
  expect(jobButtons(en, aRequest())).toEqual([]);
  expect(offersOf(found(0)).buttons).toEqual(['look_again', 'try_again', 'details', 'clone']);
  expect(offersOf(found(1)).buttons[0]).toBe('choose_job_0');
  expect(doubtButtons(en, found(0)).map(({ value }) => value)).toEqual([`${id}:1`, `${id}:1:1`]);
});

it('the button that deletes another request’s job names that request', () => {
  const { action_id, confirm, value } = deleteIdleJobButton(en, { id: 3, revision: 2 });
  // An earlier version stored no origin.
  expect([action_id, value]).toEqual(['delete_job_3', '3:2']);
  const named = { id: 3, revision: 2, origin: 'V1' };
  expect(deleteIdleJobButton(en, named).value).toBe(`3.${originKey(named)}:2`);
  expect(confirm).toBeDefined();
});

describe('the card of a job', () => {
  const cardWith = (job: FollowedJob, state: RequestState = created): string =>
    textOf(buildRequestCard(en, aRequest({ state, job }), 'mainland').blocks);
  const begins = (at: Date): string => plain(say`${en.job.startsAt(at)}`);

  it.each(jobStatuses)('%s says when it starts only while it waits for its start', (status) => {
    const shown = cardWith(jobIn(status, { runsAt: later }));
    expect(shown.includes(begins(later))).toBe(status === 'ready_run');
    expect(cardWith(jobIn(status))).not.toContain(utc(later));
  });

  it.each(jobStatuses)('%s shows its start time only until it is started', (status) => {
    const { parameters } = aDraft({
      'MigrateOption.RunMode': '2',
      'MigrateOption.ExpectTime': String(later.getTime() / 1_000),
    });
    const said = (job: FollowedJob | undefined, changes: Partial<MigrationRequest> = {}) =>
      plain(buildStatus(en, aRequest({ parameters, state: created, job, ...changes })));
    const isAhead = ['creating', 'created', 'checking', 'check_passed', 'check_failed'];
    const shown = utc(later);
    expect(said(jobIn(status)).includes(shown)).toBe(isAhead.includes(status));
    expect(said(undefined)).toContain(shown);
    const immediate = { parameters: aRequest().parameters };
    expect(said(jobIn(status), immediate)).not.toContain(shown);
  });

  it('says when it starts before who approved', () => {
    const status = plain(en.job.status(say`Bob`, 'dts-1', en.job.label.ready_run, later));
    expect(status).toBe(`Job dts-1: Waiting to run. ${begins(later)} Approved by Bob`);
  });

  it.each(jobStatuses)('%s shows the lag only if it waits for the cut-over', (status) => {
    const job = jobIn(status, { lagSeconds: 12, hasCaughtUp: true });
    const lag = en.job.progress.lag(en.job.lag(job) ?? '');
    const showsLag = (state: RequestState) =>
      textOf(buildRequestCard(en, aRequest({ state, job }), 'mainland').blocks[1]).includes(lag);
    expect(showsLag(created)).toBe(status === 'ready_complete');
    const operation = { name: 'stop_job', from: created, before: status } as const;
    expect(showsLag({ ...pending, approvals: [approval], operation })).toBe(false);
  });

  it('shows an unknown status as DTS wrote it, in the title and in the status', () => {
    const shown = (said: string) => {
      const job = jobIn('other', { said });
      return [plain(buildStatus(en, aRequest({ state: created, job }))), cardWith(job)];
    };
    for (const text of shown(x(100))) expect(text).toContain(x(100));
    for (const text of shown(`${x(99)}yz`)) expect(text).toContain(`${x(99)}…`);
  });
});

describe('a card is short', () => {
  it('with a title of 150 characters, which shortens the name only', () => {
    const titleOf = (JobName: string, changes: Partial<MigrationRequest> = {}) => {
      const request = aRequest(changes);
      const parameters = { ...request.parameters, JobName };
      return textOf(buildRequestCard(en, { ...request, parameters }, 'mainland').blocks[0]);
    };
    const around = titleOf('').length;
    expect(titleOf(x(150 - around))).toContain(x(150 - around));
    expect(titleOf(x(150 - around))).toHaveLength(150);
    expect(titleOf(x(151 - around))).toContain(`${x(149 - around)}…`);
    expect(titleOf(x(151 - around))).toContain(en.card.label.pending);
    expect(titleOf(x(151 - around))).toHaveLength(150);
  });

  it('with 300 characters of the reason', () => {
    const shown = (reason: string) =>
      textOf(buildRequestCard(en, aRequest({ reason }), 'mainland').blocks);
    expect(shown(x(300))).toContain(x(300));
    expect(shown(x(301))).toContain(`${x(299)}…`);
    expect(shown(x(301))).not.toContain(x(300));
  });

  it('with 4,000 characters in the notification', () => {
    const approvals = Array.from({ length: 500 }, (_, index) => ({
      ...approval,
      by: { userId: `U${String(index).padStart(10, '0')}`, name: '' },
    }));
    const state: RequestState = { ...pending, approvals };
    expect(buildRequestCard(en, aRequest({ state }), 'mainland').text).toHaveLength(4_000);
  });
});

it('names the approvers, and those of an emergency', () => {
  const emergency = { ...approval, by: { userId: 'U3', name: 'Eva' }, breakGlass: 'now' };
  expect(approvedBy(en, [], { name: 'strict' })).toEqual(en.card.byPolicy('strict'));
  expect(plain(approvedBy(en, [approval], { name: 'strict' }))).toBe('U2');
  expect(plain(approvedBy(en, [approval, emergency], { name: 'strict' }))).toBe(
    `U2${en.listSeparator}${plain(en.card.brokeGlass('U3'))}`,
  );
});

it('marks the title of a request that was approved in an emergency', () => {
  const label = en.card.label.approved;
  const titleWith = (breakGlass: string | undefined) => {
    const approvals = [{ ...approval, ...(breakGlass !== undefined && { breakGlass }) }];
    const state: RequestState = {
      ...{ status: 'approved', operation: { name: 'create_job' }, approvals, attempts: 0 },
    };
    return textOf(buildRequestCard(en, aRequest({ state }), 'mainland').blocks[0]);
  };
  expect(titleWith('now')).toContain(en.card.emergencyLabel(label));
  expect(titleWith(undefined)).not.toContain(en.card.emergencyLabel(label));
});

describe('what happens next with a new job', () => {
  const { thread } = en;
  it.each<[Rule['automatic'], string, boolean]>([
    [undefined, thread.createdNext, true],
    [[], thread.createdNext, true],
    [['check_job'], thread.createdNextIf.check, true],
    [['start_job'], thread.createdNextIf.start, true],
    [['check_job', 'start_job'], thread.createdNextIf.both, false],
  ])('with %j done by the policy', (automatic, next, needsSomebody) => {
    const rule = aRule(automatic === undefined ? {} : { automatic });
    const said = createdNext(en, { rule }, {}).map(plain);
    expect(said[0]).toContain(next);
    expect(said.slice(1).map((each) => each.includes(thread.createdWho))).toEqual(
      needsSomebody ? [true] : [],
    );
  });
});

it('names the people who can give the approvals that are still missing', () => {
  const mentioned = (rule: Partial<Rule>) => {
    const approvers = ['U2', 'U3'].map((userId) => ({ kind: 'user' as const, userId }));
    const state: RequestState = { ...pending, approvals: [approval] };
    const request = aRequest({ state, rule: aRule({ approvers, required: 2, ...rule }) });
    const blocks = JSON.stringify(buildRequestCard(en, request, 'mainland').blocks);
    return [...blocks.matchAll(/"type":"user","user_id":"(\w+)"/g)].map(([, userId]) => userId);
  };
  const [requester, approvedAlready] = [aRequest().requester.userId, 'U2'];
  expect(mentioned({})).toEqual([requester, approvedAlready, 'U3']);
  const lists = [[{ kind: 'user' as const, userId: 'U4' }]];
  expect(mentioned({ oneFromEach: lists })).toEqual([requester, approvedAlready, 'U4']);
});

it.each<JobStatus>(['created', 'check_passed'])(
  'says that DTS isolated a job whose status is still %s, and nothing of a deleted one',
  (status) => {
    const said = (job: FollowedJob): string =>
      plain(buildStatus(en, aRequest({ state: created, job })));
    const isolated = { billing: 'isolated' } as const;
    expect(said(jobIn(status, isolated))).toBe(plain(en.job.isolated(say`${said(jobIn(status))}`)));
    expect(said(jobIn('deleted', isolated))).toBe(said(jobIn('deleted')));
  },
);
