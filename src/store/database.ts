import type { Kysely } from 'kysely';
import type { Secret } from '../domain/secrets/secret';
import type { Schema } from './schema';

export type DatabaseKind = 'sqlite' | 'postgres';

/**
 * A local file for one process, or a PostgreSQL URL for any number of processes. The URL contains a
 * password.
 */
export type DatabaseLocation = { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: Secret };

/** The name that messages use, which contains no password. */
export const databaseName = (location: DatabaseLocation): string =>
  location.kind === 'sqlite' ? location.path : 'PostgreSQL';

export type Database = Kysely<Schema>;
