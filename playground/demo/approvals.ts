import { dbas, onCall, production, sres } from '../cast';
import { ALICE, BOB, DAN, EVA, type Message } from '../slack/index';
import {
  cardText,
  countCalls,
  edit,
  expect,
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

/** The rules of the demo's policy file. Production requires a DBA and `second`. */
export const rulesWith = (second: { id: string }): string => `rules:
  - name: production
    when: {destinations: ['cdb-prod*']}
    approvers: [${dbas.id}, ${second.id}]
    required: 2
    one_from_each: [[${dbas.id}], [${second.id}]]
    break_glass: [${onCall.id}]
  - name: in a hurry
    when: {destinations: ['cdb-brief*']}
    reminders: {after: [2s]}
    expires_after: 5s
`;

async function showing(stage: Stage, card: Message, pattern: RegExp): Promise<void> {
  const shown = () => cardText(stage, card);
  await stage.slack.until(() => pattern.test(shown()), { what: `a card with ${pattern}` });
  say(words.channelShows, shown().split('\n').slice(-3).join('\n'));
}

/** One approval from each of two groups; an edit in between voids the first one. */
export async function aQuorum(stage: Stage): Promise<void> {
  title(words.quorum.title);
  const { slack } = stage;
  const made = countCalls(stage, 'CreateMigrateJob');
  const asked = await request(
    stage,
    ALICE,
    { JobName: 'ledger', 'DstInfo.InstanceId': production },
    'whole',
  );
  await press(stage, BOB, asked, 'approve');
  await showing(stage, asked, /1 of 2|1\/2/);
  const stale = slack.message(asked) ?? asked;
  await edit(stage, ALICE, asked, { 'SrcInfo.Port': '3307' }, /10301 → 3307/);
  const told = await toldAlone(stage, DAN, (dan) => dan.clickStale(stale, 'approve'));
  expect(/1\D+2/.test(told), 'a button of an earlier revision was not refused');
  await press(stage, BOB, asked, 'approve');
  await showing(stage, asked, /1 of 2|1\/2/);
  expect(made() === 0, 'one approval was enough');
  await press(stage, DAN, asked, 'approve');
  await reply(stage, asked, /dts-\w{8}/);
  show(stage, asked);
}

/**
 * The policy changes between the approvals and the call: an approval that it no longer accepts
 * doesn't count, and the request waits until today's policy is met.
 */
export async function aPolicyChange(stage: Stage): Promise<void> {
  title(words.policyChange.title);
  stage.dts.next({ kind: 'code', code: 'InternalError.DatabaseError' });
  const asked = await request(
    stage,
    ALICE,
    { JobName: 'invoices', 'DstInfo.InstanceId': production },
    'briefly',
  );
  await press(stage, BOB, asked, 'approve');
  await press(stage, DAN, asked, 'approve');
  await showing(stage, asked, /🔴/);
  const made = countCalls(stage, 'CreateMigrateJob');
  await stage.setRules(rulesWith(onCall));
  say(words.operator, words.policyChange.changes);
  await edit(stage, ALICE, asked, {}, /production/);
  await showing(stage, asked, /1 of 2|1\/2/);
  expect(made() === 0, 'a call was made with an approval that the policy no longer accepts');
  await press(stage, EVA, asked, 'approve');
  await reply(stage, asked, /dts-\w{8}/);
  show(stage, asked);
  await stage.setRules(rulesWith(sres));
}

/** A request without a decision gets a reminder, then expires. */
export async function anExpiry(stage: Stage): Promise<void> {
  title(words.expiry.title);
  const destination = { 'DstInfo.InstanceId': 'cdb-brief001' };
  const asked = await request(stage, ALICE, { JobName: 'forgotten', ...destination }, 'briefly');
  // In every language, only the reminder contains a time. The last reply has neither a time nor a
  // mention.
  await reply(stage, asked, /UTC/);
  await reply(stage, asked, /^(?![\s\S]*(?:UTC|@db-))/);
  await showing(stage, asked, /⚪/);
}

/** A person on call approves in an emergency, and the card says so. */
export async function aBrokenGlass(stage: Stage): Promise<void> {
  title(words.brokenGlass.title);
  const { slack } = stage;
  const destination = { 'DstInfo.InstanceId': production };
  const asked = await request(stage, EVA, { JobName: 'rescue', ...destination }, 'briefly');
  await toldAlone(stage, EVA, (eva) => eva.click(asked, 'approve'));
  const eva = slack.as(EVA);
  await press(stage, EVA, asked, 'break_glass');
  await slack.until(() => eva.view(), { what: 'the form' });
  const { reason } = words.brokenGlass;
  await eva.fill({ Reason: reason });
  await eva.submit();
  say(nameOf(slack, EVA), words.writes(reason));
  await reply(stage, asked, new RegExp(reason));
  await reply(stage, asked, /dts-\w{8}/);
  show(stage, asked);
}
