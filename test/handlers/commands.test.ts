import type { CardPlace } from '../../src/domain/channel/announcement';
import type { JobStatus } from '../../src/domain/job/job';
import { type FormValues, withNewFields } from '../../src/domain/migration/fields';
import type { Policy } from '../../src/domain/policy/policy';
import type { OperationName } from '../../src/domain/request/operations/operation';
import type { RequestEvent } from '../../src/domain/request/requestEvent';
import { channel, say, type Text } from '../../src/i18n/text';
import type { WatchResult } from '../../src/workflow/watch';
import { buildAnswer, buildJobs, buildList, buildRules, buildShown } from '../../views/answers';
import { buildExplained } from '../../views/explanation';
import type { Message } from '../../views/message';
import { mrkdwn } from '../../views/mrkdwn';
import { buildNoticeView } from '../../views/noticeView';
import { buildRequestForm, offerOf } from '../../views/requestForm';
import { typedOnly } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import {
  CHANNEL,
  checked,
  delivery,
  failing,
  filled,
  handlers,
  missing,
  onWire,
  opened,
  PERSON,
  shown,
  told,
  viewer,
} from '../support/handlers';
import { aNewWatch, aSeenJob } from '../support/storeOn';
import { en } from '../support/words';

const nobody = { requests: [], more: false };
/** The answer that comes after the acknowledgement. */
const answered = (message: Message) => ({
  method: 'respond',
  body: { response_type: 'ephemeral', ...JSON.parse(JSON.stringify(message)) },
});

describe('the answer comes with the acknowledgement', () => {
  const { command } = en;
  it.each<[string, Text]>([
    ['help', command.help('/migrate', ['big-shop'])],
    ['clone', command.numberMissing('/migrate', 'clone')],
    ['show', command.numberMissing('/migrate', 'show')],
    ['explain', en.explanations.asked.missing('/migrate')],
    ['shwo 7', command.unknown('/migrate', 'shwo', 'show')],
    ['xyzxyzxyz', command.unknown('/migrate', 'xyzxyzxyz', undefined)],
    ['messages', en.direct.choose('/migrate')],
    ['messages perhaps', en.direct.choose('/migrate')],
    ['watch', en.watch.answer.missing('/migrate', 'watch')],
    ['unwatch', en.watch.answer.missing('/migrate', 'unwatch')],
    ['watch dts_1', en.watch.answer.malformed('dts_1')],
    ['watch dts-1 nowhere', en.watch.answer.noRegion('nowhere')],
    ['new bigshop', command.noPreset('bigshop', 'big-shop', ['big-shop'])],
    [`new ${'other'.repeat(20)}`, command.noPreset('other'.repeat(12), undefined, ['big-shop'])],
    ['new other', command.noPreset('other', undefined, ['big-shop'])],
  ])('/migrate %s', async (text, words) => {
    handlers.change({ presets: () => [{ name: 'big-shop', values: {} }] });
    expect(await handlers.command(text)).toEqual([
      { response_type: 'ephemeral', text: mrkdwn(words) },
    ]);
    expect([handlers.called, handlers.web.calls]).toEqual([[], []]);
  });

  it.each([
    ['on', false, en.direct.unmuted('/migrate')],
    ['off', true, en.direct.muted('/migrate')],
  ] as const)('/migrate messages %s', async (choice, muted, words) => {
    expect(await handlers.command(`messages ${choice}`)).toEqual([
      { response_type: 'ephemeral', text: mrkdwn(words) },
    ]);
    expect(handlers.called).toEqual([['setMuted', PERSON, muted, delivery]]);
  });

  it.each([true, false])('with the choice about messages that was stored: %s', async (muted) => {
    handlers.change({ setMuted: async () => muted });
    const words = muted ? en.direct.muted('/migrate') : en.direct.unmuted('/migrate');
    expect(await handlers.command('messages on')).toEqual([
      { response_type: 'ephemeral', text: mrkdwn(words) },
    ]);
  });

  it('has as much text as Slack allows', async () => {
    const names = Array.from({ length: 500 }, (_, index) => `preset-${index}-${'x'.repeat(20)}`);
    handlers.change({ presets: () => names.map((name) => ({ name, values: {} })) });
    const [answer] = await handlers.command('help');
    const { text } = Object(answer);
    expect(text).toHaveLength(4_000);
    expect(text).toMatch(/…$/);
  });
});

