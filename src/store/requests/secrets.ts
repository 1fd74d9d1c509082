import { eventsWithSecrets } from '../../domain/request/requestEvent';
import { type SealedSecrets, secretPaths } from '../../domain/secrets/secretReference';
import type { Chain } from '../chain';
import type { Database } from '../database';
import { provenHashes } from '../proof';

export async function keepSealed(db: Database, id: number, secrets: SealedSecrets): Promise<void> {
  for (const [path, sealed] of Object.entries(secrets)) {
    await db.insertInto('typed_secrets').values({ request_id: id, path, sealed }).execute();
  }
}

export async function findSealedSecrets(db: Database, id: number): Promise<SealedSecrets> {
  const rows = await db
    .selectFrom('typed_secrets')
    .select(['path', 'sealed'])
    .where('request_id', '=', id)
    .execute();
  const sealed: SealedSecrets = {};
  for (const path of secretPaths) {
    const row = rows.find((each) => each.path === path);
    if (row !== undefined) sealed[path] = row.sealed;
  }
  return sealed;
}

/**
 * True if the request's passwords were sealed before sealing included their use. The chain proves
 * it: the event of the revision has no `hashes`.
 */
export async function isSealedEarlier(db: Database, id: number, chain: Chain): Promise<boolean> {
  const event = await db
    .selectFrom('events')
    .selectAll()
    .where('request_id', '=', id)
    .where('type', 'in', eventsWithSecrets)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (event === undefined || event.hashes !== null) return false;
  const links = await db
    .selectFrom('links')
    .selectAll()
    .where('position', 'in', [event.position, event.position - 1])
    .orderBy('position', 'desc')
    .execute();
  const [link, before] = links;
  if (link?.position !== event.position) return false;
  const linked = { event, link, hashBefore: before?.hash ?? null };
  return (await provenHashes(db, chain, linked)) !== undefined;
}
