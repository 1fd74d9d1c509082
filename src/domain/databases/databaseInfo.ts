import { type Result, success } from '../result';
import { clientLine, isHeaderName } from './clientOutput';
import type { DatabaseInfoProblem } from './databaseInfoProblem';
import { readDatabaseJson } from './databaseJson';
import { type ReadLines, readDatabaseLines } from './databaseLines';
import type { DatabaseNaming } from './databaseNaming';
import { collectObjects, type DatabaseObject } from './databaseObject';
import { type ListDoubt, listDoubts, type NamedLevels, systemName } from './listDoubts';
import { type Noise, NoiseLog } from './listNoise';

/** A list as a person gave it: what it names, what was left out of it, and what may be a mistake. */
export interface DatabaseList {
  objects: readonly DatabaseObject[];
  noise: readonly Noise[];
  doubts: readonly ListDoubt[];
}

/**
 * Reads what is to be migrated, as people type it (one a line: `db`, `db.table`, or
 * `db.schema.table`, for the engines that have schemas) or paste it (JSON, the notation without
 * quotes of the API page, or the output of a client). The first problem is the one reported.
 */
export function readDatabaseList(
  text: string,
  naming: DatabaseNaming,
): { ok: true; list: DatabaseList } | { ok: false; problem: DatabaseInfoProblem } {
  const read = readMentions(text, naming);
  if (!read.ok) return read;
  const { mentions, noise } = read.value;
  const systems = systemName(mentions, naming);
  if (systems !== undefined) return { ok: false, problem: systems };
  const objects = collectObjects(mentions);
  if (!objects.ok) return objects;
  const doubts = listDoubts(mentions, naming);
  return { ok: true, list: { objects: objects.value, noise, doubts } };
}

function readMentions(
  text: string,
  naming: DatabaseNaming,
): Result<ReadLines, DatabaseInfoProblem> {
  // Some editors begin a file with a mark that says nothing but "UTF-8".
  const clean = text.startsWith('\ufeff') ? text.slice(1) : text;
  const unfenced = withoutFences(clean);
  if (!looksLikeJson(unfenced.text, naming)) return readDatabaseLines(clean, naming);
  const mentions = readDatabaseJson(unfenced.text, naming);
  return mentions.ok ? success({ mentions: mentions.value, noise: unfenced.noise }) : mentions;
}

/** The same lines, those that begin or end a block of code emptied. */
function withoutFences(text: string): { text: string; noise: readonly Noise[] } {
  if (!text.includes('```') && !text.includes('~~~')) return { text, noise: [] };
  const log = new NoiseLog();
  const lines = text.split(/\r\n|\r|\n/).map((each, index) => {
    if (clientLine(each.trim())?.kind !== 'fence') return each;
    log.note('fence', index + 1);
    return '';
  });
  return { text: lines.join('\n'), noise: log.all() };
}

function looksLikeJson(text: string, { brackets }: DatabaseNaming): boolean {
  const start = text.trimStart();
  // A box before a name in a list.
  if (/^\[[ xX✓]?\]\s+[^\s.]/.test(start)) return false;
  // `[dbo].[orders]` begins a line of SQL Server's; `[{` begins no name.
  return brackets ? /^(\{|\[\s*([[{"'\]]|$))/.test(start) : /^[[{]/.test(start);
}

/** What `readDatabaseList` reads as the same objects, a database, schema or table a line. */
export function databaseText(objects: readonly DatabaseObject[]): string {
  return namedIn(objects).map(textOf).join('\n');
}

/** A database, schema or table, and the line that names it. */
export interface NamedObject extends NamedLevels {
  text: string;
}

/** The line that names something, in the form's notation. */
function textOf({ database, schema, table }: NamedLevels): string {
  if (table !== undefined)
    return lineOf(database, schema === undefined ? [table] : [schema, table]);
  // A star shows that the last name is a schema, not a table.
  return schema === undefined ? lineOf(database, []) : `${lineOf(database, [schema])}.*`;
}

function namedIn(objects: readonly DatabaseObject[]): NamedLevels[] {
  return objects.flatMap(({ database, schema, tables }) => {
    const read = { database, schema };
    return tables === undefined ? read : tables.map((table) => ({ ...read, table }));
  });
}

/** A line that holds these names, and cannot pass for what a client prints around names. */
function lineOf(first: string, others: readonly string[]): string {
  const below = others.map((name) => `.${quoted(name)}`).join('');
  const line = `${quoted(first)}${below}`;
  const isNoise = isHeaderName(line) || (below === '' && clientLine(line) !== undefined);
  return isNoise ? `${inQuotes(first)}${below}` : line;
}

/** A name as it can stand in a line, whatever the engine. */
function quoted(name: string): string {
  const plain = /^[\p{L}\p{N}_$][\p{L}\p{M}\p{N}_$#@-]*$/u.test(name);
  return plain ? name : inQuotes(name);
}

const inQuotes = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** What in a list that was accepted may still be a mistake, for those who approve it. */
export function doubtsAbout(
  objects: readonly DatabaseObject[],
  naming: DatabaseNaming,
): readonly ListDoubt[] {
  const mentions = namedIn(objects).map((named, index) => ({ ...named, line: index + 1 }));
  return listDoubts(mentions, naming);
}

export interface DatabaseSummary {
  /** Different databases of which something is migrated. */
  databases: number;
  /** Tables that are named one by one. */
  tables: number;
  /** The first of what is named. */
  names: readonly NamedObject[];
  /** How many names are not among them. */
  more: number;
}

/** What is migrated, for a card: counts, and the first `most` names. */
export function summarise(objects: readonly DatabaseObject[], most: number): DatabaseSummary {
  const all = namedIn(objects);
  return {
    databases: new Set(objects.map(({ database }) => database)).size,
    tables: objects.reduce((sum, { tables = [] }) => sum + tables.length, 0),
    names: all.slice(0, most).map((named) => ({ ...named, text: textOf(named) })),
    more: Math.max(0, all.length - most),
  };
}
