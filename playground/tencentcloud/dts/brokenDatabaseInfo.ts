import { z } from 'zod';
import { missing } from '../endpoint/parseParameters';
import type { Refusal } from '../endpoint/refusal';
import { conflict } from './conflict';
import type { CreateMigrateJobRequest } from './createMigrateJobRequest';
import { jsonText } from './jsonText';

const name = z.string().min(1);

const databaseInfo = z.array(
  z.strictObject({
    Database: name,
    Schema: name.optional(),
    Table: z.array(name).min(1).optional(),
  }),
);

/**
 * DatabaseInfo is a JSON array of {Database, Schema?, Table?[]}. It is required and not empty with
 * MigrateObject 2, and blank or `[]` with 1 (old responses show `[]` for a whole instance).
 */
export function brokenDatabaseInfo(request: CreateMigrateJobRequest): Refusal | undefined {
  const named = request.MigrateOption.MigrateObject === 2;
  const text = request.DatabaseInfo ?? '';
  if (text === '') return named ? missing('DatabaseInfo') : undefined;
  const json = jsonText('DatabaseInfo', text);
  if (json.kind === 'refused') return json;
  const parsed = databaseInfo.safeParse(json.value);
  if (!parsed.success) {
    return conflict('DatabaseInfo', 'it must be an array of {"Database", "Schema", "Table"}');
  }
  if (named && parsed.data.length === 0) {
    return conflict('DatabaseInfo', 'it must name a database with MigrateObject 2');
  }
  if (request.MigrateOption.MigrateObject === 1 && parsed.data.length > 0) {
    return conflict('DatabaseInfo', 'with MigrateObject 1 the whole instance is migrated');
  }
  return undefined;
}
