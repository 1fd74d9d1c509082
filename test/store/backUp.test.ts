import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp } from '../../src/store/backUp';
import { openSqlite } from '../../src/store/sqlite';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A database whose process ended unexpectedly: its last changes are only in the log next to it. */
function anAbandonedDatabase(): { path: string; files: string[] } {
  const live = openSqlite(join(folder, 'live.db'));
  live.pragma('journal_mode = wal');
  live.exec('create table words (word text)');
  live.pragma('wal_checkpoint(truncate)');
  live.exec("insert into words values ('last')");
  const path = join(folder, 'ferry.db');
  const files = [path, `${path}-wal`];
  for (const file of files) copyFileSync(file.replace('ferry.db', 'live.db'), file);
  live.close();
  return { path, files };
}

const wordsIn = (path: string) => {
  const copy = openSqlite(path, { readonly: true, fileMustExist: true });
  const rows = copy.prepare('select word from words').all();
  copy.close();
  return rows;
};

it('copies everything, and leaves the files of the database as they are', () => {
  const { path, files } = anAbandonedDatabase();
  const before = files.map((file) => readFileSync(file));
  const target = join(folder, 'copy.db');
  expect(backUp(path, target)).toBeUndefined();
  expect(files.map((file) => readFileSync(file))).toEqual(before);
  expect(wordsIn(target)).toEqual([{ word: 'last' }]);
});

it('does not create a database that is absent', () => {
  const path = join(folder, 'absent.db');
  const target = join(folder, 'copy.db');
  expect(backUp(path, target)).toEqual({ kind: 'absent' });
  expect([path, target].map((file) => existsSync(file))).toEqual([false, false]);
});

it('does not replace a file', () => {
  const { path } = anAbandonedDatabase();
  const target = join(folder, 'copy.db');
  writeFileSync(target, 'mine');
  expect(backUp(path, target)).toEqual({ kind: 'target_exists' });
  expect(readFileSync(target, 'utf8')).toBe('mine');
});

it('leaves no copy behind if it fails', () => {
  const path = join(folder, 'ferry.db');
  writeFileSync(
    path,
    'no database, but some text that is long enough to be read as one'.repeat(20),
  );
  const target = join(folder, 'copy.db');
  expect(backUp(path, target)).toEqual({
    kind: 'unusable',
    detail: expect.stringMatching(/database/),
  });
  expect(existsSync(target)).toBe(false);
  const unreachable = backUp(path, join(folder, 'missing', 'copy.db'));
  expect(unreachable).toEqual({ kind: 'unusable', detail: expect.stringContaining('ENOENT') });
});
