import type { ModalView } from '@slack/types';
import type { FollowedJob } from '../../src/domain/job/followed';
import type { SkippableItem, SkippedChecks } from '../../src/domain/job/job';
import type { Intent } from '../../src/domain/request/intent';
import type { InState, MigrationRequest, RequestState } from '../../src/domain/request/request';
import { waitFrom } from '../../src/domain/request/waiting';
import type { Text } from '../../src/i18n/text';
import { factsOf } from '../../views/glance';
import { mrkdwn } from '../../views/mrkdwn';
import { buildSkipForm } from '../../views/skipForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import {
  acted,
  CHANNEL,
  checked,
  failing,
  handlers,
  missing,
  onWire,
  opened,
  PERSON,
  sent,
  shown,
  told,
  viewer,
} from '../support/handlers';
import { en } from '../support/words';

const check = (id: string): SkippableItem => ({
  ...{ id, name: `name of ${id}`, result: 'failed', skipRisk: `risk of ${id}` },
});
const [optimize, keys] = [check('OptimizeCheck'), check('ConstraintCheck')];
const at = new Date(0);
const job: FollowedJob = {
  ...{ api: '2021-12-06', status: 'check_failed', said: 'checkNotPass', steps: [], errors: [] },
  ...{ since: at, seenAt: at, checks: [optimize, keys, { name: 'other', result: 'passed' }] },
};
const place = { subject: '7:3', channel: CHANNEL };
const formFor = (
  request: MigrationRequest,
  items: readonly SkippableItem[],
  before?: SkippedChecks,
): ModalView => buildSkipForm(en, place, factsOf(en, request, 'international'), items, before);
const find = (request: MigrationRequest) =>
  handlers.change({ find: async () => ({ ok: true, request }) });
const refused = (words: Text) => told(mrkdwn(words));

it('the form that skips a check opens with the items that DTS lets people skip', async () => {
  const request = aRequest({ job });
  find(request);
  expect(await handlers.press('skip_check', '7:3')).toStrictEqual([undefined]);
  expect(handlers.called).toEqual([['find', viewer, 7, shown], checked('skip_check')]);
  expect(handlers.web.calls).toEqual([opened(onWire(formFor(request, [optimize, keys])))]);
});

it('the form that skips a check opens with the items that the first of two approvers chose', async () => {
  const skips: SkippedChecks = { items: [keys, check('OtherCheck')], foreignKeys: 'migrate' };
  const from: InState<'created'> = { status: 'created', approvals: [], jobId: 'dts-1', at };
  const operation = { name: 'skip_check', from, before: 'check_failed', skips } as const;
  const state: RequestState = { ...waitFrom(aRule(), at), operation };
  const request = aRequest({ job, state });
  find(request);
  await handlers.press('skip_check', '7:3');
  expect(handlers.web.calls).toEqual([opened(onWire(formFor(request, [keys], skips)))]);
});

it.each<[string, FollowedJob | undefined]>([
  ['the job has none', { ...job, checks: [] }],
  ['the checks are unknown', { ...job, checks: undefined }],
  ['there is no job', undefined],
])('says that nothing can be skipped if %s', async (_, observed) => {
  find(aRequest({ job: observed }));
  await handlers.press('skip_check', '7:3');
  const words = en.refusal({ code: 'cannot_skip', items: [] });
  expect(handlers.web.calls).toEqual([refused(words)]);
});

it('the form that skips a check says why the person may not skip anything', async () => {
  find(aRequest({ job }));
  handlers.change({ refusalBefore: async () => ({ code: 'own_request' }) });
  await handlers.press('skip_check', '7:3');
  expect(handlers.web.calls).toEqual([refused(en.refusal({ code: 'own_request' }))]);
});

it('the form that skips a check says why the person may not see the request', async () => {
  handlers.change({ find: async () => ({ ok: false, refusal: missing }) });
  await handlers.press('skip_check', '7:3');
  expect(handlers.web.calls).toEqual([refused(en.refusal(missing))]);
});

it('the form that skips a check says that the person could not be checked', async () => {
  find(aRequest({ job }));
  handlers.change({ refusalBefore: failing });
  await handlers.press('skip_check', '7:3');
  expect(handlers.web.calls).toEqual([refused(en.trouble.action)]);
  const fields = { request: 7, error: new Error('no store') };
  expect(handlers.lines).toEqual([
    { level: 'error', message: 'a skip could not be checked', fields },
  ]);
});

it('the form that skips a check says that the request could not be read', async () => {
  handlers.change({ find: failing });
  await handlers.press('skip_check', '7:3');
  expect(handlers.web.calls).toEqual([refused(en.trouble.action)]);
});

/** The form as a person submits it. */
const submitted = (
  items: readonly SkippableItem[],
  chosen: Readonly<Record<string, object>>,
  subject = '7:3',
) => {
  const view = buildSkipForm(en, { ...place, subject }, [], items, undefined);
  const { state, ...rest } = sent(view, { Reason: 'known' });
  return { ...rest, state: { values: { ...Object(state.values), ...chosen } } };
};
const StepIds = (...ids: readonly string[]) => ({
  StepIds: { value: { type: 'checkboxes', selected_options: ids.map((value) => ({ value })) } },
});
const foreignKeys = (value: string) => ({
  ForeignKeyFlag: { value: { type: 'radio_buttons', selected_option: { value } } },
});
const skip = { type: 'skip_check', revision: 3, reason: 'known' } as const;

it.each<[string, ReturnType<typeof submitted>, Intent]>([
  [
    'the chosen items',
    submitted([optimize, keys], StepIds('OptimizeCheck')),
    { ...skip, items: ['OptimizeCheck'] },
  ],
  [
    'how foreign keys are treated, if their check is skipped',
    submitted([optimize, keys], { ...StepIds('ConstraintCheck'), ...foreignKeys('shield') }),
    { ...skip, items: ['ConstraintCheck'], foreignKeys: 'shield' },
  ],
  [
    'nothing about foreign keys, if their check is not skipped',
    submitted([optimize, keys], { ...StepIds('OptimizeCheck'), ...foreignKeys('shield') }),
    { ...skip, items: ['OptimizeCheck'] },
  ],
])('the form that skips a check sends %s', async (_, view, intent) => {
  expect(await handlers.submit(view)).toStrictEqual([undefined]);
  expect(handlers.called).toEqual([acted(intent)]);
});

it('the form that skips a check stays open without an item', async () => {
  const errors = { StepIds: en.job.skip.noItems };
  expect(await handlers.submit(submitted([optimize, keys], {}))).toEqual([
    { response_action: 'errors', errors },
  ]);
  expect(handlers.called).toEqual([]);
});

it('the form that skips a check does nothing if no button opened it', async () => {
  const view = submitted([optimize, keys], StepIds('OptimizeCheck'), 'x');
  expect(await handlers.submit(view)).toStrictEqual([undefined]);
  expect(handlers.called).toEqual([]);
});

it('the form that skips a check reports a refusal to the person alone, in the channel of the card', async () => {
  handlers.change({ act: async () => ({ ok: false, refusal: missing }) });
  await handlers.submit(submitted([optimize, keys], StepIds('OptimizeCheck')));
  expect(handlers.web.calls).toMatchObject([
    { method: 'chat.postEphemeral', body: { channel: CHANNEL, user: PERSON } },
  ]);
});