describe('the answer comes later', () => {
  const overview = {
    ...{ page: 0, waiting: { requests: [aRequest()], more: false } },
    ...{ jobs: nobody, mine: nobody, lately: nobody },
    unsure: { waiting: false, lately: false },
  };
  const policy: Policy = { rules: [], otherwise: aRule() };
  const place = { command: '/migrate', channelId: CHANNEL };
  const url = 'https://example.slack.com/archives/C2/p12';
  const explained = (key: 'InvalidParameter', request?: ReturnType<typeof aRequest>) =>
    buildExplained(en, { key, request }, 'international');

  it.each<[string, Message]>([
    ['list', buildList(en, overview)],
    ['show 7', buildShown(en, aRequest(), url)],
    ['show #7', buildShown(en, aRequest(), url)],
    ['policy', buildRules(en, policy, place)],
    ['explain InvalidParameter', explained('InvalidParameter')],
    ['explain InvalidParameter 7', explained('InvalidParameter', aRequest())],
  ])('/migrate %s', async (text, message) => {
    handlers.change({ overview: async () => overview, policy: () => policy });
    expect(await handlers.command(text)).toStrictEqual([undefined]);
    expect(handlers.web.calls.at(-1)).toEqual(answered(message));
    expect(handlers.lines).toEqual([]);
  });

  it.each<[string, OperationName | undefined, string | undefined]>([
    ['of the operation that failed last', 'start_job', 'dts:StartMigrateJob'],
    ['of no call, if nothing failed', undefined, undefined],
  ])('names the permission %s, once a request has a job', async (_, operation, action) => {
    const failed = (seq: number, name: OperationName): RequestEvent => ({
      ...{ requestId: 7, seq, revision: 1, at: new Date(), by: undefined },
      payload: { type: 'failed', operation: name, problem: { kind: 'no_effect' } },
    });
    const events = operation === undefined ? [] : [failed(2, 'check_job'), failed(3, operation)];
    const state = { status: 'created', approvals: [], jobId: 'dts-1', at: new Date() } as const;
    handlers.change({
      find: async () => ({ ok: true, request: aRequest({ state }) }),
      events: async () => events,
    });
    await handlers.command('explain UnauthorizedOperation 7');
    const said = JSON.stringify(handlers.web.calls.at(-1));
    expect(/dts:\w+/.exec(said)?.[0]).toBe(action);
    expect(said).not.toContain(en.explanations.tryingAgain);
  });

  it('explains a code that Ferry does not know by the codes of its kind', async () => {
    await handlers.command('explain InvalidParameter.NotYetKnown');
    const about = { key: 'InvalidParameter', typed: 'InvalidParameter.NotYetKnown' } as const;
    const message = buildExplained(en, { ...about, request: undefined }, 'international');
    expect(handlers.web.calls).toEqual([answered(message)]);
  });

  it('offers similar codes', async () => {
    await handlers.command('explain InvalidParametre');
    expect(handlers.web.calls).toHaveLength(1);
    expect(JSON.stringify(handlers.web.calls)).toContain('InvalidParameter');
    expect(handlers.called).toEqual([]);
  });

  it.each(['show 7', 'explain InvalidParameter 7'])(
    'says why the person may not see the request: /migrate %s',
    async (text) => {
      handlers.change({ find: async () => ({ ok: false, refusal: missing }) });
      await handlers.command(text);
      expect(handlers.called).toEqual([['find', viewer, 7]]);
      expect(handlers.web.calls).toEqual([answered(buildAnswer(en.refusal(missing)))]);
    },
  );

  it.each([
    ['jobs', 0],
    ['jobs 3', 2],
  ])('/migrate %s shows a page with the links of its cards', async (text, page) => {
    const shown = { page, requests: [aRequest()], more: true, unsure: false };
    handlers.change({ jobs: async () => shown });
    await handlers.command(text);
    expect(handlers.called).toEqual([
      ['jobs', viewer, page],
      ['cardsOf', [7]],
    ]);
    expect(handlers.web.calls).toEqual([answered(buildJobs(en, shown, '/migrate', () => url))]);
  });

  it.each([
    ['the card is not posted', { cardsOf: async () => new Map() }],
    ['the address of the workspace is unknown', { workspaceUrl: undefined }],
  ])('shows jobs and requests without links if %s', async (_, changes) => {
    const shown = { page: 0, requests: [aRequest()], more: false, unsure: false };
    handlers.change({ jobs: async () => shown, ...changes });
    await handlers.command('jobs');
    await handlers.command('show 7');
    expect(handlers.web.calls).toEqual([
      answered(buildJobs(en, shown, '/migrate', () => undefined)),
      answered(buildShown(en, aRequest(), undefined)),
    ]);
  });

  it.each(['list', 'jobs', 'show 7', 'explain InvalidParameter 7', 'watch dts-1', 'unwatch dts-1'])(
    'says that it is unavailable: /migrate %s',
    async (text) => {
      handlers.change({ overview: failing, jobs: failing, find: failing });
      handlers.change({ watch: failing, unwatch: failing });
      await handlers.command(text);
      expect(handlers.web.calls).toEqual([answered(buildAnswer(en.command.unavailable))]);
      const fields = { asked: text, user: PERSON, error: new Error('no store') };
      expect(handlers.lines).toEqual([
        { level: 'error', message: 'a command could not be answered', fields },
      ]);
    },
  );

  it('is sent once more if Slack does not accept it', async () => {
    handlers.web.refuse('respond', 'busy');
    await handlers.command('list');
    expect(handlers.web.calls.map(({ method }) => method)).toEqual(['respond', 'respond']);
    expect(handlers.lines).toEqual([]);
  });

  it('is logged if Slack does not accept it twice', async () => {
    handlers.web.refuse('respond', 'busy');
    handlers.web.refuse('respond', 'busy');
    await handlers.command('list');
    expect(handlers.web.calls).toHaveLength(2);
    const fields = { user: PERSON, error: expect.any(Error) };
    expect(handlers.lines).toEqual([
      { level: 'error', message: 'an answer could not be delivered', fields },
    ]);
  });
});

