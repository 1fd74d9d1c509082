import { allowedOn, hasEnded, type ObservedJob, showsEffect } from '../job/job';
import type { Refusal } from './refusal';
import type { MigrationRequest } from './request';

/** Why a start can't be approved yet: approvers see the result of the check before they decide. */
export function refusalOfStart({
  job,
  state,
}: Pick<MigrationRequest, 'job' | 'state'>): Refusal | undefined {
  if (state.status !== 'prepared') return undefined;
  if (job === undefined) return { code: 'no_job_yet' };
  if (allowedOn(job).includes('start_job') || isStarted(job)) return undefined;
  const { said, status } = job;
  return { code: 'job_not_ready', operation: 'start_job', status, said };
}

/** True if nobody can start the job anymore, because someone deleted or stopped it in the console. */
export const isStartLost = ({ job, state }: Pick<MigrationRequest, 'job' | 'state'>): boolean =>
  job !== undefined && isGone(job) && refusalOfStart({ job, state }) !== undefined;

const isGone = ({ billing, status }: ObservedJob): boolean =>
  hasEnded(status) || billing === 'isolated';

/** True if a job that was to be started is started, as after a start in the console. */
export const isStarted = (job: ObservedJob): boolean => showsEffect('start_job', {}, job);
