import type { DatabaseLevel, DatabaseNaming } from './databaseNaming';

/** Reads the commands that people type in a client: what the output below them lists, and where. */

export interface ClientCommand {
  /** The database that is in use from this command on. */
  database?: string;
  /** The kind of names that the command lists. */
  lists?: DatabaseLevel;
  /** Where these names are, if not in the database in use. */
  scope?: Scope;
}

/** The database whose content a command lists, or `undefined` if Ferry can't read which it is. */
export interface Scope {
  database: string | undefined;
}

/** A longer line can't come from a client, so the patterns skip it. */
export const longestLine = 2_000;

const unread: Scope = { database: undefined };

const listings: readonly [RegExp, DatabaseLevel | undefined][] = [
  [/^show (full |extended )*tables\b/i, 'table'],
  [/^show collections\b/i, 'table'],
  [/^show (databases|schemas|dbs)\b/i, 'database'],
  [/^show table status\b/i, 'table'],
  [/^show .+ (from|in) /i, undefined],
  [/^select (distinct )?(\w+\.)?(table_?name|relname|name) from \S*(tables|pg_class)\b/i, 'table'],
  [/^(select|with) .+ from /i, undefined],
  [/^(info keyspace|config get databases)$/i, 'database'],
  [/^\\d[a-z+]*( |$)/i, undefined],
  [/^\\l[a-z+]*( |$)/i, 'database'],
  [/^\\(pset|timing|x|t|a|q)( |$)/i, undefined],
  [/^mysql(show|dump)? -/i, undefined],
];

/** One name; the groups hold it without its quotes. */
const name = '(?:`([^`]+)`|"([^"]+)"|\\[([^\\]]+)\\]|([^\\s`"\'[\\](),;.]+))';
const use = new RegExp(`^use ${name}$`, 'i');
const showFrom = new RegExp(
  `^show (?:full |extended )*(?:tables|table status) (?:from|in) ${name}(?: |$)`,
  'i',
);
const showInUse =
  /^show (?:(?:full |extended )*tables|table status|databases|schemas|dbs|collections)(?: (?:like|where) .*)?$/i;
/** The object after `from`, with all its parts, and a bracket if it is a function. */
const objects = new RegExp(
  `\\b(?:from|join) (?<object>${name}(?: ?\\.(?: ?${name})?){0,3})(?<bracket> ?\\()?`,
  'gi',
);
const partOrDot = new RegExp(`\\.|${name}`, 'g');

const otherMoves: readonly RegExp[] = [
  /^\\(?:c|connect)\s+"?([^\s"]+)"?(?:\s|$)/,
  /^\\u\s+([^\s;]+)$/,
  /^You are now connected to database "([^"]+)"/,
  /^您现在已经连接到数据库 ?"([^"]+)"/,
  /^switched to db (\S+)$/,
];

