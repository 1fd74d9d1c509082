import type { DatabaseLevel } from '../../domain/databases/databaseNaming';
import type { ListDoubt, NamedLevels } from '../../domain/databases/listDoubts';
import type { Noise, NoiseKind } from '../../domain/databases/listNoise';
import { shownName } from '../../domain/text/typedText';

const levels: Readonly<Record<DatabaseLevel, string>> = {
  database: 'database',
  schema: 'schema',
  table: 'table',
};

/** How many lines a message lists before it only counts them. */
const mostLines = 3;

const quoted = (name: string): string => `“${shownName(name)}”`;

function described({ database, schema, table }: NamedLevels): string {
  const named = [
    `${levels.database} ${quoted(database)}`,
    ...(schema === undefined ? [] : [`${levels.schema} ${quoted(schema)}`]),
    ...(table === undefined ? [] : [`${levels.table} ${quoted(table)}`]),
  ].join(', ');
  return table === undefined ? `${named}, with all its tables` : named;
}

const others = (more: number): string =>
  more === 0 ? '' : ` ${more} other ${more === 1 ? 'line is' : 'lines are'} similar.`;

const path = ({ database, schema, table }: NamedLevels): string =>
  [database, schema, table]
    .filter((each) => each !== undefined)
    .map((each) => shownName(each))
    .join('.');

/** A possible mistake in a list, its line, and how Ferry reads it. */
function doubt(found: ListDoubt): string {
  return `${doubtAlone(found)}${others(found.more)}`;
}

function doubtAlone(found: ListDoubt): string {
  const { line } = found;
  if (found.code === 'skipped_line') {
    return `Line ${line} (${quoted(found.text)}) looks like a command and would be skipped. If it names something to migrate, write only the name.`;
  }
  const { read } = found;
  const would = `Line ${line} would be ${described(read)}.`;
  switch (found.code) {
    case 'schema_as_database':
      return read.table === undefined
        ? `${would} Did you mean YOURDB.${path(read)}?`
        : `${would} ${quoted(read.database)} is usually a schema. Is the database missing?`;
    case 'schema_or_table':
      return `${would} If ${quoted(read.schema ?? '')} is a table, put its database and schema before it, as in YOURDB.${path(read)}.`;
    case 'differs_in_case':
      return `Line ${line} names ${quoted(found.name)}, and line ${found.other} names ${quoted(found.otherName)}. They differ only in case and would be treated as two names.`;
    case 'number':
      return `${would} ${quoted(found.name)} is a number. If it is only a line number, delete it.`;
    case 'system_name_perhaps':
      return `${would} The server or its provider uses the ${levels[found.level]} ${quoted(found.name)} itself. Does it contain your own data?`;
    case 'header_perhaps':
      return `${would} ${quoted(found.name)} may be a table header. If so, delete the line.`;
    case 'table_perhaps':
      return `${would} Above it, the database ${quoted(found.within)} is in use. If ${quoted(read.database)} is one of its tables, write ${shownName(found.within)}.${shownName(read.database)}.`;
    case 'output_perhaps':
      return `${would} ${quoted(found.word)} may belong to the output above it. If so, delete the line.`;
    case 'columns_perhaps':
      return `Lines ${found.other} and ${line} name ${quoted(found.name)}, and each name on them would be a database, with all its tables. If the lines have columns, such as a database and its table, write a dot between them, as in ${found.path.map((each) => shownName(each)).join('.')}.`;
    case 'not_a_table':
      return `${would} The output that you pasted calls it ${quoted(found.type)}, not a table.`;
    default:
      return found satisfies never;
  }
}

/** The same for approvers, who don't see the lines; `undefined` if the card shows it anyway. */
function doubtOnCard(found: ListDoubt): string | undefined {
  const more = found.more === 0 ? '' : ` (and ${found.more} more)`;
  switch (found.code) {
    case 'schema_as_database':
      return `The database ${quoted(found.read.database)} has the name of a schema that every database has.`;
    case 'differs_in_case':
      return `${quoted(found.otherName)} and ${quoted(found.name)} differ only in case${more}.`;
    case 'system_name_perhaps':
      return `The server or its provider uses the ${levels[found.level]} ${quoted(found.name)} itself${more}.`;
    default:
      return undefined;
  }
}

/** Each kind of noise in words, singular and plural. */
const noises: Readonly<Record<Exclude<NoiseKind, 'split'>, readonly [string, string]>> = {
  command: ['the command', 'the commands'],
  comment: ['the comment', 'the comments'],
  fence: ['the code fence', 'the code fences'],
  footer: ['the footer', 'the footers'],
  frame: ['the frame', 'the frame'],
  header: ['the header line', 'the header lines'],
  invisible: ['the invisible character', 'the invisible characters'],
  marker: ['the list marker', 'the list markers'],
  notice: ["the client's message", "the client's messages"],
  numbers: ['the numbers after the name', 'the numbers after the names'],
  separator: ['the separator at the start or end', 'the separators at the start or end'],
  title: ['the title', 'the titles'],
};

function where(lines: readonly number[]): string {
  const shown = lines.slice(0, mostLines).join(', ');
  const more = lines.length > mostLines ? ` and ${lines.length - mostLines} more` : '';
  return lines.length === 1 ? `line ${shown}` : `lines ${shown}${more}`;
}

function skipped({ found, kind, lines }: Noise): string[] {
  if (kind === 'split') return [];
  const [one, several] = noises[kind];
  const shown = found.slice(0, mostLines).map((each) => shownName(each));
  const which = shown.length === 0 ? '' : `: ${shown.join(', ')}`;
  return [`${lines.length === 1 ? one : several} (${where(lines)}${which})`];
}

/** What was read from a list, and what was skipped. */
function reading(databases: number, tables: number, noise: readonly Noise[]): string {
  const counts = [
    ...(tables === 0 ? [] : [`${tables} ${tables === 1 ? 'table' : 'tables'}`]),
    `${databases} ${databases === 1 ? 'database' : 'databases'}`,
  ].join(' in ');
  const left = noise.flatMap(skipped);
  const split = noise.find(({ kind }) => kind === 'split');
  return [
    left.length === 0 ? `Read ${counts}.` : `Read ${counts}, skipped ${left.join(', ')}.`,
    ...(split === undefined ? [] : [`Split several names on one line (${where(split.lines)}).`]),
  ].join(' ');
}

export const list = { doubt, doubtOnCard, reading };
