import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, DB_MIGRATIONS, type Message } from '../../playground/slack/index';
import { type StartResult, startFerry } from '../../src/app';
import { readConfig } from '../../src/config';
import { createLog } from '../../src/operations/log';
import { openSqlite } from '../../src/store/sqlite';
import { fail } from '../support/fail';
import { settled } from '../support/manualClock';
import { acceptWarnings } from '../support/modal';
import { movableClock } from '../support/movableClock';
import { passTime } from '../support/passTime';
import { newPostgresDatabase } from '../support/postgres';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { tcpProxy } from '../support/tcpProxy';
import { unhurriedClock } from '../support/unhurriedClock';
import {
  anyNumber,
  anyPart,
  anyText,
  anything,
  button,
  en,
  jobInThread,
  jobOnCard,
  saying,
} from '../support/words';

/** Tries to start Ferry in another process on the same database. It never connects to Slack. */
async function startAnother(databaseUrl: string): Promise<StartResult> {
  const read = readConfig({
    SLACK_BOT_TOKEN: 'xoxb-0',
    SLACK_APP_TOKEN: 'xapp-0',
    SLACK_API_URL: 'http://127.0.0.1:9/api/',
    APPROVAL_CHANNEL: DB_MIGRATIONS,
    APPROVERS: BOB,
    TENCENTCLOUD_SECRET_ID: 'id',
    TENCENTCLOUD_SECRET_KEY: 'key',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    DATABASE_URL: databaseUrl,
    SEAL_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
    PORT: '0',
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const log = createLog('silent', { destination: process.stdout });
  return startFerry(read.value, {
    clock: movableClock(),
    machineClock: unhurriedClock,
    log,
    random: () => 0.5,
    stopping: new AbortController().signal,
  });
}

const readiness = async (test: TestFerry): Promise<number> =>
  (await fetch(`http://127.0.0.1:${test.ferry.port}/readyz`)).status;

/** Polls /readyz until it has this status. */
async function becomes(test: TestFerry, status: number): Promise<void> {
  const deadline = performance.now() + 30_000;
  while ((await readiness(test)) !== status) {
    if (performance.now() > deadline) throw new Error(`/readyz does not become ${status}`);
  }
}

/** The new text that only this person sees. */
const answerTo = async ({ slack }: TestFerry, userId: string, act: () => Promise<unknown>) =>
  (await slack.answerTo(userId, act)).text;

/** Submits a form while nothing can be stored. The form stays open with its values. */
async function sendInVain(test: TestFerry, JobName: string): Promise<void> {
  const { slack } = test;
  const alice = slack.as(ALICE);
  await alice.shortcut('request_migration');
  await slack.until(() => alice.view(), { what: 'the form' });
  await fillForm(slack, alice, { ...exampleForm, JobName });
  expect((await alice.submit()).result).toBe('updated');
  const view = () => slack.render(alice.view() ?? fail());
  await slack.until(() => view().includes(en.form.notStored), {
    what: 'the form again',
    timeoutMs: 15_000,
  });
  expect(view()).toContain(JobName);
  expect(view()).toContain(exampleForm.Reason);
  expect(view()).not.toContain(exampleForm['SrcInfo.Password']);
}

/** Types the password again and submits the form that stayed open. Returns its card. */
async function sendAgain(test: TestFerry, JobName: string): Promise<Message> {
  const { slack } = test;
  const alice = slack.as(ALICE);
  await alice.fill({ 'SrcInfo.Password': exampleForm['SrcInfo.Password'] });
  expect((await alice.submit()).result).toBe('updated');
  const isSent = () => /Request #\d+/.test(slack.render(alice.view() ?? fail()));
  await slack.until(isSent, { what: 'the confirmation' });
  await alice.dismiss();
  const isCard = (message: Message) =>
    message.threadTs === undefined && slack.render(message).includes(`: ${JobName}`);
  const cards = () => slack.messages(DB_MIGRATIONS).filter(isCard);
  const card = await passTime(test, () => cards()[0], { what: 'the card' });
  expect(cards()).toHaveLength(1);
  return card;
}

/** Approves. In the end there is one call, one job and one reply of each kind. */
async function isCarriedOut(test: TestFerry, card: Message, JobName: string): Promise<void> {
  await test.slack.as(BOB).click(card, 'approve');
  await passTime(test, () => jobInThread().test(test.replies(card).at(-1) ?? ''), {
    what: 'the job',
  });
  await passTime(test, () => jobOnCard().test(test.shown(card)), { what: 'the card' });
  // One message or two, depending on how long the outcome takes.
  const told = test.replies(card).join('\n');
  expect(told.match(/approved\./g)).toHaveLength(1);
  expect(told.match(new RegExp(jobInThread(), 'g'))).toHaveLength(1);
  expect(test.replies(card).length).toBeLessThanOrEqual(2);
  const calls = test.dts
    .callsOf('CreateMigrateJob')
    .filter(({ rawBody }) => rawBody.includes(`"JobName":"${JobName}"`));
  expect(calls).toHaveLength(1);
}

describe('a database that another Ferry uses', () => {
  it('is refused if it is a locked SQLite file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ferry-database-'));
    const url = `sqlite:${join(folder, 'ferry.db')}`;
    const test = await startTestFerry({ DATABASE_URL: url });
    expect(await startAnother(url)).toMatchObject({
      ok: false,
      problem: { kind: 'database', problem: { kind: 'in_use' } },
    });
    const card = await test.request();
    await isCarriedOut(test, card, exampleForm.JobName);
    await test.stop();
    rmSync(folder, { recursive: true });
  });

  const tomorrow = '9999_of_a_newer_ferry';
  it('is refused if a newer version has changed its SQLite schema', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ferry-database-'));
    const path = join(folder, 'ferry.db');
    const test = await startTestFerry({ DATABASE_URL: `sqlite:${path}` });
    await test.stop();
    const file = openSqlite(path);
    file
      .prepare('insert into kysely_migration (name, timestamp) values (?, ?)')
      .run(tomorrow, '9999-01-01T00:00:00.000Z');
    file.close();
    expect(await startAnother(`sqlite:${path}`)).toMatchObject({
      ok: false,
      problem: { kind: 'database', problem: { kind: 'newer_schema' } },
    });
    rmSync(folder, { recursive: true });
  });

  it('is refused if a newer version has changed its PostgreSQL schema', async () => {
    const url = await newPostgresDatabase();
    const test = await startTestFerry({ DATABASE_URL: url });
    await test.stop();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('insert into kysely_migration (name, timestamp) values ($1, $2)', [
      tomorrow,
      '9999-01-01T00:00:00.000Z',
    ]);
    await client.end();
    expect(await startAnother(url)).toMatchObject({
      ok: false,
      problem: { kind: 'database', problem: { kind: 'newer_schema' } },
    });
  });

  it('is shared if it is an empty PostgreSQL that four processes open at once', async () => {
    const url = await newPostgresDatabase();
    const started = await Promise.all(
      [1, 2, 3, 4].map(() => startTestFerry({ DATABASE_URL: url }, { database: 'postgres' })),
    );
    expect(await Promise.all(started.map(readiness))).toEqual([200, 200, 200, 200]);
    await Promise.all(started.map((test) => test.stop()));
  });
});

