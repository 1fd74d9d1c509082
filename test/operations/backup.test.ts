import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOB } from '../../playground/slack/index';
import { locales } from '../../src/i18n/locales';
import { eventually } from '../support/eventually';
import { newPostgresDatabase } from '../support/postgres';
import { runFerry } from '../support/runFerry';
import { startTestFerry } from '../support/startTestFerry';
import { en, jobInThread } from '../support/words';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('ferry backup', () => {
  const words = locales.en.commandLine.backup;

  it.each([
    ['a file that exists', (path: string) => path, (path: string) => words.exists(path)],
    [
      'a folder that does not exist',
      () => join(folder, 'no/where.db'),
      (path: string) => words.failed(path, ''),
    ],
  ])('refuses %s and changes nothing', async (_, target, expected) => {
    const path = join(folder, 'some.db');
    writeFileSync(path, 'content');
    const ran = await runFerry({ DATABASE_URL: `sqlite:${path}` }, ['backup', target(path)]);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(expected(path).split(' (')[0] ?? '');
    expect(readFileSync(path, 'utf8')).toBe('content');
  });

  it('leaves no file if the database cannot be read', async () => {
    const path = join(folder, 'some.db');
    const target = join(folder, 'copy.db');
    writeFileSync(path, 'this is no database, and it is long enough to be one'.repeat(99));
    const ran = await runFerry({ DATABASE_URL: `sqlite:${path}` }, ['backup', target]);
    expect(ran).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining(path) });
    expect(statSync(target, { throwIfNoEntry: false })).toBeUndefined();
  });

  it.each([
    ['a missing database', 'sqlite:/no/such.db', words.absent('/no/such.db'), 1],
    ['PostgreSQL', 'postgres://u:canary@127.0.0.1/d', words.postgres, 2],
    ['an invalid setting', 'nonsense', 'DATABASE_URL', 2],
  ])('refuses %s', async (_, url, expected, code) => {
    const ran = await runFerry({ DATABASE_URL: url }, ['backup', join(folder, 'copy.db')]);
    expect(ran).toEqual({ code, stdout: '', stderr: expect.stringContaining(expected) });
    expect(ran.stderr).not.toContain('canary');
  });
});

it.each<[string, string[]]>([
  ['after-restore', ['after-restore']],
  ['audit', ['audit', 'verify']],
])(
  'ferry %s refuses a database that does not exist or is empty, and leaves it so',
  async (_, command) => {
    const path = join(folder, 'none.db');
    const empty = await newPostgresDatabase();
    for (const [url, name] of [
      [`sqlite:${path}`, path],
      [empty, 'PostgreSQL'],
      [empty, 'PostgreSQL'],
    ] as const) {
      const ran = await runFerry({ DATABASE_URL: url }, command);
      expect(ran).toEqual({ code: 2, stdout: '', stderr: `${en.audit.database.absent(name)}\n` });
    }
    expect(readdirSync(folder)).toEqual([]);
  },
);

it('ferry after-restore refuses an invalid setting', async () => {
  const ran = await runFerry({ DATABASE_URL: 'nonsense' }, ['after-restore']);
  expect(ran).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining('DATABASE_URL') });
});

it('ferry after-restore refuses a database that Ferry uses', async () => {
  const test = await startTestFerry();
  const ran = await runFerry(test.environment(), ['after-restore']);
  expect(ran).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining('locked') });
  await test.stop();
});

it('ferry after-restore refuses a PostgreSQL database while Ferry calls DTS', async () => {
  const test = await startTestFerry({}, { database: 'postgres' });
  test.dts.next({ kind: 'slow', ms: 3_000 });
  const card = await test.request();
  await test.slack.as(BOB).click(card, 'approve');
  await eventually('the call', () => test.dts.callsOf('CreateMigrateJob').length === 1);
  const now = () => test.clock.now().getTime();
  const ran = await runFerry(test.environment(), ['after-restore'], '', now);
  const { inUse } = en.commandLine.afterRestore;
  expect(ran).toEqual({ code: 2, stdout: '', stderr: `${inUse}\n` });
  await test.reply(card, jobInThread());
  await test.stop();
});
