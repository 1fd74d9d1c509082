import { isDeepStrictEqual } from 'node:util';
import { fillForm } from '../fillForm';
import { ALICE, BOB, DAN, MEI, SINGLE_CHANNEL_GUEST, STRANGER } from '../slack/index';
import { pageExample } from '../tencentcloud/index';
import {
  approve,
  countCalls,
  exampleForm,
  expect,
  labelOf,
  nameOf,
  press,
  reply,
  request,
  type Stage,
  say,
  show,
  title,
  toldAlone,
} from './stage';
import { words } from './words';

export const pageErrorCodes = [
  'FailedOperation.NotAllowOperation',
  'InternalError.DatabaseError',
  'InternalError.DuplicateJob',
  'InternalError.ProtocolError',
  'InvalidParameter',
  'LimitExceeded.MaxUnusedJobs',
];

export async function theMainJob(stage: Stage): Promise<void> {
  title(words.mainJob.title);
  const card = await request(stage, ALICE, exampleForm, 'form');
  await approve(stage, BOB, card);
  await reply(stage, card, /dts-\w{8}/);
  show(stage, card);

  const [call] = stage.dts.callsOf('CreateMigrateJob');
  expect(isDeepStrictEqual(call?.body, pageExample), 'the body is not the one of the API page');
  expect(call?.version === '2018-03-30', `the version is ${call?.version}`);
  say(words.cloud, words.mainJob.received(`${call?.version}`));
}

export async function aFormWithMistakes({ slack }: Stage): Promise<void> {
  title(words.mistakes.title);
  const alice = slack.as(ALICE);
  await alice.shortcut('request_migration');
  await slack.until(() => alice.view(), { what: 'the form' });
  say(nameOf(slack, ALICE), words.mistakes.opens('Request a migration'));
  await fillForm(slack, alice, {
    ...exampleForm,
    'SrcInfo.Ip': '192.168.1.20',
    'SrcInfo.Port': '70000',
    'DstInfo.InstanceId': words.mistakes.database,
  });
  const sent = await alice.submit();
  expect(sent.result === 'errors', `the form was ${sent.result}`);
  if (sent.result !== 'errors') return;
  for (const [field, error] of Object.entries(sent.errors)) say(words.ferry, `${field}: ${error}`);
  const wrong = ['DstInfo.InstanceId', 'SrcInfo.Ip', 'SrcInfo.Port'];
  expect(isDeepStrictEqual(Object.keys(sent.errors).sort(), wrong), 'other fields were named');
  await alice.dismiss();
}

export async function aDenial(stage: Stage): Promise<void> {
  title(words.denial.title);
  const { slack } = stage;
  const card = await request(stage, ALICE, { JobName: 'orders-nightly' });
  const mei = slack.as(MEI);
  await press(stage, MEI, card, 'deny');
  await slack.until(() => mei.view(), { what: 'the denial form' });
  const { reason } = words.denial;
  await mei.fill({ Reason: reason });
  await mei.submit();
  say(nameOf(slack, MEI), words.writes(reason));
  await reply(stage, card, new RegExp(reason));
  show(stage, card);
}

export async function thoseWhoMayNot(stage: Stage): Promise<void> {
  title(words.mayNot.title);
  const card = await request(stage, ALICE, { JobName: 'billing' });
  const made = countCalls(stage, 'CreateMigrateJob');
  const answers = new Set<string>();
  for (const userId of [ALICE, DAN, SINGLE_CHANNEL_GUEST, STRANGER]) {
    answers.add(await toldAlone(stage, userId, () => press(stage, userId, card, 'approve')));
  }
  expect(answers.size === 4, 'two refusals have the same words');
  expect(made() === 0, 'a refused click reached Tencent Cloud');
}

export async function aDoubleClick(stage: Stage): Promise<void> {
  title(words.doubleClick.title);
  const { slack } = stage;
  const card = await request(stage, ALICE, { JobName: 'inventory' });
  const made = countCalls(stage, 'CreateMigrateJob');
  const label = labelOf(slack, card, 'approve');
  slack.redeliverNext(1, { concurrently: true, kind: 'blockActions' });
  await Promise.all([
    slack.as(BOB).click(card, 'approve'),
    slack.as(BOB).clickStale(card, 'approve'),
    slack.as(MEI).clickStale(card, 'approve'),
  ]);
  say(nameOf(slack, BOB), words.doubleClick.twice(label));
  say(nameOf(slack, MEI), words.doubleClick.too(label));
  await reply(stage, card, /dts-\w{8}/);
  const late = () => [BOB, MEI].flatMap((userId) => slack.as(userId).ephemerals());
  await slack.until(() => late().length >= 2, { what: 'the answers to the others' });
  for (const { onlyFor, text } of late()) {
    const shown = slack.render({ ...card, text, blocks: [] });
    say(words.alone(nameOf(slack, onlyFor ?? '')), shown);
  }
  expect(made() === 1, `${made()} calls were made`);
  say(words.cloud, words.oneCall);
}

export async function anErrorCode(stage: Stage, code: string): Promise<void> {
  title(words.refuses.title(code));
  const { message } = words.refuses;
  stage.dts.next({ kind: 'code', code, message });
  const card = await request(
    stage,
    ALICE,
    { JobName: `archive-${pageErrorCodes.indexOf(code) + 1}` },
    'briefly',
  );
  await approve(stage, BOB, card);
  await reply(stage, card, new RegExp(code.replace('.', '\\.')));
}

export async function aLostAnswer(stage: Stage): Promise<void> {
  title(words.lost.title);
  stage.dts.next({ kind: 'reset', when: 'after' });
  const made = countCalls(stage, 'CreateMigrateJob');
  const card = await request(stage, ALICE, { JobName: 'lost-and-found' }, 'briefly');
  await approve(stage, BOB, card);
  await reply(stage, card, /DTS/);
  await reply(stage, card, /dts-\w{8}/);
  show(stage, card);
  expect(made() === 1, `${made()} calls were made`);
  say(words.cloud, words.oneCall);
}

export function theOverhead({ overheads }: Stage): void {
  title(words.overhead.title);
  const sorted = overheads.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const most = sorted.at(-1) ?? Number.NaN;
  say(words.ferry, words.overhead.took(median.toFixed(1), most.toFixed(1), sorted.length));
}
