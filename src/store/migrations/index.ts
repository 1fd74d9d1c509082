import type { Migration } from 'kysely';
import type { DatabaseKind } from '../database';
import { up as requests } from './0001_requests';
import { up as secretsByPath } from './0002_secrets_by_path';
import { up as journal } from './0003_journal';
import { up as rules } from './0004_rules';
import { up as homes } from './0005_homes';
import { up as directMessages } from './0006_direct_messages';
import { up as recordedRows } from './0007_recorded_rows';
import { up as deliveries } from './0008_deliveries';
import { up as postOrder } from './0009_post_order';
import { up as observations } from './0010_observations';
import { up as history } from './0011_history';
import { up as jobs } from './0012_jobs';
import { up as jobStatus } from './0013_job_status';
import { up as newest } from './0014_newest';
import { up as watches } from './0015_watches';
import { up as indexesOfFew } from './0016_indexes_of_few';
import { up as awaited } from './0017_awaited';

/**
 * Ferry runs these at startup in the order of their names, once per database even if several
 * processes start together. A released migration never changes and imports nothing of Ferry; the
 * next change is a new file.
 */
export function migrationsFor(kind: DatabaseKind): Record<string, Migration> {
  return {
    '0001_requests': { up: (db) => requests(db, kind) },
    '0002_secrets_by_path': { up: secretsByPath },
    '0003_journal': { up: journal },
    '0004_rules': { up: rules },
    '0005_homes': { up: homes },
    '0006_direct_messages': { up: directMessages },
    '0007_recorded_rows': { up: recordedRows },
    '0008_deliveries': { up: deliveries },
    '0009_post_order': { up: postOrder },
    '0010_observations': { up: observations },
    '0011_history': { up: history },
    '0012_jobs': { up: jobs },
    '0013_job_status': { up: (db) => jobStatus(db, kind) },
    '0014_newest': { up: newest },
    '0015_watches': { up: watches },
    '0016_indexes_of_few': { up: indexesOfFew },
    '0017_awaited': { up: awaited },
  };
}
