import { creation } from '../../src/domain/request/operations/operation';
import type { InState } from '../../src/domain/request/request';
import { createJobSteps } from '../../src/workflow/operations/createJob';
import { reconcile } from '../../src/workflow/operations/reconcile';
import { contextOn } from '../support/contextOn';
import { began, bobsApproval, minutes, type StoreOn, storeOn } from '../support/storeOn';

let store: StoreOn;
beforeEach(async () => {
  store = await storeOn('sqlite');
});
afterEach(() => store.close());

const searching = (attempt: number): InState<'reconciling'> => ({
  ...{ status: 'reconciling', operation: creation, approvals: [bobsApproval], attempt },
  ...{ calledAt: began, lookAt: began, settledAt: minutes(2), looks: 0 },
  doubt: { kind: 'no_answer', detail: 'timeout' },
});
const lost = { type: 'looked', operation: 'create_job', found: 0 } as const;
const jobs = [{ jobId: 'dts-1', createTime: '' }];
const found = { kind: 'found', isUnsure: false, jobs } as const;

it.each([
  ['is recorded', 1, { status: 'created', jobId: 'dts-1' }],
  ['says nothing about a later call', 2, { status: 'reconciling', attempt: 2 }],
])('what a search finds %s', async (_, attempt, after) => {
  const { context } = contextOn(store);
  const request = await store.move(await store.ask(), searching(1), lost);
  const search = async () => {
    // Another process may end this call during the search, and make the next one.
    if (attempt > 1) await store.move(request, searching(attempt), lost);
    return found;
  };
  await reconcile(context, { ...createJobSteps(context), search }, request, began);
  expect((await store.requests.find(request.id))?.state).toMatchObject(after);
});
