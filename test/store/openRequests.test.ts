import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore } from '../../src/store/createStore';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { aDraft } from '../support/aForm';
import { aRule } from '../support/aRule';
import { databases } from '../support/startTestFerry';

it.each(databases)('on %s, requests stored at the same time keep the limit', async (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-open-'));
  const location = await aDatabase(name, folder);
  const replicas = name === 'sqlite' ? 1 : 3;
  const opened = [];
  for (let count = 0; count < replicas; count += 1) opened.push(await openOrFail(location));
  const stores = opened.map((db) => createStore(db, name, () => new Date()).requests);

  const { parameters, reason } = aDraft();
  const aNew = (origin: string, userId = 'UASK') => ({
    origin,
    requester: { userId, name: 'Asker' },
    askedIn: undefined,
    rule: aRule(),
    parameters,
    reason,
    secrets: { 'SrcInfo.Password': { kind: 'typed' as const } },
    observed: {},
    sealed: { 'SrcInfo.Password': 'sealed' },
    at: new Date(),
  });
  const limit = 4;
  const added = await Promise.all(
    Array.from({ length: 20 }, async (_, index) =>
      stores[index % replicas]?.add(aNew(`V${index}/1`), limit),
    ),
  );
  const stored = added.filter((each) => each?.kind === 'stored');
  expect(stored).toHaveLength(limit);
  for (const each of added.filter((one) => one?.kind !== 'stored')) {
    expect(each).toEqual({ kind: 'too_many', open: limit });
  }
  const [store] = stores;
  if (store === undefined) throw new Error('no store');
  expect(await store.add(aNew('V100/1', 'UOTHER'), limit)).toMatchObject({ kind: 'stored' });

  // A refused request left nothing behind, and a stored form stays stored.
  const again = stored[0]?.kind === 'stored' ? stored[0].request : undefined;
  expect(await store.add(aNew(again?.origin ?? ''), limit)).toMatchObject({
    kind: 'stored',
    added: false,
    request: { id: again?.id },
  });
  expect((await store.latest({ channels: ['C1'], userId: 'UASK' }, 0, 100)).length).toBe(limit + 1);
  await Promise.all(opened.map((db) => db.destroy()));
  rmSync(folder, { recursive: true });
});
