import { z } from 'zod';
import type { Action } from '../endpoint/action';
import { parseParameters } from '../endpoint/parseParameters';
import { findJob, jobId, onlyJobId } from './findJob';
import type { JobAction, Version } from './jobStatus';
import { type Deed, performAction } from './performAction';

/** Makes the API's action that does something with a job and answers with RequestId alone. */
function jobAction<T extends { readonly JobId: string }>(
  version: Version,
  schema: z.ZodType<T>,
  deedOf: (request: T) => Deed,
  notFound?: string,
): Action {
  return (parameters, context) => {
    const parsed = parseParameters(schema, parameters);
    if (parsed.kind === 'refused') return parsed;
    const found = findJob(parsed.value.JobId, version, context, notFound);
    if (found.kind === 'refused') return found;
    const { nowMs, jobs, plannedFailures, rules } = context;
    const done = performAction(found.job, deedOf(parsed.value), {
      ...{ version, nowMs, jobs, plannedFailures },
      pace: rules.pace,
    });
    return done.kind === 'refused' ? done : { kind: 'accepted', fields: {} };
  };
}

const byJobId = (
  version: Version,
  action: Exclude<JobAction, 'complete' | 'resume'>,
  notFound?: string,
): Action => jobAction(version, onlyJobId, () => ({ action }), notFound);

const completeRequest = z.strictObject({
  JobId: jobId,
  CompleteMode: z.enum(['waitForSync', 'immediately']).default('waitForSync'),
});

const complete = (version: Version): Action =>
  jobAction(version, completeRequest, ({ CompleteMode }) => ({
    action: 'complete',
    mode: CompleteMode,
  }));

const resumeRequest = z.strictObject({
  JobId: jobId,
  ResumeOption: z.enum(['clearData', 'overwrite', 'normal']).default('normal'),
});

const OLD = '2018-03-30';
const NEW = '2021-12-06';
/** The only code for a missing job that most actions of 2021-12-06 list. */
export const NOT_FOUND = 'ResourceNotFound.ResourceNotFoundError';

export const actionsOf2018: readonly (readonly [string, Action])[] = [
  ['CreateMigrateCheckJob', byJobId(OLD, 'check')],
  ['StartMigrateJob', byJobId(OLD, 'start')],
  ['StopMigrateJob', byJobId(OLD, 'stop')],
  ['CompleteMigrateJob', complete(OLD)],
  ['DeleteMigrateJob', byJobId(OLD, 'delete')],
];

export const actionsOf2021: readonly (readonly [string, Action])[] = [
  ['CreateMigrateCheckJob', byJobId(NEW, 'check')],
  ['StartMigrateJob', byJobId(NEW, 'start')],
  ['StopMigrateJob', byJobId(NEW, 'stop')],
  ['CompleteMigrateJob', complete(NEW)],
  ['PauseMigrateJob', byJobId(NEW, 'pause', NOT_FOUND)],
  ['ContinueMigrateJob', byJobId(NEW, 'continue', NOT_FOUND)],
  [
    'ResumeMigrateJob',
    jobAction(
      NEW,
      resumeRequest,
      ({ ResumeOption }) => ({ action: 'resume', option: ResumeOption }),
      NOT_FOUND,
    ),
  ],
  ['IsolateMigrateJob', byJobId(NEW, 'isolate', NOT_FOUND)],
  ['RecoverMigrateJob', byJobId(NEW, 'recover', NOT_FOUND)],
  ['DestroyMigrateJob', byJobId(NEW, 'destroy', NOT_FOUND)],
];
