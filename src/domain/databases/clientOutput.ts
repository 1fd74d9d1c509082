import { type ClientCommand, commandIn, commandTyped, longestLine } from './clientCommand';
import { type DatabaseLevel, type DatabaseNaming, databaseNaming } from './databaseNaming';

/** Recognizes what database clients print around names, so that people can paste it. */

/** A line around names, and what it says about the lines below it. */
export interface ClientLine extends ClientCommand {
  /** A notice may come between a command and its output. */
  kind: 'command' | 'fence' | 'footer' | 'frame' | 'notice' | 'title';
  /** What was typed at a prompt, which a continuation prompt continues. */
  typed?: string;
  /** What follows a prompt, if it isn't a command that Ferry knows and may be a name. */
  nameAfterPrompt?: string;
}

/**
 * What a column contains. `name` depends on the other columns; `type` distinguishes tables and
 * views.
 */
export type Column = DatabaseLevel | 'name' | 'type' | 'other';

const clients = '(?:mysql(?:show|dump)?|mariadb|psql|sqlcmd|mongo(?:sh)?|redis-cli)';
/** `[root@db ~]#`, `root@db:~$`, `me@mac ~ %`, `bash-5.1$`, `C:\\>` */
const shell =
  '(?:\\[[^\\]\\s]+@[^\\]]+\\]|[\\w.-]+@[\\w.-]+[: ]?[~/][^\\s#$%]*|(?:ba)?sh-[\\d.]+) ?[$#%]|(?:PS )?[A-Z]:\\\\[^>]*>';

/** The first group is the database, if the prompt shows one. The last group is the command. */
const firstPrompts: readonly RegExp[] = [
  /^(?:mysql|sqlite|redis|SQL|MongoDB)>\s*(.*)$/i,
  /^(?:MariaDB|MySQL|Percona)\s+\[(?:\(none\)|([^\]]+))\]>\s*(.*)$/i,
  /^\(?[\w.-]+@[\w.-]+\)?[: ]\s*\[(?:\(none\)|([^\]]+))\]>\s*(.*)$/,
  /^(?:MySQL|MariaDB)\s+[^\s@]+@[^\s:]+:(?:\(none\)|([^\s>]+))>\s*(.*)$/i,
  /^MySQL\s+\S+(?:\s+ssl)?(?:\s+(\S+))?\s+SQL\s*>\s*(.*)$/,
  /^([A-Za-z_][\w$-]*)=[#>]\s*(.*)$/,
  /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}:\d+(?:\[\d+\])?>\s*(.*)$/,
  /^[\w-]+:(?:PRIMARY|SECONDARY)>\s*(.*)$/,
  /^(?:Enterprise |Atlas )?(?:[\w-]+ )?\[[^\]]*\] ([A-Za-z_](?:[\w-]*\w)?)>(?:\s+(.*))?$/,
  /^(?:Enterprise |Atlas )?([A-Za-z_](?:[\w-]*\w)?)>(?:\s+(show\s.*|use\s.*|db\..*|exit|quit))?$/,
  /^>(?:\s+(show\s.*|use\s.*|db\..*|exit))?$/,
  /^1>(?:\s+(.*))?$/,
  new RegExp(`^[$#]\\s+((?:sudo )?${clients}\\s+-.*)$`),
  new RegExp(`^\\$\\s+((?:sudo )?${clients}\\b.*)$`),
  // Other commands of a shell may list anything.
  new RegExp(`^(?:${shell})\\s*((?:sudo )?${clients}\\b.*|exit|logout|)$`),
];