describe('a job that Ferry did not create', () => {
  const { answer } = en.watch;
  const command = { userId: PERSON, delivery, jobId: 'dts-1' };

  it.each([
    ['watch dts-1', undefined],
    ['watch dts-1 ap-guangzhou', 'ap-guangzhou'],
  ])('/migrate %s', async (text, region) => {
    await handlers.command(text);
    expect(handlers.called).toEqual([['watch', { ...command, region, askedIn: CHANNEL }]]);
    const words = answer.unknown('dts-1', region ?? '', '/migrate');
    expect(handlers.web.calls).toEqual([answered(buildAnswer(words))]);
  });

  it('is watched in no channel from a direct message', async () => {
    await handlers.command('watch dts-1', { channel_id: 'D1' });
    expect(handlers.called).toEqual([
      ['watch', { ...command, region: undefined, askedIn: undefined }],
    ]);
  });

  const ofRequest = (status: JobStatus): WatchResult => ({
    ...{ kind: 'known', card: undefined },
    announced: aRequest({ channel: 'C1', job: aSeenJob(status) }),
  });
  const watch = (card?: CardPlace): WatchResult => {
    const { requester, ...begun } = aNewWatch('dts-1', { channel: 'C1' });
    const state = { status: 'watching' } as const;
    const announced = { ...begun, requester, askedAt: begun.at, id: 5, version: 1, state };
    return { kind: 'known', card, announced: { ...announced, altered: [] } };
  };
  it.each<[string, WatchResult, Text]>([
    ['already watched', watch(), answer.already('dts-1', channel('C1'))],
    [
      'already watched, with a link to its card',
      watch({ channel: 'C1', ts: '1.2', digest: '' }),
      answer.already('dts-1', answer.link('https://example.slack.com/archives/C1/p12')),
    ],
    [
      "the job of a request and hasn't ended",
      ofRequest('running'),
      answer.ferrys('dts-1', channel('C1')),
    ],
    [
      'the job of a request and has ended',
      ofRequest('success'),
      answer.ferrysOver('dts-1', en.job.label.success, channel('C1')),
    ],
    [
      'followed where the person cannot see it',
      { kind: 'hidden', isCertain: true },
      answer.hidden('dts-1'),
    ],
    [
      'followed, and Slack does not confirm whether the person can see where',
      { kind: 'hidden', isCertain: false },
      answer.hiddenPerhaps('dts-1'),
    ],
  ])('is not watched if it is %s', async (_, result, words) => {
    handlers.change({ watch: async () => result });
    await handlers.command('watch dts-1');
    expect(handlers.web.calls).toEqual([answered(buildAnswer(words))]);
  });

  it('is no longer watched', async () => {
    await handlers.command('unwatch dts-1');
    expect(handlers.called).toEqual([['unwatch', command]]);
    expect(handlers.web.calls).toEqual([answered(buildAnswer(answer.ending('dts-1')))]);
  });
});

