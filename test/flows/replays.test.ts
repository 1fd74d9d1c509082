import { Client } from 'pg';
import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  DAN,
  DB_MIGRATIONS,
  type Delivery,
  MEI,
  type Message,
} from '../../playground/slack/index';
import type { Ferry } from '../../src/app';
import { person } from '../../src/i18n/text';
import { eventually } from '../support/eventually';
import { fail } from '../support/fail';
import { modalText, openForm } from '../support/modal';
import { newPostgresDatabase } from '../support/postgres';
import { untilQuiet } from '../support/quiet';
import {
  type DatabaseName,
  flowDatabases,
  type Mode,
  startTestFerry,
  type TestFerry,
} from '../support/startTestFerry';
import { tcpProxy } from '../support/tcpProxy';
import { whoTheyAre } from '../support/whoTheyAre';
import { anyText, anything, en, jobInThread, jobOnCard, saying } from '../support/words';

/** What an attacker who captured an interaction can send again while its signature is valid. */
const setups: readonly { mode: Mode; database: DatabaseName; replicas: 1 | 2 }[] = [
  ...flowDatabases.flatMap((database) =>
    (['socket', 'http'] as const).map((mode) => ({ mode, database, replicas: 1 as const })),
  ),
  { mode: 'socket', database: 'postgres', replicas: 2 },
  { mode: 'http', database: 'postgres', replicas: 2 },
];

