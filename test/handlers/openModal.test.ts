import { openModal } from '../../handlers/openModal';
import {
  ALICE,
  DB_MIGRATIONS,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack/index';
import { say } from '../../src/i18n/text';
import { silentLog } from '../../src/operations/log';
import { interactiveClient } from '../../src/slack/clients';
import { mrkdwn } from '../../views/mrkdwn';
import { buildNoticeView } from '../../views/noticeView';
import { en } from '../support/words';

let slack: SlackWorkspace;
let lines: { level: string; message: string; fields: unknown }[];
beforeEach(async () => {
  slack = await startSlack();
  lines = [];
});
afterEach(() => slack.close());

const note = (level: string) => (message: string, fields?: unknown) =>
  void lines.push({ level, message, fields });
const view = buildNoticeView(en, say`the form`);

function open(channelId: string | undefined, shown: Parameters<typeof openModal>[3] = () => view) {
  const client = interactiveClient(slack.botToken, slack.apiUrl, silentLog);
  const log = { info: note('info'), warn: note('warn'), error: note('error') };
  const where = { triggerId: 'not a trigger', userId: ALICE, channelId };
  return openModal({ log, messages: en }, client, where, shown);
}
const alarm = { level: 'error', message: 'a form could not be opened' };

describe('a form that Slack does not open', () => {
  const told = mrkdwn(en.trouble.expiredForm);

  it('is logged, and reported in the channel of the click', async () => {
    expect(await open(DB_MIGRATIONS)).toBeUndefined();
    expect(lines).toEqual([{ ...alarm, fields: { user: ALICE, error: expect.any(Error) } }]);
    expect(slack.as(ALICE).ephemerals()).toMatchObject([{ channel: DB_MIGRATIONS, text: told }]);
    expect(slack.as(ALICE).directMessages()).toEqual([]);
  });

  it('is reported in a direct message if the click was in no channel', async () => {
    expect(await open(undefined)).toBeUndefined();
    expect(slack.as(ALICE).directMessages()).toMatchObject([{ text: told }]);
  });

  it.each(['unavailable', 'a text that ends in exchanged_trigger_id'])(
    'is reported, too, if its content could not be read: %s',
    async (reason) => {
      const error = new Error(reason);
      expect(await open(DB_MIGRATIONS, () => Promise.reject(error))).toBeUndefined();
      expect(lines).toEqual([{ ...alarm, fields: { user: ALICE, error } }]);
      expect(slack.as(ALICE).ephemerals()).toMatchObject([{ text: told }]);
      expect(slack.callsOf('views.open')).toEqual([]);
    },
  );

  it('is not reported if another delivery of the click opened it', async () => {
    slack.faults.next('views.open', { kind: 'error', error: 'exchanged_trigger_id' });
    expect(await open(DB_MIGRATIONS)).toBeUndefined();
    expect(lines).toEqual([]);
    expect([...slack.as(ALICE).ephemerals(), ...slack.as(ALICE).directMessages()]).toEqual([]);
  });
});