/** The same for the lines after the first one of a command. */
const nextPrompts: readonly RegExp[] = [
  /^[\w$-]*->\s*(.*)$/,
  /^([A-Za-z_][\w$-]*)(?:[-(*'"$]#|[(*'"$]>)(?:\s+(.*))?$/,
  /^\d+>\s+(.*)$/,
];

/** Words that people type at a prompt and that may look like names. */
const otherCommands =
  /^(go|exit|quit|bye|logout|help|clear|status|info|keys|dbsize|commit|begin|mariadb|mysql|psql|sqlcmd|mongo|mongosh|redis-cli)$/i;
const nameAlone = /^["`[]?([\p{L}\p{N}_$][\p{L}\p{N}_$.-]*)["`\]]?[;,]?$/u;

const footers: readonly RegExp[] = [
  /^\(\d+ rows?\)$/i,
  /^\(\d+ (?:rows?|row\(s\)) affected\)$/i,
  /^\(\d+ 行(?:记录|受影响)?\)$/,
  /^\d+ (?:rows?|row\(s\)) (?:in set|selected|affected|returned)\b/i,
  /^(?:Empty set|no rows selected|Did not find any|No relations found)\b/i,
  /^\((?:END|nil|empty array|integer\) -?\d+$)/,
  /^Connection (?:to \S+ )?closed\.?$/,
  /^(?:Query OK, |Database changed$)/i,
  /^(?:Time|Completion time|Elapsed|时间): ./i,
  /^(?:Reading table information for completion|You can turn off this feature to get)\b/i,
  /^(?:Affected rows|Records): \d/i,
];

/** What clients print at their start, or between a command and its output. */
const notices: readonly RegExp[] = [
  /^mysql\w*: \[(?:Warning|Note)\] ./,
  /^(?:Warning|Notice|Detail|Hint): ./i,
  /^(?:Enter password|Password(?: for user .+)?|用户 .+ 的口令)[:：]/i,
  /^(?:Welcome to the (?:MySQL|MariaDB) monitor|Your (?:MySQL|MariaDB) connection id is)\b/,
  /^(?:Server version: .|Copyright \(c\) \d|Oracle is a registered trademark\b)/,
  /^(?:affiliates\. Other names may be|Type ['"]?(?:help|\\h)\b)/,
  /^(?:psql \(.+\)|SSL connection \(.+\)|输入 "help" 来获取帮助信息\.?)$/,
  /^(?:Current Mongosh Log ID|Connecting to|Using Mongo(?:DB|sh)|For mongosh info see):/,
  /^(?:Timing|Expanded display|Pager usage|Tuples only|Output format|Default footer) is .+\.$/,
];

const titles: readonly [RegExp, DatabaseLevel][] = [
  [/^List of (?:relations|tables)$/i, 'table'],
  [/^List of databases$/i, 'database'],
  [/^List of schemas$/i, 'schema'],
  [/^(?:关联列表|资料表列表)$/, 'table'],
  [/^数据库列表$/, 'database'],
  [/^架构模式列表$/, 'schema'],
];

/** True if a name has only letters, digits and dots. No client prints such a name around others. */
export const isPlainName = (text: string): boolean => /^[A-Za-z0-9_$][\w$.]*$/.test(text);

/**
 * Reads a trimmed line that a client prints around names. Returns `undefined` for other lines.
 * `before` is what was typed at the prompts right above it.
 */
export function clientLine(
  text: string,
  naming: DatabaseNaming,
  before = '',
): ClientLine | undefined {
  if (text.length > longestLine || isPlainName(text)) return undefined;
  if (isFence(text)) return { kind: 'fence' };
  if (isFrame(text)) return { kind: 'frame' };
  const title = titles.find(([pattern]) => pattern.test(text));
  if (title !== undefined) return { kind: 'title', lists: title[1] };
  const notice = noticeIn(text);
  if (notice !== undefined) return notice;
  const command = commandIn(text, naming);
  if (command !== undefined) return { kind: 'command', ...command };
  if (footers.some((pattern) => pattern.test(text))) return { kind: 'footer' };
  return (
    lineAtPrompt(text, firstPrompts, naming) ?? lineAtPrompt(text, nextPrompts, naming, before)
  );
}

/**
 * True for lines that clients print. The engine only decides what a line says, so any engine will
 * do.
 */
export const isClientLine = (text: string): boolean =>
  clientLine(text, databaseNaming.mysql) !== undefined;

/** Matches a notice that names the database in use. */
const noticesOfUse: readonly RegExp[] = [
  // sqlcmd prints this after `go`, which may be below a command that lists another database.
  /^Changed database context to '([^']+)'\.?$/,
  /^Database: (\S+)(?:\s+Wildcard: .*)?$/,
];

function noticeIn(text: string): ClientLine | undefined {
  for (const notice of noticesOfUse) {
    const database = notice.exec(text)?.[1];
    if (database !== undefined) return { kind: 'notice', database };
  }
  return notices.some((notice) => notice.test(text)) ? { kind: 'notice' } : undefined;
}

function lineAtPrompt(
  text: string,
  prompts: readonly RegExp[],
  naming: DatabaseNaming,
  before = '',
): ClientLine | undefined {
  for (const prompt of prompts) {
    const groups = prompt.exec(text)?.slice(1);
    if (groups === undefined) continue;
    const last = groups.at(-1) ?? '';
    const isNext = before !== '' && !before.endsWith(';');
    const typed = isNext ? `${before}\n${last}` : last;
    const database = groups.length > 1 ? groups[0] : undefined;
    const known =
      commandTyped(typed, naming) ??
      (!isNext && isNameAlone(last) ? { nameAfterPrompt: last } : notRead(last));
    const shown = database === undefined ? {} : { database };
    return { kind: 'command', ...shown, ...known, typed: typed.slice(0, longestLine + 1) };
  }
  return undefined;
}

/** A command that Ferry doesn't know may list the names of any database. */
const notRead = (typed: string): ClientCommand =>
  typed === '' || otherCommands.test(typed) ? {} : { scope: { database: undefined } };

/** True for sqlcmd's `2> go`, which runs the command on the lines above it. */
export const runsCommand = (text: string): boolean => /^(?:\d+>\s+)?go$/i.test(text);

/** Reads a line that could be a name, but not below other lines of a client. */
export function laterClientLine(
  text: string,
  isBelowCommand: boolean,
  { numbered }: DatabaseNaming,
): ClientLine | undefined {
  // The second word ends a sentence in the welcome of mysql.
  if (text === 'Bye' || text === 'owners.' || (numbered && text === 'OK'))
    return { kind: 'footer' };
  const isCommand = text === '$' || (isBelowCommand && runsCommand(text));
  return isCommand ? { kind: 'command' } : undefined;
}

/** True for what clients and shells print or read at the end of a session. */
export const mayBeOutput = (text: string): boolean =>
  /^(?:aborted|disconnected|done|eof|exit|go|killed|logout|nil|null|ok|quit|terminated|total)$/i.test(
    text,
  );

function isNameAlone(typed: string): boolean {
  const name = nameAlone.exec(typed)?.[1];
  return name !== undefined && !otherCommands.test(name) && !isHeaderName(name);
}

/** True for a line that begins or ends a block of code. */
export const isFence = (text: string): boolean => /^(```|~~~)\s*\w*$/.test(text);

/** True for lines of signs only: `+----+`, `-----`, `|---|---|`, `═══`, `---- ------`. */
const isFrame = (text: string): boolean =>
  /^[-+=|:\s\u2500-\u257f]{2,}$/.test(text) && /[-=\u2500-\u257f]{2}|[|+]/.test(text);

/** Matches a header that contains the name of the database. */
const tablesIn = /^Tables_in_(.+?)(?:\s+\(.*\))?$/i;

/** Matches the header of `show databases like 'shop%'`. */
const databasesLike = /^Database \(.+\)$/;

/** MySQL shows a catalog that people never name. */
const catalogs = ['table_catalog', 'catalog_name', 'table_cat', 'table_qualifier'] as const;

const columnsByName: ReadonlyMap<string, Column> = new Map<string, Column>([
  ...columns('database', 'database', 'databases', 'database_name', 'datname', 'dbname', 'db_name'),
  ...columns('database', '数据库', ...catalogs),
  ...columns('schema', 'schema', 'schemas', 'schemaname', 'table_schema', 'schema_name', 'nspname'),
  ...columns('schema', 'table_owner', 'table_schem', '架构模式'),
  ...columns('table', 'table', 'tables', 'table_name', 'tablename', 'relname', 'collection', '表'),
  ...columns('table', 'collections', '表名'),
  ...columns('name', 'name', '名称'),
  ...columns('type', 'type', 'table_type', '类型'),
  ...columns('other', 'owner', 'encoding', 'collate', 'ctype', 'size', 'engine', 'version'),
  ...columns('other', 'access privileges', 'icu locale', 'icu rules', 'locale provider', 'locale'),
  ...columns('other', 'persistence', 'access method', 'description', 'comment', 'table_comment'),
  ...columns('other', 'rows', 'table_rows', 'row_format', 'data_length', 'create_time', 'remarks'),
  ...columns('other', 'database_id', 'create_date', 'object_id', 'state_desc', 'tablespace'),
  ...columns('other', '拥有者', '字元编码', '校对规则', '存取权限', '大小', '描述'),
]);

function columns(column: Column, ...names: readonly string[]): [string, Column][] {
  return names.map((name) => [name, column]);
}

/** The exact headers that clients print above a single column. */
const clientHeaders: ReadonlySet<string> = new Set([
  ...['Database', 'Databases', 'Table', 'Tables', 'Name', 'Schema', '数据库', '表名', '名称'],
  ...['table_name', 'TABLE_NAME', 'tablename', 'table_schema', 'TABLE_SCHEMA', 'relname'],
  ...['datname', 'schema_name', 'SCHEMA_NAME', 'schemaname', 'nspname', 'database_name'],
]);

/** True if clients print this name above names, in any case. */
export const isHeaderName = (name: string): boolean =>
  name.length <= longestLine && columnNamed(name) !== undefined;

/** True if this name is certainly a header when only names follow. */
export const isClientHeader = (name: string): boolean =>
  clientHeaders.has(name) || databasesLike.test(name);

/** The cells of a line, and the character that separates them. */
export interface Row {
  cells: readonly string[];
  by: 'blanks' | 'comma' | 'line' | 'nothing' | 'tab';
}

/** The columns of a table in a client's output. */
export interface Header {
  columns: readonly Column[];
  by: Row['by'];
  /** The database that the header names. */
  database?: string;
}

/** Splits a line into columns, as many as its header has. */
export function rowOf(text: string, by?: Row['by'], count?: number): Row {
  if (text.length > longestLine) return { cells: [text], by: 'nothing' };
  const is = (separator: Row['by'], isFound: () => boolean) =>
    by === undefined ? isFound() : by === separator;
  if (hasLines(text) && is('line', () => true)) {
    const all = text.split(/[|│║]/).map((cell) => cell.trim());
    // psql draws no line at the left, so a line there follows an empty cell.
    if (all.length === count) return { cells: all, by: 'line' };
    // If there is no line at the left, one at the right precedes an empty cell.
    const inner = /^[|│║]/.test(text) ? text.slice(1).replace(/[|│║]$/, '') : text;
    return { cells: inner.split(/[|│║]/).map((cell) => cell.trim()), by: 'line' };
  }
  if (is('tab', () => text.includes('\t'))) {
    return { cells: text.split('\t').map(unquoted), by: 'tab' };
  }
  if (is('comma', () => text.includes(','))) {
    return { cells: text.split(',').map(unquoted), by: 'comma' };
  }
  if (by === 'blanks') return { cells: text.split(/\s+/), by };
  if (by === undefined && /\s{2}/.test(text)) return { cells: text.split(/\s{2,}/), by: 'blanks' };
  return { cells: [text], by: 'nothing' };
}

const hasLines = (text: string): boolean =>
  /[|│║]/.test(text) &&
  /^[|│║]|[|│║]$|\s[|│║]\s/.test(text.replace(/"[^"]*"|`[^`]*`|\[[^\]]*\]/g, '""'));

const unquoted = (cell: string): string => cell.trim().replace(/^(["'`])(.*)\1$/s, '$2');

/** Reads a line as a header if each cell, or one cell inside a frame, names a column. */
export function headerOf(
  row: Row,
  lists: DatabaseLevel | undefined,
  naming: DatabaseNaming,
): Header | undefined {
  const found = row.cells.map(columnNamed);
  const [first] = row.cells;
  const database = first === undefined ? undefined : tablesIn.exec(first)?.[1];
  const hasSchemas = naming.levels.includes('schema');
  const isKnown =
    row.by === 'line' ? found.some(isLevel) : found.every((each) => each !== undefined);
  if (!isKnown || !found.some(isLevel)) return undefined;
  const owned = new Set(row.cells.map((cell) => cell.toLowerCase()));
  const columns = found.map((column = 'other', index): Column => {
    if (column === 'name') return levelOfName(found, owned, lists, naming);
    if (hasSchemas) return column;
    const isCatalog = catalogs.some((name) => name === row.cells[index]?.toLowerCase());
    if (isCatalog && found.includes('schema')) return 'other';
    // In MySQL, a schema is a database.
    return column === 'schema' ? 'database' : column;
  });
  return { columns, by: row.by, ...(database === undefined ? {} : { database }) };
}

function levelOfName(
  columns: readonly (Column | undefined)[],
  names: ReadonlySet<string>,
  lists: DatabaseLevel | undefined,
  { levels }: DatabaseNaming,
): Column {
  if (lists !== undefined) return lists;
  if (columns.includes('schema')) return 'table';
  const has = (...each: readonly string[]) => each.some((name) => names.has(name));
  if (has('engine', 'table_rows', 'data_length', 'object_id')) return 'table';
  if (has('encoding', 'collate', '字元编码', 'database_id', 'state_desc')) return 'database';
  return has('owner', '拥有者') && levels.includes('schema') ? 'schema' : 'name';
}

export const isLevel = (column: Column | undefined): boolean =>
  column !== undefined && column !== 'other' && column !== 'type';

function columnNamed(cell: string): Column | undefined {
  if (tablesIn.test(cell)) return 'table';
  return databasesLike.test(cell) ? 'database' : columnsByName.get(cell.toLowerCase());
}

/** True if the `type` column says that this is a table. */
export const isTableType = (type: string): boolean =>
  /^(base table|table|partitioned table|foreign table|表|数据表|分区表|)$/i.test(type);

/** Returns the name in `admin   40.00 KiB` (MongoDB's shell) or `db0:keys=3,expires=0` (Redis). */
export function nameBeforeNumbers(text: string, { numbered }: DatabaseNaming): string | undefined {
  if (text.length > longestLine) return undefined;
  if (numbered) return /^db(\d+):\s*keys=\d/.exec(text)?.[1];
  return /^(\S+)\s+\d+(?:\.\d+)?\s*(?:B|[KMGT]i?B)$/i.exec(text)?.[1];
}

/** The first lines of a record in mysql and psql. */
const recordStarts = {
  colon: /^\*{3,} ?\d+\. row \*{3,}$/,
  line: /^\+?-\[ (?:RECORD|记录) \d+ \][-+]*$/,
} as const;

/** No table of a client has more columns. */
const mostColumns = 100;

/**
 * Reads the columns and cells below line `line`, the first one of a record, which mysql prints after `\\G` and
 * psql after `\\x`. Returns `undefined` if the line doesn't begin a record.
 */
export function recordBelow(
  text: string,
  lines: readonly string[],
  line: number,
): readonly (readonly [string, string])[] | undefined {
  const by = recordStarts.colon.test(text) ? 'colon' : 'line';
  if (text.length > longestLine || !recordStarts[by].test(text)) return undefined;
  const cells: (readonly [string, string])[] = [];
  for (const each of lines.slice(line, line + mostColumns)) {
    const cell = by === 'colon' ? cellAfterColon(each) : cellAfterLine(each);
    if (cell === undefined) break;
    cells.push(cell);
  }
  return cells;
}

function cellAfterColon(text: string): readonly [string, string] | undefined {
  const [, column, cell] = /^\s*([\p{L}_][^:>@[\]*]{0,100}):(?: (.*))?$/u.exec(text) ?? [];
  return column === undefined ? undefined : [column, (cell ?? '').trim()];
}

function cellAfterLine(text: string): readonly [string, string] | undefined {
  const { by, cells } = rowOf(text.trim(), 'line', 2);
  const [column, cell] = cells;
  if (by !== 'line' || column === undefined || cell === undefined) return undefined;
  return [column, cell];
}
