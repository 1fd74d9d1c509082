import { isHeaderName, isTableType } from './clientOutput';
import type { DatabaseInfoProblem } from './databaseInfoProblem';
import { type DatabaseLevel, type DatabaseNaming, databaseLevels } from './databaseNaming';
import type { Mention } from './databaseObject';

export interface NamedLevels {
  database: string;
  schema?: string | undefined;
  table?: string | undefined;
}

/** Something that may be a mistake, although it can be read. */
export type DoubtKind =
  /** The database has the name of a schema that every database has. */
  | { code: 'schema_as_database' }
  /** Two names, and the second one could be a table or a schema. */
  | { code: 'schema_or_table' }
  /** A name on line `other` differs only in case. */
  | { code: 'differs_in_case'; other: number; otherName: string; name: string }
  /** A name of digits, which could be a list number or a count. */
  | { code: 'number'; name: string }
  /** The server or its provider uses this name, but people may use it too. */
  | { code: 'system_name_perhaps'; level: DatabaseLevel; name: string }
  /** Clients print this name as a header. */
  | { code: 'header_perhaps'; name: string }
  /** The pasted output says that it is a view, an index or another kind of object. */
  | { code: 'not_a_table'; type: string }
  /** The name of a database after a command that puts another database in use. */
  | { code: 'table_perhaps'; within: string }
  /** Clients and shells print or read this word, and other output is above it. */
  | { code: 'output_perhaps'; word: string }
  /** Line `other` also has several names, and one of them is the same, as in rows of columns. */
  | { code: 'columns_perhaps'; other: number; name: string; path: readonly string[] };

/** A line that was skipped as a command although it may be a name. */
export interface SkippedLine {
  line: number;
  text: string;
}

/** A kind of doubt, its first line, how Ferry reads that line, and all affected names. */
export type ListDoubt = (
  | (DoubtKind & { read: NamedLevels })
  | { code: 'skipped_line'; text: string }
) & {
  line: number;
  /** How many other lines have the same doubt. */
  more: number;
  /** All affected names in one text, to know whether a person has already seen the doubt. */
  about: string;
};

/** Finds the first name that the server reserves. */
export function systemName(
  mentions: readonly Mention[],
  { levels, system }: DatabaseNaming,
): DatabaseInfoProblem | undefined {
  for (const mention of mentions) {
    for (const level of levels) {
      const name = mention[level];
      if (name !== undefined && system[level]?.refused.test(name) === true) {
        return { line: mention.line, code: 'system_name', level, name };
      }
    }
  }
  return undefined;
}

/** Finds possible mistakes in a list. Each kind appears once. */
export function listDoubts(mentions: readonly Mention[], naming: DatabaseNaming): ListDoubt[] {
  const found = new Map<DoubtKind['code'], DoubtGroup>();
  const spellings = new Spellings();
  const rows = rowsPerhaps(mentions, naming);
  for (const mention of mentions) {
    const { line, database, schema, table } = mention;
    const read: NamedLevels = { database, schema, table };
    const row = rows.get(mention);
    const kinds = [...(row === undefined ? [] : [row]), ...doubtsOf(mention, naming)];
    for (const kind of [...kinds, ...spellings.note(mention)]) {
      const group = found.get(kind.code) ?? { first: { ...kind, line, read }, all: new Set() };
      group.all.add(read);
      found.set(kind.code, group);
    }
  }
  return [...found.values()].map(({ first, all }) => ({
    ...first,
    more: all.size - 1,
    about: JSON.stringify([...all]),
  }));
}

/** The first doubt of a kind, and all names with doubts of this kind. */
interface DoubtGroup {
  first: DoubtKind & { line: number; read: NamedLevels };
  all: Set<NamedLevels>;
}

/** The doubt about lines that were skipped, if there are any. */
export function skippedDoubt(skipped: readonly SkippedLine[]): ListDoubt[] {
  const [first, ...others] = skipped;
  if (first === undefined) return [];
  const about = JSON.stringify(skipped.map(({ text }) => text));
  return [{ code: 'skipped_line', ...first, more: others.length, about }];
}

function* doubtsOf(mention: Mention, naming: DatabaseNaming): Generator<DoubtKind> {
  const { database, schema, table, written } = mention;
  const { levels, numbered, system, usualSchemas } = naming;
  const isUsual = (name: string | undefined) =>
    usualSchemas.some((usual) => usual === name?.toLowerCase());
  if (isUsual(database)) yield { code: 'schema_as_database' };
  else if (schema !== undefined && table === undefined && written?.open && !isUsual(schema)) {
    yield { code: 'schema_or_table' };
  }
  for (const level of levels) {
    const name = mention[level];
    if (name === undefined) continue;
    if (system[level]?.doubted?.test(name)) {
      yield { code: 'system_name_perhaps', level, name };
    } else if (!numbered && written?.bare && !/\P{N}/u.test(name)) {
      yield { code: 'number', name };
    }
  }
  if (table === undefined && schema === undefined && written?.bare && isHeaderName(database)) {
    yield { code: 'header_perhaps', name: database };
  }
  if (written?.within !== undefined) yield { code: 'table_perhaps', within: written.within };
  if (written?.word !== undefined) yield { code: 'output_perhaps', word: written.word };
  const type = written?.type;
  if (type !== undefined && !isTableType(type)) yield { code: 'not_a_table', type };
}

/** Finds names of databases that are on several lines, next to other names each time. */
function rowsPerhaps(
  mentions: readonly Mention[],
  { levels }: DatabaseNaming,
): ReadonlyMap<Mention, DoubtKind> {
  const found = new Map<Mention, DoubtKind>();
  if (levels.length === 1) return found;
  const lines = new Map<number, Mention[]>();
  for (const mention of mentions) {
    const isAlone = mention.written?.open && mention.schema === undefined;
    if (!isAlone || mention.table !== undefined) continue;
    const line = lines.get(mention.line);
    if (line === undefined) lines.set(mention.line, [mention]);
    else line.push(mention);
  }
  const first = new Map<string, Mention>();
  for (const line of lines.values()) {
    if (line.length === 1) continue;
    const again = line.find(({ database }) => first.has(database));
    const other = again === undefined ? undefined : first.get(again.database);
    if (again !== undefined && other !== undefined) {
      const path = line.slice(0, levels.length).map(({ database }) => database);
      const { database: name } = again;
      found.set(again, { code: 'columns_perhaps', other: other.line, name, path });
    }
    for (const each of line) if (!first.has(each.database)) first.set(each.database, each);
  }
  return found;
}

/** Collects names that differ only in case and have the same parent. */
class Spellings {
  readonly #first = new Map<string, { line: number; name: string }>();

  note(mention: Mention): DoubtKind[] {
    const doubts: DoubtKind[] = [];
    let above = '';
    for (const level of databaseLevels) {
      const name = mention[level];
      if (name === undefined) continue;
      const key = `${level}\n${above}\n${name.toLowerCase()}`;
      const first = this.#first.get(key);
      if (first === undefined) this.#first.set(key, { line: mention.line, name });
      else if (first.name !== name) {
        const { line: other, name: otherName } = first;
        doubts.push({ code: 'differs_in_case', other, otherName, name });
      }
      above += `\n${name.toLowerCase()}`;
    }
    return doubts.slice(0, 1);
  }
}
