import { type Result, success } from '../result';
import { isClientLine, isFence, isHeaderName } from './clientOutput';
import type { DatabaseInfoProblem } from './databaseInfoProblem';
import { readDatabaseJson } from './databaseJson';
import { type ReadLines, readDatabaseLines } from './databaseLines';
import type { DatabaseNaming } from './databaseNaming';
import { collectObjects, type DatabaseObject } from './databaseObject';
import {
  type ListDoubt,
  listDoubts,
  type NamedLevels,
  skippedDoubt,
  systemName,
} from './listDoubts';
import { type Noise, NoiseLog } from './listNoise';

/** A parsed list: the objects, the parts that were skipped, and possible mistakes. */
export interface DatabaseList {
  objects: readonly DatabaseObject[];
  noise: readonly Noise[];
  doubts: readonly ListDoubt[];
}

/**
 * Reads the objects to migrate. People type them (one per line: `db`, `db.table`, or
 * `db.schema.table` for engines with schemas) or paste JSON, the API page's notation without
 * quotes, or a client's output. Reports the first problem only.
 */
export function readDatabaseList(
  text: string,
  naming: DatabaseNaming,
): { ok: true; list: DatabaseList } | { ok: false; problem: DatabaseInfoProblem } {
  const read = readMentions(text, naming);
  if (!read.ok) return read;
  const { mentions, noise, skipped } = read.value;
  const systems = systemName(mentions, naming);
  if (systems !== undefined) return { ok: false, problem: systems };
  const objects = collectObjects(mentions);
  if (!objects.ok) return objects;
  const doubts = [...skippedDoubt(skipped), ...listDoubts(mentions, naming)];
  return { ok: true, list: { objects: objects.value, noise, doubts } };
}

function readMentions(
  text: string,
  naming: DatabaseNaming,
): Result<ReadLines, DatabaseInfoProblem> {
  // Some editors begin a file with a byte order mark.
  const clean = text.startsWith('\ufeff') ? text.slice(1) : text;
  const unfenced = withoutFences(clean);
  if (!looksLikeJson(unfenced.text, naming)) return readDatabaseLines(clean, naming);
  const mentions = readDatabaseJson(unfenced.text, naming);
  return mentions.ok
    ? success({ mentions: mentions.value, noise: unfenced.noise, skipped: [] })
    : mentions;
}

/** Empties the lines that begin or end a block of code; the line numbers stay the same. */
function withoutFences(text: string): { text: string; noise: readonly Noise[] } {
  const log = new NoiseLog();
  const lines = text.split(/\r\n|\r|\n/).map((each, index) => {
    if (!isFence(each.trim())) return each;
    log.note('fence', index + 1);
    return '';
  });
  return { text: lines.join('\n'), noise: log.all() };
}

function looksLikeJson(text: string, { brackets }: DatabaseNaming): boolean {
  const start = text.trimStart();
  const [line = ''] = start.split(/[\r\n]/, 1);
  // Some prompts also begin with a bracket.
  if (isClientLine(line.trimEnd())) return false;
  // This is a checkbox before a name in a list.
  if (/^\[[ xX✓]?\]\s+[^\s.]/.test(start)) return false;
  // SQL Server's `[dbo].[orders]` begins a line of names; no name begins with `[{`.
  return brackets ? /^(\{|\[\s*([[{"'\]]|$))/.test(start) : /^[[{]/.test(start);
}

/** Writes one object per line, in the notation that `readDatabaseList` reads. */
export function databaseText(objects: readonly DatabaseObject[]): string {
  return namedIn(objects).map(textOf).join('\n');
}

/** A database, schema or table, and the line that names it. */
export interface NamedObject extends NamedLevels {
  text: string;
}

/** Writes an object in the form's notation. */
function textOf({ database, schema, table }: NamedLevels): string {
  if (table !== undefined)
    return lineOf(database, schema === undefined ? [table] : [schema, table]);
  // The star shows that the last name is a schema, not a table.
  return schema === undefined ? lineOf(database, []) : `${lineOf(database, [schema])}.*`;
}

/** The first names of a list; without `most`, all of them. */
function namedIn(
  objects: readonly DatabaseObject[],
  most = Number.POSITIVE_INFINITY,
): NamedLevels[] {
  const named: NamedLevels[] = [];
  for (const { database, schema, tables } of objects) {
    const room = most - named.length;
    if (room <= 0) break;
    if (tables === undefined) named.push({ database, schema });
    else for (const table of tables.slice(0, room)) named.push({ database, schema, table });
  }
  return named;
}

/** Writes the names so that they can't be mistaken for a client's output. */
function lineOf(first: string, others: readonly string[]): string {
  const below = others.map((name) => `.${quoted(name)}`).join('');
  const line = `${quoted(first)}${below}`;
  const isNoise = isHeaderName(line) || (below === '' && isClientLine(line));
  return isNoise ? `${inQuotes(first)}${below}` : line;
}

/** Quotes a name if any engine requires it. */
function quoted(name: string): string {
  const plain = /^[\p{L}\p{Nd}_$][\p{L}\p{M}\p{N}_$#@-]*$/u.test(name);
  return plain ? name : inQuotes(name);
}

const inQuotes = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Finds possible mistakes in an accepted list. Approvers see them. */
export function doubtsAbout(
  objects: readonly DatabaseObject[],
  naming: DatabaseNaming,
): readonly ListDoubt[] {
  const mentions = namedIn(objects).map((named, index) => ({ ...named, line: index + 1 }));
  return listDoubts(mentions, naming);
}

interface DatabaseCounts {
  /** How many databases are migrated at least in part. */
  databases: number;
  /** How many tables are listed individually. */
  tables: number;
}

export interface DatabaseSummary extends DatabaseCounts {
  /** The first objects of the list. */
  names: readonly NamedObject[];
  /** How many objects are left out. */
  more: number;
}

export const countsOf = (objects: readonly DatabaseObject[]): DatabaseCounts => ({
  databases: new Set(objects.map(({ database }) => database)).size,
  tables: objects.reduce((sum, { tables = [] }) => sum + tables.length, 0),
});

/** Summarizes the objects for a card: counts, and at most `most` of the names. */
export function summarise(objects: readonly DatabaseObject[], most: number): DatabaseSummary {
  const count = objects.reduce((sum, { tables }) => sum + (tables?.length ?? 1), 0);
  return {
    ...countsOf(objects),
    names: namedIn(objects, most).map((named) => ({ ...named, text: textOf(named) })),
    more: Math.max(0, count - most),
  };
}
