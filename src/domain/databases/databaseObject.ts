import { z } from 'zod';
import { failure, type Result, success } from '../result';
import type { DatabaseInfoProblem } from './databaseInfoProblem';

/**
 * A database, schema or some tables. Without `tables`, it is the whole schema; without `schema`
 * too, the whole database.
 */
export const databaseObject = z.strictObject({
  database: z.string(),
  schema: z.string().exactOptional(),
  tables: z.array(z.string()).readonly().exactOptional(),
});
export type DatabaseObject = z.infer<typeof databaseObject>;

/** An object at one place of the list, before places are merged. */
export interface Mention {
  line: number;
  database: string;
  schema?: string | undefined;
  table?: string | undefined;
  /** How the name is written. JSON has no value here. */
  written?: Writing;
}

/**
 * The most names in a list. Every card reads the whole list, which blocks the process for up to a
 * fifth of a second at this length.
 */
export const mostMentions = 20_000;

/** The most lines of a list that people type or paste. Most lines of a client's output have no name. */
export const mostLines = 100_000;

export interface Writing {
  /** The first name has no quotes. */
  bare: boolean;
  /** The name has no star at its end. */
  open: boolean;
  /** The type that pasted output gives it, if it isn't a table. */
  type?: string;
  /** The database that is in use where this name of a database is written. */
  within?: string;
  /** The whole line, if it is below a client's output and may be a part of it. */
  word?: string;
}

/** The lines that first name a database or schema, as a whole and in part. */
interface Seen {
  whole?: number;
  part?: number;
}

/**
 * Merges places into objects, in the order of first appearance. Listing both an object and a part
 * of it is a problem: one of the two is a mistake, and a wrong guess would move too much data.
 */
export function collectObjects(
  mentions: readonly Mention[],
): Result<readonly DatabaseObject[], DatabaseInfoProblem> {
  const seen = new Map<string, Seen>();
  /** @returns the line that contradicts this one */
  const note = (key: string, line: number, how: keyof Seen): number | undefined => {
    const lines = seen.get(key) ?? {};
    seen.set(key, lines);
    lines[how] ??= line;
    return how === 'whole' ? lines.part : lines.whole;
  };

  const found = new Map<string, { database: string; schema?: string; tables?: Set<string> }>();
  for (const { line, database, schema, table } of mentions) {
    // Names contain no line breaks.
    const key = schema === undefined ? database : `${database}\n${schema}`;
    const isWholeDatabase = schema === undefined && table === undefined;
    const other =
      note(database, line, isWholeDatabase ? 'whole' : 'part') ??
      (schema === undefined ? undefined : note(key, line, table === undefined ? 'whole' : 'part'));
    if (other !== undefined) {
      const isSchema = seen.get(database)?.whole === undefined;
      const name = isSchema && schema !== undefined ? `${database}.${schema}` : database;
      return failure({ line, code: 'whole_and_part', name, other });
    }
    const object = found.get(key) ?? { database, ...(schema === undefined ? {} : { schema }) };
    found.set(key, object);
    if (table !== undefined) object.tables = (object.tables ?? new Set()).add(table);
  }
  const objects = [...found.values()].map(({ database, schema, tables }) => ({
    database,
    ...(schema === undefined ? {} : { schema }),
    ...(tables === undefined ? {} : { tables: [...tables] }),
  }));
  return success(objects);
}
