import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { ALICE, BOB, DB_MIGRATIONS } from '../playground/slack/index';
import { Secret } from '../src/domain/secrets/secret';
import { openSqlite } from '../src/store/sqlite';
import { canary, canaryForms } from './support/canary';
import { fillWithSchemaOf } from './support/earlierDatabase';
import { zh } from './support/inChinese';
import { passTime } from './support/passTime';
import { aPolicyFile } from './support/policyFile';
import { newPostgresDatabase } from './support/postgres';
import { runAudit } from './support/runAudit';
import { runFerry } from './support/runFerry';
import {
  type DatabaseName,
  databases,
  startTestFerry,
  type TestFerry,
} from './support/startTestFerry';
import { anything, button, en, jobInThread, saying } from './support/words';

const line = z.object({
  position: z.number(),
  time: z.iso.datetime(),
  request: z.number(),
  seq: z.number(),
  revision: z.number(),
  type: z.string(),
  personId: z.string().nullable(),
  personName: z.string().nullable(),
  parametersHash: z.string().regex(/^[0-9a-f]{64}$/),
  hashes: z.looseObject({ version: z.literal(2) }),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  happening: z.looseObject({ type: z.string() }),
});

const parsed = (jsonl: string) =>
  jsonl
    .trimEnd()
    .split('\n')
    .map((each) => line.parse(JSON.parse(each)));

/** Computes the hash of an exported event as docs/audit.md describes. */
function nextHash(before: string, event: z.infer<typeof line>): string {
  const { personId: userId, personName: name } = event;
  const content = inOrder({
    at: event.time,
    by: userId === null ? null : { userId, name },
    happening: event.happening,
    hashes: event.hashes,
    parametersHash: event.parametersHash,
    position: event.position,
    requestId: event.request,
    revision: event.revision,
    seq: event.seq,
  });
  const hash = sha256(before + sha256(JSON.stringify(content)) + event.request);
  expect(hash).toBe(event.hash);
  return hash;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, inOrder(Reflect.get(value, key))]));
}

/** The head and the length that `verify` printed. */
function noted(stdout: string): string[] {
  const [, head, length] = /--head ([0-9a-f]{64}) --length (\d+)/.exec(stdout) ?? [];
  if (head === undefined || length === undefined) throw new Error(`nothing to note: ${stdout}`);
  return ['--head', head, '--length', length];
}

async function denyFor(test: TestFerry, reason: string, changes = {}): Promise<void> {
  const card = await test.request(changes);
  const bob = test.slack.as(BOB);
  await bob.click(card, 'deny');
  await test.slack.until(() => bob.view(), { what: 'the denial form' });
  await bob.fill({ Reason: reason });
  await bob.submit();
  await test.reply(card, saying(en.thread.denied(anything)));
}

async function createJob(test: TestFerry, changes = {}): Promise<void> {
  const card = await test.request(changes);
  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, jobInThread());
}

// Each test runs several processes in turn.
jest.setTimeout(60_000);

