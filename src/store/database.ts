import type { Kysely } from 'kysely';
import type { Secret } from '../domain/secrets/secret';
import type { Schema } from './schema';

export type DatabaseKind = 'sqlite' | 'postgres';

/**
 * A local file for one process, or a PostgreSQL URL for any number of processes. The URL contains a
 * password.
 */
export type DatabaseLocation = { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: Secret };

export type Database = Kysely<Schema>;
