import type { Kysely } from 'kysely';
import type { Secret } from '../domain/secrets/secret';
import type { Schema } from './schema';

export type DatabaseKind = 'sqlite' | 'postgres';

/** A file of this machine, for one process; or a PostgreSQL address (its password is in it), for any
 * number of them. */
export type DatabaseLocation = { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: Secret };

export type Database = Kysely<Schema>;
