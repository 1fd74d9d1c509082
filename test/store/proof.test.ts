import { sql } from 'kysely';
import { contentHash, emptyJournal, type Head, linkHash } from '../../src/domain/record/journal';
import type { MigrationRequest } from '../../src/domain/request/request';
import { Secret } from '../../src/domain/secrets/secret';
import { createChain } from '../../src/store/chain';
import { createStore } from '../../src/store/createStore';
import { createJournal, toEntry } from '../../src/store/journal';
import { isNewest } from '../../src/store/proof';
import { verify } from '../../src/workflow/verify';
import { began, type StoreOn, storeOn } from '../support/storeOn';

const by = { userId: 'UBOB', name: 'Bob' };

/** Protects the third link and all later ones. */
const key = { from: 3, key: new Secret(Buffer.alloc(32, 7).toString('base64')) };
const plain = createChain([]);

let store: StoreOn;
/** The requests as Ferry reads and changes them since it has the key. */
let requests: StoreOn['requests'];
beforeEach(async () => {
  store = await storeOn('sqlite');
  ({ requests } = createStore(store.db, 'sqlite', () => began, createChain([key])));
});
afterEach(() => store.close());

const alteredIn = async (id: number) => (await requests.find(id))?.altered;
const touch = (request: MigrationRequest) =>
  requests.record({
    ...{ request, state: request.state, by, at: began },
    event: { type: 'look_again', operation: 'create_job' },
  });

/**
 * Writes the links up to a position again, as a person can who has no key.
 *
 * @param named the request that all these links name, if not that of their event
 */
async function relink(upTo: number, named?: number): Promise<void> {
  let before: Head = emptyJournal;
  const events = await store.db.selectFrom('events').selectAll().orderBy('position').execute();
  for (const event of events.filter(({ position }) => position <= upTo)) {
    const { position } = event;
    const requestId = named ?? event.request_id;
    const content = contentHash(plain.sha256, toEntry(event));
    const hash = linkHash(plain, before, { contentHash: content, requestId });
    await store.db
      .updateTable('links')
      .set({ content_hash: content, hash, request_id: requestId })
      .where('position', '=', position)
      .execute();
    before = { length: position, hash };
  }
}

describe('events from before the key', () => {
  /** Two requests from before the key, and a change since then. */
  async function continued() {
    const [one, two] = [await store.ask(), await store.ask()];
    await touch(two);
    return { one, two };
  }

  it('are trusted while no protected link follows, and if the first one continues their chain', async () => {
    const [one, two] = [await store.ask(), await store.ask()];
    expect(await alteredIn(one.id)).toEqual([]);
    await touch(two);
    for (let read = 0; read < 2; read += 1) expect(await alteredIn(one.id)).toEqual([]);
  });

  it('are not trusted if they differ from their link', async () => {
    const { one, two } = await continued();
    await store.db.updateTable('events').set({ by_id: 'UEVE' }).where('position', '=', 1).execute();
    expect(await alteredIn(one.id)).toEqual(['event']);
    expect(await alteredIn(two.id)).toEqual([]);
  });

  it('are not trusted if their link names another request', async () => {
    const [one, two] = [await store.ask(), await store.ask()];
    await relink(2, two.id);
    expect(await alteredIn(one.id)).toEqual(['event']);
    expect(await alteredIn(two.id)).toEqual([]);
  });

  it('that were written again with right hashes do not lead to the first protected link', async () => {
    const { one } = await continued();
    await store.db.updateTable('events').set({ by_id: 'UEVE' }).where('position', '=', 1).execute();
    await relink(2);
    for (let read = 0; read < 2; read += 1) expect(await alteredIn(one.id)).toEqual(['event']);
  });

  it('are not trusted because others were', async () => {
    const { one } = await continued();
    expect(await alteredIn(one.id)).toEqual([]);
    await store.db.updateTable('events').set({ by_id: 'UEVE' }).where('position', '=', 1).execute();
    await relink(2);
    expect(await alteredIn(one.id)).toEqual(['event']);
  });

  it('that were written again are not trusted either if the first protected link was removed', async () => {
    const { one } = await continued();
    await touch(await store.ask());
    await store.db.updateTable('events').set({ by_id: 'UEVE' }).where('position', '=', 1).execute();
    await relink(2);
    await store.db.deleteFrom('links').where('position', '=', 3).execute();
    expect(await alteredIn(one.id)).toEqual(['event']);
  });
});

