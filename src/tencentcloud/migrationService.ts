import type { MigrationService } from '../ports/migrationService';
import type { CloudAccount } from './callCloud';
import { createMigrateJob } from './createMigrateJob';
import { findJobs, findJobsNamed, idleJobs } from './findJobs';

/** DTS in one account. */
export function createMigrationService(account: CloudAccount): MigrationService {
  return {
    createMigrateJob: (...call) => createMigrateJob(account, ...call),
    findJobs: (...call) => findJobs(account, ...call),
    findJobsNamed: (...call) => findJobsNamed(account, ...call),
    idleJobs: (...call) => idleJobs(account, ...call),
  };
}
