/**
 * The map from code to tests: one record per test file, written while its tests run. It only
 * chooses and orders tests. An outdated record costs time or misses a kill, but never invents one.
 */
const { mkdirSync, readFileSync, readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const folderOf = (root) => join(root, 'node_modules', '.cache', 'mutation');

function writeRecord(root, testFile, record) {
  const folder = join(folderOf(root), 'records');
  mkdirSync(folder, { recursive: true });
  const name = `${testFile.replaceAll('/', '+')}.json`;
  writeFileSync(join(folder, name), JSON.stringify({ testFile, ...record }));
}

function readRecords(root) {
  const folder = join(folderOf(root), 'records');
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

/** The indexes of the tests in a unit's entry. */
function testsIn(entry, count) {
  if (entry === 'all') return Array.from({ length: count }, (_, index) => index);
  const bytes = Buffer.from(entry, 'base64');
  const tests = [];
  for (let test = 0; test < bytes.length * 8; test += 1)
    if ((bytes[test >> 3] >> (test & 7)) & 1) tests.push(test);
  return tests;
}

module.exports = { folderOf, writeRecord, readRecords, testsIn };
