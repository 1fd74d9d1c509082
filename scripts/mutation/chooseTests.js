const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { hashOf, parse, unitsAround, unitsGuarded, unitsOf } = require('./units');
const { testsIn } = require('./records');
const { functionsNamed, usersOf } = require('./users');

/** A few tests of each file run first. The others follow those of all files. */
const few = 5;
/**
 * More than a few unit tests may run first if together they usually take no longer than this. In
 * ms.
 */
const briefMs = 2_000;
/** The same for the unit tests of the changed file or folder. */
const nearMs = 10_000;
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
 * The tests that a condition separates from most others, as `file index`: for each of its branches, those
 * that run it or those that do not, whichever are fewer. Most tests notice no change of a condition that
 * has the same result for them.
 */
function separated(records, path, guarded, executingIn) {
  const sides = guarded.flatMap((key) => {
    const inside = [];
    const outside = [];
    for (const record of records) {
      const entry = record.sources[path]?.units[key];
      const running = new Set(entry === undefined ? [] : testsIn(entry, record.tests.length));
      for (const index of executingIn(record))
        (running.has(index) ? inside : outside).push(`${record.testFile} ${index}`);
    }
    const [fewer, more] = inside.length < outside.length ? [inside, outside] : [outside, inside];
    return fewer.length > 0 ? fewer : more;
  });
  return new Set(sides);
}

/** The same for functions that the changed code names: the tests that run one of them, if most don't. */
function callers(records, named, executingIn) {
  const count = records.reduce((sum, record) => sum + executingIn(record).length, 0);
  const sides = named.flatMap((unit) => {
    const running = records.flatMap((record) => {
      const using = usingTests(record, [unit]);
      return executingIn(record)
        .filter((index) => using.has(index))
        .map((index) => `${record.testFile} ${index}`);
    });
    return running.length < count / 2 ? running : [];
  });
  return new Set(sides);
}

/**
 * The runs that may notice a mutation, in order: unit tests that import the file, then those of its folder, then all others. Among them,
 * a few tests of each file come first that the changed condition or call separates from the others, then a few quick ones, then the rest.
 * For code outside of functions, the tests that execute the functions that use it come first, and those of files that import it by name.
 *
 * @returns `{ testFile, only: [ordinal, ms][] }[]`
 */
function chooseTests(root, records, path, content, { start, end }) {
  const source = parse(path, content);
  const units = unitsOf(source);
  const around = unitsAround(units, start, end);
  const where = { path, hash: hashOf(content), around };
  const known = new Set(records.flatMap(({ sources }) => Object.keys(sources[path]?.units ?? {})));
  const users = around.length === 0 ? usersOf(root, path, content, start) : undefined;
  const executingIn = (record) => executing(record, where, known);
  const guarded = unitsGuarded(source, units, start, end);
  const named = functionsNamed(root, path, content, start, end).map(([file, key]) => [file, [key]]);
  const isSeparated = new Set([
    ...separated(records, path, guarded, executingIn),
    ...callers(records, named, executingIn),
  ]);
  const folder = `test/${path.split('/').at(path.startsWith('src/') ? 1 : 0)}/`;
  const textOf = ({ testFile }) => readFileSync(join(root, testFile), 'utf8');
  const rank = (record) => {
    const { testFile } = record;
    if (isFlow(testFile)) return 2;
    if (imports(textOf(record), path)) return 0;
    return testFile.startsWith(folder) ? 1 : 2;
  };
  const telling = [];
  const first = [];
  const rest = [];
  const last = [];
  for (const record of records) {
    let indexes = executingIn(record);
    if (indexes.length === 0) continue;
    // Short tests find the most per second.
    const quickFirst = (a, b) => record.tests[a].ms - record.tests[b].ms;
    if (users !== undefined && !importsAny(textOf(record), users.names)) {
      const using = usingTests(record, users.units);
      const others = indexes.filter((index) => !using.has(index));
      indexes = indexes.filter((index) => using.has(index)).sort(quickFirst);
      if (others.length > 0) last.push(run(record, others));
    } else indexes = [...indexes].sort(quickFirst);
    const chosen = indexes
      .filter((index) => isSeparated.has(`${record.testFile} ${index}`))
      .slice(0, few);
    if (chosen.length > 0) telling.push(run(record, chosen));
    indexes = indexes.filter((index) => !chosen.includes(index));
    const place = rank(record);
    const ms = place <= 1 ? nearMs : briefMs;
    const count = isFlow(record.testFile) ? few : Math.max(few, brief(record, indexes, ms));
    if (indexes.length > 0) first.push(run(record, indexes.slice(0, count)));
    if (indexes.length > count) rest.push(run(record, indexes.slice(count)));
  }
  const order = (a, b) => rank(a) - rank(b) || a.ms - b.ms;
  const sorted = [telling, first, rest, last].flatMap((runs) => runs.sort(order));
  const isNear = (each) => rank(each) <= 1 && !rest.includes(each) && !last.includes(each);
  return [...sorted.filter(isNear), ...sorted.filter((each) => !isNear(each))];
}

const imports = (text, path) => text.includes(`/${path.slice(0, -'.ts'.length)}'`);

/** True if a test file imports one of these declarations, given as `file name`. */
const importsAny = (text, names) =>
  names.some((each) => {
    const [path, name] = each.split(' ');
    return imports(text, path) && new RegExp(`\\b${name}\\b`).test(text);
  });

/** How many of these tests, in order, take no longer than `ms` together. */
function brief({ tests }, indexes, ms) {
  let left = ms;
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