describe.each(setups)('in $mode mode, on $database, with $replicas process(es)', (setup) => {
  const { mode, database, replicas } = setup;
  let test: TestFerry;
  let other: Ferry | undefined;
  beforeAll(async () => {
    test = await startTestFerry({ REQUIRED_APPROVALS: '2' }, { mode, database });
    other = replicas === 2 ? await test.another() : undefined;
  });
  afterAll(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await other?.stop();
    await test.stop();
  });

  const says = (card: Message, words: string | RegExp) =>
    test.slack.until(() => test.shown(card).match(words) !== null, { what: String(words) });
  const waiting = saying(en.card.status.waiting(en.card.needed(2, [])));
  const answersTo = (userId: string) =>
    test.slack.as(userId).ephemerals().length + test.slack.as(userId).directMessages().length;

  /** The interaction that was delivered during an action. */
  async function captured(act: () => Promise<unknown>): Promise<Delivery> {
    const before = test.slack.deliveries.length;
    await act();
    const delivery = test.slack.deliveries[before];
    if (delivery === undefined) throw new Error('nothing was delivered');
    return delivery;
  }

  /** Sends it again to every process, and waits until each has looked up the person. */
  async function replay(delivery: Delivery): Promise<void> {
    const ports = [test.ferry.port, ...(other === undefined ? [] : [other.port])];
    const lookUps = () =>
      test.slack
        .callsOf('users.info')
        .filter(({ args, answer }) => whoTheyAre(args) && answer.kind === 'ok').length;
    for (const port of ports) {
      const before = lookUps();
      if (mode === 'http') {
        test.slack.deliverTo({ mode, requestUrl: `http://127.0.0.1:${port}/slack/events` });
      }
      // The cached data about the person has expired.
      test.clock.advance(5_000);
      // In Socket Mode, the processes take turns.
      expect((await test.slack.replay(delivery)).ok).toBe(true);
      await test.slack.until(() => lookUps() > before, { what: 'that it is handled' });
      await untilQuiet(test);
    }
  }

  it('a replayed Approve does not approve again after it was revoked', async () => {
    const { slack } = test;
    const bob = slack.as(BOB);
    const card = await test.request({ JobName: `approve-${mode}` });
    const approve = await captured(() => bob.click(card, 'approve'));
    await says(card, saying(en.card.status.partlyApproved(anyText, 1, 2, anyText)));
    const takeBack = await captured(() => bob.click(card, 'take_back'));
    await test.reply(card, saying(en.thread.takenBack(BOB, anyText, undefined)));

    const before = [test.shown(card), test.replies(card), answersTo(BOB)];
    await replay(approve);
    expect([test.shown(card), test.replies(card), answersTo(BOB)]).toEqual(before);
    await slack.as(MEI).click(card, 'approve');
    await says(card, saying(en.card.status.partlyApproved([person(MEI)], 1, 2, anyText)));

    // A new click counts, and the captured revocation doesn't undo it.
    await bob.click(card, 'approve');
    await test.reply(card, jobInThread());
    await replay(takeBack);
    expect(test.shown(card)).toMatch(jobOnCard());
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(1);
  });

  it('a replayed approval with a comment does not approve again after it was revoked', async () => {
    const { slack } = test;
    const bob = slack.as(BOB);
    const card = await test.request({ JobName: `comment-${mode}` });
    await bob.click(card, 'approve_with_comment');
    await slack.until(() => bob.view(), { what: 'the form' });
    await bob.fill({ Reason: 'Checked.' });
    const approve = await captured(() => bob.submit());
    await says(card, saying(en.card.status.partlyApproved(anyText, 1, 2, anyText)));
    await bob.click(card, 'take_back');
    await says(card, waiting);
    await replay(approve);
    expect(test.shown(card)).toMatch(waiting);
    expect(test.replies(card).filter((text) => text.includes('Checked.'))).toHaveLength(1);
  });

  it('a refused click does nothing when it is replayed after the person gets permission', async () => {
    const { slack, clock } = test;
    const dan = slack.as(DAN);
    const card = await test.request({ JobName: `refused-${mode}` });
    const approve = await captured(() => dan.click(card, 'approve'));
    await slack.until(
      () =>
        saying(en.refusal({ code: 'not_an_approver' })).test(dan.ephemerals().at(-1)?.text ?? ''),
      {
        what: 'the refusal',
      },
    );
    slack.setGroup(APPROVERS_GROUP, { users: [BOB, MEI, DAN] });
    clock.advance(5_000);
    const before = answersTo(DAN);
    await replay(approve);
    expect(test.shown(card)).toMatch(waiting);
    expect(answersTo(DAN)).toBe(before);
    slack.setGroup(APPROVERS_GROUP, { users: [BOB, MEI] });
    clock.advance(5_000);
  });

  it('a replayed setting of direct messages does not undo a later one', async () => {
    const { slack } = test;
    const alice = slack.as(ALICE);
    const off = await captured(() => alice.command(DB_MIGRATIONS, '/migrate', 'messages off'));
    await alice.command(DB_MIGRATIONS, '/migrate', 'messages on');
    await slack.until(() => alice.ephemerals().at(-1)?.text.includes('messages off'), {
      what: 'that messages are on',
    });
    await replay(off);
    const before = alice.directMessages().length;
    const card = await test.request({ JobName: `told-${mode}` });
    await inForm(BOB, card);
    await slack.until(() => alice.directMessages().length > before, { what: 'a direct message' });
  });

  it('a replayed form that was returned stores nothing', async () => {
    const { slack } = test;
    await test.request({ JobName: `twin-${mode}` });
    const cards = () => slack.messages(DB_MIGRATIONS).filter(({ threadTs }) => !threadTs).length;
    const person = await openForm(slack, DAN);
    await fillForm(slack, person, { ...exampleForm, JobName: `twin-${mode}` });
    const sent = await captured(() => person.submit());
    await slack.until(() => modalText(slack, person).includes(en.form.look), {
      what: 'the form, given back',
    });
    await person.dismiss();
    const twin = slack.messages(DB_MIGRATIONS).findLast(({ threadTs }) => !threadTs);
    await inForm(BOB, twin ?? fail());
    const before = cards();
    await replay(sent);
    expect(cards()).toBe(before);
  });

  /** Denies a request. */
  async function inForm(userId: string, card: Message): Promise<void> {
    const person = test.slack.as(userId);
    await person.click(card, 'deny');
    await test.slack.until(() => person.view(), { what: 'the form' });
    await person.fill({ Reason: 'Not now.' });
    await person.submit();
    await says(card, saying(en.card.status.denied(anything)));
  }
});

it('a click that failed before anything was stored is handled when it is repeated', async () => {
  const url = new URL(await newPostgresDatabase());
  const proxy = await tcpProxy(Number(url.port));
  url.port = String(proxy.port);
  const test = await startTestFerry({ DATABASE_URL: url.href }, { database: 'postgres' });
  const { slack } = test;
  const card = await test.request();
  await proxy.close();
  await slack.answerTo(BOB, (bob) => bob.click(card, 'approve'));
  const click = slack.deliveries.at(-1) ?? fail();
  await proxy.reopen();
  await slack.replay(click);
  await test.reply(card, jobInThread());
  await test.stop();
  await proxy.close();
});

it('handled interactions are forgotten after an hour, when no copy can arrive anymore', async () => {
  const url = await newPostgresDatabase();
  const test = await startTestFerry({ DATABASE_URL: url, REQUIRED_APPROVALS: '2' });
  const client = new Client({ connectionString: url });
  await client.connect();
  const kept = async () => (await client.query('select id from deliveries')).rowCount;
  const card = await test.request();
  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, '1 of 2');
  expect(await kept()).toBe(1);
  test.clock.advance(3_600_000);
  test.clock.advance(3_600_000);
  await eventually('that it is forgotten', async () => (await kept()) === 0);
  await client.end();
  await test.stop();
});
