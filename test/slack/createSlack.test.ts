import {
  ALICE,
  BOB,
  DB_MIGRATIONS,
  type SlackWorkspace,
  startSlack,
  TEAM,
} from '../../playground/slack/index';
import { BOT_ID } from '../../playground/slack/workspace/seed';
import type { RequestEvent } from '../../src/domain/request/requestEvent';
import { Secret } from '../../src/domain/secrets/secret';
import { silentLog } from '../../src/operations/log';
import { createSlack, type Slack } from '../../src/slack/createSlack';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { limitsDuring } from '../support/limitsDuring';
import { manualClock } from '../support/manualClock';

const rule = aRule({
  channel: DB_MIGRATIONS,
  approvers: [{ kind: 'user', userId: BOB }],
  breakGlassNotify: [{ kind: 'user', userId: BOB }],
});
const request = aRequest({
  rule,
  channel: DB_MIGRATIONS,
  requester: { userId: ALICE, name: 'Alice' },
});
const about = (payload: RequestEvent['payload']): RequestEvent => ({
  requestId: request.id,
  ...{ seq: 2, revision: 1, at: request.askedAt, by: { userId: BOB, name: 'Bob' }, payload },
});
const denied = about({ type: 'denied', reason: 'no' });
const emergency = about({ type: 'break_glass', reason: 'fire' });

let workspace: SlackWorkspace;
let slack: Slack;
beforeEach(async () => {
  workspace = await startSlack();
  slack = createSlack({
    ...{
      apiUrl: workspace.apiUrl,
      botToken: new Secret(workspace.botToken),
      teamId: TEAM.id,
      botId: BOT_ID,
    },
    ...{
      workspaceUrl: undefined,
      locale: 'en',
      site: 'mainland',
      version: '1.0.0',
      log: silentLog,
    },
    ...{ clock: manualClock(), machineClock: manualClock(), metrics: { measure() {} } },
    approvalChannel: () => rule.channel,
  });
});
afterEach(() => workspace.close());

const upload = (content: string) => workspace.as(ALICE).upload({ name: 'tables.txt', content });

it.each<[string, string, number, () => Promise<unknown>]>([
  ['a card', 'chat.postMessage', 15_000, () => slack.board.postCard(request)],
  [
    'a direct message',
    'chat.postMessage',
    15_000,
    () => slack.mail.send(request, denied, undefined),
  ],
  [
    'a report of an emergency',
    'chat.postMessage',
    15_000,
    () => slack.alarms.send(request, emergency, undefined),
  ],
  [
    'a Home tab',
    'views.publish',
    15_000,
    () => slack.homeBoard.publish(BOB, { kind: 'unavailable' }, undefined),
  ],
  ['a person', 'users.info', 4_000, () => slack.directory.person(ALICE)],
  ['a language', 'users.info', 2_500, () => slack.messagesFor(ALICE)],
  ['the policy', 'users.info', 2_500, () => slack.checkPolicy({ rules: [], otherwise: rule })],
])('a call for %s (%s) waits %i ms for Slack', async (_, method, limitMs, call) => {
  const limits = await limitsDuring(call);
  expect(workspace.callsOf(method).length).toBeGreaterThan(0);
  expect(limits.at(-1)).toBe(limitMs);
});

describe('a file in a form', () => {
  it('is looked up within 2.5 seconds, and read within ten', async () => {
    const limits = await limitsDuring(async () => {
      expect(await slack.readAttachment(upload('db1'))).toEqual({ ok: true, text: 'db1' });
    });
    expect(new Set(limits)).toEqual(new Set([2_500, 10_000]));
  });

  it('may have a million bytes', async () => {
    const million = 'x'.repeat(1_000_000);
    expect(await slack.readAttachment(upload(million))).toEqual({ ok: true, text: million });
    expect(await slack.readAttachment(upload(`${million}x`))).toEqual({
      ok: false,
      problem: { code: 'too_large', maxBytes: 1_000_000 },
    });
  });
});
