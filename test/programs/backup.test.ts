import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ALICE, BOB, type Message } from '../../playground/slack/index';
import { locales } from '../../src/i18n/locales';
import { postgresPrograms, startInstalledPostgres } from '../support/installedPostgres';
import { testStart } from '../support/movableClock';
import { aPolicyFile, type PolicyFileContent } from '../support/policyFile';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anyText, anyTime, anything, en, jobInThread, jobOnCard, saying } from '../support/words';

const run = promisify(execFile);
const root = join(__dirname, '../..');
const main = join(root, 'dist/src/main.js');
const read = (file: string): string => readFileSync(join(root, 'docs', file), 'utf8');

/** The commands that a page gives for a database, in two code blocks: backup, then restore. */
function commandsIn(page: string, database: 'SQLite' | 'PostgreSQL'): string[] {
  const blocks = [...read(page).matchAll(/```sh\n(# SQLite\n[^`]+)```/g)];
  return blocks.map(([, block = '']) => {
    const parts = block.split(/^# /m).filter((part) => /^(\w+)\n/.test(part));
    const chosen = parts.filter((part) => part.startsWith(database) || part.startsWith('Both'));
    return chosen.map((part) => part.slice(part.indexOf('\n') + 1)).join('');
  });
}

it('gives the same commands in both languages', () => {
  for (const database of ['SQLite', 'PostgreSQL'] as const) {
    const commands = commandsIn('operating.md', database);
    expect(commands).toHaveLength(2);
    expect(commandsIn('operating.zh-CN.md', database)).toEqual(commands);
  }
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-backup-'));
  // PostgreSQL may run as another user.
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs commands of the page as an administrator would, and returns their output. */
async function shell(commands: string, environment: Readonly<Record<string, string>>) {
  const ferry = `ferry() { ${JSON.stringify(process.execPath)} ${JSON.stringify(main)} "$@"; }`;
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  const script = `set -eu\n${ferry}\n${commands}`;
  const { stderr, stdout } = await run('bash', ['--norc', '-c', script], { cwd: folder, env });
  expect(stderr).toBe('');
  return stdout;
}

interface Place {
  /** The bot's database, and the one that the backup is restored to. */
  urls: { first: string; restored: string };
  /** What the commands of the page read. */
  variables(url: string): Readonly<Record<string, string>>;
  /** What happens to the first database. */
  lose(): void;
}

/**
 * Backs up while Ferry runs, works on, loses the database, restores it, and works on with the
 * restored one.
 */
async function loseAndRestore(database: 'SQLite' | 'PostgreSQL', place: Place): Promise<void> {
  const hours = (hour: number) => `${String(hour % 24).padStart(2, '0')}:00`;
  const closed = (test?: TestFerry): PolicyFileContent => {
    const hour = (test?.clock.now() ?? testStart).getUTCHours() + 12;
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    const window = { days, from: hours(hour), to: hours(hour + 1), time_zone: 'UTC' };
    return { approvals: { windows: [window] } };
  };
  const policy = aPolicyFile(closed());
  const { first, restored } = place.urls;
  const test = await startTestFerry({ ...policy.environment, DATABASE_URL: first });
  const showing = (card: Message, words: RegExp): Promise<boolean> =>
    test.slack.until(() => words.test(test.shown(card)), { what: `a card with ${words}` });
  const held = saying(en.operations.create_job.status.held(anyText, anyTime));
  const [backUp = '', restore = ''] = commandsIn('operating.md', database);
  const backup = join(folder, 'the backup');

  const waiting = await test.request({ JobName: 'waiting' });
  const approved = await test.request({ JobName: 'approved' });
  await test.slack.as(BOB).click(approved, 'approve');
  await showing(approved, held);
  await shell(backUp, { ...place.variables(first), BACKUP: backup, DATABASE_URL: first });

  // After the backup, a job is created, and a request is submitted that the backup doesn't contain.
  await test.adopt({});
  await showing(approved, jobOnCard());
  const lost = await test.request({ JobName: 'lost' });
  await test.ferry.stop();
  place.lose();
  const output = await shell(restore, {
    ...place.variables(restored),
    BACKUP: backup,
    DATABASE_URL: restored,
  });
  const { commandLine, doctor } = locales.en;
  expect(output).toContain(commandLine.afterRestore.done);
  const lines = [
    commandLine.afterRestore.request(1, 'waiting', doctor.statuses.pending),
    commandLine.afterRestore.request(2, 'approved', doctor.statuses.approved),
  ];
  expect(output).toContain(`${commandLine.afterRestore.compare}\n${lines.join('\n')}\n`);
  expect(output).toContain(locales.en.audit.whole(0, '').split(':')[0]);

  // The window keeps Ferry from creating the second request's job again.
  policy.write(closed(test));
  await test.restart({ DATABASE_URL: restored });
  await showing(approved, held);
  await test.slack.as(ALICE).click(approved, 'withdraw');
  await showing(approved, saying(en.card.status.withdrawn(anything)));
  const newer = await test.request({ JobName: 'newer' });
  expect(test.shown(newer)).toContain('#1003');
  // The button of a lost card changes nothing.
  const bob = test.slack.as(BOB);
  await bob.click(lost, 'approve');
  await test.slack.until(
    () =>
      test.slack
        .messages(lost.channel)
        .some(
          (message) =>
            message.onlyFor === BOB &&
            saying(en.refusal({ code: 'no_such_request', requestId: 3 })).test(
              test.slack.render(message),
            ),
        ),
    { what: 'the refusal' },
  );
  expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(1);

  // The password of the first request is still readable.
  await test.adopt({});
  await bob.click(waiting, 'approve');
  await test.reply(waiting, jobInThread());
  const bodies = test.dts.callsOf('CreateMigrateJob').map(({ body }) => body);
  expect(bodies).toMatchObject([{ JobName: 'approved' }, { JobName: 'waiting' }]);
  await test.stop();
  policy.remove();
}

it('backs up and restores SQLite by the commands of the page', async () => {
  const path = join(folder, 'ferry.db');
  const url = `sqlite:${path}`;
  await loseAndRestore('SQLite', {
    urls: { first: url, restored: url },
    variables: () => ({ DATABASE: path }),
    // The power failed: the file is damaged, and its log is still there.
    lose: () => {
      for (const suffix of ['', '-wal', '-shm']) writeFileSync(`${path}${suffix}`, 'damaged');
    },
  });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

/** CI installs PostgreSQL with its tools; without them, this test is skipped. */
const programs = postgresPrograms;
(programs === undefined && process.env['CI'] === undefined ? it.skip : it)(
  'backs up and restores PostgreSQL by the commands of the page',
  async () => {
    if (programs === undefined) throw new Error('PostgreSQL is not installed');
    const server = await startInstalledPostgres(programs, folder);
    try {
      const urls = { first: server.url('first'), restored: server.url('restored') };
      for (const name of ['first', 'restored']) {
        await run(join(programs, 'psql'), [
          server.url('postgres'),
          '-c',
          `create database ${name}`,
        ]);
      }
      await loseAndRestore('PostgreSQL', {
        urls,
        variables: (url) => ({ URL: url, PATH: `${programs}:${process.env['PATH']}` }),
        lose: () => {},
      });
    } finally {
      await server.stop();
    }
  },
);