describe('/migrate opens the form', () => {
  const begun = (values: FormValues): FormValues => ({
    'DstInfo.Region': 'ap-singapore',
    ...values,
  });
  const form = (values: FormValues, memory: object, notices: readonly { words: string }[] = []) =>
    onWire(
      buildRequestForm(en, {
        ...{ values: withNewFields(begun(values), typedOnly, () => false), offer: typedOnly },
        ...{ memory, notices },
      }),
    );

  it.each([
    ['', 'C2', { askedIn: 'C2' }],
    ['new', 'C2', { askedIn: 'C2' }],
    ['', 'D2', {}],
  ])('"%s" in %s', async (text, channel_id, memory) => {
    expect(await handlers.command(text, { channel_id })).toStrictEqual([undefined]);
    expect(handlers.web.calls).toEqual([opened(form({}, memory))]);
    const offer = offerOf(typedOnly, memory);
    expect(handlers.called).toEqual([
      ['begin', { values: {}, offer, userId: PERSON, channels: ['C1'] }],
    ]);
  });

  it('with the values of a preset', async () => {
    const values = { JobName: 'shop' };
    handlers.change({ presets: () => [{ name: 'big-shop', values }] });
    await handlers.command('new BIG-shop');
    const notices = [{ words: en.form.filledFromPreset('big-shop') }];
    expect(handlers.web.calls).toEqual([opened(form(values, { askedIn: CHANNEL }, notices))]);
  });

  it('with what Ferry suggests', async () => {
    const suggested = { 'DstInfo.Region': 'ap-guangzhou', JobName: 'again' } as const;
    handlers.change({ begin: async () => ({ values: suggested, found: {} }) });
    await handlers.command('');
    expect(handlers.web.calls).toEqual([opened(form(suggested, { askedIn: CHANNEL }))]);
  });

  it('with a note if a rule creates jobs before the approval', async () => {
    handlers.change({
      policy: () => ({ rules: [], otherwise: aRule({ approve: 'before_start' }) }),
    });
    await handlers.command('');
    const notices = [{ words: en.job.prepared.form }];
    expect(handlers.web.calls).toEqual([opened(form({}, { askedIn: CHANNEL }, notices))]);
  });

  it('by the shortcut and the Home tab, without a channel', async () => {
    await handlers.shortcut();
    await handlers.press('request_migration', '', { channel: undefined });
    const expected = opened(form({}, {}));
    expect(handlers.web.calls).toEqual([expected, expected]);
  });

  it('or says that it did not open', async () => {
    handlers.web.refuse('views.open', 'expired_trigger_id');
    await handlers.command('');
    expect(handlers.web.calls.at(-1)).toEqual(told(mrkdwn(en.trouble.expiredForm)));
  });
});

