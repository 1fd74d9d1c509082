import type { DatabaseInfoProblem } from './databaseInfoProblem';
import { readDatabaseJson } from './databaseJson';
import { readDatabaseLines } from './databaseLines';
import type { DatabaseNaming } from './databaseNaming';
import { collectObjects, type DatabaseObject } from './databaseObject';

export type ParsedDatabaseInfo =
  | { ok: true; objects: readonly DatabaseObject[] }
  | { ok: false; problem: DatabaseInfoProblem };

/**
 * Reads what is to be migrated, as people type it (one a line: `db`, `db.table`, or
 * `db.schema.table`, for the engines that have schemas) or paste it (JSON, or the notation without
 * quotes of the API page). The first problem is the one reported.
 */
export function parseDatabaseInfo(text: string, naming: DatabaseNaming): ParsedDatabaseInfo {
  // Some editors begin a file with a mark that says nothing but "UTF-8".
  const clean = text.startsWith('\ufeff') ? text.slice(1) : text;
  const read = looksLikeJson(clean, naming) ? readDatabaseJson : readDatabaseLines;
  const mentions = read(clean, naming);
  if ('code' in mentions) return { ok: false, problem: mentions };
  const objects = collectObjects(mentions);
  return 'code' in objects ? { ok: false, problem: objects } : { ok: true, objects };
}

function looksLikeJson(text: string, { brackets }: DatabaseNaming): boolean {
  const start = text.trimStart();
  // `[dbo].[orders]` begins a line of SQL Server's; `[{` begins no name.
  return brackets ? /^(\{|\[\s*([[{"'\]]|$))/.test(start) : /^[[{]/.test(start);
}

/** The text of the API's `DatabaseInfo`. */
export function writeDatabaseInfo(objects: readonly DatabaseObject[]): string {
  return JSON.stringify(
    objects.map(({ Database, Schema, Table }) => ({ Database, Schema, Table })),
  );
}

/** What `parseDatabaseInfo` reads as the same objects, a database, schema or table a line. */
export function databaseText(objects: readonly DatabaseObject[]): string {
  return names(objects).join('\n');
}

function names(objects: readonly DatabaseObject[]): string[] {
  return objects.flatMap(({ Database, Schema, Table }) => {
    const above = [Database, ...(Schema === undefined ? [] : [Schema])].map(quoted);
    if (Table === undefined) return above.join('.');
    return Table.map((table) => [...above, quoted(table)].join('.'));
  });
}

/** A name as it can stand in a line, whatever the engine. */
function quoted(name: string): string {
  const plain = /^[\p{L}\p{N}_$][\p{L}\p{M}\p{N}_$#@-]*$/u.test(name);
  return plain ? name : `"${name.replaceAll('"', '""')}"`;
}

export interface DatabaseSummary {
  /** Different databases of which something is migrated. */
  databases: number;
  /** Tables that are named one by one. */
  tables: number;
  /** The first names, as `databaseText` writes them. */
  names: readonly string[];
  /** How many names are not among them. */
  more: number;
}

/** What is migrated, for a card: counts, and the first `most` names. */
export function summarise(objects: readonly DatabaseObject[], most: number): DatabaseSummary {
  const all = names(objects);
  return {
    databases: new Set(objects.map(({ Database }) => Database)).size,
    tables: objects.reduce((sum, { Table = [] }) => sum + Table.length, 0),
    names: all.slice(0, most),
    more: Math.max(0, all.length - most),
  };
}
