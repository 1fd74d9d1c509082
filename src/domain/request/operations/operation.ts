import { z } from 'zod';
import {
  allowedOn,
  isIdle,
  type JobOperation,
  jobStatuses,
  type ObservedJob,
  observedJob,
  resumeOptions,
  skippedChecks,
} from '../../job/job';
import { migrationParameters } from '../../migration/migration';
import { rule } from '../../policy/policy';
import { secretSources } from '../../secrets/secretReference';
import { instant } from '../../time/instant';
import { observation } from '../observation';
import { createdState, discardingState, preparedState } from '../returnStates';

/**
 * The state before an operation on a job, to which the request returns, and the job's status and
 * billing. Earlier versions stored no billing.
 */
const onJob = {
  from: z.discriminatedUnion('status', [createdState, preparedState, discardingState]),
  before: z.enum(jobStatuses),
  billing: observedJob.shape.billing,
};

const { MigrateOption } = migrationParameters.shape;

/** What the job has while a change of its parameters waits, in case the change does not take effect. */
const ofJob = z.object({
  revisedBy: z.string(),
  parameters: migrationParameters.extend({
    MigrateOption: MigrateOption.extend({ ExpectTime: instant.exactOptional() }),
  }),
  secrets: secretSources,
  reason: z.string(),
  observed: observation,
  rule,
});

/**
 * An operation: what is approved and then called at Tencent Cloud, with everything that the call needs
 * apart from the request. To add one, begin here; the compiler names the other places.
 */
const operation = z.discriminatedUnion('name', [
  z.object({ name: z.literal('create_job') }),
  z.object({ name: z.literal('check_job'), ...onJob }),
  z.object({ name: z.literal('start_job'), ...onJob }),
  z.object({ name: z.literal('modify_job'), ...onJob, previous: ofJob }),
  z.object({ name: z.literal('skip_check'), ...onJob, skips: skippedChecks }),
  z.object({ name: z.literal('pause_job'), ...onJob }),
  z.object({ name: z.literal('continue_job'), ...onJob }),
  z.object({ name: z.literal('resume_job'), ...onJob, option: z.enum(resumeOptions) }),
  z.object({ name: z.literal('complete_job'), ...onJob }),
  z.object({ name: z.literal('stop_job'), ...onJob }),
  z.object({
    name: z.literal('delete_job'),
    ...onJob,
    /** True if the job may only be deleted while nobody has started it. */
    onlyIdle: z.literal(true).exactOptional(),
  }),
]);
export type Operation = z.infer<typeof operation>;
export type OperationName = Operation['name'];
/** The type of each operation, by name. */
export type OperationNamed = { [Name in OperationName]: Extract<Operation, { name: Name }> };

/** The operation of a new request. */
export const creation = { name: 'create_job' } as const satisfies Operation;

/** The operation in a stored state. Earlier versions only created jobs, and stored none. */
export const storedOperation = operation.default(creation);

/** Names of operations. */
export const operationName = z.enum(operation.options.map(({ shape }) => shape.name.value));

/** The name of the operation in a stored event. */
export const storedName = operationName.default(creation.name);

/** An operation on a job that exists. */
export type OperationOnJob = OperationNamed[JobOperation];

/** A start that the approvals of the request decide on. */
type DecisiveStart = OperationNamed['start_job'] & {
  from: Extract<OperationOnJob['from'], { status: 'prepared' }>;
};

export const isDecisiveStart = (
  operation: Pick<Operation, 'name'> & { from?: Pick<OperationOnJob['from'], 'status'> },
): operation is DecisiveStart =>
  operation.name === 'start_job' && operation.from?.status === 'prepared';

/** True if the approvals of the request decide on the operation, not a separate decision. */
export const isOfRequest = (
  operation: Operation,
): operation is OperationNamed['create_job'] | DecisiveStart =>
  operation.name === 'create_job' || isDecisiveStart(operation);

/** What the job showed before an operation. */
export const shownBefore = ({
  before: status,
  billing,
}: OperationOnJob): Pick<ObservedJob, 'billing' | 'status'> => ({ status, billing });

/** True if a job in this status allows the operation. */
export const isPossible = (operation: OperationOnJob, job: ObservedJob): boolean =>
  allowedOn(job).includes(operation.name) &&
  (operation.name !== 'delete_job' || operation.onlyIdle !== true || isIdle(job));

/** What people decide on: an operation on the job, or the request. */
export const subjectOf = (operation: Operation): OperationName =>
  isOfRequest(operation) ? creation.name : operation.name;

/** The member of an event about an operation with a separate decision. */
export const eventOf = (operation: Operation): { operation?: JobOperation } =>
  isOfRequest(operation) ? {} : { operation: operation.name };
