import type {
  Operation,
  OperationName,
  OperationNamed,
} from '../../domain/request/operations/operation';
import type { MigrationRequest } from '../../domain/request/request';
import { changeJobSteps } from './changeJob';
import { createJobSteps } from './createJob';
import { modifyJobSteps } from './modifyJob';
import type { IsHeld, OperationContext, OperationSteps } from './operation';
import { perform } from './perform';
import { reconcile } from './reconcile';
import { skipCheckSteps } from './skipCheck';

/** An operation without its own types, so that all operations fit in one table. */
export interface RunnableOperation {
  /** Resolves to the earliest useful time for a retry, if one is known. */
  perform(request: MigrationRequest, isHeld: IsHeld): Promise<Date | undefined>;
  reconcile(request: MigrationRequest, calledAt: Date): Promise<void>;
}

const runnable = <Prepared, Result, Search>(
  context: OperationContext,
  steps: OperationSteps<Prepared, Result, Search>,
): RunnableOperation => ({
  perform: (request, isHeld) => perform(context, steps, request, isHeld),
  reconcile: (request, calledAt) => reconcile(context, steps, request, calledAt),
});

type Table = {
  readonly [Name in OperationName]: (
    context: OperationContext,
    operation: OperationNamed[Name],
  ) => RunnableOperation;
};

const operations: Table = {
  create_job: (context) => runnable(context, createJobSteps(context)),
  check_job: (context, operation) => runnable(context, changeJobSteps(context, operation)),
  start_job: (context, operation) => runnable(context, changeJobSteps(context, operation)),
  modify_job: (context, operation) => runnable(context, modifyJobSteps(context, operation)),
  skip_check: (context, operation) => runnable(context, skipCheckSteps(context, operation)),
  pause_job: (context, operation) => runnable(context, changeJobSteps(context, operation)),
  continue_job: (context, operation) => runnable(context, changeJobSteps(context, operation)),
  resume_job: (context, operation) => runnable(context, changeJobSteps(context, operation)),
  complete_job: (context, operation) => runnable(context, changeJobSteps(context, operation)),
  stop_job: (context, operation) => runnable(context, changeJobSteps(context, operation)),
  delete_job: (context, operation) => runnable(context, changeJobSteps(context, operation)),
};

const named = <Name extends OperationName>(
  context: OperationContext,
  name: Name,
  operation: OperationNamed[Name],
): RunnableOperation => operations[name](context, operation);

export const operationFor = (context: OperationContext, operation: Operation): RunnableOperation =>
  named(context, operation.name, operation);