describe.each(databases)('the audit log on %s, next to a running bot', (name) => {
  let folder: string;
  let url: string;
  let test: TestFerry;
  let policy: ReturnType<typeof aPolicyFile>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-audit-'));
    url = await newUrl(name, folder);
    policy = aPolicyFile({ approvals: { expires_after: 'never', reminders: { after: [] } } });
    test = await startTestFerry(
      { ...policy.environment, DATABASE_URL: url, RETENTION_DAYS: '30' },
      { database: name },
    );
  });
  afterEach(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
    policy.remove();
    rmSync(folder, { recursive: true });
  });
  const auditWith = (retention: Record<string, string>, ...args: string[]) =>
    runFerry({ DATABASE_URL: url, ...retention }, ['audit', ...args], '', () =>
      test.clock.now().getTime(),
    );
  const audit = (...args: string[]) => auditWith({ RETENTION_DAYS: '30' }, ...args);

  it('verify and export show what people did, and no secret', async () => {
    expect((await audit('verify')).stdout).toMatch(saying(en.audit.whole(0, anything)));
    await createJob(test, { 'SrcInfo.Password': canary });
    const early = await audit('verify');
    await denyFor(test, '=HYPERLINK("http://x"), "no"', {
      'SrcInfo.Password': canary,
      JobName: 'other',
    });
    test.dts.next({ kind: 'code', code: 'InvalidParameter', message: `"${canary}" is weak` });
    const refused = await test.request({ 'SrcInfo.Password': canary, JobName: 'third' });
    await test.slack.as(BOB).click(refused, 'approve');
    await test.reply(refused, saying(en.operations.create_job.thread.failed));

    const verified = await audit('verify');
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(verified.stdout).toMatch(saying(en.audit.whole(10, anything)));
    const keptEarly = await audit('verify', ...noted(early.stdout));
    expect(keptEarly.code).toBe(0);
    expect(keptEarly.stdout).toContain(en.audit.asKept(4));

    const jsonl = await audit('export');
    expect(jsonl).toMatchObject({ code: 0, stderr: '' });
    const events = parsed(jsonl.stdout);
    expect(events.map(({ type }) => type)).toEqual([
      ...['requested', 'approved', 'launched', 'created'],
      ...['requested', 'denied'],
      ...['requested', 'approved', 'launched', 'failed'],
    ]);
    expect(events.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(events[0]).toMatchObject({ request: 1, seq: 1, revision: 1, personId: ALICE });
    expect(events[1]).toMatchObject({ personId: BOB, personName: 'bob.okafor' });
    expect(events[2]).toMatchObject({ personId: null, personName: null });
    expect(verified.stdout).toContain(`head ${events.at(-1)?.hash}`);

    expect(events.reduce(nextHash, '0'.repeat(64))).toBe(events.at(-1)?.hash);

    const csv = await audit('export', '--format', 'csv');
    const rows = csv.stdout.split('\r\n');
    expect(rows).toHaveLength(12);
    expect(rows[0]).toMatch(/^\ufeffposition,time,request,seq,revision,type,personId,.*,reason,/);
    expect(rows[6]).toContain(`"'=HYPERLINK(""http://x""), ""no"""`);
    const leaks = (text: string) => canaryForms.filter((form) => text.includes(form));
    expect(leaks(jsonl.stdout + csv.stdout + verified.stdout)).toEqual([]);

    expect(parsed((await audit('export', '--request', '2')).stdout)).toHaveLength(2);
    const middle = events[4]?.time ?? '';
    const since = await audit('export', '--since', middle);
    expect(parsed(since.stdout)).toEqual(events.filter(({ time }) => time >= middle));
    const until = await audit('export', '--until', middle);
    expect(parsed(until.stdout)).toEqual(events.filter(({ time }) => time < middle));
  });

  it('the export neutralizes texts from before they were checked', async () => {
    test.slack.changeUser(BOB, { name: `bob\u202e\u001b]0;x\u0007` });
    await denyFor(test, 'no');
    const stored = JSON.stringify({ type: 'denied', reason: ' ＝cmd\u202e\u001b[2J\u009b2J' });
    await execute(url, `update events set happening = '${stored}' where position = 2`);
    const jsonl = (await audit('export')).stdout;
    const csv = (await audit('export', '--format', 'csv')).stdout;
    for (const text of [jsonl, csv]) {
      expect(text.replace(/\r?\n/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    }
    expect(parsed(jsonl)[1]?.happening).toEqual(JSON.parse(stored));
    expect(csv).toContain(`' ＝cmd<U+202E><U+001B>[2J<U+009B>2J`);
  });

  it('verify reports where an event was changed, and that the log was truncated', async () => {
    await createJob(test);
    await denyFor(test, 'no', { JobName: 'other' });
    const before = noted((await audit('verify')).stdout);
    await test.ferry.stop();
    await execute(url, `delete from events where position = 6`);
    await execute(url, `delete from links where position = 6`);
    expect(await audit('verify')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(en.audit.broken({ kind: 'missing', position: 6 })),
    });
    await execute(
      url,
      `update journal set length = 5, head = (select hash from links where position = 5)`,
    );
    // The row that the event made still exists.
    expect(await audit('verify')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(
        en.audit.broken({ kind: 'row', position: 5, requestId: 2, parts: ['event'] }),
      ),
    });
    expect(await audit('verify', ...before)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(en.audit.broken({ kind: 'cut_off', position: 6 })),
    });
    await execute(url, `update events set by_name = 'Mallory' where position = 2`);
    expect(await audit('verify')).toMatchObject({
      code: 1,
      stdout: `${en.audit.broken({ kind: 'changed', position: 2 })}\n`,
    });
    expect(await runAudit({ DATABASE_URL: url, DEFAULT_LOCALE: 'zh-CN' }, 'verify')).toMatchObject({
      code: 1,
      stdout: `${zh.audit.broken({ kind: 'changed', position: 2 })}\n`,
    });
    await test.restart();
  });

  it('requests past retention are deleted, and the log stays intact', async () => {
    const day = 86_400_000;
    await createJob(test);
    // A request is kept for the whole time after its job's status changed.
    const cards = () => test.slack.messages(DB_MIGRATIONS).map((each) => test.slack.render(each));
    const isRead = () => cards().join().includes(button(en.job.button.check_job));
    await passTime(test, isRead, { what: 'the status of the job', stepMs: 1_000 });
    await denyFor(test, 'no', { JobName: 'other' });
    const card = await test.request({ JobName: 'waiting' });
    const before = noted((await audit('verify')).stdout);
    // Nobody starts the job, so its thread reminds people of it.
    test.clock.advance(29 * day);
    await denyFor(test, 'no', { JobName: 'young' });
    test.clock.advance(2 * day);
    const isGone = () => test.logged().includes('deleted requests past retention');
    await passTime(test, isGone, { what: 'the sweep' });
    let after = await audit('verify', ...before);
    // The sweep pauses after each request, so the first deletion is not the last one.
    for (let tries = 0; tries < 20 && !after.stdout.includes(en.audit.erased(7)); tries += 1) {
      after = await audit('verify', ...before);
    }
    expect(after.stdout).toMatch(saying(en.audit.whole(10, anything)));
    expect(after.stdout).toContain(en.audit.erased(7));
    expect(after.code).toBe(0);
    const left = parsed((await audit('export')).stdout);
    expect(left.map(({ request }) => request)).toEqual([3, 4, 4]);
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    expect((await audit('verify')).stdout).toMatch(saying(en.audit.whole(13, anything)));
  });

  it('verify reports requests that someone deleted before retention, with all that they left', async () => {
    await createJob(test);
    await denyFor(test, 'no', { JobName: 'other' });
    await test.request({ JobName: 'waiting' });
    await test.ferry.stop();
    for (const table of ['jobs', 'leases', 'announcements', 'typed_secrets', 'events']) {
      await execute(url, `delete from ${table} where request_id > 1`);
    }
    await execute(url, 'delete from requests where id > 1');
    const brokenFor = (words: typeof en.audit, retentionDays?: number) =>
      [
        [5, 2],
        [7, 3],
      ]
        .map(([position = 0, requestId]) =>
          words.broken({ kind: 'deleted', position, requestId, retentionDays }),
        )
        .join('\n');
    expect(await audit('verify')).toMatchObject({
      code: 1,
      stdout: `${brokenFor(en.audit, 30)}\n`,
    });
    expect(await auditWith({}, 'verify')).toMatchObject({
      code: 1,
      stdout: `${brokenFor(en.audit)}\n`,
    });
    expect(await auditWith({ DEFAULT_LOCALE: 'zh-CN' }, 'verify')).toMatchObject({
      code: 1,
      stdout: `${brokenFor(zh.audit)}\n`,
    });
    await test.restart();
  });
});

