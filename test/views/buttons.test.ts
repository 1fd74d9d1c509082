import type { KnownBlock } from '@slack/types';
import type { FollowedJob } from '../../src/domain/job/followed';
import { type JobApi, jobApis, jobOperations, jobStatuses } from '../../src/domain/job/job';
import type { RequestState } from '../../src/domain/request/request';
import { en } from '../../src/i18n/en/messages';
import { buildRequestCard } from '../../views/requestCard';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const now = new Date('2026-05-04T10:00:00Z');
const by = { userId: 'U2', name: 'Bob' };
const approvals = [{ by, at: now, revision: 1, from: [], confirmed: false }];
const states: readonly RequestState[] = [
  { status: 'created', approvals, jobId: 'dts-1', at: now },
  ...[[], approvals].map(
    (given): RequestState => ({
      ...{ status: 'prepared', approvals: given, jobId: 'dts-1', at: now, since: now },
      reminders: 0,
    }),
  ),
];
const rule = aRule({ approve: 'before_start', breakGlass: [{ kind: 'user', userId: 'U2' }] });
const check = {
  id: 'OptimizeCheck',
  name: 'Surrounding checks',
  result: 'failed',
  skipRisk: 'The migration may fail.',
} as const;

const jobIn = (status: FollowedJob['status'], api: JobApi): FollowedJob => ({
  ...{ api, status, said: status, steps: [], errors: [], since: now, seenAt: now, checks: [check] },
});

interface Offers {
  buttons: readonly string[];
  entries: readonly string[];
}

function offersOf(blocks: readonly KnownBlock[]): Offers {
  const elements = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
  return {
    buttons: elements.flatMap((each) => (each.type === 'button' ? [each.action_id ?? ''] : [])),
    entries: elements.flatMap((each) =>
      each.type === 'overflow'
        ? each.options.map(({ value = '' }) => value.split(':')[0] ?? '')
        : [],
    ),
  };
}

const cases = states.flatMap((state) =>
  jobApis.flatMap((api) => jobStatuses.map((status) => ({ api, state, status }))),
);

it.each(cases)(
  'a card of a request that is $state.status with a job that is $status in $api has at most four buttons',
  ({ api, state, status }) => {
    const job = jobIn(status, api);
    const { blocks } = buildRequestCard(en, aRequest({ state, job, rule }), 'mainland');
    const { buttons, entries } = offersOf(blocks);
    expect(buttons.length).toBeLessThanOrEqual(4);
    expect(entries.length).toBeLessThanOrEqual(5);
    expect(new Set([...buttons, ...entries]).size).toBe(buttons.length + entries.length);
  },
);

it.each(jobApis)('a created job keeps every operation that DTS lists in %s', (api) => {
  const state: RequestState = { status: 'created', approvals, jobId: 'dts-1', at: now };
  const allowed = jobOperations.filter((each) => each !== 'skip_check');
  const job = { ...jobIn('check_failed', api), allowed };
  const { blocks } = buildRequestCard(en, aRequest({ state, job, rule }), 'mainland');
  const { buttons, entries } = offersOf(blocks);
  expect([...buttons, ...entries]).toEqual(expect.arrayContaining([...allowed]));
});
