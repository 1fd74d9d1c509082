/**
 * `npm run mutation`: changes the product's code, one change at a time, and lists the changes that
 * no test notices.
 *
 * It takes a seeded sample of changes that compile from each folder. For each change, it runs the
 * tests that execute the changed code, unit tests first, until one fails. Records of which test
 * executes what come from `npm test -- --config scripts/mutation/jest.record.config.js`; test files
 * newer than their record are recorded first.
 *
 * A failed test counts only if it passes alone on the unchanged code. A test that failed by its
 * timeout, which is a multiple of its usual time, must then pass on the unchanged code in half of
 * that timeout, so a busy machine kills nothing. A process that doesn't respond is in an endless
 * loop if it has used 15 s of processor time since its last sign of life. `--patience` limits the
 * tests per change by the time that they usually take.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const require = createRequire(import.meta.url);
const { chooseTests, loadMs } = require('./mutation/chooseTests.js');
const { createCompiler } = require('./mutation/compiler.js');
const { mutationsOf } = require('./mutation/operators.js');
const { folderOf, readRecords } = require('./mutation/records.js');
const { createSandbox } = require('./mutation/sandbox.js');
const { hashOf, product } = require('./mutation/units.js');

const root = fileURLToPath(new URL('..', import.meta.url));
const defaultFolders = [
  'src/domain',
  'src/workflow',
  'src/store',
  'src/tencentcloud',
  'src/policyFile',
  'src/slack',
  'handlers',
  'views',
];

const { values: options } = parseArgs({
  options: {
    /** A folder or file; may be repeated. */
    folder: { type: 'string', multiple: true },
    /** Tries every change in a folder or file. */
    all: { type: 'string' },
    /** Tries only the survivors of the last run. */
    again: { type: 'boolean', default: false },
    seed: { type: 'string' },
    /** The number of changes per folder. */
    sample: { type: 'string', default: '10' },
    workers: { type: 'string', default: '2' },
    /** The seconds of tests per change, by their usual time. */
    patience: { type: 'string', default: '30' },
    /** Starts no further change after this time. */
    minutes: { type: 'string' },
    /** Prints which test noticed each change. */
    verbose: { type: 'boolean', default: false },
    /** Uses the records without updating them. */
    'as-recorded': { type: 'boolean', default: false },
    /** Uses only the tests in a folder or file; may be repeated. */
    tests: { type: 'string', multiple: true, default: ['test/'] },
    /** Fails below this percentage. */
    minimum: { type: 'string', default: '0' },
  },
});

const startedAt = performance.now();
const minutes = () => (performance.now() - startedAt) / 60_000;
const seed = Number(options.seed ?? Math.floor(Math.random() * 1_000_000));
const folders = options.all === undefined ? (options.folder ?? defaultFolders) : [options.all];
const isWhole = options.all !== undefined || options.again;
const sampleSize = isWhole ? Number.POSITIVE_INFINITY : Number(options.sample);
const limitMinutes =
  options.minutes === undefined ? Number.POSITIVE_INFINITY : Number(options.minutes);
const lastPath = join(folderOf(root), 'last.json');

/** An order that depends on each mutation and the seed alone: an edit leaves the rest of a sample as it is. */
function inOrderOfSeed(mutations) {
  const keys = new Map(mutations.map(({ id }) => [id, hashOf(`${seed} ${id}`)]));
  const key = ({ id }) => keys.get(id) ?? '';
  return [...mutations].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function sourcesIn(folder) {
  if (folder.endsWith('.ts')) return [folder];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => product.test(path))
    .sort();
}

const short = (text) => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 90 ? `${line.slice(0, 60)} … ${line.slice(-25)}` : line;
};

/** A mutation for people. `id` stays the same after edits elsewhere in the file. */
function described(file, content, mutation) {
  const { start, end, text, operator } = mutation;
  const line = content.slice(0, start).split('\n').length;
  const code = content.split('\n')[line - 1].trim();
  const before = content.slice(start, end);
  return {
    ...mutation,
    file,
    content,
    place: `${file}:${line}`,
    change: text === '' ? `without ${short(before)}` : `${short(before)} → ${short(text)}`,
    id: hashOf([file, code, before, operator, text].join('\n')),
  };
}

const equivalents = new Set(
  JSON.parse(readFileSync(new URL('./mutation/equivalents.json', import.meta.url), 'utf8')).map(
    ({ id }) => id,
  ),
);