describe('PostgreSQL that is unavailable for a while', () => {
  let proxy: Awaited<ReturnType<typeof tcpProxy>>;
  let test: TestFerry;
  beforeEach(async () => {
    const url = new URL(await newPostgresDatabase());
    proxy = await tcpProxy(Number(url.port));
    url.port = String(proxy.port);
    test = await startTestFerry({ DATABASE_URL: url.href }, { database: 'postgres' });
  });
  afterEach(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
    await proxy.close();
  });

  it('only costs people a retry', async () => {
    const card = await test.request({ JobName: 'before' });
    await proxy.close();
    const click = () => test.slack.as(BOB).click(card, 'approve');
    expect(await answerTo(test, BOB, click)).toMatch(saying(en.trouble.action));
    await sendInVain(test, 'meanwhile');
    expect(await readiness(test)).toBe(503);
    expect(test.shown(card)).toContain(button(en.card.approve));

    await proxy.reopen();
    await becomes(test, 200);
    await isCarriedOut(test, card, 'before');
    await isCarriedOut(test, await sendAgain(test, 'meanwhile'), 'meanwhile');
    expect(test.dts.jobs.size).toBe(2);
  });

  describe('and loses the response to the commit of a form', () => {
    const viewText = () => test.slack.render(test.slack.as(ALICE).view() ?? fail());
    const answered = (words: RegExp) =>
      test.slack.until(() => words.test(viewText()), { what: String(words), timeoutMs: 15_000 });
    const cards = () =>
      test.slack.messages(DB_MIGRATIONS).filter(({ threadTs }) => threadTs === undefined);
    const fillIn = async () => {
      const alice = test.slack.as(ALICE);
      await alice.shortcut('request_migration');
      await test.slack.until(() => alice.view(), { what: 'the form' });
      await fillForm(test.slack, alice, exampleForm);
    };
    /** Types the password again, makes changes, and submits the form that stayed open. */
    const sendChanged = async (changes: Record<string, string> = {}) => {
      const alice = test.slack.as(ALICE);
      await alice.fill({ 'SrcInfo.Password': exampleForm['SrcInfo.Password'], ...changes });
      expect((await alice.submit()).result).toBe('updated');
    };

    it('is no problem for the person, who sees the request if the database returns at once', async () => {
      await fillIn();
      const lost = proxy.loseAnswerTo('commit');
      await test.slack.as(ALICE).submit();
      await lost;
      await answered(saying(en.sent.done(1, anyPart, anyText)));
      const card = await passTime(test, () => cards()[0], { what: 'the card' });
      await isCarriedOut(test, card, exampleForm.JobName);
      expect(cards()).toHaveLength(1);
    });

    it('keeps everything that is changed in the form that comes back', async () => {
      await fillIn();
      const away = proxy.loseAnswerTo('commit').then(() => proxy.close());
      await test.slack.as(ALICE).submit();
      await away;
      await answered(saying(en.form.notStored));
      await proxy.reopen();
      await becomes(test, 200);

      const corrected = { 'SrcInfo.Port': '13306', Reason: 'The corrected one.' };
      await sendChanged(corrected);
      await answered(
        saying(en.form.nameTaken({ kind: 'request', id: 1, channel: 'C1', isOfThisForm: true })),
      );
      expect(viewText()).toContain('The corrected one.');
      await acceptWarnings(test.slack.as(ALICE));
      test.slack.redeliverNext(2, { kind: 'viewSubmission', concurrently: true });
      await sendChanged();
      // Deliveries at the same time use up numbers.
      await answered(saying(en.sent.done(anyNumber, anyPart, anyText)));

      await passTime(test, () => cards().length === 2, { what: 'both cards' });
      const isFirst = (text: string) => text.includes('Migration #1');
      const texts = cards().map((each) => test.shown(each));
      expect(texts.find(isFirst)).toContain('MySQL 14.17.22.36:10301');
      const second = texts.find((text) => !isFirst(text));
      expect(second).toContain('MySQL 14.17.22.36:13306');
      expect(second).toContain('The corrected one.');
    });
  });

  it('during a call causes neither a lost outcome nor a second call', async () => {
    const card = await test.request();
    const call = test.dts.next({ kind: 'hold' });
    await test.slack.as(BOB).click(card, 'approve');
    await call.arrived;
    await proxy.close();
    call.release();
    await test.dts.until(() => test.dts.jobs.size === 1, { what: 'the job' });
    const hasFailed = () => test.logged().includes('the outcome of a launch could not be stored');
    await passTime(test, hasFailed, { what: 'a failed attempt', stepMs: 0 });
    // If the process ends now, the line is the only trace of the job.
    const [jobId] = test.dts.jobs.keys();
    const lines = test.logged().split('\n');
    const line = lines.find((each) => each.includes('the outcome of a launch could not be stored'));
    expect(JSON.parse(line ?? '')).toMatchObject({
      ...{ request: 1, operation: 'create_job', attempt: 1, failures: 0 },
      outcome: { kind: 'done', result: { jobId } },
      error: expect.anything(),
    });
    await proxy.reopen();
    await passTime(test, () => jobInThread().test(test.replies(card).at(-1) ?? ''), {
      what: 'the job',
      stepMs: 500,
    });
    await passTime(test, () => jobOnCard().test(test.shown(card)), { what: 'the card' });
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(1);
    expect(test.replies(card).filter((text) => jobInThread().test(text))).toHaveLength(1);
  });
});

