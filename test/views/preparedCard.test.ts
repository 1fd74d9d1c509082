import type { FollowedJob } from '../../src/domain/job/followed';
import { jobApis, jobStatuses } from '../../src/domain/job/job';
import type { Rule } from '../../src/domain/policy/policy';
import type { OperationName } from '../../src/domain/request/operations/operation';
import type { MigrationRequest, RequestState } from '../../src/domain/request/request';
import { locales } from '../../src/i18n/locales';
import { code, plain, say } from '../../src/i18n/text';
import { aboutFailure, failed } from '../../views/callWords';
import { reminded } from '../../views/decisionWords';
import { buildDirectMessage } from '../../views/directMessage';
import { buildRequestCard, buildStatus } from '../../views/requestCard';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { textOf } from '../support/textOf';
import { en, saying } from '../support/words';

/** The card of a request whose job was created before its approval, in each status of the job. */

const now = new Date('2026-05-04T10:00:00Z');
const state: RequestState = {
  ...{ status: 'prepared', approvals: [], jobId: 'dts-1', at: now, since: now },
  reminders: 0,
};
const rule = aRule({ approve: 'before_start', breakGlass: [{ kind: 'user', userId: 'U2' }] });

function offered(job: FollowedJob | undefined): string[] {
  const card = JSON.stringify(
    buildRequestCard(en, aRequest({ state, job, rule }), 'mainland').blocks,
  );
  const buttons = [...card.matchAll(/"action_id":"([a-z_]+?)"/g)].map(([, id]) => id ?? '');
  const entries = [...card.matchAll(/"value":"([a-z_]+):/g)].map(([, id]) => id ?? '');
  const decisions = ['approve', 'approve_with_comment', 'break_glass', 'check_job', 'start_job'];
  return decisions.filter((id) => [...buttons, ...entries].includes(id));
}

const jobIn = (status: FollowedJob['status'], api: FollowedJob['api']): FollowedJob => ({
  ...{ api, status, said: status, steps: [], errors: [], since: now, seenAt: now },
});

const approval = ['approve', 'approve_with_comment', 'break_glass'];
/** What the card offers, if it isn't only to deny, to withdraw and to edit. */
const expected: Partial<Record<FollowedJob['status'], string[]>> = {
  created: ['check_job'],
  check_failed: ['check_job'],
  check_passed: [...approval, 'check_job'],
  // Someone started the job in the console.
  ready_run: approval,
  running: approval,
  ready_complete: approval,
  paused: approval,
  resumable_error: approval,
  failed: approval,
  error: approval,
  success: approval,
};

describe.each(jobApis)('with version %s', (api) => {
  it.each(jobStatuses)('offers what is possible with a job that is %s', (status) => {
    const creating = api === '2018-03-30' && status === 'creating' ? ['check_job'] : [];
    expect(offered(jobIn(status, api))).toEqual(expected[status] ?? creating);
  });
});

describe('in the title, the status and the reminder', () => {
  const request = (job: FollowedJob) => aRequest({ state, job, rule });
  const isolated = {
    ...jobIn('check_passed', '2021-12-06'),
    allowed: [],
    billing: 'isolated',
  } as const;
  const { lost, other } = en.job.prepared;

  it.each<[FollowedJob, boolean]>([
    ...jobStatuses.map((status): [FollowedJob, boolean] => [
      jobIn(status, '2021-12-06'),
      status === 'deleted' || status === 'canceled',
    ]),
    [isolated, true],
  ])('says how to continue only if the job can never start: %#', (job, isLost) => {
    const card = textOf(buildRequestCard(en, request(job), 'mainland').blocks);
    const label = en.job.label[job.status];
    const said = say`${other(code('dts-1'), label)} ${lost}`;
    expect(saying(said).test(card)).toBe(isLost);
    expect(card.includes(lost)).toBe(isLost);
    const status = plain(buildStatus(en, request(job)));
    expect(status.includes(lost)).toBe(isLost);
    const context = { messages: en, request: request(job), site: 'mainland' } as const;
    const reminder = plain(reminded(context, { type: 'reminded', number: 1 }).lines.flat());
    expect(reminder.includes(lost)).toBe(isLost);
    if (isLost) expect(reminder).toContain(plain(en.job.thread.unready('UASK', label, 1)));
  });
});

describe('after a call that was not made because of the start time', () => {
  const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
  const { parameters } = aDraft({
    'MigrateOption.RunMode': '2',
    'MigrateOption.ExpectTime': String(minutes(60).getTime() / 1_000),
  });
  const windows: Rule['windows'] = [{ days: ['mon'], from: '14:00', to: '16:00', timeZone: 'UTC' }];
  const job = jobIn('check_passed', '2021-12-06');
  const created: RequestState = { status: 'created', approvals: [], jobId: 'dts-1', at: now };
  const again = { ...state, since: minutes(61) };
  const asks = en.job.prepared.approveAgain;

  it.each<[string, OperationName, Partial<MigrationRequest>, Date, string, boolean]>([
    ['a start that waited', 'start_job', { state: again, rule }, minutes(61), 'approve', true],
    [
      'a window',
      'start_job',
      { state, rule: { ...rule, windows } },
      now,
      'Edit the request',
      false,
    ],
    ['a start that someone pressed', 'start_job', { state: created }, minutes(61), 'button', false],
    ['a change of the job', 'modify_job', { state: created }, minutes(61), 'Edit the job', false],
    ['a creation', 'create_job', { state: created }, minutes(61), 'Edit the request', false],
  ])('says what helps after %s', (_, operation, changes, at, helps, isAsked) => {
    const request = aRequest({ parameters, job, ...changes });
    const payload = { type: 'failed', operation, problem: { kind: 'start_time_passed' } } as const;
    const about = aboutFailure(en, request, payload, at);
    const { next } = en.explanations.entries.start_time_passed(about);
    expect(next).toContain(helps);
    const context = { messages: en, request, site: 'mainland' } as const;
    const said = plain(failed(context, payload, at).lines.flat());
    expect(said).toContain(next);
    expect(said.includes(asks)).toBe(isAsked);
    const event = { requestId: 7, seq: 3, revision: 1, at, by: undefined, payload };
    const direct = buildDirectMessage(en, request, event, undefined, 'mainland');
    expect(direct?.text).toContain(next);
  });
});

it('offers no approval before Ferry has seen the job', () => {
  expect(offered(undefined)).toEqual([]);
});

describe('the card of a withdrawn request whose job still exists', () => {
  const withdrawn = { status: 'withdrawn', by: { userId: 'U1', name: 'Alice' }, at: now } as const;
  const unneeded: RequestState = {
    ...{ status: 'discarding', jobId: 'dts-1', at: now, next: withdrawn },
  };
  const said = (status: FollowedJob['status']): string => {
    const request = aRequest({ state: unneeded, job: jobIn(status, '2021-12-06'), rule });
    return textOf(buildRequestCard(en, request, 'mainland').blocks);
  };
  const id = code('dts-1');
  const { deletes, kept } = en.job.prepared;

  it.each<FollowedJob['status']>([
    ...['creating', 'created', 'check_passed', 'check_failed'],
    'checking',
  ] as const)('says that Ferry deletes a job that is %s', (status) => {
    expect(said(status)).toMatch(saying(deletes(id)));
    expect(said(status)).toContain(en.card.label.discarding);
    expect(said(status)).not.toMatch(saying(kept(id, false)));
  });

  it.each(['ready_run', 'running', 'canceled', 'failed'] as const)(
    'says that someone started a job that is %s',
    (status) => {
      expect(said(status)).toMatch(saying(kept(id, false)));
      expect(said(status)).toContain(en.job.label[status]);
    },
  );
});

it.each(Object.keys(locales))('says in %s what an approval does', (locale) => {
  const messages = locale === 'en' ? en : locales['zh-CN'];
  const job = {
    ...jobIn('check_passed', '2021-12-06'),
    checks: [{ name: 'binlog', result: 'warning' as const }],
  };
  const card = JSON.stringify(
    buildRequestCard(messages, aRequest({ state, job, rule }), 'mainland').blocks,
  );
  expect(card).toContain(messages.job.prepared.approvalStarts);
  expect(card).toContain('binlog');
});

it.each([
  ['until its launch window opens', now, en.card.label.approved],
  ['at once', undefined, en.job.underWay.start_job],
])('says in the title that an approved start is made %s', (_, opensAt, label) => {
  const operation = { name: 'start_job', from: state, before: 'check_passed' } as const;
  const approved: RequestState = {
    ...{ status: 'approved', operation, approvals: [], attempts: 0 },
    ...(opensAt === undefined ? {} : { opensAt }),
  };
  const job = jobIn('check_passed', '2021-12-06');
  const [title] = buildRequestCard(en, aRequest({ state: approved, job, rule }), 'mainland').blocks;
  expect(textOf(title)).toContain(`· ${label}`);
});
