const { readFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { hashOf, parse, unitsAround, unitsOf } = require('./units');
const { testsIn } = require('./records');
const { usersOf } = require('./users');

/** A few tests of each file run first. The others follow those of all files. */
const few = 5;
/** Of unit tests, also more than a few run first, if they usually take no longer than this. */
const briefMs = 2_000;
/** The time to load a test file's modules, in addition to its tests. */
const loadMs = 800;

const isFlow = (testFile) => testFile.startsWith('test/flows/');

/**
 * The indexes of a record's tests that execute the code around a mutation: the innermost unit that
 * any record contains. If the file has changed, a unit without a record is new.
 */
function executing(record, { path, hash, around }, known) {
  const source = record.sources[path];
  if (source === undefined) return [];
  for (const key of around) {
    const entry = source.units[key];
    if (entry !== undefined) return testsIn(entry, record.tests.length);
    if (source.hash === hash || known.has(key)) return [];
  }
  return record.tests.map((_, index) => index);
}

/** The indexes of the tests that execute at least one of these units. */
function usingTests(record, units) {
  const using = new Set();
  for (const [path, keys] of units) {
    const known = record.sources[path]?.units ?? {};
    for (const key of keys) {
      if (known[key] === undefined) continue;
      for (const index of testsIn(known[key], record.tests.length)) using.add(index);
    }
  }
  return using;
}

/**
 * The runs that may notice a mutation, in order: unit tests before flows, those that import the file first, quick before slow, a few
 * tests of each file before the rest. For code outside of functions, the tests that execute the functions that use it come first.
 *
 * @returns `{ testFile, only: [ordinal, ms][] }[]`
 */
function chooseTests(root, records, path, content, { start, end }) {
  const around = unitsAround(unitsOf(parse(path, content)), start, end);
  const where = { path, hash: hashOf(content), around };
  const known = new Set(records.flatMap(({ sources }) => Object.keys(sources[path]?.units ?? {})));
  const users = around.length === 0 ? usersOf(root, path, content, start) : new Map();
  const first = [];
  const rest = [];
  const last = [];
  for (const record of records) {
    let indexes = executing(record, where, known);
    if (indexes.length === 0) continue;
    // Short tests find the most per second.
    const quickFirst = (a, b) => record.tests[a].ms - record.tests[b].ms;
    if (around.length === 0) {
      const using = usingTests(record, users);
      const others = indexes.filter((index) => !using.has(index));
      indexes = indexes.filter((index) => using.has(index)).sort(quickFirst);
      if (others.length > 0) last.push(run(record, others));
    } else indexes = [...indexes].sort(quickFirst);
    const count = isFlow(record.testFile) ? few : Math.max(few, brief(record, indexes));
    if (indexes.length > 0) first.push(run(record, indexes.slice(0, count)));
    if (indexes.length > count) rest.push(run(record, indexes.slice(count)));
  }
  const folder = `test/${path.split('/').at(path.startsWith('src/') ? 1 : 0)}/`;
  const imported = `/${basename(path, '.ts')}'`;
  const rank = ({ testFile }) => {
    if (isFlow(testFile)) return 3;
    if (readFileSync(join(root, testFile), 'utf8').includes(imported)) return 0;
    return testFile.startsWith(folder) ? 1 : 2;
  };
  const order = (a, b) => rank(a) - rank(b) || a.ms - b.ms;
  return [...first.sort(order), ...rest.sort(order), ...last.sort(order)];
}

/** How many of these tests, in order, take no longer than `briefMs`. */
function brief({ tests }, indexes) {
  let left = briefMs;
  return indexes.filter((index) => {
    left -= tests[index].ms;
    return left >= 0;
  }).length;
}

function run({ testFile, tests }, indexes) {
  const only = indexes.map((index) => [tests[index].ordinal ?? index, tests[index].ms]);
  const ms = only.reduce((sum, [, each]) => sum + each, loadMs);
  return { testFile, only, ms };
}

module.exports = { chooseTests, loadMs };
