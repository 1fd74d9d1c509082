import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { FollowedJob } from '../../domain/job/followed';
import { rule } from '../../domain/policy/policy';
import { type Alteration, alteredParts } from '../../domain/record/recordedRow';
import { observation } from '../../domain/request/observation';
import { type MigrationRequest, requestState } from '../../domain/request/request';
import {
  type Announced,
  isWatch,
  isWatchStatus,
  type Watch,
  watchState,
} from '../../domain/request/watch';
import { secretSources } from '../../domain/secrets/secretReference';
import type { Chain } from '../chain';
import type { Database } from '../database';
import { readJob } from '../jobs';
import { isNewest, provenHashes } from '../proof';
import { rowHashes } from '../rowHashes';
import type { RequestsTable } from '../schema';
import { readParameters, readWatched } from '../storedParameters';

export type RequestRow = Selectable<RequestsTable>;

/** Queries never change, so each database needs to build this one only once. */
const built = new WeakMap<Database, ReturnType<typeof build>>();

/**
 * Selects requests with their newest event, its proof, and the position of each one's newest link,
 * in one statement. A removed event leaves its link behind.
 */
export function selectRecorded(db: Database): ReturnType<typeof build> {
  if (db.isTransaction) return build(db);
  const known = built.get(db) ?? build(db);
  built.set(db, known);
  return known;
}

function build(db: Database) {
  return db
    .selectFrom('requests')
    .leftJoin('events as newest', (join) =>
      join.onRef('newest.request_id', '=', 'requests.id').on(({ eb, selectFrom }) =>
        eb(
          'newest.seq',
          '=',
          selectFrom('events as each')
            .select(({ fn }) => fn.max('each.seq').as('last'))
            .whereRef('each.request_id', '=', 'requests.id'),
        ),
      ),
    )
    .leftJoin('links as link', 'link.position', 'newest.position')
    .leftJoin('links as before', (join) =>
      join.on(({ eb }) => eb('before.position', '=', eb('newest.position', '-', 1))),
    )
    .leftJoin('jobs', 'jobs.request_id', 'requests.id')
    .selectAll('requests')
    .select(({ selectFrom }) => [
      'newest.seq as newest_seq',
      'newest.revision as newest_revision',
      'newest.at as newest_at',
      'newest.by_id as newest_by_id',
      'newest.by_name as newest_by_name',
      'newest.type as newest_type',
      'newest.happening as newest_happening',
      'newest.position as newest_position',
      'newest.parameters_hash as newest_parameters_hash',
      'newest.hashes as newest_hashes',
      'link.request_id as link_request_id',
      'link.content_hash as link_content_hash',
      'link.hash as link_hash',
      'before.hash as hash_before',
      'jobs.seen as job_seen',
      'jobs.since as job_since',
      'jobs.seen_at as job_seen_at',
      selectFrom('links as each')
        .select(({ fn }) => fn.max('each.position').as('last'))
        .whereRef('each.request_id', '=', 'requests.id')
        .as('last_link'),
    ]);
}

export type RecordedRow = Awaited<ReturnType<ReturnType<typeof selectRecorded>['execute']>>[number];

/** What the newest event recorded; `undefined` unless it is proven to be the newest. */
export async function recordedOf(db: Database, chain: Chain, row: RecordedRow) {
  const { newest_seq: seq, newest_position: position, link_content_hash, link_hash } = row;
  const isNewest = seq === row.version && position === (row.last_link ?? position);
  if (!isNewest || position === null || link_content_hash === null || link_hash === null) {
    return undefined;
  }
  return provenHashes(db, chain, {
    event: {
      request_id: row.id,
      seq,
      revision: row.newest_revision ?? 0,
      at: row.newest_at ?? '',
      by_id: row.newest_by_id,
      by_name: row.newest_by_name,
      type: row.newest_type ?? '',
      happening: row.newest_happening ?? '',
      position,
      parameters_hash: row.newest_parameters_hash ?? '',
      hashes: row.newest_hashes,
    },
    link: {
      request_id: row.link_request_id,
      content_hash: link_content_hash,
      hash: link_hash,
    },
    hashBefore: row.hash_before,
  });
}

/** True if the row's newest event is also the newest one in the chain. */
export async function isLast(db: Database, chain: Chain, row: RecordedRow): Promise<boolean> {
  const { id: requestId, link_hash: hash, newest_position: position } = row;
  if (hash === null || position === null) return false;
  return isNewest(db, { chain, event: { requestId, position, hash } });
}

export async function toAnnounced(
  db: Database,
  chain: Chain,
  row: RecordedRow,
): Promise<Announced> {
  const altered = alteredParts(rowHashes(row), await recordedOf(db, chain, row));
  const read = isWatchStatus(row.status) ? toWatch : toRequest;
  return read(row, altered, readJob(row));
}

/** The request of a row; `undefined` if it is a watch. */
export async function toRecorded(
  db: Database,
  chain: Chain,
  row: RecordedRow,
): Promise<MigrationRequest | undefined> {
  const announced = await toAnnounced(db, chain, row);
  return isWatch(announced) ? undefined : announced;
}

export async function allAnnounced(
  db: Database,
  chain: Chain,
  rows: readonly RecordedRow[],
): Promise<Announced[]> {
  const all: Announced[] = [];
  for (const row of rows) all.push(await toAnnounced(db, chain, row));
  return all;
}

/** The requests among the rows. */
export async function allRecorded(
  db: Database,
  chain: Chain,
  rows: readonly RecordedRow[],
): Promise<MigrationRequest[]> {
  const all = await allAnnounced(db, chain, rows);
  return all.flatMap((each) => (isWatch(each) ? [] : [each]));
}

export const editors = z.array(z.string());

export function toRequest(
  row: RequestRow,
  altered: readonly Alteration[],
  job: FollowedJob | undefined,
): MigrationRequest {
  return {
    id: row.id,
    origin: row.origin,
    version: row.version,
    revision: row.revision,
    channel: row.channel,
    requester: { userId: row.requester_id, name: row.requester_name },
    revisedBy: row.revised_by,
    editors: editors.parse(JSON.parse(row.editors)),
    askedIn: row.asked_in ?? undefined,
    rule: rule.parse(JSON.parse(row.rule)),
    parameters: readParameters(row.parameters),
    secrets: secretSources.parse(JSON.parse(row.secrets)),
    reason: row.reason,
    observed: row.observed === null ? {} : observation.parse(JSON.parse(row.observed)),
    askedAt: new Date(row.asked_at),
    state: requestState.parse(JSON.parse(row.state)),
    job,
    altered,
  };
}

export function toWatch(
  row: RequestRow,
  altered: readonly Alteration[],
  job: FollowedJob | undefined,
): Watch {
  return {
    id: row.id,
    origin: row.origin,
    version: row.version,
    channel: row.channel,
    requester: { userId: row.requester_id, name: row.requester_name },
    rule: rule.parse(JSON.parse(row.rule)),
    watched: readWatched(row.parameters),
    askedAt: new Date(row.asked_at),
    state: watchState.parse(JSON.parse(row.state)),
    job,
    altered,
  };
}
