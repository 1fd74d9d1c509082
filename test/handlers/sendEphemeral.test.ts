import { sendEphemeral } from '../../handlers/sendEphemeral';
import {
  ALICE,
  DB_MIGRATIONS,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack/index';
import { say } from '../../src/i18n/text';
import { silentLog } from '../../src/operations/log';
import { interactiveClient } from '../../src/slack/clients';

let slack: SlackWorkspace;
let lines: { level: string; message: string; fields: unknown }[];
beforeEach(async () => {
  slack = await startSlack();
  lines = [];
});
afterEach(() => slack.close());

const note = (level: string) => (message: string, fields?: unknown) =>
  void lines.push({ level, message, fields });
async function send(channelId: string | undefined, text = 'words'): Promise<void> {
  const log = { info: note('info'), warn: note('warn'), error: note('error') };
  const client = interactiveClient(slack.botToken, slack.apiUrl, silentLog);
  await sendEphemeral(client, { log }, { userId: ALICE, channelId }, say`${text}`);
}
const refuse = (method: string) => slack.faults.next(method, { kind: 'status', status: 503 });
const told = () => slack.as(ALICE).ephemerals();
const direct = () => slack.as(ALICE).directMessages();

describe('an answer to one person', () => {
  it('appears in the channel of the interaction', async () => {
    await send(DB_MIGRATIONS);
    expect(told()).toMatchObject([{ channel: DB_MIGRATIONS, text: 'words', onlyFor: ALICE }]);
    expect(direct()).toEqual([]);
    expect(lines).toEqual([]);
  });

  it('is a direct message if the channel is unknown', async () => {
    await send(undefined);
    expect(told()).toEqual([]);
    expect(direct()).toMatchObject([{ text: 'words' }]);
    expect(lines).toEqual([]);
  });

  it('is a direct message if Slack refuses it in the channel, and the log says so', async () => {
    refuse('chat.postEphemeral');
    await send(DB_MIGRATIONS);
    expect(told()).toEqual([]);
    expect(direct()).toMatchObject([{ text: 'words' }]);
    expect(lines).toMatchObject([
      {
        level: 'warn',
        message: expect.stringContaining('direct message'),
        fields: { user: ALICE, channel: DB_MIGRATIONS },
      },
    ]);
  });

  it('is logged with the person if Slack refuses both', async () => {
    refuse('chat.postEphemeral');
    refuse('chat.postMessage');
    await send(DB_MIGRATIONS);
    expect([...told(), ...direct()]).toEqual([]);
    expect(lines.at(-1)).toEqual({
      level: 'error',
      message: 'an answer could not be delivered',
      fields: { user: ALICE, error: expect.any(Error) },
    });
  });

  it('has 4,000 characters at most', async () => {
    await send(DB_MIGRATIONS, 'x'.repeat(4_000));
    await send(DB_MIGRATIONS, 'x'.repeat(4_001));
    expect(told().map(({ text }) => text)).toEqual(['x'.repeat(4_000), `${'x'.repeat(3_999)}…`]);
  });
});
