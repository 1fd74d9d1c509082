import { cut } from '../text/cut';
import { type TextProblem, textProblem } from '../text/typedText';

/** How an engine names its objects. */
export interface DatabaseNaming {
  /** The levels of a table's name, outermost first. */
  levels: readonly DatabaseLevel[];
  /** The longest name of a table, and of the databases and schemas above it, in `unit`s. */
  longest: { table: number; above: number };
  unit: 'characters' | 'bytes';
  /** Databases are numbers. */
  numbered: boolean;
  /** A table's name may contain dots without quotes, such as MongoDB's `fs.files`. */
  dottedTables: boolean;
  /** Square brackets also quote names. */
  brackets: boolean;
  /** Schemas in every database that people write without the database. */
  usualSchemas: readonly string[];
  /** Names that the server reserves, by level. */
  system: Readonly<Partial<Record<DatabaseLevel, SystemNames>>>;
}

/** Names of the server or its provider. Each pattern matches a whole name. */
export interface SystemNames {
  /** Ferry refuses to migrate these. */
  refused: RegExp;
  /** These may contain people's data. */
  doubted?: RegExp;
}

export const databaseLevels = ['database', 'schema', 'table'] as const;
export type DatabaseLevel = (typeof databaseLevels)[number];

/** MySQL 8 reference manual, “Identifier Length Limits”. MariaDB has the same limits. */
const mysql: DatabaseNaming = {
  levels: ['database', 'table'],
  longest: { table: 64, above: 64 },
  unit: 'characters',
  numbered: false,
  dottedTables: false,
  brackets: false,
  usualSchemas: [],
  // Before version 5.7, `sys` was an ordinary name. The other doubted names belong to providers.
  system: {
    database: {
      refused: /^(mysql|(information|performance)_schema)$/i,
      doubted: /^(sys|__tencentdb__|__cdb_recycle_bin__|__recycle_bin__|innodb|ndbinfo)$/i,
    },
  },
};

/** PostgreSQL reserves all schemas that begin with `pg_` and refuses connections to template0. */
const postgresqlSystem: DatabaseNaming['system'] = {
  database: {
    refused: /^(template0|pg_(catalog|toast|temp|toast_temp)(_\d+)?|information_schema)$/,
    doubted: /^(postgres|template1|rdsadmin|cloudsqladmin|azure_(maintenance|sys))$/,
  },
  schema: { refused: /^(pg_.*|information_schema)$/s },
};

const sqlserverSystem: DatabaseNaming['system'] = {
  database: {
    refused: /^(master|msdb|model|tempdb|mssqlsystemresource)$/i,
    doubted: /^(distribution|rdsadmin|reportserver(tempdb)?|sys|information_schema)$/i,
  },
  schema: { refused: /^(sys|information_schema)$/i },
};

/**
 * `local` is never replicated, `config` belongs to the cluster. `admin` has accounts and sometimes
 * data.
 */
const mongodbSystem: DatabaseNaming['system'] = {
  database: { refused: /^(local|config)$/, doubted: /^admin$/ },
  table: { refused: /^system\.(indexes|profile|namespaces)$/, doubted: /^system\..*$/s },
};

/** The rules for each engine, by the API's names. */
export const databaseNaming = {
  mysql,
  mariadb: mysql,
  percona: mysql,
  // NAMEDATALEN - 1. PostgreSQL silently truncates longer names.
  postgresql: {
    ...mysql,
    levels: ['database', 'schema', 'table'],
    longest: { table: 63, above: 63 },
    unit: 'bytes',
    usualSchemas: ['public'],
    system: postgresqlSystem,
  },
  // sysname: 128 UTF-16 units.
  sqlserver: {
    ...mysql,
    levels: ['database', 'schema', 'table'],
    longest: { table: 128, above: 128 },
    brackets: true,
    usualSchemas: ['dbo', 'guest'],
    system: sqlserverSystem,
  },
  // “MongoDB Limits and Thresholds”: less than 64 bytes for a database, 255 for the whole
  // namespace.
  mongodb: {
    ...mysql,
    longest: { table: 255, above: 63 },
    unit: 'bytes',
    dottedTables: true,
    system: mongodbSystem,
  },
  // Databases are numbered from 0. A job can't select keys.
  redis: { ...mysql, levels: ['database'], numbered: true },
} as const satisfies Record<string, DatabaseNaming>;

/** Characters that need no quotes. Any other character is reported, because it may be a mistake. */
const bareName = /[\p{L}\p{M}\p{N}_$#@-]+/uy;
const bareDottedName = /[\p{L}\p{M}\p{N}_$#@-]+(\.+[\p{L}\p{M}\p{N}_$#@-]+)*/uy;

/** Returns the unquoted name that begins at `start`, if there is one. */
export function bareNameAt(text: string, start: number, dotted: boolean): string | undefined {
  const pattern = dotted ? bareDottedName : bareName;
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}

/** Closing quotes by their opening quotes. A doubled closing quote is one character of the name. */
const quotes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['`', '`'],
]);
const quotesAndBrackets: ReadonlyMap<string, string> = new Map([...quotes, ['[', ']']]);

/**
 * Reads the quoted name that begins at `start`, if there is one. Without a closing quote, it has no
 * name and takes the rest of the text.
 */
export function quotedNameAt(
  text: string,
  start: number,
  { brackets }: DatabaseNaming,
): { name: string | undefined; end: number } | undefined {
  const close = (brackets ? quotesAndBrackets : quotes).get(text.charAt(start));
  if (close === undefined) return undefined;
  for (let at = start + 1; ; at += 2) {
    at = text.indexOf(close, at);
    if (at === -1) return { name: undefined, end: text.length };
    if (text[at + 1] === close) continue;
    const name = text.slice(start + 1, at).replaceAll(close + close, close);
    return { name, end: at + 1 };
  }
}

/** What can be wrong with a name. */
export type NameProblem =
  | { code: 'empty_name' }
  | TextProblem
  | { code: 'star_misplaced' }
  | { code: 'not_a_number'; name: string }
  | { code: 'too_long'; name: string; max: number; unit: DatabaseNaming['unit'] };

/**
 * Checks a name without its quotes. Names in a database may contain unusual spaces. They are
 * accepted, and cards show them as code points.
 */
export function checkName(
  name: string,
  level: DatabaseLevel,
  { longest, unit, numbered }: DatabaseNaming,
): NameProblem | undefined {
  if (/^\s*$/.test(name)) return { code: 'empty_name' };
  const problem = textProblem(name, 'name');
  if (problem !== undefined) return problem;
  // Tencent Cloud doesn't document how DTS treats a star. The card must show everything that is
  // migrated.
  if (name === '*') return { code: 'star_misplaced' };
  const max = level === 'table' ? longest.table : longest.above;
  if (lengthIn(unit, name) > max) return { code: 'too_long', name: shortened(name), max, unit };
  if (numbered && !/^(0|[1-9]\d{0,4})$/.test(name)) return { code: 'not_a_number', name };
  return undefined;
}

const encoder = new TextEncoder();
const lengthIn = (unit: DatabaseNaming['unit'], name: string): number =>
  unit === 'bytes' ? encoder.encode(name).length : name.length;

/** The beginning of foreign text, for a message. */
export const shortened = (text: string): string => cut(text, 40);
