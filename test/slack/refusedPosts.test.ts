import { DB_MIGRATIONS, type SlackWorkspace, startSlack } from '../../playground/slack/index';
import { BOT_ID } from '../../playground/slack/workspace/seed';
import type { CardPlace } from '../../src/domain/channel/announcement';
import type { RequestEvent } from '../../src/domain/request/requestEvent';
import { createAlarms } from '../../src/slack/alarms';
import { createBoard } from '../../src/slack/board';
import { interactiveClient } from '../../src/slack/clients';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { en } from '../support/words';

let slack: SlackWorkspace;
let lines: string[];
let client: ReturnType<typeof interactiveClient>;
beforeEach(async () => {
  slack = await startSlack();
  lines = [];
  const note = (line: string) => lines.push(line);
  const log = { info: note, warn: note, error: note };
  client = interactiveClient(slack.botToken, slack.apiUrl, log);
});
afterEach(() => slack.close());

const request = aRequest({
  rule: aRule({
    breakGlassNotify: [
      { kind: 'user', userId: 'U0MEI00001' },
      { kind: 'user', userId: 'U0BOB00001' },
    ],
  }),
});
const event: RequestEvent = {
  requestId: request.id,
  seq: 5,
  revision: 1,
  at: new Date(),
  by: { userId: 'UEVA', name: 'Eva' },
  payload: { type: 'break_glass', reason: 'fire' },
};
const board = () =>
  createBoard({ botId: BOT_ID, client, messages: en, site: 'mainland', workspaceUrl: undefined });
const card = { channel: request.channel, ts: '1700000000.000100', digest: '' };
const posts = () => slack.callsOf('chat.postMessage').length;

it.each([
  ['is_archived', 'archived'],
  ['is_inactive', 'archived'],
  ['not_in_channel', 'not_joined'],
  ['channel_not_found', 'unknown'],
  ['restricted_action', 'restricted'],
  ['restricted_action_read_only_channel', 'restricted'],
  ['restricted_action_thread_only_channel', 'restricted'],
  ['restricted_action_non_threadable_channel', 'restricted'],
  ['restricted_action_thread_locked', 'restricted'],
  ['internal_error', undefined],
  ['msg_too_long', undefined],
])('the answer %s to a card means that the channel is: %s', async (error, problem) => {
  slack.faults.next('chat.postMessage', { kind: 'error', error });
  const refused: unknown = await board()
    .postCard(request)
    .then(() => 'posted')
    .catch((reason: unknown) => reason);
  expect(refused).toBeInstanceOf(Error);
  expect(board().channelProblem(refused)).toBe(problem);
});

it.each([
  ['message_not_found', 'gone'],
  ['cant_update_message', 'gone'],
  ['edit_window_closed', 'gone'],
  ['internal_error', undefined],
])('the answer %s to an update of a card means: %s', async (error, result) => {
  slack.faults.next('chat.update', { kind: 'error', error });
  const updated = board().updateCard(request, card);
  if (result === undefined) await expect(updated).rejects.toThrow(error);
  else expect(await updated).toBe(result);
});

describe('a reply to a card that was deleted', () => {
  const denied: RequestEvent = { ...event, payload: { type: 'denied', reason: 'no' } };
  const posted = { ...request, channel: DB_MIGRATIONS };
  /** Why the reply was not posted, if so. */
  const reply = (to: CardPlace): Promise<unknown> =>
    board()
      .reply(to, posted, denied, {})
      .then(() => undefined)
      .catch((reason: unknown) => reason);

  it('is refused', async () => {
    const deleted = { ...card, channel: DB_MIGRATIONS };
    expect(board().isCardGone(await reply(deleted))).toBe(true);
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'internal_error' });
    expect(board().isCardGone(await reply(deleted))).toBe(false);
  });

  it('is removed if Slack posted it outside of the thread', async () => {
    const shown = await board().postCard(posted);
    expect(await reply(shown)).toBeUndefined();
    slack.deleteMessage(shown);
    const before = slack.messages(DB_MIGRATIONS).length;
    // As Slack may do when the first message of a thread was deleted.
    const post = client.chat.postMessage;
    client.chat.postMessage = ({ channel, metadata }) =>
      post({ channel, text: 'outside', ...(metadata === undefined ? {} : { metadata }) });
    expect(board().isCardGone(await reply(shown))).toBe(true);
    expect(slack.messages(DB_MIGRATIONS).length).toBe(before);
  });

  it.each([undefined, 'internal_error', 'ratelimited'])(
    'is not assumed if a response names no thread (and conversations.replies fails with %s)',
    async (error) => {
      const shown = await board().postCard(posted);
      if (error !== undefined) {
        slack.faults.next('conversations.replies', { kind: 'error', error });
      }
      const post = client.chat.postMessage;
      client.chat.postMessage = async (message) => {
        const response = await post(message);
        const { thread_ts: _, ...rest } = { ...response.message };
        return { ...response, message: rest };
      };
      expect(await reply(shown)).toBeUndefined();
    },
  );
});

describe('a report of an emergency', () => {
  const send = () =>
    createAlarms({ botId: BOT_ID, client, log, messages: en, workspaceUrl: undefined }).send(
      request,
      event,
      undefined,
    );
  const log = { info() {}, warn() {}, error: (line: string) => lines.push(line) };

  it.each([
    ['internal_error', { kind: 'error', error: 'internal_error' }],
    ['rate_limited', { kind: 'error', error: 'rate_limited' }],
    ['<html>', { kind: 'status', status: 200 }],
  ] as const)('is repeated after a temporary failure with %s', async (error, fault) => {
    slack.faults.next('chat.postMessage', fault);
    await expect(send()).rejects.toThrow(error);
    expect(lines).toEqual([]);
    await send();
    expect(posts()).toBe(3);
  });

  it('to a person who cannot get it is logged, and the others get theirs', async () => {
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'channel_not_found' });
    await send();
    expect(lines).toEqual(['an emergency approval could not be reported']);
    expect(posts()).toBe(2);
  });
});
