import { isDeepStrictEqual } from 'node:util';
import { fillForm } from '../fillForm';
import { ALICE, BOB, DAN, MEI, SINGLE_CHANNEL_GUEST, STRANGER } from '../slack/index';
import { pageExample } from '../tencentcloud/index';
import {
  approve,
  exampleForm,
  expect,
  nameOf,
  reply,
  request,
  type Stage,
  say,
  show,
  title,
} from './stage';

export const pageErrorCodes = [
  'FailedOperation.NotAllowOperation',
  'InternalError.DatabaseError',
  'InternalError.DuplicateJob',
  'InternalError.ProtocolError',
  'InvalidParameter',
  'LimitExceeded.MaxUnusedJobs',
];

export async function theMainJob(stage: Stage): Promise<void> {
  title('The main job: the example of the API page');
  const card = await request(stage, ALICE, exampleForm, 'form');
  await approve(stage, BOB, card);
  await reply(stage, card, /dts-\w{8}/);
  show(stage, card);

  const [call] = stage.dts.callsOf('CreateMigrateJob');
  expect(isDeepStrictEqual(call?.body, pageExample), 'the body is not the one of the API page');
  expect(call?.version === '2018-03-30', `the version is ${call?.version}`);
  say(
    'Tencent Cloud',
    `received CreateMigrateJob ${call?.version}, signed, exactly the page's body`,
  );
}

export async function aFormWithMistakes({ slack }: Stage): Promise<void> {
  title('A form with mistakes');
  const alice = slack.as(ALICE);
  await alice.shortcut('request_migration');
  await slack.until(() => alice.view(), { what: 'the form' });
  say(nameOf(slack, ALICE), 'uses the shortcut “Request a migration” and fills in a hurry');
  await fillForm(slack, alice, {
    ...exampleForm,
    'SrcInfo.Ip': '192.168.1.20',
    'SrcInfo.Port': '70000',
    'DstInfo.InstanceId': 'my database',
  });
  const sent = await alice.submit();
  expect(sent.result === 'errors', `the form was ${sent.result}`);
  if (sent.result !== 'errors') return;
  for (const [field, error] of Object.entries(sent.errors)) say('Ferry', `${field}: ${error}`);
  const wrong = ['DstInfo.InstanceId', 'SrcInfo.Ip', 'SrcInfo.Port'];
  expect(isDeepStrictEqual(Object.keys(sent.errors).sort(), wrong), 'other fields were named');
  await alice.dismiss();
}

export async function aDenial(stage: Stage): Promise<void> {
  title('A denial');
  const { slack } = stage;
  const card = await request(stage, ALICE, { JobName: 'orders-nightly' });
  const mei = slack.as(MEI);
  await mei.click(card, 'deny');
  await slack.until(() => mei.view(), { what: 'the denial form' });
  const reason = 'Not during the sale. Please ask again next week.';
  await mei.fill({ Reason: reason });
  await mei.submit();
  say(nameOf(slack, MEI), `presses Deny and writes: ${reason}`);
  await reply(stage, card, /next week/);
  show(stage, card);
}

export async function thoseWhoMayNot(stage: Stage): Promise<void> {
  title('Those who may not approve');
  const { slack, dts } = stage;
  const card = await request(stage, ALICE, { JobName: 'billing' });
  const before = dts.calls.length;
  const answers = new Set<string>();
  for (const userId of [ALICE, DAN, SINGLE_CHANNEL_GUEST, STRANGER]) {
    const person = slack.as(userId);
    const heard = person.ephemerals().length;
    await person.click(card, 'approve');
    const answer = await slack.until(() => person.ephemerals()[heard], { what: 'a refusal' });
    say(nameOf(slack, userId), 'presses Approve');
    say(`Ferry, to ${nameOf(slack, userId)} alone`, answer.text);
    answers.add(answer.text);
  }
  expect(answers.size === 4, 'two refusals have the same words');
  expect(dts.calls.length === before, 'a refused click reached Tencent Cloud');
}

export async function aDoubleClick(stage: Stage): Promise<void> {
  title('A double click, delivered twice, and a second approver at the same moment');
  const { slack, dts } = stage;
  const card = await request(stage, ALICE, { JobName: 'inventory' });
  const before = dts.callsOf('CreateMigrateJob').length;
  slack.redeliverNext(1, { concurrently: true, kind: 'blockActions' });
  await Promise.all([
    slack.as(BOB).click(card, 'approve'),
    slack.as(BOB).clickStale(card, 'approve'),
    slack.as(MEI).clickStale(card, 'approve'),
  ]);
  say(nameOf(slack, BOB), 'double-clicks Approve; Slack delivers the first click twice');
  say(nameOf(slack, MEI), 'presses Approve too');
  await reply(stage, card, /dts-\w{8}/);
  const late = () => [BOB, MEI].flatMap((userId) => slack.as(userId).ephemerals());
  await slack.until(() => late().length >= 3, { what: 'the answers to the others' });
  for (const { onlyFor, text } of late()) {
    say(
      `Ferry, to ${nameOf(slack, onlyFor ?? '')} alone`,
      slack.render({ ...card, text, blocks: [] }),
    );
  }
  const calls = dts.callsOf('CreateMigrateJob').length - before;
  expect(calls === 1, `${calls} calls were made`);
  say('Tencent Cloud', 'received one call');
}

export async function anErrorCode(stage: Stage, code: string): Promise<void> {
  title(`Tencent Cloud refuses: ${code}`);
  const message = 'the message of the server';
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
  title('The job is created, but the answer is lost');
  const { dts } = stage;
  dts.next({ kind: 'reset', when: 'after' });
  const before = dts.callsOf('CreateMigrateJob').length;
  const card = await request(stage, ALICE, { JobName: 'lost-and-found' }, 'briefly');
  await approve(stage, BOB, card);
  await reply(stage, card, /socket hang up/);
  await reply(stage, card, /dts-\w{8}/);
  show(stage, card);
  const calls = dts.callsOf('CreateMigrateJob').length - before;
  expect(calls === 1, `${calls} calls were made`);
  say('Tencent Cloud', 'received one call');
}

export function theOverhead({ overheads }: Stage): void {
  title('How long the bot takes between a click and the call');
  const sorted = overheads.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const most = sorted.at(-1) ?? Number.NaN;
  say(
    'Ferry',
    `from the click on Approve to the first byte of CreateMigrateJob: median ${median.toFixed(1)} ms, at most ${most.toFixed(1)} ms, of ${sorted.length} approvals`,
  );
}
