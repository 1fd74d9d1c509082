import type { DatabaseLevel, NameProblem } from './databaseNaming';

/** What is wrong with a list of databases, and on which line, counted from 1. */
export type DatabaseInfoProblem = { line: number } & (
  | NameProblem
  | { code: 'nothing_named' }
  | { code: 'too_many_names'; most: number }
  | { code: 'too_many_lines'; most: number }
  /** `*` or `*.*`, which means the whole instance. */
  | { code: 'everything' }
  /** `quote` is the opening quote. */
  | { code: 'unclosed_quote'; quote: string }
  /** The name contains a character that must be quoted. */
  | { code: 'odd_character'; character: string }
  /** A name follows without a dot: a second name, or a name with a space in it. */
  | { code: 'after_name'; name: string; found: string }
  /** The line has several columns, and no header names them. */
  | { code: 'columns_unnamed'; cells: readonly string[] }
  /** The names on one line have different numbers of parts. */
  | { code: 'uneven_names'; names: readonly string[] }
  /** A row has a different number of cells from its header. */
  | { code: 'row_unlike_header'; header: number }
  /** The output shows a table or schema without its database. `name` is what it shows. */
  | { code: 'database_not_shown'; name: string; header: number }
  /** A list marker without a space after it, or a name that must be quoted. */
  | { code: 'dash_before_name'; name: string }
  /** The server reserves this name. */
  | { code: 'system_name'; level: DatabaseLevel; name: string }
  | { code: 'too_many_parts'; most: number }
  /** The engine has schemas, and the table is written without one. */
  | { code: 'schema_missing'; database: string }
  /** The whole object is listed, and on line `other` a part of it; or vice versa. */
  | { code: 'whole_and_part'; name: string; other: number }
  /** Neither JSON nor the API page's notation. `found` is '' at the end of the text. */
  | { code: 'unexpected'; found: string; expected: Expected }
  | { code: 'bad_escape'; found: string }
  | { code: 'unknown_key'; key: string }
  | { code: 'key_twice'; key: DatabaseKey }
  /** The engine doesn't have this level. */
  | { code: 'key_not_offered'; key: DatabaseKey }
  | { code: 'database_missing' }
  | { code: 'wrong_type'; key: DatabaseKey; expected: 'name' | 'names' }
  | { code: 'empty_list'; key: DatabaseKey }
);

export type DatabaseKey = 'Database' | 'Schema' | 'Table';

/** What the parser expected. All but the last three are literal. */
export type Expected = '{' | ':' | ', }' | ', ]' | 'key' | 'name' | 'end';