it('explains invalid arguments in one line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-audit-'));
  const cases: readonly [string[], string][] = [
    [[], en.audit.arguments.command],
    [['erase'], en.audit.arguments.command],
    [['verify', '--head', 'a'.repeat(64)], en.audit.arguments.verify],
    [['verify', '--head', 'abc', '--length', '1'], en.audit.arguments.head],
    [['verify', '--length', '-1', '--head', 'a'.repeat(64)], en.audit.arguments.length],
    [['verify', '--since', '2026-01-01'], en.audit.arguments.verify],
    [['export', '--since', '2026-02-30'], en.audit.arguments.since],
    [['export', '--until', 'yesterday'], en.audit.arguments.until],
    [['export', '--request', '4x'], en.audit.arguments.request],
    [['export', '--format', 'xml'], en.audit.arguments.format],
    [['export', '--from', '2026-01-01'], en.audit.arguments.export],
    [['export', 'everything'], en.audit.arguments.export],
  ];
  for (const [args, words] of cases) {
    const { code, stdout, stderr } = await runAudit(
      { DATABASE_URL: `sqlite:${folder}/x` },
      ...args,
    );
    expect({ args, code, stdout, stderr }).toEqual({
      args,
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(words),
    });
    expect(stderr.trimEnd()).not.toContain('\n');
  }
  expect(readdirSync(folder)).toEqual([]);
});

