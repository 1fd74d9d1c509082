import { join } from 'node:path';
import type { Selectable } from 'kysely';
import { Client } from 'pg';
import { contentHash, emptyJournal, linkHash } from '../../src/domain/record/journal';
import { storeHashes } from '../../src/domain/record/recordedRow';
import { createChain, sha256 } from '../../src/store/chain';
import { type EventRow, toEntry } from '../../src/store/journal';
import { rowHashes } from '../../src/store/rowHashes';
import type { RequestsTable } from '../../src/store/schema';
import { openSqlite } from '../../src/store/sqlite';
import { migratedPostgresDatabase } from './postgres';
import { migratedSqliteFile } from './sqlite';
import type { DatabaseName } from './startTestFerry';

/** A database that Ferry has used before, as a value for DATABASE_URL. */
export async function aMigratedDatabase(name: DatabaseName, folder: string): Promise<string> {
  return name === 'sqlite'
    ? `sqlite:${join(migratedSqliteFile(folder))}`
    : migratedPostgresDatabase();
}

export type Value = string | number | null;

/** A person who can write to a bot's database and knows the code, but has no key. */
export interface DatabaseWriter {
  /** Runs a statement with `?` for values. Returns its rows. */
  run<Row>(statement: string, ...values: readonly Value[]): Promise<Row[]>;
  /** Rewrites the newest event of a request so that it matches the current row. */
  rerecord(requestId: number): Promise<void>;
  /** Rewrites all links from a position on, and the head. */
  relink(from: number): Promise<void>;
  /** Rewrites all events and links as versions before 0007 wrote them. */
  makeOld(): Promise<void>;
}

export function databaseWriter(url: string): DatabaseWriter {
  const run = <Row>(statement: string, ...values: readonly Value[]): Promise<Row[]> =>
    url.startsWith('sqlite:')
      ? runOnSqlite(url.slice('sqlite:'.length), statement, values)
      : runOnPostgres(url, statement, values);
  const relink = async (from: number): Promise<void> => {
    const plain = createChain([]);
    const [last] = await run<{ hash: string }>(
      'select hash from links where position = ?',
      from - 1,
    );
    let before = { length: from - 1, hash: last?.hash ?? emptyJournal.hash };
    const links = await run<{ position: number; request_id: number | null; content_hash: string }>(
      'select * from links where position >= ? order by position',
      from,
    );
    for (const { position, request_id: id, content_hash: earlier } of links) {
      const [event] = await run<EventRow>('select * from events where position = ?', position);
      const content = event === undefined ? earlier : contentHash(sha256, toEntry(event));
      const hash = linkHash(plain, before, { contentHash: content, requestId: id ?? undefined });
      await run(
        'update links set content_hash = ?, hash = ? where position = ?',
        content,
        hash,
        position,
      );
      before = { length: position, hash };
    }
    await run('update journal set head = ?', before.hash);
  };
  return {
    run,
    relink,
    async rerecord(requestId) {
      const [row] = await run<Selectable<RequestsTable>>(
        'select * from requests where id = ?',
        requestId,
      );
      if (row === undefined) throw new Error(`there is no request ${requestId}`);
      const hashes = rowHashes(row);
      const [event] = await run<{ position: number }>(
        'update events set hashes = ?, parameters_hash = ? where request_id = ? and seq = ? returning position',
        JSON.stringify(storeHashes(hashes)),
        hashes.parameters,
        requestId,
        row.version,
      );
      if (event === undefined) throw new Error(`request ${requestId} has no newest event`);
      await relink(event.position);
    },
    async makeOld() {
      await run('update events set hashes = null');
      await run('update links set request_id = null');
      await relink(1);
    },
  };
}

function runOnSqlite<Row>(
  path: string,
  statement: string,
  values: readonly Value[],
): Promise<Row[]> {
  const file = openSqlite(path, { timeout: 5_000 });
  try {
    const prepared = file.prepare<Value[], Row>(statement);
    if (prepared.reader) return Promise.resolve(prepared.all(...values));
    prepared.run(...values);
    return Promise.resolve([]);
  } finally {
    file.close();
  }
}

async function runOnPostgres<Row>(
  url: string,
  statement: string,
  values: readonly Value[],
): Promise<Row[]> {
  let count = 0;
  const numbered = statement.replaceAll('?', () => {
    count += 1;
    return `$${count}`;
  });
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(numbered, [...values]);
    return rows;
  } finally {
    await client.end();
  }
}
