import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore } from '../../src/store/createStore';
import type { Database } from '../../src/store/database';
import { createLeases } from '../../src/store/leases';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { aDraft } from '../support/aForm';
import { aRule } from '../support/aRule';
import { storedOf } from '../support/storedOf';

// With SQLite there is a single process, which needs no leases.
describe('a lease', () => {
  let folder: string;
  let db: Database;
  let requestId: number;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-leases-'));
    db = await openOrFail(await aDatabase('postgres', folder));
    requestId = await aRequest(db);
  });
  afterEach(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });

  const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000);
  const leasesOf = (owner: string) => createLeases(db, 'announcing', owner);
  const take = (owner: string, now: number, until: number) =>
    leasesOf(owner).take(requestId, at(now), at(until));
  const renew = (owner: string, until: number) => leasesOf(owner).renew(requestId, at(until));
  const release = (owner: string) => leasesOf(owner).release(requestId);

  it('belongs to one process until it expires', async () => {
    expect(await take('one', 0, 30)).toBe(true);
    expect(await take('another', 29, 60)).toBe(false);
    expect(await take('another', 30, 60)).toBe(true);
  });

  it('is renewed by its holder', async () => {
    await take('one', 0, 30);
    await renew('one', 60);
    expect(await take('another', 59, 90)).toBe(false);
    expect(await take('another', 60, 90)).toBe(true);
  });

  it('is renewed after it expired, if nobody else has held it', async () => {
    await take('one', 0, 30);
    await renew('one', 90);
    expect(await take('another', 89, 120)).toBe(false);
  });

  it('is taken again by its holder, with the new expiry', async () => {
    expect(await take('one', 0, 30)).toBe(true);
    expect(await take('one', 10, 60)).toBe(true);
    expect(await take('another', 59, 90)).toBe(false);
    expect(await take('another', 60, 90)).toBe(true);
  });

  it('says whether it was renewed', async () => {
    expect(await renew('one', 30)).toBe(false);
    await take('one', 0, 30);
    expect(await renew('one', 60)).toBe(true);
    expect(await renew('another', 60)).toBe(false);
  });

  it('covers one kind of work on one request', async () => {
    const otherWork = createLeases(db, 'launching', 'one');
    const otherId = await aRequest(db, 'V2/2');
    await take('one', 0, 30);
    expect(await leasesOf('another').take(otherId, at(1), at(31))).toBe(true);
    expect(await createLeases(db, 'launching', 'another').take(requestId, at(1), at(31))).toBe(
      true,
    );
    expect(await otherWork.renew(requestId, at(60))).toBe(false);
    expect(await leasesOf('one').renew(otherId, at(60))).toBe(false);
    await otherWork.release(requestId);
    await leasesOf('one').release(otherId);
    await release('another');
    for (const each of [requestId, otherId]) {
      expect(await leasesOf('a third').take(each, at(2), at(32))).toBe(false);
    }
    await release('one');
    expect(await take('a third', 2, 32)).toBe(true);
    expect(await leasesOf('a third').take(otherId, at(2), at(32))).toBe(false);
  });

  it('that another process holds is neither taken nor renewed', async () => {
    await take('one', 0, 30);
    await take('another', 30, 60);
    await renew('one', 90);
    expect(await take('one', 59, 90)).toBe(false);
    expect(await take('a third', 60, 90)).toBe(true);
  });

  it('that another process has held and released is not renewed', async () => {
    await take('one', 0, 30);
    await take('another', 30, 60);
    await release('another');
    await renew('one', 90);
    expect(await take('a third', 45, 90)).toBe(true);
  });
});

async function aRequest(db: Database, origin = 'V1/1'): Promise<number> {
  const { parameters, reason } = aDraft();
  const store = createStore(db, 'postgres', () => new Date());
  const newRequest = {
    origin,
    requester: { userId: 'U1', name: 'Alice' },
    askedIn: undefined,
    rule: aRule(),
    parameters,
    reason,
    secrets: { 'SrcInfo.Password': { kind: 'typed' as const } },
    observed: {},
    sealed: { 'SrcInfo.Password': 'sealed' },
    at: new Date(),
  };
  return storedOf(await store.requests.add(newRequest, 2)).id;
}
