import type { Migration } from 'kysely';
import type { DatabaseKind } from '../database';
import * as requests from './0001_requests';
import * as secretsByPath from './0002_secrets_by_path';
import * as journal from './0003_journal';
import * as rules from './0004_rules';
import * as homes from './0005_homes';
import * as directMessages from './0006_direct_messages';
import * as recordedRows from './0007_recorded_rows';
import * as deliveries from './0008_deliveries';
import * as postOrder from './0009_post_order';

/**
 * Run in the order of their names when Ferry starts, once per database even if several processes start
 * together. A released migration never changes and imports nothing of Ferry: the next change is a new file.
 */
export function migrationsFor(kind: DatabaseKind): Record<string, Migration> {
  return {
    '0001_requests': { up: (db) => requests.up(db, kind) },
    '0002_secrets_by_path': secretsByPath,
    '0003_journal': journal,
    '0004_rules': rules,
    '0005_homes': homes,
    '0006_direct_messages': directMessages,
    '0007_recorded_rows': recordedRows,
    '0008_deliveries': deliveries,
    '0009_post_order': postOrder,
  };
}
