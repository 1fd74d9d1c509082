import { isHeaderName, isTableType } from './clientOutput';
import type { DatabaseInfoProblem } from './databaseInfoProblem';
import { type DatabaseLevel, type DatabaseNaming, databaseLevels } from './databaseNaming';
import type { Mention } from './databaseObject';

/** What a list names, by level. */
export interface NamedLevels {
  database: string;
  schema?: string | undefined;
  table?: string | undefined;
}

/** What may be a mistake, although it can be read. */
export type DoubtKind =
  /** The database has the name of a schema that every database has. */
  | { code: 'schema_as_database' }
  /** Two names, of which the second may be a table instead of a schema. */
  | { code: 'schema_or_table' }
  /** Another name on the line `other` differs in case alone. */
  | { code: 'differs_in_case'; other: number; otherName: string; name: string }
  /** A name of digits: perhaps a number in a list, or a count. */
  | { code: 'number'; name: string }
  /** The server or its provider uses this name, and people may too. */
  | { code: 'system_name_perhaps'; level: DatabaseLevel; name: string }
  /** The name is one that clients print above names. */
  | { code: 'header_perhaps'; name: string }
  /** The output that was pasted calls it a view, an index or the like. */
  | { code: 'not_a_table'; type: string };

/** One kind of doubt: the first line that it is about, how that is read, and all that it is about. */
export type ListDoubt = DoubtKind & {
  line: number;
  read: NamedLevels;
  /** How many other lines are doubted for the same. */
  more: number;
  /** All that is doubted, in one text, to tell whether a person was shown it. */
  about: string;
};

/** The first name that the server keeps for itself. */
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

/** What may be a mistake in a list, each kind once. */
export function listDoubts(mentions: readonly Mention[], naming: DatabaseNaming): ListDoubt[] {
  const found = new Map<DoubtKind['code'], { first: ListDoubt; about: string[] }>();
  const spellings = new Spellings();
  for (const mention of mentions) {
    const { line, database, schema, table } = mention;
    const read: NamedLevels = { database, schema, table };
    const otherwise = spellings.note(mention);
    for (const kind of [...doubtsOf(mention, naming), ...(otherwise ?? [])]) {
      const about = [kind.code, database, schema ?? '', table ?? ''].join('\n');
      const group = found.get(kind.code);
      if (group === undefined) {
        found.set(kind.code, { first: { ...kind, line, read, more: 0, about }, about: [about] });
      } else group.about.push(about);
    }
  }
  return [...found.values()].map(({ first, about }) => ({
    ...first,
    more: about.length - 1,
    about: about.join('\n'),
  }));
}

function doubtsOf(mention: Mention, naming: DatabaseNaming): DoubtKind[] {
  const { database, schema, table, written } = mention;
  const { levels, numbered, system, usualSchemas } = naming;
  const isUsual = (name: string | undefined) =>
    usualSchemas.some((usual) => usual === name?.toLowerCase());
  const doubts: DoubtKind[] = [];
  if (isUsual(database)) doubts.push({ code: 'schema_as_database' });
  else if (schema !== undefined && table === undefined && written?.open && !isUsual(schema)) {
    doubts.push({ code: 'schema_or_table' });
  }
  for (const level of levels) {
    const name = mention[level];
    if (name === undefined) continue;
    if (system[level]?.doubted?.test(name)) {
      doubts.push({ code: 'system_name_perhaps', level, name });
    } else if (!numbered && written?.bare && /^\p{N}+$/u.test(name)) {
      doubts.push({ code: 'number', name });
    }
  }
  if (table === undefined && schema === undefined && written?.bare && isHeaderName(database)) {
    doubts.push({ code: 'header_perhaps', name: database });
  }
  const type = written?.type;
  if (type !== undefined && !isTableType(type)) doubts.push({ code: 'not_a_table', type });
  return doubts;
}

/** The spellings of names that differ in case alone, on each level below the same names. */
class Spellings {
  readonly #first = new Map<string, { line: number; name: string }>();

  note(mention: Mention): DoubtKind[] | undefined {
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
    return doubts.length === 0 ? undefined : doubts.slice(0, 1);
  }
}
