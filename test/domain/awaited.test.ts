import type { Approval } from '../../src/domain/request/approval';
import { type Awaited, awaitedBy } from '../../src/domain/request/awaited';
import type { RequestState } from '../../src/domain/request/request';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const at = new Date('2026-05-04T10:00:00Z');
const dba = { kind: 'group', groupId: 'SDBA' } as const;
const byRequester = { kind: 'requester' } as const;
const rule = aRule({
  ...{ approvers: [dba], required: 3 },
  operations: { stop_job: { people: [dba], required: 2, oneFromEach: [] } },
});

const approvalBy = (userId: string, revision = 1): Approval => ({
  ...{ by: { userId, name: userId }, at, revision, from: [], confirmed: false },
});
const approvals = [approvalBy('UBOB'), approvalBy('UMEI', 2), approvalBy('UBOB')];
const created = { status: 'created', approvals, jobId: 'dts-1', at } as const;
const times = { since: at, reminders: 0, attempts: 0 };
const pending: RequestState = {
  ...{ status: 'pending', operation: { name: 'create_job' }, approvals, ...times },
};
const unconfirmed: RequestState = {
  ...{ status: 'unconfirmed', operation: { name: 'create_job' }, approvals, attempt: 1 },
  ...{ calledAt: at, doubt: { kind: 'interrupted' }, at, found: [] },
};
const stop: RequestState = {
  ...{ status: 'pending', approvals, ...times },
  operation: { name: 'stop_job', from: created, before: 'running' },
};
const pause: RequestState = {
  ...{ status: 'pending', approvals: [], ...times },
  operation: { name: 'pause_job', from: created, before: 'running' },
};

describe('a request waits for', () => {
  it.each<[string, RequestState, Awaited | undefined]>([
    [
      'approvers who did not approve this revision, apart from its authors',
      pending,
      { list: [dba], except: ['UASK', 'UEDIT', 'UBOB'] },
    ],
    [
      'any approver apart from its authors, after a call with an unknown outcome',
      unconfirmed,
      // An editor may decide, because the parameters are approved.
      { list: [dba], except: ['UASK'] },
    ],
    ['approvers of an operation', stop, { list: [dba], except: ['UASK', 'UEDIT', 'UBOB'] }],
    [
      'the requester too, if the policy lets the requester operate on the job',
      pause,
      { list: [{ kind: 'user', userId: 'UASK' }, dba], except: [] },
    ],
    ['nobody after it was decided', created, undefined],
    ['nobody after it expired', { status: 'expired', at }, undefined],
  ])('%s', (_, state, awaited) => {
    expect(awaitedBy(aRequest({ rule, editors: ['UEDIT'], state }))).toEqual(awaited);
  });

  it('approvers who approved it too, if the policy now requires no more approvals', () => {
    const lower = { ...rule, required: 1 };
    expect(awaitedBy(aRequest({ rule: lower, state: pending }))?.except).toEqual(['UASK']);
  });

  it('the requester by name, if the rule lists requesters', () => {
    const open = aRule({ approvers: [byRequester, dba] });
    expect(awaitedBy(aRequest({ rule: open, state: pending }))?.list).toEqual([
      ...[{ kind: 'user', userId: 'UASK' }, dba],
    ]);
  });
});
