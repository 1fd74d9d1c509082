import type { DatabaseLevel, NameProblem } from './databaseNaming';

/** What is wrong with a list of databases, as data, and on which line of it, counted from 1. */
export type DatabaseInfoProblem = { line: number } & (
  | NameProblem
  | { code: 'nothing_named' }
  /** `*` or `*.*`: that is the whole instance. */
  | { code: 'everything' }
  /** `quote` is the one that opens. */
  | { code: 'unclosed_quote'; quote: string }
  /** A character that needs quotes around its name. */
  | { code: 'odd_character'; character: string }
  /** No dot follows a name: there is a second name, or a name with a blank in it. */
  | { code: 'after_name'; name: string; found: string }
  /** A tab or a frame separates what the line holds, and no header says what it is. */
  | { code: 'columns_unnamed'; cells: readonly string[] }
  /** Names on one line do not have equally many parts. */
  | { code: 'uneven_names'; names: readonly string[] }
  /** A row has not as many cells as the header above it. */
  | { code: 'row_unlike_header'; header: number }
  /** A table, or a schema, in output that does not show its database; `name` is all that is shown. */
  | { code: 'database_not_shown'; name: string; header: number }
  /** A list marker without a blank after it, or a name that needs quotes. */
  | { code: 'dash_before_name'; name: string }
  /** What the server keeps for itself. */
  | { code: 'system_name'; level: DatabaseLevel; name: string }
  | { code: 'too_many_parts'; most: number }
  /** A table without its schema, where the engine has schemas. */
  | { code: 'schema_missing'; database: string }
  /** A database or schema is named whole, and on the line `other` a part of it; or vice versa. */
  | { code: 'whole_and_part'; name: string; other: number }
  /** Neither JSON nor the notation of the API page; `found` is '' at the end of the text. */
  | { code: 'unexpected'; found: string; expected: Expected }
  | { code: 'bad_escape'; found: string }
  | { code: 'unknown_key'; key: string }
  | { code: 'key_twice'; key: DatabaseKey }
  /** The engine has no such level. */
  | { code: 'key_not_offered'; key: DatabaseKey }
  | { code: 'database_missing' }
  | { code: 'wrong_type'; key: DatabaseKey; expected: 'name' | 'names' }
  | { code: 'empty_list'; key: DatabaseKey }
);

export type DatabaseKey = 'Database' | 'Schema' | 'Table';

/** What could have stood there instead; all but the last three stand for themselves. */
export type Expected = '{' | ':' | ', }' | ', ]' | 'key' | 'name' | 'end';