it('explains why a database cannot be read, and creates none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-audit-'));
  const path = join(folder, 'ferry.db');
  const refused = async (url: string, words: string | RegExp) => {
    const { code, stdout, stderr } = await runAudit({ DATABASE_URL: url }, 'verify');
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(words),
    });
    expect(stderr.trimEnd()).not.toContain('\n');
  };
  await refused(`sqlite:${path}`, en.audit.database.absent(path));
  await refused('mysql://x', 'DATABASE_URL');
  await refused(
    'postgres://canary@127.0.0.1:9/x',
    saying(en.audit.database.unusable('PostgreSQL', anything)),
  );
  expect(readdirSync(folder)).toEqual([]);
  const url = await newPostgresDatabase();
  await refused(url, en.audit.database.absent('PostgreSQL'));
  const earlier = { kind: 'postgres', url: new Secret(url) } as const;
  await fillWithSchemaOf('0002_secrets_by_path', earlier, async () => {});
  await refused(url, saying(en.audit.database.older));
  const alone = openSqlite(path);
  alone.pragma('locking_mode = EXCLUSIVE');
  alone.exec('create table t (a integer)');
  await refused(`sqlite:${path}`, saying(en.audit.database.inUse(anything)));
  alone.close();
});

it('reads a copy of a file that no bot uses', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-audit-'));
  const url = await newUrl('sqlite', folder);
  const test = await startTestFerry({ DATABASE_URL: url });
  await createJob(test);
  await test.stop();
  const copies = mkdtempSync(join(tmpdir(), 'ferry-audit-'));
  copyFileSync(join(folder, 'ferry.db'), join(copies, 'copy.db'));
  const copy = await runAudit({ DATABASE_URL: `sqlite:${join(copies, 'copy.db')}` }, 'verify');
  expect(copy).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(saying(en.audit.whole(4, anything))),
  });
});

async function newUrl(name: DatabaseName, folder: string): Promise<string> {
  return name === 'sqlite' ? `sqlite:${join(folder, 'ferry.db')}` : newPostgresDatabase();
}

/** Changes the database directly, as a person with access to it could. */
async function execute(url: string, statement: string): Promise<void> {
  if (url.startsWith('sqlite:')) {
    const file = openSqlite(url.slice('sqlite:'.length));
    file.exec(statement);
    file.close();
    return;
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
