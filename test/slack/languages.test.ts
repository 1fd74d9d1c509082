import { ALICE, BOB, MEI, type SlackWorkspace, startSlack } from '../../playground/slack/index';
import { locales } from '../../src/i18n/locales';
import { silentLog } from '../../src/operations/log';
import { interactiveClient } from '../../src/slack/clients';
import { createLanguages } from '../../src/slack/languages';
import { manualClock } from '../support/manualClock';

const { en, 'zh-CN': zh } = locales;
let slack: SlackWorkspace;
let clock: ReturnType<typeof manualClock>;
let logged: { message: string; fields: unknown }[];
let languages: ReturnType<typeof createLanguages>;

beforeEach(async () => {
  slack = await startSlack();
  slack.changeUser(BOB, { locale: 'zh-CN' });
  clock = manualClock();
  logged = [];
  const note = (message: string, fields?: unknown) => void logged.push({ message, fields });
  const log = { info: note, warn: note, error: note };
  const client = interactiveClient(slack.botToken, slack.apiUrl, silentLog);
  languages = createLanguages({ client, clock, patience: clock, log, fallback: 'en' });
});
afterEach(() => slack.close());

const asked = () => slack.callsOf('users.info').filter(({ args }) => args['user'] === BOB).length;
/** Waits for the lookup of another person, so that an earlier one would have arrived too. */
const others = (userId: string) => languages.messagesFor(userId);
const answered = () =>
  slack.until(() => slack.calls.every(({ answer }) => answer.kind !== 'pending'), {
    what: 'the answers',
  });
const hourMs = 3_600_000;

it("uses the words of the person's Slack, looked up once for simultaneous forms", async () => {
  const both = [languages.messagesFor(BOB), languages.messagesFor(BOB)];
  expect(await Promise.all(both)).toEqual([zh, zh]);
  expect(asked()).toBe(1);
  expect(slack.callsOf('users.info')[0]?.args).toMatchObject({ user: BOB, include_locale: 'true' });
  expect(clock.sleeping()).toBe(0);
});

it('uses a language for an hour, and then until the new one arrives', async () => {
  expect(await languages.messagesFor(BOB)).toBe(zh);
  slack.changeUser(BOB, { locale: 'en-US' });
  await clock.advance(hourMs - 1);
  expect(await languages.messagesFor(BOB)).toBe(zh);
  await others(MEI);
  expect(asked()).toBe(1);
  await clock.advance(1);
  expect(await languages.messagesFor(BOB)).toBe(zh);
  await slack.until(() => asked() === 2, { what: 'the lookup' });
  await answered();
  await slack.until(async () => (await languages.messagesFor(BOB)) === en, { what: 'English' });
  expect(asked()).toBe(2);
});

it('uses the fallback for a language that Ferry does not have', async () => {
  slack.changeUser(ALICE, { locale: 'fr-FR' });
  expect(await languages.messagesFor(ALICE)).toBe(en);
});

it('does not delay a form for longer than half a second', async () => {
  slack.faults.next('users.info', { kind: 'slow', ms: 100 });
  let words: unknown;
  const form = languages.messagesFor(BOB).then((found) => {
    words = found;
  });
  await slack.until(() => asked() === 1, { what: 'the lookup' });
  await clock.advance(499);
  expect(words).toBeUndefined();
  await clock.advance(1);
  await form;
  expect(words).toBe(en);
  await answered();
  await slack.until(async () => (await languages.messagesFor(BOB)) === zh, { what: 'Chinese' });
});

it('waits a minute after a failure, in which nobody waits for a lookup', async () => {
  slack.faults.next('users.info', { kind: 'error', error: 'internal_error' });
  expect(await languages.messagesFor(BOB)).toBe(en);
  expect(logged).toMatchObject([
    { fields: { user: BOB, error: { data: { error: 'internal_error' } } } },
  ]);
  await clock.advance(59_999);
  expect(await languages.messagesFor(BOB)).toBe(en);
  await others(MEI);
  expect(asked()).toBe(1);
  await clock.advance(1);
  expect(await languages.messagesFor(BOB)).toBe(en);
  await slack.until(() => asked() === 2, { what: 'the lookup' });
});
