import { z } from 'zod';
import type { CreateMigrateJobRequest } from './createMigrateJobRequest';

const text = z.string().optional();
const names = z.array(z.string()).optional();

/** An object of a migration, as 2021-12-06 writes it. */
const dbItem = z.strictObject({
  ...{ DbName: text, NewDbName: text, SchemaName: text, NewSchemaName: text, DBMode: text },
  ...{ SchemaMode: text, TableMode: text, ViewMode: text, RoleMode: text, FunctionMode: text },
  ...{ TriggerMode: text, EventMode: text, ProcedureMode: text },
  Tables: z
    .array(
      z.strictObject({
        TableName: text,
        NewTableName: text,
        TmpTables: names,
        TableEditMode: text,
      }),
    )
    .optional(),
  Views: z.array(z.strictObject({ ViewName: text, NewViewName: text })).optional(),
  Roles: z.array(z.strictObject({ RoleName: text, NewRoleName: text })).optional(),
  ...{ Functions: names, Procedures: names, Events: names, Triggers: names },
});

/** What is migrated, as 2021-12-06 writes it: `DatabaseTableObject`. */
export const databaseTableObject = z.strictObject({
  ObjectMode: z.enum(['all', 'partial']),
  Databases: z.array(dbItem).optional(),
  AdvancedObjects: names,
});

const databaseInfo = z.array(
  z.object({ Database: z.string(), Schema: text, Table: z.array(z.string()).optional() }),
);

/** The objects of a job in the words of 2021-12-06. */
export function databaseTable({ MigrateOption, DatabaseInfo }: CreateMigrateJobRequest) {
  if (MigrateOption.MigrateObject !== 2) return { ObjectMode: 'all', Databases: [] };
  return {
    ObjectMode: 'partial',
    Databases: databaseInfo.parse(JSON.parse(DatabaseInfo ?? '[]')).map((entry) => ({
      DbName: entry.Database,
      DBMode: entry.Table === undefined && entry.Schema === undefined ? 'all' : 'partial',
      SchemaName: entry.Schema ?? '',
      TableMode: entry.Table === undefined ? 'all' : 'partial',
      Tables: (entry.Table ?? []).map((TableName) => ({ TableName })),
    })),
  };
}

/**
 * The objects of a job in the words of 2018-03-30: a JSON text. Renaming, views and other objects
 * that it has no words for are left out.
 */
export function databaseInfoOf({
  ObjectMode,
  Databases = [],
}: z.infer<typeof databaseTableObject>): string {
  if (ObjectMode === 'all') return '';
  const entries = Databases.map(({ DbName = '', SchemaName = '', Tables = [] }) => ({
    Database: DbName,
    ...(SchemaName === '' ? {} : { Schema: SchemaName }),
    ...(Tables.length === 0 ? {} : { Table: Tables.map(({ TableName = '' }) => TableName) }),
  }));
  return JSON.stringify(entries);
}