/**
 * A small disk for the tests of a `describe`. They are skipped unless this user is root, who may
 * mount it.
 */
function smallDisk(mount: (folder: string, image: string) => void) {
  const home = mkdtempSync(join(tmpdir(), 'ferry-disk-'));
  const [folder, image] = [join(home, 'disk'), join(home, 'image')];
  const putIn = () => {
    mkdirSync(folder, { recursive: true });
    mount(folder, image);
  };
  const takeOut = () => {
    run('umount', folder);
    rmSync(home, { recursive: true });
  };
  let may = true;
  try {
    putIn();
    takeOut();
  } catch {
    may = false;
    rmSync(home, { recursive: true });
  }
  beforeAll(putIn);
  afterAll(takeOut);
  return { folder, image, itOnDisk: may ? it : it.skip };
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: 'pipe' });
}

/**
 * The behavior while nothing can be stored: people get a message, the card stays, and no call is
 * made.
 */
async function takesNothing(test: TestFerry, card: Message): Promise<void> {
  const click = () => test.slack.as(BOB).click(card, 'approve');
  expect(await answerTo(test, BOB, click)).toMatch(saying(en.trouble.action));
  await sendInVain(test, 'meanwhile');
  expect(await readiness(test)).toBe(503);
  expect(test.shown(card)).toContain(button(en.card.approve));
  expect(test.dts.callsOf('CreateMigrateJob')).toEqual([]);
}

