import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import {
  ALICE,
  BOB,
  DAN,
  EVA,
  MEI,
  type Message,
  SINGLE_CHANNEL_GUEST,
  STRANGER,
} from '../../playground/slack/index';
import { explainedKeys } from '../../src/domain/errors/errorCodes';
import { explain } from '../../src/i18n/explain';
import { command } from '../support/command';
import { openHome } from '../support/home';
import { afterName, beginning, requestInChinese, waiting, zh } from '../support/inChinese';
import { fieldsShown, openForm } from '../support/modal';
import { testStart } from '../support/movableClock';
import { passTime } from '../support/passTime';
import { aPolicyFile } from '../support/policyFile';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';

const policy = aPolicyFile({
  rules: [
    {
      name: '生产',
      when: { destinations: ['cdb-prod*'] },
      approvers: [BOB, MEI, DAN],
      required: 2,
      one_from_each: [[BOB, MEI], [DAN]],
      break_glass: [EVA],
      confirm_destination: true,
    },
    {
      name: '夜间',
      when: { destinations: ['cdb-night*'] },
      windows: [{ days: ['sun'], from: '02:00', to: '03:00', time_zone: 'Asia/Shanghai' }],
    },
    { name: '短期', when: { destinations: ['cdb-brief*'] }, expires_after: '1h' },
  ],
});

let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry({ ...policy.environment, DEFAULT_LOCALE: 'zh-CN' });
});
afterAll(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
  policy.remove();
});
afterEach(() => {
  expect(englishIn(seen(test))).toEqual([]);
});

let asked = 0;
const request = (changes = {}, by = ALICE): Promise<Message> => {
  asked += 1;
  return requestInChinese(test, by, {
    JobName: `任务-${asked}`,
    Reason: '旧服务器下线',
    ...changes,
  });
};
const showing = (card: Message, words: string) =>
  test.slack.until(() => test.shown(card).includes(words), { what: words });
const reply = (card: Message, words: string) => test.reply(card, words);
const click = (by: string, card: Message, action: string) => test.slack.as(by).click(card, action);
const inForm = async (by: string, card: Message, action: string, values: object) => {
  const person = test.slack.as(by);
  await click(by, card, action);
  await test.slack.until(() => person.view(), { what: 'the form' });
  await person.fill({ ...values });
  const sent = await person.submit();
  if (person.view() !== undefined) await person.dismiss();
  return sent;
};

it('shows Chinese in a form with every engine and access type, and in its mistakes', async () => {
  const alice = await openForm(test.slack);
  const fill = async (values: object) => {
    await alice.fill({ ...values });
    await test.slack.until(() => alice.view(), { what: 'the form' });
  };
  for (const SrcDatabaseType of ['mysql', 'mariadb', 'postgresql', 'sqlserver', 'mongodb', 'redis'])
    await fill({ SrcDatabaseType });
  for (const SrcAccessType of ['cdb', 'cvm', 'dcg', 'vpncloud', 'ccn', 'extranet'])
    await fill({ SrcAccessType });
  await fillForm(test.slack, alice, { ...exampleForm, 'SrcInfo.Ip': '10.0.0.5', JobName: '错' });
  expect(await alice.submit()).toMatchObject({ result: 'errors' });
  await alice.dismiss();
});

it('answers commands in Chinese', async () => {
  for (const words of ['help', '胡说', 'list', 'show', 'show 999', 'policy', 'explain'])
    await command(test.slack, BOB, words);
  for (const words of [
    'explain InternalError.DuplicatJob',
    'messages off',
    'messages',
    'messages on',
    'new 没有',
  ])
    await command(test.slack, BOB, words);
});

it('reports approvals, revoked ones, edits, comments and an emergency approval in Chinese', async () => {
  const card = await request({ 'DstInfo.InstanceId': 'cdb-prod0001' });
  const confirmed = { 'DstInfo.InstanceId': 'cdb-prod0001' };
  expect(await inForm(BOB, card, 'approve', { 'DstInfo.InstanceId': 'cdb-other' })).toMatchObject({
    result: 'errors',
  });
  await inForm(BOB, card, 'approve', confirmed);
  await showing(card, '1/2');
  await click(BOB, card, 'take_back');
  await showing(card, waiting);
  await inForm(DAN, card, 'approve_with_comment', { ...confirmed, Reason: '可以' });
  await showing(card, '1/2');
  const alice = test.slack.as(ALICE);
  await click(ALICE, card, 'edit');
  await test.slack.until(() => fieldsShown(alice).includes('SrcInfo.Port'), { what: 'the form' });
  await fillForm(test.slack, alice, { 'SrcInfo.Port': '3307', 'SrcInfo.Password': '123456' });
  await alice.submit();
  await reply(card, zh.card.revision(2));
  await alice.dismiss();
  await inForm(EVA, card, 'break_glass', { ...confirmed, Reason: '紧急' });
  await reply(card, zh.thread.createdNext);
  await click(DAN, card, 'details');
  await test.slack.until(() => test.slack.as(DAN).view(), { what: 'the details' });
  await test.slack.as(DAN).dismiss();
});

it('reports a denial, a withdrawal, a launch window, a reminder and an expiry in Chinese', async () => {
  const denied = await request();
  await inForm(BOB, denied, 'deny', { Reason: '下周再来' });
  await reply(denied, afterName(zh.thread.denied('')));
  const withdrawn = await request({ 'DstInfo.InstanceId': 'cdb-night001' });
  await click(BOB, withdrawn, 'approve');
  await reply(withdrawn, beginning(zh.operations.create_job.thread.held(testStart)));
  await click(ALICE, withdrawn, 'withdraw');
  await showing(withdrawn, afterName(zh.card.status.withdrawn('')));
  const forgotten = await request({ 'DstInfo.InstanceId': 'cdb-brief001' });
  const expired = beginning(zh.card.status.expired(testStart));
  await passTime(test, () => test.shown(forgotten).includes(expired), {
    stepMs: 600_000,
    what: 'the end',
  });
});