/** Updates the records of changed test files. If there are none, it records all. */
function currentRecords() {
  const records = new Map(readRecords(root).map((record) => [record.testFile, record]));
  const testFiles = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${name}`)
    .filter((path) =>
      /^test\/(?!programs\/|soak\/|e2e\/|release\/|playground\/)(.*\.test\.ts)$/.test(path),
    )
    .filter((path) => options.tests.some((chosen) => path.startsWith(chosen)));
  const outdated = testFiles.filter((path) => {
    const record = records.get(path);
    return record === undefined || record.hash !== hashOf(readFileSync(join(root, path), 'utf8'));
  });
  if (outdated.length > 0 && !options['as-recorded']) {
    console.log(`Recording which code ${outdated.length} test files execute.`);
    const jest = ['--single-threaded', '--no-opt', 'node_modules/jest/bin/jest.js'];
    const config = ['--config', 'scripts/mutation/jest.record.config.js'];
    run(process.execPath, [
      ...jest,
      ...config,
      `--maxWorkers=${options.workers}`,
      '--silent',
      '--forceExit',
      ...outdated,
    ]);
  }
  return readRecords(root).filter(({ testFile }) => testFiles.includes(testFile));
}

function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) console.log(`${command} ended with ${status}`);
}

const records = currentRecords();
const compiler = createCompiler(root);
const lastSurvivors = options.again
  ? new Set(JSON.parse(readFileSync(lastPath, 'utf8')).map(({ id }) => id))
  : undefined;

const scores = new Map();
const pools = folders.map((folder) => {
  const all = sourcesIn(folder).flatMap((file) => {
    const content = readFileSync(join(root, file), 'utf8');
    return mutationsOf(file, content).map((mutation) => described(file, content, mutation));
  });
  scores.set(folder, { killed: 0, survivors: [], equivalent: 0, uncompiled: 0 });
  const wanted = lastSurvivors === undefined ? all : all.filter(({ id }) => lastSurvivors.has(id));
  return { folder, left: inOrderOfSeed(wanted), ready: [], taken: 0 };
});

const changedText = ({ content, start, end, text }) =>
  content.slice(0, start) + text + content.slice(end);

/** How many changes of a folder the compiler checks together. */
const batchSize = 40;

/** Moves the next changes that compile from `left` to `ready`. */
function prepare(pool) {
  const score = scores.get(pool.folder);
  const batch = pool.left.splice(0, batchSize);
  const wanted = batch.filter(({ id }) => !equivalents.has(id));
  score.equivalent += batch.length - wanted.length;
  const accepted = compiler.acceptsEach(
    wanted.map((mutation) => ({ file: mutation.file, text: changedText(mutation) })),
  );
  pool.ready = wanted.filter((_, index) => accepted[index]);
  score.uncompiled += wanted.length - pool.ready.length;
}

/** The next mutation that compiles, from the folder with the fewest so far. */
function next() {
  for (;;) {
    if (minutes() > limitMinutes) return undefined;
    const [pool] = pools
      .filter(({ left, ready, taken }) => left.length + ready.length > 0 && taken < sampleSize)
      .sort((a, b) => a.taken - b.taken);
    if (pool === undefined) return undefined;
    const mutation = pool.ready.shift();
    if (mutation === undefined) prepare(pool);
    else {
      pool.taken += 1;
      return { ...mutation, folder: pool.folder };
    }
  }
}

/** Whether tests pass alone on the unchanged code. */
async function passNow(sandbox, { file, content }, testFile, only, patience) {
  const order = { kind: 'run', file, text: content, testFile, only, patience };
  const outcome = await sandbox.run(order);
  return outcome.kind === 'ran' && outcome.ran > 0 && outcome.failed === undefined;
}

/** The same with a generous timeout; each is checked once. */
const alone = new Map();
async function passesAlone(sandbox, mutation, testFile, only) {
  const key = JSON.stringify([testFile, only.map(([ordinal]) => ordinal)]);
  if (!alone.has(key)) alone.set(key, await passNow(sandbox, mutation, testFile, only, 3));
  return alone.get(key);
}

/** A test that killed other mutations of a file is likely to kill the next. */
const killers = new Map();

/** The first tests that usually take no longer than this. */
function fitting(only, ms) {
  let left = ms;
  return only.filter(([, usualMs]) => {
    left -= usualMs;
    return left > 0;
  });
}

async function attempt(sandbox, mutation) {
  const text = changedText(mutation);
  const { file, content } = mutation;
  const chosen = chooseTests(root, records, file, content, mutation);
  if (chosen.length === 0) return { kind: 'survived', why: 'no test executes it' };
  const known = killers.get(file) ?? [];
  const first = known.filter(({ testFile, only: [[ordinal]] }) =>
    chosen.some((run) => run.testFile === testFile && run.only.some(([each]) => each === ordinal)),
  );
  let leftMs = Number(options.patience) * 1000;
  let tried = 0;
  const plan = [...first.slice(0, 6), ...chosen];
  for (const { testFile, only: all } of plan) {
    const only = fitting(all, leftMs);
    if (only.length === 0) break;
    leftMs -= loadMs + only.reduce((sum, [, usualMs]) => sum + usualMs, 0);
    if (only.length === all.length) tried += 1;
    const order = { kind: 'run', file, text, testFile, only, patience: 1 };
    let outcome = await sandbox.run(order);
    if (outcome.kind === 'crashed') outcome = await sandbox.run(order);
    if (outcome.kind !== 'ran') return { kind: 'killed', by: `${testFile}: ${outcome.kind}` };
    const { failed } = outcome;
    if (failed === undefined) continue;
    const usual = only.filter(([ordinal]) => ordinal === failed.ordinal);
    const failing = usual.length === 0 ? only : usual;
    const passes = /Exceeded timeout/.test(failed.message)
      ? await passNow(sandbox, mutation, testFile, failing, 0.5)
      : (await passesAlone(sandbox, mutation, testFile, failing)) ||
        (await passesAlone(sandbox, mutation, testFile, only));
    if (!passes) continue;
    if (
      usual.length > 0 &&
      !known.some((each) => each.testFile === testFile && each.only[0][0] === failed.ordinal)
    )
      killers.set(file, [{ testFile, only: usual }, ...known]);
    return { kind: 'killed', by: `${testFile} › ${failed.name}: ${failed.message.split('\n')[0]}` };
  }
  if (!compiler.accepts(file, text, { importersToo: true })) return { kind: 'uncompiled' };
  const why = tried < plan.length ? `${tried} of ${plan.length} runs in ${options.patience} s` : '';
  return { kind: 'survived', why };
}

const sandboxes = [];
async function work() {
  const sandbox = createSandbox(root);
  sandboxes.push(sandbox);
  for (let mutation = next(); mutation !== undefined; mutation = next()) {
    const began = performance.now();
    const result = await attempt(sandbox, mutation);
    const { place, change, operator } = mutation;
    const score = scores.get(mutation.folder);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (result.kind === 'killed') score.killed += 1;
    else if (result.kind === 'uncompiled') {
      score.uncompiled += 1;
      for (const pool of pools) if (pool.folder === mutation.folder) pool.taken -= 1;
    } else {
      const why = result.why === '' ? '' : ` (${result.why})`;
      score.survivors.push({ ...mutation, line: `${place}  ${operator}: ${change}${why}` });
      console.log(`survived: ${place}  ${operator}: ${change}${why}`);
    }
    if (options.verbose)
      console.log(
        `  ${seconds} s ${result.kind} ${place} ${operator}: ${change} ${result.by ?? ''}`,
      );
    // The sandbox's next mutation may be in another file.
    await sandbox.restore(mutation.file, mutation.content);
  }
  sandbox.close();
}

process.on('exit', () => {
  for (const sandbox of sandboxes) sandbox.close();
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

console.log(`--seed ${seed}`);
await Promise.all(Array.from({ length: Number(options.workers) }, work));

let killed = 0;
let counted = 0;
const survivors = [];
console.log('\nfolder            killed  of   score');
for (const [folder, score] of scores) {
  const total = score.killed + score.survivors.length;
  killed += score.killed;
  counted += total;
  survivors.push(...score.survivors);
  const percent = total === 0 ? '' : `${Math.round((100 * score.killed) / total)} %`;
  console.log(
    `${folder.padEnd(18)}${String(score.killed).padStart(6)}${String(total).padStart(5)}${percent.padStart(8)}`,
  );
}
mkdirSync(folderOf(root), { recursive: true });
writeFileSync(lastPath, JSON.stringify(survivors.map(({ id, line }) => ({ id, line }))));
console.log(survivors.length === 0 ? '\nNo survivors.' : '\nSurvivors:');
for (const { line, id } of survivors) console.log(`${line}  [${id}]`);
const percent = counted === 0 ? 0 : (100 * killed) / counted;
console.log(
  `\n${percent.toFixed(1)} % of ${counted} changes noticed, in ${minutes().toFixed(1)} minutes. Seed ${seed}.`,
);
if (counted === 0 || percent < Number(options.minimum)) process.exitCode = 1;
process.exit();