describe('an SQLite file on a full disk', () => {
  const { folder, itOnDisk } = smallDisk((at) =>
    run('mount', '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', at),
  );
  itOnDisk('stores nothing, reports it, and continues when there is space again', async () => {
    const test = await startTestFerry({ DATABASE_URL: `sqlite:${join(folder, 'ferry.db')}` });
    const card = await test.request({ JobName: 'before' });
    const ballast = join(folder, 'ballast');
    expect(() => {
      for (;;) appendFileSync(ballast, Buffer.alloc(4_096));
    }).toThrow('ENOSPC');
    await takesNothing(test, card);

    rmSync(ballast);
    await becomes(test, 200);
    await isCarriedOut(test, card, 'before');
    await isCarriedOut(test, await sendAgain(test, 'meanwhile'), 'meanwhile');
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });
});

describe('an SQLite file that becomes read-only while it is open', () => {
  const { folder, image, itOnDisk } = smallDisk((at, from) => {
    writeFileSync(from, '');
    truncateSync(from, 16 * 1_048_576);
    run('mkfs.ext4', '-q', from);
    run('mount', '-o', 'loop', from, at);
  });

  itOnDisk('stores nothing, reports it, and continues when it is writable again', async () => {
    const path = join(folder, 'for-a-while.db');
    const test = await startTestFerry({ DATABASE_URL: `sqlite:${path}` });
    const card = await test.request({ JobName: 'before' });
    run('chattr', '+i', path, `${path}-wal`);
    await takesNothing(test, card);

    run('chattr', '-i', path, `${path}-wal`);
    await becomes(test, 200);
    await isCarriedOut(test, card, 'before');
    await isCarriedOut(test, await sendAgain(test, 'meanwhile'), 'meanwhile');
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });

  // Linux refuses to make a disk read-only while files on it are open for writing. If the disk
  // itself fails, Linux does so, and the disk must be unmounted and repaired.
  itOnDisk(
    'because its disk fails during a call loses nothing once the disk is repaired',
    async () => {
      const url = `sqlite:${join(folder, 'for-good.db')}`;
      const test = await startTestFerry({ DATABASE_URL: url });
      const waiting = await test.request({ JobName: 'waiting' });
      const called = await test.request({ JobName: 'called' });
      const call = test.dts.next({ kind: 'hold' });
      await test.slack.as(BOB).click(called, 'approve');
      await call.arrived;
      run('mount', '-o', 'remount,abort', folder);
      call.release();
      await test.dts.until(() => test.dts.jobs.size === 1, { what: 'the job' });
      const isLogged = () => test.logged().includes('the outcome of a launch could not be stored');
      await passTime(test, isLogged, { what: 'a failed attempt', stepMs: 0 });
      const click = () => test.slack.as(BOB).click(waiting, 'approve');
      expect(await answerTo(test, BOB, click)).toMatch(saying(en.trouble.action));
      expect(await readiness(test)).toBe(503);

      // It keeps the outcome for minutes.
      let isStopped = false;
      const stopping = test.ferry.stop().then(() => {
        isStopped = true;
      });
      await passTime(test, () => isStopped, { what: 'the end' });
      await stopping;
      // A real process ends here. This one tries to store the outcome 300 more times.
      for (let attempts = 0; attempts <= 300; attempts += 1) {
        test.clock.advance(1_000);
        await settled();
      }
      expect(test.logged()).toContain('"failures":300');
      expect(await startAnother(url)).toMatchObject({
        ok: false,
        problem: { kind: 'database', problem: { kind: 'unusable' } },
      });
      run('umount', folder);
      spawnSync('e2fsck', ['-p', image]);
      run('mount', '-o', 'loop', image, folder);

      await test.restart();
      await becomes(test, 200);
      await isCarriedOut(test, waiting, 'waiting');
      await passTime(test, () => jobOnCard().test(test.shown(called)), { what: 'the job' });
      expect(test.replies(called).at(-1)).toMatch(saying(en.thread.found(anything)));
      expect(test.dts.jobs.size).toBe(2);
      expect(test.slack.mistakes).toEqual([]);
      await test.stop();
    },
  );
});
