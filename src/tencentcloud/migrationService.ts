import type { MigrationService } from '../ports/migrationService';
import type { CloudAccount } from './callCloud';
import { changeJob } from './changeJob';
import { createMigrateJob } from './createMigrateJob';
import { findJobs, findJobsNamed, idleJobs } from './findJobs';
import { modifyJob } from './modifyJob';
import { listJobs, observeJob } from './observeJob';

/** DTS in one account. */
export function createMigrationService(account: CloudAccount): MigrationService {
  return {
    createMigrateJob: (...call) => createMigrateJob(account, ...call),
    findJobs: (...call) => findJobs(account, ...call),
    findJobsNamed: (...call) => findJobsNamed(account, ...call),
    observeJob: (...call) => observeJob(account, ...call),
    listJobs: (...call) => listJobs(account, ...call),
    changeJob: (...call) => changeJob(account, ...call),
    modifyJob: (...call) => modifyJob(account, ...call),
    idleJobs: (...call) => idleJobs(account, ...call),
  };
}