it('an event since the key is not trusted if its link was written without the key', async () => {
  await store.ask();
  const two = await store.ask();
  await touch(two);
  expect(await alteredIn(two.id)).toEqual([]);
  await store.db.updateTable('events').set({ by_id: 'UEVE' }).where('position', '=', 3).execute();
  await relink(3);
  expect(await alteredIn(two.id)).toEqual(['event']);
});

it('the newest event of a request is the one that no later link of the request follows', async () => {
  const [one, two] = [await store.ask(), await store.ask()];
  const touched = await touch(two);
  await touch(touched ?? two);
  const links = await store.db.selectFrom('links').selectAll().orderBy('position').execute();
  const chain = createChain([key]);
  const isNewestOf = ({ id: requestId }: MigrationRequest, position: number) => {
    const hash = links[position - 1]?.hash ?? '';
    return isNewest(store.db, { chain, event: { requestId, position, hash } });
  };
  expect(await isNewestOf(one, 1)).toBe(true);
  expect(await isNewestOf(two, 2)).toBe(false);
  expect(await isNewestOf(two, 3)).toBe(false);
  expect(await isNewestOf(two, 4)).toBe(true);

  // The head must be the last link.
  const { head } = await store.db.selectFrom('journal').selectAll().executeTakeFirstOrThrow();
  for (const [changed, isRight] of [
    [{ head: links[2]?.hash ?? '' }, false],
    [{ head, length: 5 }, false],
    [{ head, length: 4 }, true],
  ] as const) {
    await store.db.updateTable('journal').set(changed).execute();
    expect(await isNewestOf(two, 4)).toBe(isRight);
  }
});

describe('a change of a request', () => {
  it('trusts the newest event if only other requests have later ones', async () => {
    const [one, two] = [await store.ask(), await store.ask()];
    await touch(two);
    const changed = await touch(one);
    expect(changed?.altered).toEqual([]);
    expect(await alteredIn(one.id)).toEqual([]);
  });

  /** What a person without the key can do so that a later event of request 1 seems to be of no request. */
  it.each([
    ['names another request', 'update links set request_id = 2 where position = 3'],
    ['names no request', 'update links set request_id = null where position = 3'],
    [
      'has its request number in the content hash',
      'update links set content_hash = content_hash || request_id, request_id = null where position = 3',
    ],
    [
      'has part of the content hash in its request number',
      `update links set content_hash = '', request_id = content_hash || request_id where position = 3`,
    ],
    [
      'has its request number as bytes',
      'update links set request_id = cast(request_id as blob) where position = 3',
    ],
    ['was removed', 'delete from links where position = 3'],
    [
      'was removed, and the next one is in its place',
      `delete from links where position = 3;
       update links set position = 3 where position = 4;
       update events set position = 3 where position = 4;
       update journal set length = 3`,
    ],
    [
      'is not part of the chain that the head ends',
      'update journal set length = 2, head = (select hash from links where position = 2)',
    ],
  ])('does not trust it if the link of a later event %s', async (_, hide) => {
    const [one, two] = [await store.ask(), await store.ask()];
    await touch(one);
    await touch(two);
    const judge = () =>
      verify({
        ...{ journal: createJournal(store.db), hashing: createChain([key]), kept: undefined },
        ...{ retentionDays: undefined, now: new Date() },
      });
    expect(await judge()).toMatchObject({ ok: true });
    await sql`delete from events where position = 3`.execute(store.db);
    await sql`update requests set version = 1 where id = ${one.id}`.execute(store.db);
    for (const statement of hide.split(';')) await sql.raw(statement).execute(store.db);
    expect(await judge()).toMatchObject({ ok: false });
    const altered = await touch(one).then(
      (changed) => changed?.altered,
      // The position of the new event is taken.
      () => ['not recorded'],
    );
    expect(altered).toEqual(expect.arrayContaining([expect.any(String)]));
    expect(await alteredIn(one.id)).not.toEqual([]);
  });
});
