import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, DAN, type Message } from '../../playground/slack/index';
import { plain } from '../../src/i18n/text';
import type { FormEntries } from '../support/aForm';
import { aMigratedDatabase, type DatabaseWriter, databaseWriter } from '../support/databaseWriter';
import { modalText, sendForm } from '../support/modal';
import { runAudit } from '../support/runAudit';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { type StoredBefore, storedBeforeNamed } from '../support/storedBefore';
import { anyNumber, anything, en, jobInThread, saying, sayingAny } from '../support/words';

/**
 * Requests from the release before versioned parameters, on today's bot. The test writes that
 * release's texts into their rows, and its hashes into the audit log.
 */

let folder: string;
let url: string;
let writer: DatabaseWriter;
let test: TestFerry;

/** What the card says, without its author, whom Slack marks once a card is updated. */
const content = (card: Message) => test.shown(card).split('\n').slice(1).join('\n');
const numberOf = (card: Message) => Number(/#(\d+)/.exec(test.shown(card))?.[1]);
const click = (by: string, card: Message, action: string) => test.slack.as(by).click(card, action);
const verified = async () => (await runAudit({ DATABASE_URL: url }, 'verify')).stdout;

/** The entries of the form, with the example's other fields empty. */
const entriesOf = ({ form }: StoredBefore, JobName: string): FormEntries => ({
  ...Object.fromEntries(Object.keys(exampleForm).map((path) => [path, undefined])),
  ...form,
  JobName,
});
const renamed = (text: string, JobName: string) => text.replace('"usertest"', `"${JobName}"`);

interface Row {
  parameters: string;
  hash: string;
}
async function rowOf(card: Message): Promise<Row> {
  const [row] = await writer.run<Row>(
    `select requests.parameters, events.parameters_hash as hash from requests
     join events on events.request_id = requests.id and events.seq = requests.version where id = ?`,
    numberOf(card),
  );
  if (row === undefined) throw new Error('there is no row');
  return row;
}

/** A request whose row is as the earlier release left it. */
async function requestedBefore(before: StoredBefore, JobName: string): Promise<Message> {
  const card = await test.request(entriesOf(before, JobName));
  const id = numberOf(card);
  expect((await rowOf(card)).parameters).toMatch(/^\{"version":2,/);
  const old = renamed(before.parameters, JobName);
  await writer.run('update requests set parameters = ? where id = ?', old, id);
  await writer.rerecord(id);
  return card;
}

/** Opens a modal from a card. */
async function open(by: string, card: Message, action: string, says: string) {
  const person = test.slack.as(by);
  await person.clickStale(card, action);
  const isOpen = () => person.view() !== undefined && modalText(test.slack, person).includes(says);
  await test.slack.until(isOpen, { what: `a modal with “${says}”` });
  return person;
}
async function detailsOf(card: Message): Promise<string> {
  const person = await open(DAN, card, 'details', 'MigrateOption.RunMode');
  const text = modalText(test.slack, person);
  await person.dismiss();
  return text;
}
/** Everything that version 1 stores in another format, and some values in the same one. */
const launched = [
  'mysql by extranet, at a time',
  'mysql by extranet, an RDS instance',
  'postgresql by dcg',
  'mongodb by ccn',
  'redis by extranet, with every',
].map(storedBeforeNamed);

// One test submits several requests and waits for their calls.
jest.setTimeout(60_000);

const lastBody = () => test.dts.callsOf('CreateMigrateJob').at(-1)?.rawBody;

describe.each(flowDatabases)('on %s', (database) => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-before-'));
    url = await aMigratedDatabase(database, folder);
    writer = databaseWriter(url);
    test = await startTestFerry({ DATABASE_URL: url }, { database });
  });
  afterAll(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
    rmSync(folder, { recursive: true });
  });

  it('a request is shown, approved and launched as in that release, on the same row', async () => {
    const cards: [StoredBefore, string, Message][] = [];
    const asked = new Map<Message, string>();
    for (const [index, before] of launched.entries()) {
      const JobName = `job-${index}`;
      const card = await requestedBefore(before, JobName);
      cards.push([before, JobName, card]);
      asked.set(card, content(card));
    }
    await test.ferry.stop();
    // Ferry draws the cards again, as after a restored backup.
    await writer.run(
      `update announcements set seen_version = 0, digest = '', untold_seq = coalesce(untold_seq, told_seq)
       where audience = 'channel'`,
    );
    const updated = (card: Message) =>
      test.slack.callsOf('chat.update').filter(({ args }) => args['ts'] === card.ts).length;
    const updates = new Map(cards.map(([, , card]) => [card, updated(card)]));
    await test.restart();
    expect(await verified()).toMatch(saying(en.audit.whole(anyNumber, anything)));
    for (const [before, JobName, card] of cards) {
      const isDrawn = () => updated(card) > (updates.get(card) ?? 0);
      await test.slack.until(isDrawn, { what: 'the card of today' });
      expect(content(card)).toBe(asked.get(card));
      const old = await rowOf(card);
      await click(BOB, card, 'approve');
      await test.reply(card, jobInThread());
      expect(lastBody()).toBe(renamed(before.body, JobName));
      expect(await rowOf(card)).toEqual(old);
    }
    expect(await verified()).toMatch(saying(en.audit.whole(anyNumber, anything)));
  });

  it('details are the same for both stored versions', async () => {
    for (const name of ['redis by extranet, with', 'mongodb by ccn', 'postgresql by dcg']) {
      const before = storedBeforeNamed(name);
      const card = await test.request(entriesOf(before, `seen ${name}`));
      const parameters = (text: string) =>
        text.slice(text.indexOf('MigrateOption.RunMode'), text.indexOf(`\n${en.card.why}`));
      const now = parameters(await detailsOf(card));
      const old = renamed(before.parameters, `seen ${name}`);
      await writer.run('update requests set parameters = ? where id = ?', old, numberOf(card));
      await writer.rerecord(numberOf(card));
      expect(parameters(await detailsOf(card))).toBe(now);
    }
  });

  it('an edit lists only its changes, and stores the new version', async () => {
    const card = await requestedBefore(storedBeforeNamed('postgresql by dcg'), 'to-edit');
    const alice = await open(ALICE, card, 'edit', `${en.form.labels.JobName}: to-edit`);
    expect(modalText(test.slack, alice)).toContain('shop.audit.*');
    await fillForm(test.slack, alice, {
      'MigrateOption.ExpectTime': String(Date.UTC(2032, 2, 1) / 1_000),
      'SrcInfo.Password': '123456',
    });
    await sendForm(test.slack, alice);
    await alice.dismiss();
    const words = await test.reply(card, saying(en.thread.edited(anything, 2)));
    const changes = words
      .split('\n')
      .filter((line) => sayingAny(' → ', en.thread.typedAgain(anything)).test(line));
    expect(changes).toEqual([
      `  ${plain(en.thread.typedAgain(en.form.labels['SrcInfo.Password']))}`,
      `  ${en.form.labels['MigrateOption.ExpectTime']}: 2032-02-29 15:59 UTC → 2032-03-01 00:00 UTC`,
    ]);
    expect((await rowOf(card)).parameters).toMatch(/^\{"version":2,.*"2032-03-01T00:00:00\.000Z"/);
    await click(BOB, card, 'approve');
    await test.reply(card, jobInThread());
    expect(lastBody()).toContain('"ExpectTime":"2032-03-01 08:00:00"');
    expect(await verified()).toMatch(saying(en.audit.whole(anyNumber, anything)));
  });

  it('a password that is typed again keeps the approved text and its hash', async () => {
    const before = storedBeforeNamed('mongodb by ccn');
    const card = await requestedBefore(before, 'typed-again');
    const old = await rowOf(card);
    test.dts.next({ kind: 'code', code: 'InternalError', message: 'later' });
    await click(BOB, card, 'approve');
    await test.reply(card, 'InternalError');
    const alice = await open(ALICE, card, 'edit', `${en.form.labels.JobName}: typed-again`);
    await fillForm(test.slack, alice, {
      'SrcInfo.Password': '123456',
      'DstInfo.Password': '654321',
    });
    await sendForm(test.slack, alice);
    await alice.dismiss();
    await test.reply(card, jobInThread());
    expect(lastBody()).toBe(renamed(before.body, 'typed-again'));
    expect(await rowOf(card)).toEqual(old);
    expect(await verified()).toMatch(saying(en.audit.whole(anyNumber, anything)));
  });

  it('a clone is prefilled from it', async () => {
    const card = await requestedBefore(
      storedBeforeNamed('redis by extranet, with every'),
      'to-clone',
    );
    const dan = await open(DAN, card, 'clone', `${en.form.labels.JobName}: to-clone`);
    const text = modalText(test.slack, dan);
    const { labels } = en.form;
    for (const words of [
      `${labels['MigrateOption.ExternParams.ClientOutputBufferHardLimit']} (optional): 2147483647 `,
      `${labels['MigrateOption.ExternParams.ClientOutputBufferSoftLimit']} (optional): 0 `,
      `${labels['MigrateOption.ExternParams.ReplTimeout']} (optional): 120 `,
    ]) {
      expect(text).toContain(words);
    }
    await dan.dismiss();
  });
});
