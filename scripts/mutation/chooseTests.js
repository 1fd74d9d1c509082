const { readFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { hashOf, parse, unitsAround, unitsOf } = require('./units');
const { testsIn } = require('./records');

/** A few tests of each file run first. The others follow those of all files. */
const few = 5;
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

/**
 * How many units of the file each test executes, to distinguish tests of a table from those that
 * only load it.
 */
function weights(record, path) {
  const weight = new Array(record.tests.length).fill(0);
  for (const entry of Object.values(record.sources[path].units)) {
    if (entry === 'all') continue;
    for (const index of testsIn(entry, record.tests.length)) weight[index] += 1;
  }
  return weight;
}

/**
 * The runs that may notice a mutation, in order: unit tests before flows, those that import the file first, quick before slow, a few
 * tests of each file before the rest.
 *
 * @returns `{ testFile, only: [ordinal, ms][] }[]`
 */
function chooseTests(root, records, path, content, { start, end }) {
  const around = unitsAround(unitsOf(parse(path, content)), start, end);
  const where = { path, hash: hashOf(content), around };
  const known = new Set(records.flatMap(({ sources }) => Object.keys(sources[path]?.units ?? {})));
  const first = [];
  const rest = [];
  for (const record of records) {
    let indexes = executing(record, where, known);
    if (indexes.length === 0) continue;
    if (around.length === 0) {
      const weight = weights(record, path);
      indexes = [...indexes].sort((a, b) => weight[b] - weight[a] || a - b);
    } else if (isFlow(record.testFile)) {
      // Short tests find the most per second.
      indexes = [...indexes].sort((a, b) => record.tests[a].ms - record.tests[b].ms);
    }
    const { testFile } = record;
    const run = (chosen) => {
      const only = chosen.map((index) => [
        record.tests[index].ordinal ?? index,
        record.tests[index].ms,
      ]);
      const ms = only.reduce((sum, [, each]) => sum + each, loadMs);
      return { testFile, only, ms };
    };
    const count = isFlow(testFile) ? few : indexes.length;
    first.push(run(indexes.slice(0, count)));
    if (indexes.length > count) rest.push(run(indexes.slice(count)));
  }
  const folder = `test/${path.split('/').at(path.startsWith('src/') ? 1 : 0)}/`;
  const imported = `/${basename(path, '.ts')}'`;
  const rank = ({ testFile }) => {
    if (isFlow(testFile)) return 3;
    if (readFileSync(join(root, testFile), 'utf8').includes(imported)) return 0;
    return testFile.startsWith(folder) ? 1 : 2;
  };
  const order = (a, b) => rank(a) - rank(b) || a.ms - b.ms;
  return [...first.sort(order), ...rest.sort(order)];
}

module.exports = { chooseTests, loadMs };