describe('a form that is filled from a request', () => {
  const waiting = opened(onWire(buildNoticeView(en, say`${en.form.opening}`)));
  const presses = [
    ['the command', 'clone', () => handlers.command('clone 7')],
    ...(['clone', 'edit', 'modify_job'] as const).map(
      (purpose) => ['a button', purpose, () => handlers.press(purpose, '7:3')] as const,
    ),
  ] as const;

  it.each(presses)('opens at once by %s, and is filled: %s', async (how, purpose, press) => {
    expect(await press()).toStrictEqual([undefined]);
    const [open, update] = handlers.web.calls;
    expect(open).toEqual(waiting);
    const words = {
      clone: en.form.filledFrom,
      edit: en.form.filledForEdit,
      modify_job: en.form.filledForJob,
    }[purpose](7, true, false);
    expect(JSON.stringify(update)).toContain(JSON.stringify(words));
    const checks = purpose === 'clone' ? [] : [checked(purpose, {})];
    expect(handlers.called.slice(0, -1)).toEqual([
      how === 'a button' ? ['find', viewer, 7, shown] : ['find', viewer, 7],
      ...checks,
    ]);
    expect(handlers.called.at(-1)).toEqual([
      'findResources',
      expect.objectContaining({ userId: PERSON }),
    ]);
  });

  it.each(presses)(
    'says why the person may not see it, by %s to %s',
    async (_, _purpose, press) => {
      handlers.change({ find: async () => ({ ok: false, refusal: missing }) });
      await press();
      const view = buildNoticeView(en, en.refusal(missing));
      expect(handlers.web.calls).toEqual([waiting, filled(view)]);
    },
  );

  it.each(['edit', 'modify_job'] as const)('says why the person may not %s', async (purpose) => {
    handlers.change({ refusalBefore: async () => ({ code: 'own_request' }) });
    await handlers.press(purpose, '7:3');
    const view = buildNoticeView(en, en.refusal({ code: 'own_request' }));
    expect(handlers.web.calls).toEqual([waiting, filled(view)]);
  });

  it('says that it could not be filled', async () => {
    handlers.change({ find: failing });
    await handlers.press('clone', '7:3');
    const view = buildNoticeView(en, say`${en.form.notOpened}`);
    expect(handlers.web.calls).toEqual([waiting, filled(view)]);
    const fields = { user: PERSON, request: 7, error: new Error('no store') };
    expect(handlers.lines).toEqual([
      { level: 'error', message: 'a form could not be filled from a request', fields },
    ]);
  });

  it('that Slack does not update is logged', async () => {
    handlers.web.refuse('views.update', 'not_found');
    handlers.web.refuse('views.update', 'not_found');
    await handlers.press('clone', '7:3');
    const view = buildNoticeView(en, say`${en.form.notOpened}`);
    expect(handlers.web.calls.at(-1)).toEqual(filled(view));
    const fields = { user: PERSON, error: expect.any(Error) };
    expect(handlers.lines).toContainEqual({
      ...{ level: 'warn', message: 'a form could not be answered in place', fields },
    });
  });

  it('is not filled if no modal opened', async () => {
    handlers.web.refuse('views.open', 'expired_trigger_id');
    await handlers.press('clone', '7:3');
    expect(handlers.called).toEqual([]);
  });

  it('remembers the channel of the card, and none of a direct message', async () => {
    await handlers.press('clone', '7:3');
    await handlers.press('clone', '7:3', { channel: { id: 'D1' } });
    const [first, second] = handlers.web.calls
      .filter(({ method }) => method === 'views.update')
      .map(({ body }) => JSON.parse(Object(body['view']).private_metadata).askedIn);
    expect([first, second]).toEqual([CHANNEL, undefined]);
  });
});
