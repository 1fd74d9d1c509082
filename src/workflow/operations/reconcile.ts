import { effectShown } from '../../domain/request/moved';
import { applySearch } from '../../domain/request/operations/lifeCycle';
import type { MigrationRequest } from '../../domain/request/request';
import { commit, recordIf } from '../commit';
import type { OperationContext, OperationSteps } from './operation';

const longestSearchMs = 30_000;

/** Searches for the effect of a call whose outcome is unknown, and records the result. */
export async function reconcile<Prepared, Result, Search>(
  context: OperationContext,
  { rules, search }: OperationSteps<Prepared, Result, Search>,
  request: MigrationRequest,
  calledAt: Date,
): Promise<void> {
  const found = await search(request, calledAt, AbortSignal.timeout(longestSearchMs));
  await commit(context, request.id, (current, at) => {
    const moment = { at, rule: current.rule, ...effectShown(current) };
    return recordIf(
      isSameCall(current, request) ? applySearch(rules, current.state, found, moment) : undefined,
    );
  });
}

/** False if another process settled the call during the search, and a later call was made. */
function isSameCall({ state }: MigrationRequest, { state: searched }: MigrationRequest): boolean {
  return (
    state.status === 'reconciling' &&
    searched.status === 'reconciling' &&
    state.attempt === searched.attempt &&
    state.operation.name === searched.operation.name
  );
}