it('refuses people in Chinese', async () => {
  const card = await request();
  const people = [ALICE, EVA, SINGLE_CHANNEL_GUEST, STRANGER];
  for (const by of people) {
    for (const action of ['approve', 'deny', 'withdraw', 'edit']) {
      const person = test.slack.as(by);
      const before = person.ephemerals().length;
      await person.clickStale(card, action);
      await test.slack.until(() => person.ephemerals()[before] ?? person.view(), {
        what: `an answer to ${action}`,
      });
      if (person.view() !== undefined) await person.dismiss();
    }
  }
});

it('explains calls that are rejected, delayed or lost, and what people do then, in Chinese', async () => {
  // After a decision, nothing waits for Slack anymore, so the time may be advanced.
  const approve = async (card: Message) => {
    await click(BOB, card, 'approve');
    await test.slack.until(() => !test.shown(card).includes(waiting), { what: 'the decision' });
  };
  const creation = { action: 'CreateMigrateJob' } as const;
  const fails = async (code: string) => {
    test.dts.next({ kind: 'code', code, message: '服务端的说明' }, creation);
    const card = await request();
    await click(BOB, card, 'approve');
    await reply(card, zh.operations.create_job.thread.failed);
    return card;
  };
  await fails('LimitExceeded.MaxUnusedJobs');
  await fails('UnauthorizedOperation.NotEnoughPrivileges');
  await click(ALICE, await fails('InvalidParameter'), 'edit');
  await test.slack.as(ALICE).dismiss();

  test.dts.next({ kind: 'code', code: 'RequestLimitExceeded' }, creation);
  const late = await request();
  await approve(late);
  await passTime(test, () => /dts-\w{8}/.test(test.shown(late)), { what: 'the job' });

  for (const looks of ['forbidden', 'none'] as const) {
    test.dts.next({ kind: 'reset', when: 'before' }, creation);
    const lost = await request();
    if (looks === 'forbidden') {
      const code = 'UnauthorizedOperation.NotEnoughPrivileges';
      test.dts.next({ kind: 'code', code }, { action: 'DescribeMigrateJobs', times: 100 });
    }
    await approve(lost);
    await passTime(test, () => test.shown(lost).includes(zh.card.lookAgain), {
      stepMs: 60_000,
      what: 'doubt',
    });
    await click(BOB, lost, 'look_again');
    await reply(lost, afterName(zh.operations.create_job.thread.searchAgain('')));
    await passTime(test, () => test.shown(lost).includes(zh.card.lookAgain), {
      stepMs: 60_000,
      what: 'doubt',
    });
    test.dts.clearFaults();
    await click(BOB, lost, 'try_again');
    await reply(lost, zh.thread.createdNext);
  }
});

it('shows the Home tab in Chinese', async () => {
  for (const by of [ALICE, BOB, DAN]) {
    await openHome(test.slack, test.slack.as(by));
  }
});

it.each(explainedKeys)('explains %s in Chinese', (key) => {
  const { headline, meaning, causes, next, who } = explain(key, zh);
  expect([headline, meaning, ...causes, next, who].flatMap(wordsIn)).toEqual([]);
});

/** Names that are the same in Chinese: products, and terms of Tencent Cloud's API. */
const names = new Set(
  [
    'Ferry Slack Home DTS CVM CCN CAM VPN RDS API IP ID UTC MySQL MariaDB Percona PostgreSQL SQL ssm',
    'Server MongoDB Redis TDSQL RequestId JobId DstAccessType SrcNodeType cdb root key value MB',
    'ClientOutputBufferHardLimit ClientOutputBufferSoftLimit ClientOutputBufferPersistTime',
    'AKID Authorization CGW DNS DryRun GET HTTP HTTPS JSON MFA NAT NTP POST SecretId SecretKey TLS',
    'Token ReplBacklogSize ReplTimeout CreateMigrateJob mysql extranet others audit verify STS ferry doctor',
  ].flatMap((line) => line.split(' ')),
);

/** English words in `text`. A word contains no digits or dots. */
const wordsIn = (text: string): string[] =>
  (text.match(/(?<![\w.:/@#*&<-])[A-Za-z]{2,}(?![\w.:/*;>-])/g) ?? []).filter(
    (word) => !names.has(word),
  );

function englishIn(sent: readonly unknown[]): string[] {
  return [...new Set(sent.flatMap(textsIn).flatMap(wordsIn))];
}

const seen = ({ slack }: TestFerry): readonly unknown[] => [
  ...slack.calls.map(({ args }) => args),
  ...slack.deliveries.map(({ outcome }) => ('response' in outcome ? outcome.response : undefined)),
];

/** Members of messages without words for people: values, IDs and URLs. */
const silent =
  /^(value|type|style|url|ts|.*_(id|ts|action|value|metadata|links|media|options?)|channel|metadata|mrkdwn|emoji|verbatim|.*_id|users?|cursor|limit|reply_broadcast|response_type|include_.*)$/;

/** The texts in Ferry's messages without code and quotations, which come from elsewhere. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value.replace(/`[^`]*`|<[^>]*>|\{\w+\}/g, '')];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { type, style } = { type: undefined, style: undefined, ...value };
  if (type === 'rich_text_quote' || type === 'rich_text_preformatted') return [];
  if (JSON.stringify(style ?? '').includes('"code"')) return [];
  return Object.entries(value).flatMap(([key, inner]) => (silent.test(key) ? [] : textsIn(inner)));
}
