import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { arch, cpus, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { startPostgres } from '../playground/postgres';
import { Secret } from '../src/domain/secrets/secret';
import { type GrowthCounts, growth } from './growth';
import { installSize } from './installSize';
import { type Counts, launching, opening, starting, takeExample, underLoad } from './nextToBolt';
import { printTable } from './print';
import { isFarOver, type Result, type Row, resultOf } from './row';

const { values } = parseArgs({
  options: {
    /** A few samples, and a failure only for results far outside the goals. */
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    /** How many ended requests the long history has. */
    history: { type: 'string', default: '1000000' },
    /** Runs only the parts whose names begin like this. */
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});

const usage = `npm run bench -- [--short] [--json] [--history N] [--only PART]

Measures Ferry next to the least that could do the same, on this machine.
Parts: opening, launching, load, starting, growth, install`;

const counts: Counts = values.short
  ? { single: 40, rounds: 3, launches: 8, interactions: 250, starts: 2 }
  : { single: 300, rounds: 20, launches: 100, interactions: 10_000, starts: 9 };
const ended = Number(values.history);
const measured = { times: 25, starts: 5, idleMs: 10_000 };
const histories: GrowthCounts[] = values.short
  ? [{ ended: 10_000, waiting: 1_000, times: 3, starts: 1, idleMs: 2_000 }]
  : [
      { ended, waiting: 0, ...measured },
      { ended: Math.min(ended, 100_000), waiting: 10_000, ...measured },
    ];
const launches = values.short ? 30 : 1_000;

/** Above this share of its time, the stand-ins were the bottleneck. */
const busy = 0.9;

const folder = mkdtempSync(join(tmpdir(), 'ferry-bench-'));
chmodSync(folder, 0o755);
const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

async function main(): Promise<boolean> {
  const results: Result[] = [];
  const part = async (name: string, measure: () => Promise<Row[]>): Promise<void> => {
    if (!name.startsWith(values.only)) return;
    const begun = performance.now();
    const before = performance.eventLoopUtilization();
    results.push(...(await measure()).map(resultOf));
    const { utilization } = performance.eventLoopUtilization(before);
    const seconds = Math.round((performance.now() - begun) / 1_000);
    const bottleneck = utilization > busy ? ' THE STAND-IN WAS THE BOTTLENECK.' : '';
    say(
      `${name}: ${seconds} s; the stand-ins were busy ${Math.round(utilization * 100)} % of the time.${bottleneck}`,
    );
  };
  const example = await takeExample();
  await part('opening, Socket Mode', () => opening('socket', counts, example));
  await part('opening, HTTP', () => opening('http', counts, example));
  await part('starting', () => starting(counts, example));

  const postgres = await startPostgres(folder, ['max_connections=100', 'synchronous_commit=on']);
  const administrator = new Client({ connectionString: postgres.url });
  await administrator.connect();
  let made = 0;
  const postgresPlace = async () => {
    made += 1;
    await administrator.query(`create database bench_${made}`);
    const url = new URL(postgres.url);
    url.pathname = `/bench_${made}`;
    return {
      location: { kind: 'postgres' as const, url: new Secret(url.href) },
      databaseUrl: url.href,
    };
  };
  const sqlitePlace = async () => {
    made += 1;
    const path = join(folder, `bench-${made}.db`);
    return { location: { kind: 'sqlite' as const, path }, databaseUrl: `sqlite:${path}` };
  };
  await part('launching, SQLite', () => launching('SQLite', undefined, counts, example));
  await part('launching, PostgreSQL', async () =>
    launching('PostgreSQL', (await postgresPlace()).databaseUrl, counts, example),
  );
  await part('load', () => underLoad(launches));
  for (const [database, place] of [
    ['SQLite', sqlitePlace],
    ['PostgreSQL', postgresPlace],
  ] as const) {
    for (const history of histories) {
      await part(`growth, ${database}`, () => growth(database, place, history));
    }
  }
  await administrator.end();
  await postgres.stop();

  const { largest, rows } = installSize();
  if ('install'.startsWith(values.only)) results.push(...rows.map(resultOf));
  const machine = `${cpus().length} × ${cpus()[0]?.model}, ${platform()} ${arch()}, Node ${process.version}`;
  if (values.json) {
    const figures = results.map(({ over = 0, row, ...rest }) => {
      const { goal, nextTo, unit, what } = row;
      return { what, nextTo, unit, ...rest, goal, met: over <= 1 };
    });
    process.stdout.write(`${JSON.stringify({ machine, figures, largest }, undefined, 2)}\n`);
  } else {
    process.stdout.write(
      `${machine}\n\n${printTable(results)}\n\nLargest: ${largest.join(', ')}\n`,
    );
  }
  const far = results.filter(isFarOver);
  for (const { row } of far) say(`Far outside its goal: ${row.what}.`);
  return far.length === 0;
}

if (values.help) {
  say(usage);
} else {
  main()
    .then((isNear) => {
      process.exitCode = isNear || !values.short ? 0 : 1;
    })
    .finally(() => rmSync(folder, { recursive: true, force: true }));
}