/** A client that is started with a command: `mysql -N -e 'show tables' shop`. */
const shellCommand =
  /^(?:sudo )?(?:mysql|mariadb|psql|sqlcmd|mongo(?:sh)?)\s.*?(?:-e|-c|-[qQ]|--execute|--command|--eval)[=\s]*(["'])(.+?)\1(.*)$/;
/** Where the command line of a client names the database. */
const databaseOption = /\s(?:-[dD]\s*|--(?:database|dbname)[=\s])([\w$-]+)/;
const databaseAtEnd = /^\s+([\w$]+)$/;

/** Reads a line that may be a command. Returns `undefined` if any part of it isn't one. */
export function commandIn(text: string, naming: DatabaseNaming): ClientCommand | undefined {
  const started = startedWith(text, naming) ?? moved(text);
  if (started !== undefined) return started;
  const statements = statementsIn(text).map((each) => statementIn(each, naming));
  const known = statements.flatMap((each) => each ?? []);
  return known.length > 0 && known.length === statements.length ? together(known) : undefined;
}

/** Reads the statements at a prompt that Ferry knows. Returns `undefined` if there are none. */
export function commandTyped(text: string, naming: DatabaseNaming): ClientCommand | undefined {
  if (text.length > longestLine) return { scope: unread };
  const started = startedWith(text, naming) ?? moved(text);
  if (started !== undefined) return started;
  const statements = statementsIn(text);
  const known = statements.flatMap((each) => statementIn(each, naming) ?? []);
  return known.length > 0 ? together(known) : undefined;
}

function startedWith(text: string, naming: DatabaseNaming): ClientCommand | undefined {
  const [, , typed, end] = shellCommand.exec(text) ?? [];
  if (typed === undefined) return undefined;
  const database = databaseOption.exec(text)?.[1] ?? databaseAtEnd.exec(end ?? '')?.[1];
  return together(
    statementsIn(typed).flatMap((each) => statementIn(each, naming) ?? []),
    database,
  );
}

/** Splits what was typed into statements. T-SQL needs no semicolon between them. */
const statementsIn = (text: string): string[] =>
  text
    .split(/;|\\[gG](?!\w)|\n(?=\s*(?:use|select|show|exec)\b)/i)
    .map((each) => each.trim().replace(/\s+/g, ' '))
    .filter((each) => each !== '');

function moved(text: string): ClientCommand | undefined {
  for (const move of otherMoves) {
    const database = move.exec(text)?.[1];
    if (database !== undefined) return { database };
  }
  return undefined;
}

function statementIn(statement: string, naming: DatabaseNaming): ClientCommand | undefined {
  const database = nameIn(use.exec(statement)?.slice(1));
  if (database !== undefined) return { database };
  const listing = listings.find(([pattern]) => pattern.test(statement));
  if (listing === undefined) return undefined;
  return commandOf(undefined, listing[1], scopeOf(statement, naming));
}

const commandOf = (
  database: string | undefined,
  lists: DatabaseLevel | undefined,
  scope: Scope | undefined,
): ClientCommand => ({
  ...(database === undefined ? {} : { database }),
  ...(lists === undefined ? {} : { lists }),
  ...(scope === undefined ? {} : { scope }),
});

/** Joins statements. If they list different things, Ferry can't tell which output is whose. */
function together(statements: readonly ClientCommand[], before?: string): ClientCommand {
  let inUse = before;
  const listed: ClientCommand[] = [];
  for (const { database, lists, scope } of statements) {
    if (database !== undefined) inUse = database;
    else {
      const within = scope ?? (inUse === undefined ? undefined : { database: inUse });
      listed.push(commandOf(undefined, lists, within));
    }
  }
  const last = listed.at(-1);
  if (last === undefined) return commandOf(inUse, undefined, undefined);
  if (!listed.every((each) => isSame(each, last))) return commandOf(inUse, last.lists, unread);
  const isInUse = inUse !== undefined && last.scope?.database === inUse;
  return commandOf(inUse, last.lists, isInUse ? undefined : last.scope);
}

const isSame = (one: ClientCommand, other: ClientCommand): boolean =>
  one.lists === other.lists && isSameScope(one.scope, other.scope);

const isSameScope = (one: Scope | undefined, other: Scope | undefined): boolean =>
  (one === undefined) === (other === undefined) && one?.database === other?.database;

/** Finds the database that a statement lists, if it isn't the one in use. */
function scopeOf(statement: string, { levels }: DatabaseNaming): Scope | undefined {
  if (/^show /i.test(statement)) {
    const database = nameIn(showFrom.exec(statement)?.slice(1));
    if (database !== undefined) return { database };
    return showInUse.test(statement) ? undefined : unread;
  }
  if (!/^(select|with) /i.test(statement)) return undefined;
  return levels.includes('schema') ? scopeOfObjects(statement) : scopeOfCondition(statement);
}

/** Reads `from crm.sys.tables`. With schemas, fewer parts name an object in the database in use. */
function scopeOfObjects(statement: string): Scope | undefined {
  const found = [...statement.matchAll(objects)].map(({ groups }) => scopeOfObject(groups));
  const [first] = found;
  const isOne = found.length > 0 && found.every((each) => isSameScope(each, first));
  return isOne ? first : unread;
}

function scopeOfObject(groups: Readonly<Record<string, string>> = {}): Scope | undefined {
  const parts = [...(groups['object'] ?? '').matchAll(partOrDot)];
  const dots = parts.filter(([part]) => part === '.').length;
  if (groups['bracket'] !== undefined || dots > 2) return unread;
  return dots < 2 ? undefined : { database: nameIn(parts[0]?.slice(1)) };
}

/**
 * Reads `where table_schema = 'crm'`. Without schemas, `information_schema` shows the tables of all
 * databases, so Ferry can't tell where they are unless this is the only condition on it.
 */
function scopeOfCondition(statement: string): Scope | undefined {
  const plain = statement.replaceAll('`', '');
  const where = / where (.*)$/i.exec(plain)?.[1];
  if (where === undefined || /\bselect\b.*\bselect\b/i.test(plain)) return unread;
  const condition = where.replace(/ (group|having|order|limit) .*$/i, '');
  if (/\b(or|xor|union)\b|\|\||\bnot ?\(|! ?\(/i.test(condition)) return unread;
  if (condition.match(/\btable_schema\b/gi)?.length !== 1) return unread;
  const [, , database, inUse] =
    /(?:^| and |\() ?(?:\w+\.)?table_schema ?(?:= ?|in ?\( ?)(?:(['"])([^'"\\]+)\1|((?:database|schema) ?\( ?\))) ?(?:$|\)|and )/i.exec(
      condition,
    ) ?? [];
  if (inUse !== undefined) return undefined;
  return { database };
}

const nameIn = (groups: readonly (string | undefined)[] | undefined): string | undefined =>
  groups?.find((each) => each !== undefined);
