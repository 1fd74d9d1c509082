import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore } from '../../src/store/createStore';
import { openForReading } from '../../src/store/openDatabase';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { databases } from '../support/startTestFerry';
import { began, minutes } from '../support/storeOn';

describe.each(databases)('on %s, the store', (name) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-store-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('tries whether the database accepts writes, as often as it is asked', async () => {
    const location = await aDatabase(name, folder);
    const store = createStore(await openOrFail(location), name, () => began);
    for (const at of [began, began, minutes(-1)]) await store.probe(at);
    const reading = await openForReading(location, () => {});
    if (!reading.ok) throw new Error(JSON.stringify(reading.problem));
    const reader = createStore(reading.db, name, () => began);
    expect((await reader.workload(began)).requests).not.toEqual([]);
    const message = expect.stringMatching(/read-?only/);
    await expect(reader.probe(began)).rejects.toMatchObject({ message });
    await reader.close();
    await store.close();
    await expect(store.workload(began)).rejects.toThrow();
  });

  it('holds each lease without asking only if no other process can share the database', async () => {
    const db = await openOrFail(await aDatabase(name, folder));
    const leases = createStore(db, name, () => began).leases('announcing');
    const isAlone = name === 'sqlite';
    const unknown = 9;
    expect(await leases.take(unknown, began, minutes(1))).toBe(isAlone);
    expect(await leases.renew(unknown, minutes(1))).toBe(isAlone);
    await leases.release(unknown);
    await db.destroy();
  });
});
