import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HomeStore } from '../../src/ports/homes';
import type { Database } from '../../src/store/database';
import { createHomeStore } from '../../src/store/homes';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { databases } from '../support/startTestFerry';

describe.each(databases)('on %s, Home tabs', (name) => {
  let folder: string;
  let db: Database;
  let homes: HomeStore;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-homes-'));
    db = await openOrFail(await aDatabase(name, folder));
    homes = createHomeStore(db, name);
  });
  afterEach(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });
  const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000);

  it('are unknown until they are opened', async () => {
    await homes.opened('U1', 0, at(0));
    expect(await homes.find('U2')).toBeUndefined();
    expect(await homes.find('U1')).toEqual({ userId: 'U1', page: 0, hash: undefined });
  });

  it('keep the page of the latest opening and the hash of the latest view, for each person', async () => {
    await homes.opened('U1', 0, at(0));
    await homes.opened('U2', 3, at(0));
    await homes.saveHash('U1', 'first');
    await homes.saveHash('U2', 'other');
    await homes.saveHash('U1', 'second');
    await homes.opened('U1', 2, at(1));
    expect(await homes.find('U1')).toEqual({ userId: 'U1', page: 2, hash: 'second' });
    expect(await homes.find('U2')).toEqual({ userId: 'U2', page: 3, hash: 'other' });
    await homes.saveHash('U1', undefined);
    expect(await homes.find('U1')).toEqual({ userId: 'U1', page: 2, hash: undefined });
    expect(await homes.find('U2')).toEqual({ userId: 'U2', page: 3, hash: 'other' });
  });

  it('keep the filter that a person chose last, until the person chooses another', async () => {
    const filterOf = async (userId: string) => (await homes.find(userId))?.filter;
    await homes.opened('U1', 0, at(0), { status: 'waiting', mine: true });
    await homes.opened('U2', 0, at(0));
    expect([await filterOf('U1'), await filterOf('U2')]).toEqual([
      { status: 'waiting', mine: true },
      undefined,
    ]);
    await homes.opened('U1', 1, at(1));
    expect(await filterOf('U1')).toEqual({ status: 'waiting', mine: true });
    await homes.opened('U1', 0, at(2), {});
    await homes.opened('U2', 0, at(2), { status: 'done' });
    expect([await filterOf('U1'), await filterOf('U2')]).toEqual([{}, { status: 'done' }]);
  });

  it('are listed if they were opened after a given time, the latest first', async () => {
    await homes.opened('U1', 0, at(1));
    await homes.opened('U2', 0, at(2));
    await homes.opened('U3', 0, at(3));
    expect(await homes.openedSince(at(0))).toEqual(['U3', 'U2', 'U1']);
    expect(await homes.openedSince(at(1))).toEqual(['U3', 'U2']);
    await homes.opened('U1', 0, at(4));
    expect(await homes.openedSince(at(1))).toEqual(['U1', 'U3', 'U2']);
    expect(await homes.openedSince(at(4))).toEqual([]);
  });
});
