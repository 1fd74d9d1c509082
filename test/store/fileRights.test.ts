import { chmodSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestFerry } from '../support/startTestFerry';

const rightsOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'ferry-rights-'));
const others = 'other users of this machine can open the database';

it.each([0o000, 0o002, 0o022, 0o077])(
  'creates nothing that others can open, with umask %o',
  async (umask) => {
    const folder = join(newFolder(), 'some', 'data');
    const before = process.umask(umask);
    try {
      const test = await startTestFerry({ DATABASE_URL: `sqlite:${join(folder, 'ferry.db')}` });
      await test.request();
      expect(readdirSync(folder).sort()).toEqual([
        'ferry.db',
        'ferry.db-lock',
        'ferry.db-shm',
        'ferry.db-wal',
      ]);
      for (const name of readdirSync(folder)) expect(rightsOf(join(folder, name))).toBe('600');
      for (const each of [folder, join(folder, '..')]) expect(rightsOf(each)).toBe('700');
      expect(test.logged()).not.toContain(others);
      await test.stop();
    } finally {
      process.umask(before);
    }
  },
);

it('names an existing folder and files with laxer modes, and leaves them unchanged', async () => {
  const folder = join(newFolder(), 'data');
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  const path = join(folder, 'ferry.db');
  writeFileSync(path, '');
  chmodSync(path, 0o640);
  const test = await startTestFerry({ DATABASE_URL: `sqlite:${path}` });
  const lines = test
    .logged()
    .split('\n')
    .filter((line) => line.includes(others));
  expect(lines).toHaveLength(4); // SQLite gives its other two files the mode of the first.
  expect(lines[0]).toContain(`"path":"${folder}","mode":"0755"`);
  expect(lines[1]).toContain(`"path":"${path}","mode":"0640"`);
  expect([rightsOf(folder), rightsOf(path)]).toEqual(['755', '640']);
  await test.stop();
});
