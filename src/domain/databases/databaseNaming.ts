import { type TextProblem, textProblem } from '../text/typedText';

/** How an engine names what stands in it. */
export interface DatabaseNaming {
  /** What leads to a table, outermost first. */
  levels: readonly DatabaseLevel[];
  /** How long a name may be, on each level that the engine has, in `unit`s. */
  longest: Readonly<Record<DatabaseLevel, number>>;
  unit: 'characters' | 'bytes';
  /** A database is a number. */
  numbered: boolean;
  /** A table's name may hold dots without quotes, as MongoDB's `fs.files` does. */
  dottedTables: boolean;
  /** Names may be in square brackets too. */
  brackets: boolean;
  /** Schemas that every database has and that people name without their database. */
  usualSchemas: readonly string[];
  /** What the server keeps for itself, by level. */
  system: Readonly<Partial<Record<DatabaseLevel, SystemNames>>>;
}

/** Names that the server or its provider uses. All of them match whole names. */
export interface SystemNames {
  /** No migration can include these. */
  refused: RegExp;
  /** People may keep data of their own in these. */
  doubted?: RegExp;
}

export const databaseLevels = ['database', 'schema', 'table'] as const;
export type DatabaseLevel = (typeof databaseLevels)[number];

/** MySQL 8 reference manual, “Identifier Length Limits”; MariaDB has the same. */
const mysql: DatabaseNaming = {
  levels: ['database', 'table'],
  longest: { database: 64, schema: 64, table: 64 },
  unit: 'characters',
  numbered: false,
  dottedTables: false,
  brackets: false,
  usualSchemas: [],
  // Before version 5.7, `sys` could be anybody's. The others that are doubted belong to providers.
  system: {
    database: {
      refused: /^(mysql|(information|performance)_schema)$/i,
      doubted: /^(sys|__tencentdb__|__cdb_recycle_bin__|__recycle_bin__|innodb|ndbinfo)$/i,
    },
  },
};

/** PostgreSQL reserves every schema that begins with `pg_`, and lets nobody connect to template0. */
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

/** `local` is never replicated, `config` is the cluster's own; `admin` has accounts, and sometimes data. */
const mongodbSystem: DatabaseNaming['system'] = {
  database: { refused: /^(local|config)$/, doubted: /^admin$/ },
  table: { refused: /^system\.(indexes|profile|namespaces)$/, doubted: /^system\..*$/s },
};

/** The rules by the API's engine names. */
export const databaseNaming = {
  mysql,
  mariadb: mysql,
  percona: mysql,
  cynosdbmysql: mysql,
  // NAMEDATALEN - 1. PostgreSQL cuts a longer name without a word, so none is longer.
  postgresql: {
    ...mysql,
    levels: ['database', 'schema', 'table'],
    longest: { database: 63, schema: 63, table: 63 },
    unit: 'bytes',
    usualSchemas: ['public'],
    system: postgresqlSystem,
  },
  // sysname: 128 UTF-16 units.
  sqlserver: {
    ...mysql,
    levels: ['database', 'schema', 'table'],
    longest: { database: 128, schema: 128, table: 128 },
    brackets: true,
    usualSchemas: ['dbo', 'guest'],
    system: sqlserverSystem,
  },
  // “MongoDB Limits and Thresholds”: a database below 64 bytes, a whole namespace of 255.
  mongodb: {
    ...mysql,
    longest: { database: 63, schema: 63, table: 255 },
    unit: 'bytes',
    dottedTables: true,
    system: mongodbSystem,
  },
  // Databases are numbered from 0; what is in them are keys, which no job selects.
  redis: { ...mysql, levels: ['database'], numbered: true, system: {} },
} as const satisfies Record<string, DatabaseNaming>;

/** What needs no quotes: few characters, so that any other sign asks what was meant by it. */
const bareName = /[\p{L}\p{M}\p{N}_$#@-]+/uy;
const bareDottedName = /[\p{L}\p{M}\p{N}_$#@-]+(\.+[\p{L}\p{M}\p{N}_$#@-]+)*/uy;

/** The name without quotes that begins at `start`, if one does. */
export function bareNameAt(text: string, start: number, dotted: boolean): string | undefined {
  const pattern = dotted ? bareDottedName : bareName;
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}

/** What can be wrong with one name. */
export type NameProblem =
  | { code: 'empty_name' }
  | TextProblem
  | { code: 'star_misplaced' }
  | { code: 'not_a_number'; name: string }
  | { code: 'too_long'; name: string; max: number; unit: DatabaseNaming['unit'] };

/**
 * Judges a name as it is once its quotes are off. A database may have given names with other spaces
 * than the ordinary one; they are accepted, and a card shows them by their code points.
 */
export function checkName(
  name: string,
  level: DatabaseLevel,
  { longest, unit, numbered }: DatabaseNaming,
): NameProblem | undefined {
  if (/^\s*$/.test(name)) return { code: 'empty_name' };
  const problem = textProblem(name, 'name');
  if (problem !== undefined) return problem;
  // No one says what DTS makes of a star: nothing may be moved that the card does not show.
  if (name === '*') return { code: 'star_misplaced' };
  const max = longest[level];
  if (lengthIn(unit, name) > max) return { code: 'too_long', name: shortened(name), max, unit };
  if (numbered && !/^(0|[1-9]\d{0,4})$/.test(name)) return { code: 'not_a_number', name };
  return undefined;
}

const encoder = new TextEncoder();
const lengthIn = (unit: DatabaseNaming['unit'], name: string): number =>
  unit === 'bytes' ? encoder.encode(name).length : name.length;

/** The character at `index`, whole where it takes two UTF-16 units. */
export const signAt = (text: string, index: number): string =>
  String.fromCodePoint(text.codePointAt(index) ?? 0xfffd);

/** The beginning of foreign text, for a message. */
export function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39).replace(/[\ud800-\udbff]$/, '')}…` : text;
}
