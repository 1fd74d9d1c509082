import { z } from 'zod';
import { failure, type Result, success } from '../result';
import type { DatabaseInfoProblem } from './databaseInfoProblem';

/**
 * A database, a schema or some tables of one: without `tables` everything in the schema, without
 * `schema` too everything in the database.
 */
export const databaseObject = z.strictObject({
  database: z.string(),
  schema: z.string().exactOptional(),
  tables: z.array(z.string()).readonly().exactOptional(),
});
export type DatabaseObject = z.infer<typeof databaseObject>;

/** A place where something was named, before the places are put together. */
export interface Mention {
  line: number;
  database: string;
  schema?: string | undefined;
  table?: string | undefined;
  /** How it was written; nothing in JSON, which names its levels. */
  written?: Writing;
}

export interface Writing {
  /** The first name without quotes. */
  bare: boolean;
  /** Without a star for what is below the last name. */
  open: boolean;
  /** What the pasted output calls it, if that is no table. */
  type?: string;
}

/** The lines on which a database or schema was first named whole, and first in part. */
interface Seen {
  whole?: number;
  part?: number;
}

/**
 * What was named, a database or schema once, in the order of first appearance. Something named
 * whole and in part is a problem: either the whole was not meant, or the part need not be said,
 * and guessing wrong would move data that nobody asked for.
 */
export function collectObjects(
  mentions: readonly Mention[],
): Result<readonly DatabaseObject[], DatabaseInfoProblem> {
  const seen = new Map<string, Seen>();
  /** @returns the line that contradicts */
  const note = (key: string, line: number, how: keyof Seen): number | undefined => {
    const lines = seen.get(key) ?? {};
    seen.set(key, lines);
    lines[how] ??= line;
    return how === 'whole' ? lines.part : lines.whole;
  };

  const found = new Map<string, { database: string; schema?: string; tables?: Set<string> }>();
  for (const { line, database, schema, table } of mentions) {
    // No name holds a line break.
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
