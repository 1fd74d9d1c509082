import { type FollowedJob, followed } from '../../src/domain/job/followed';
import {
  accepted,
  type CheckItem,
  type JobStatus,
  type ObservedJob,
} from '../../src/domain/job/job';
import type { Approval } from '../../src/domain/request/approval';
import type { CallOutcome, LaunchProblem } from '../../src/domain/request/launchOutcome';
import { moved } from '../../src/domain/request/moved';
import {
  changeJobRules,
  type JobLook,
  type OperatedJob,
} from '../../src/domain/request/operations/changeJob';
import { createJobRules } from '../../src/domain/request/operations/createJob';
import {
  applySearch,
  failBeforeCall,
  giveUp,
  settle,
} from '../../src/domain/request/operations/lifeCycle';
import {
  type ModificationLook,
  modifyJobRules,
} from '../../src/domain/request/operations/modifyJob';
import {
  creation,
  type OperationNamed,
  type OperationOnJob,
} from '../../src/domain/request/operations/operation';
import { decisionRulesOf } from '../../src/domain/request/operations/operations';
import { skipCheckRules } from '../../src/domain/request/operations/skipCheck';
import type { InState, MigrationRequest } from '../../src/domain/request/request';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { decideAs } from '../support/decideAs';

const now = new Date('2026-05-04T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

const approval: Approval = {
  by: { userId: 'UYES', name: 'Approver' },
  at: now,
  revision: 1,
  from: [],
  confirmed: false,
};
const created: InState<'created'> = {
  ...{ status: 'created', approvals: [approval], jobId: 'dts-1', at: now, attempts: 2 },
};
const prepared: InState<'prepared'> = {
  ...{ status: 'prepared', approvals: [approval], jobId: 'dts-1', at: now, since: now },
  ...{ reminders: 1, attempts: 2, remindAt: later(60), expireAt: later(90) },
};
const ending = { status: 'expired', at: later(9) } as const;
const discarding: InState<'discarding'> = {
  ...{ status: 'discarding', jobId: 'dts-1', at: now, attempts: 2, next: ending },
};

const observed = (status: JobStatus, changes: Partial<ObservedJob> = {}): ObservedJob => ({
  ...{ api: '2021-12-06', status, said: status, steps: [], errors: [] },
  ...changes,
});
const known = (status: JobStatus): FollowedJob => followed(undefined, observed(status), now);
const seen = (job: ObservedJob): JobLook & { kind: 'seen' } => ({
  kind: 'seen',
  job,
  settings: {},
});
const forbidden: LaunchProblem = {
  ...{ kind: 'refused', code: 'UnauthorizedOperation', message: '', requestId: 'r' },
};
const notSent: LaunchProblem = { kind: 'not_sent', detail: '' };
const failedSearch = { kind: 'failed', problem: forbidden } as const;
const lost = { kind: 'no_answer', detail: '' } as const;

const start = (from: OperationOnJob['from'] = prepared): OperationNamed['start_job'] => ({
  ...{ name: 'start_job', from, before: 'check_passed' },
});
const skipping: OperationNamed['skip_check'] = {
  ...{ name: 'skip_check', from: created, before: 'check_failed' },
  skips: { items: [{ id: 'OptimizeCheck', name: 'Surrounding checks' }] },
};
const { observed: hints, parameters, reason, revisedBy, rule, secrets } = aRequest();
const untimed = aRule({ expiryMs: undefined, reminders: { afterMs: [], mention: [] } });
const moment = { at: now, rule: untimed };
const settleMs = 120_000;
const modification = (before: JobStatus): OperationNamed['modify_job'] => ({
  ...{ name: 'modify_job', from: created, before },
  previous: { observed: hints, parameters, reason, revisedBy, rule, secrets },
});

const launching = (operation: OperationOnJob): InState<'launching'> => ({
  ...{ status: 'launching', operation, approvals: [approval], attempt: 3, calledAt: now },
});
const reconciling = (operation: OperationOnJob): InState<'reconciling'> => ({
  ...launching(operation),
  ...{ status: 'reconciling', doubt: lost, looks: 0, lookAt: now, settledAt: later(120) },
});

describe('a search for the effect of a call on the job', () => {
  const check: OperationNamed['check_job'] = {
    name: 'check_job',
    from: created,
    before: 'created',
  };
  const didNothing = {
    state: { ...created, attempts: 3 },
    event: { type: 'failed', problem: { kind: 'no_effect' } },
  };
  const isDone = {
    state: { ...created, attempts: 3 },
    event: { type: 'operated', how: 'found' },
  };
  const searchesOn = { state: { status: 'reconciling', looks: 1 }, event: { type: 'looked' } };
  const item: CheckItem = { name: 'Surrounding checks', result: 'failed', id: 'OptimizeCheck' };

  const checking = (result: JobLook, at: Date) =>
    applySearch(changeJobRules(check), reconciling(check), result, { at, rule: untimed });
  const skip = (result: JobLook, at: Date) =>
    applySearch(skipCheckRules(skipping), reconciling(skipping), result, { at, rule: untimed });
  const modify = (before: JobStatus) => (result: ModificationLook, at: Date) => {
    const operation = modification(before);
    return applySearch(modifyJobRules(operation), reconciling(operation), result, {
      at,
      rule: untimed,
    });
  };
  const showing = (shows: 'before' | 'after' | 'unclear', status: JobStatus): ModificationLook => ({
    ...seen(observed(status)),
    shows,
  });

  it('shows that a job was stopped, which version 2018-03-30 calls failed', () => {
    const stop: OperationNamed['stop_job'] = { name: 'stop_job', from: created, before: 'running' };
    const failed = seen(observed('failed', { api: '2018-03-30' }));
    expect(applySearch(changeJobRules(stop), reconciling(stop), failed, moment)).toMatchObject({
      // The next look reports that it was stopped.
      ...{ event: { type: 'operated', how: 'found' }, job: { status: 'stopping' } },
    });
  });

  it('leaves a status that DTS itself gave the job since then to the next look', () => {
    const foundAs = (operation: OperationOnJob, status: JobStatus) =>
      applySearch(
        changeJobRules(operation),
        reconciling(operation),
        seen(observed(status, { allowed: ['stop_job'] })),
        moment,
      )?.job;
    const complete = { name: 'complete_job', from: created, before: 'ready_complete' } as const;
    expect(foundAs(check, 'check_failed')).toMatchObject({ status: 'checking', allowed: [] });
    expect(foundAs(complete, 'success')).toMatchObject({ status: 'completing', allowed: [] });
    // Nothing else would say what is possible.
    expect(foundAs(start(created), 'running')).toMatchObject({ allowed: ['stop_job'] });
    expect(foundAs(start(created), 'paused')).toMatchObject({ status: 'paused' });
  });

  it('is done if Ferry saw an effect before, whatever the job shows now', () => {
    const again: OperationNamed['check_job'] = { ...check, before: 'check_failed' };
    const state = { ...reconciling(again), hadEffect: true } as const;
    const shows = (status: JobStatus) =>
      applySearch(changeJobRules(again), state, seen(observed(status)), moment);
    for (const status of ['check_failed', 'created'] as const) {
      expect(shows(status)).toMatchObject(isDone);
    }
    const failed = applySearch(changeJobRules(again), state, failedSearch, moment);
    expect(failed).toMatchObject(searchesOn);
    const changing = modification('check_failed');
    const changed = { ...reconciling(changing), hadEffect: true } as const;
    const look = showing('unclear', 'check_failed');
    expect(applySearch(modifyJobRules(changing), changed, look, moment)).toMatchObject(isDone);
  });

  it('remembers during the search that Ferry saw an effect before', () => {
    const state = { ...launching(check), hadEffect: true } as const;
    const given = giveUp(state, now, settleMs)?.state;
    expect(given).toMatchObject({ status: 'reconciling', hadEffect: true });
    expect(giveUp(launching(check), now, settleMs)?.state).not.toHaveProperty('hadEffect');
  });

  it('keeps what Ferry saw of the job after the call, which is newer than a response', () => {
    const outcome = { kind: 'done', result: { job: observed('checking') } } as const;
    const settlement = { operation: 'check_job', attempt: 3, outcome } as const;
    const state = { ...launching(check), hadEffect: true } as const;
    const withShown = (status: JobStatus) =>
      settle(changeJobRules(check), state, settlement, {
        ...{ ...moment, settleMs, shown: known(status) },
      });
    const change = withShown('check_failed');
    expect(change).toMatchObject({
      state: { ...created, attempts: 3 },
      event: { type: 'operated', operation: 'check_job', how: 'answered', isOver: true },
    });
    expect(change).not.toHaveProperty('job');
    expect(withShown('checking')?.event).not.toHaveProperty('isOver');
  });

  it('never ends, and leaves nothing to a person, while DTS does not show the job', () => {
    for (const at of [now, later(120), later(86_400)]) {
      expect(checking(failedSearch, at)).toMatchObject(searchesOn);
      expect(skip(failedSearch, at)).toMatchObject(searchesOn);
      expect(modify('created')(failedSearch, at)).toMatchObject(searchesOn);
      // The results of the check are missing.
      expect(skip(seen(observed('check_failed')), at)).toMatchObject(searchesOn);
    }
  });

  it.each<[string, (at: Date) => ReturnType<typeof applySearch>]>([
    ['the status is the same', (at) => checking(seen(observed('created')), at)],
    ['the item still fails', (at) => skip(seen(observed('check_failed', { checks: [item] })), at)],
    [
      'the job has the old parameters',
      (at) => modify('check_failed')(showing('before', 'check_failed'), at),
    ],
    [
      'a job that DTS still created became ready with the old parameters',
      (at) => modify('creating')(showing('before', 'created'), at),
    ],
    ['the job has the old parameters', (at) => modify('created')(showing('before', 'created'), at)],
    ['the job was deleted', (at) => modify('created')(showing('unclear', 'deleted'), at)],
  ])('proves after two minutes, and not before, that the call did nothing if %s', (_, result) => {
    expect(result(now)).toMatchObject(searchesOn);
    expect(result(later(119.999))).toMatchObject(searchesOn);
    expect(result(later(120))).toMatchObject(didNothing);
  });

  it.each<[JobStatus, JobStatus]>([
    ['creating', 'creating'],
    ['creating', 'created'],
    ['created', 'created'],
    ['created', 'check_passed'],
  ])(
    'leaves a change that a job with status %s and then %s does not show to a person after two minutes',
    (before, status) => {
      const result = (at: Date) => modify(before)(showing('unclear', status), at);
      expect(result(later(119.999))).toMatchObject(searchesOn);
      expect(result(later(120))).toMatchObject({
        state: { status: 'unconfirmed', operation: { name: 'modify_job' }, found: [] },
        event: { type: 'unconfirmed', operation: 'modify_job' },
      });
    },
  );

  it.each<[string, () => ReturnType<typeof applySearch>]>([
    ['the job is being checked', () => checking(seen(observed('checking')), now)],
    [
      'the item is skipped',
      () => skip(seen(observed('check_failed', { checks: [{ ...item, result: 'skipped' }] })), now),
    ],
    [
      'the job has the new parameters and the same status',
      () => modify('check_failed')(showing('after', 'check_failed'), now),
    ],
    [
      'a job that DTS still creates has the new parameters',
      () => modify('creating')(showing('after', 'creating'), now),
    ],
    [
      'a checked job needs a check again, as after any change',
      () => modify('check_failed')(showing('unclear', 'created'), now),
    ],
  ])('proves that the call took effect if %s', (_, result) => {
    expect(result()).toMatchObject(isDone);
  });

  it('gives a changed job the approvals of the new parameters', () => {
    const operation = modification('check_failed');
    const other: Approval = { ...approval, by: { userId: 'U2', name: 'Two' }, revision: 2 };
    const state = { ...reconciling(operation), approvals: [other] };
    const result = showing('after', 'created');
    expect(applySearch(modifyJobRules(operation), state, result, moment)?.state).toEqual({
      ...{ ...created, approvals: [other], attempts: 3 },
    });
  });
});

describe('a response to a call on the job that arrives late', () => {
  it('changes nothing, because the status of the job shows the effect', () => {
    const rules = changeJobRules(start(created));
    const settled = (state: MigrationRequest['state'], outcome: CallOutcome<OperatedJob>) =>
      settle(
        rules,
        state,
        { operation: 'start_job', attempt: 3, outcome },
        { ...moment, settleMs },
      );
    const done = { kind: 'done', result: { job: observed('running') } } as const;
    for (const outcome of [done, { kind: 'failed', problem: notSent } as const]) {
      expect(settled(created, outcome)).toBeUndefined();
      expect(settled({ ...launching(start(created)), attempt: 4 }, outcome)).toBeUndefined();
    }
    expect(settled(launching(start(created)), done)?.event).toEqual({
      ...{ type: 'operated', operation: 'start_job', how: 'answered' },
      approvedBy: [approval.by.userId],
    });
    const byPolicy = { ...launching(start(created)), approvals: [] };
    expect(settled(byPolicy, done)?.event).not.toHaveProperty('approvedBy');
  });

  it.each<[string, MigrationRequest['state']]>([
    ['created', created],
    ['prepared', prepared],
    ['discarding', discarding],
    ['pending', { ...launching(start(created)), status: 'pending', attempts: 0, reminders: 0 }],
    ['approved', { ...launching(start(created)), status: 'approved', attempts: 0 }],
    ['launching', launching(start(created))],
    ['reconciling', reconciling(start(created))],
    ['unconfirmed', { ...reconciling(start(created)), status: 'unconfirmed', at: now, found: [] }],
  ])('reports a second job of a %s request, and not its own job', (_, state) => {
    const settled = (jobId: string) => {
      const outcome = { kind: 'done', result: { jobId } } as const;
      return settle(
        createJobRules(),
        state,
        { operation: 'create_job', attempt: 1, outcome },
        { ...moment, settleMs },
      );
    };
    expect(settled('dts-2')).toEqual({
      state,
      event: { type: 'stray_job', attempt: 1, jobId: 'dts-2' },
    });
    expect(settled('dts-1')).toBeUndefined();
  });
});

describe('a job that was created before its approval', () => {
  const found = {
    kind: 'found',
    jobs: [{ jobId: 'dts-1', createTime: '' }],
    isUnsure: false,
  } as const;
  const searching: InState<'reconciling'> = {
    ...{ ...reconciling(start()), operation: creation, approvals: [] },
  };

  it('waits for its start by the rule’s times, if it has any', () => {
    const timed = aRule({ expiryMs: 60_000, reminders: { afterMs: [30_000], mention: [] } });
    const expected = {
      ...{ status: 'prepared', approvals: [], jobId: 'dts-1', at: later(5), attempts: 3 },
      ...{ since: later(5), reminders: 0 },
    };
    expect(
      applySearch(createJobRules(), searching, found, { at: later(5), rule: timed })?.state,
    ).toEqual({
      ...{ ...expected, remindAt: later(35), expireAt: later(65) },
    });
    expect(
      applySearch(createJobRules(), searching, found, { at: later(5), rule: untimed })?.state,
    ).toEqual(expected);
  });

  const { expireAt: _, remindAt: __, ...undated } = prepared;
  const waiting = { ...undated, approvals: [], reminders: 0 };

  it('waits for another decision with its attempts if its start fails', () => {
    const failedAfter = (attempts: number) => {
      const state = { ...launching(start()), status: 'approved', attempts } as const;
      return failBeforeCall(changeJobRules(start()), state, notSent, moment)?.state;
    };
    expect(failedAfter(2)).toEqual(waiting);
    // Two calls were postponed before.
    expect(failedAfter(4)).toEqual({ ...waiting, attempts: 4 });
    const outcome = { kind: 'failed', problem: notSent } as const;
    const settlement = { operation: 'start_job', attempt: 3, outcome } as const;
    expect(
      settle(changeJobRules(start()), launching(start()), settlement, { ...moment, settleMs })
        ?.state,
    ).toEqual({
      ...{ ...waiting, attempts: 3 },
    });
  });

  it('waits from then on if its approved start fails or is pointless, however long it waited', () => {
    const timed = aRule({ expiryMs: 60_000, reminders: { afterMs: [30_000], mention: [] } });
    const long = later(3_600);
    const again = { since: long, remindAt: later(3_630), expireAt: later(3_660) };
    const state = { ...launching(start()), status: 'approved', attempts: 2 } as const;
    const failed = failBeforeCall(changeJobRules(start()), state, notSent, {
      at: long,
      rule: timed,
    });
    expect(failed?.state).toEqual({ ...waiting, ...again });
    const request = { job: known('check_passed'), rule: timed, state };
    expect(moved(request, observed('check_failed'), long)?.state).toEqual({ ...waiting, ...again });
  });

  it('needs no attempts yet if none was made', () => {
    const { attempts: _, ...unnumbered } = waiting;
    const operation = start(unnumbered);
    const state = { ...launching(operation), status: 'approved', attempts: 0 } as const;
    const failed = failBeforeCall(changeJobRules(operation), state, notSent, moment);
    expect(failed?.state).toEqual(unnumbered);
    const { attempts: __, ...deleting } = discarding;
    expect(decisionRulesOf(operation).declined(ending, 0)).toEqual({ ...deleting, at: ending.at });
  });

  it('is deleted if its approved start is withdrawn, and a job that is gone is not', () => {
    const by = { userId: 'UASK', name: 'Asker' };
    const actor = { ...by, standing: 'member', listed: 'yes', from: [] } as const;
    const withdrawn = (state: MigrationRequest['state'], status: JobStatus) => {
      const request = aRequest({ state, job: known(status) });
      const today = { rule: request.rule, approvers: new Map() };
      const intent = { type: 'withdraw', revision: 1 } as const;
      const decision = decideAs(request, { ...actor, today }, intent, now);
      return decision.ok ? decision.state : decision.refusal;
    };
    const next = { status: 'withdrawn', by, at: now };
    const deleting = { status: 'discarding', jobId: 'dts-1', at: now, attempts: 2, next };
    const approved = { ...launching(start()), status: 'approved', attempts: 2 } as const;
    expect(withdrawn(approved, 'check_passed')).toEqual(deleting);
    expect(withdrawn(prepared, 'check_passed')).toEqual(deleting);
    expect(withdrawn(prepared, 'deleted')).toEqual(next);
  });
});

describe('a job that Ferry deletes because nobody needs it', () => {
  const again = { status: 'approved', operation: creation, approvals: [], attempts: 1 } as const;
  const deleting = (attempts: number | undefined, next: InState<'discarding'>['next']) => {
    const { attempts: _, ...rest } = discarding;
    return { ...rest, next, ...(attempts === undefined ? {} : { attempts }) };
  };

  it.each([
    ['ends as decided', deleting(2, ending), ending],
    ['is created again with its own number of attempts', deleting(undefined, again), again],
    ['is created again after all attempts so far', deleting(5, again), { ...again, attempts: 5 }],
  ])('and that someone deleted in the console %s', (_, state, expected) => {
    // DTS has not found it for ten minutes.
    const missingSince = new Date(now.getTime() - 600_000);
    const request = { job: { ...known('created'), missingSince }, rule: aRule(), state };
    expect(moved(request, observed('deleted'), now)).toMatchObject({
      event: { type: 'job_moved', to: 'deleted', elsewhere: true },
    });
    expect(moved(request, observed('deleted'), now)?.state).toEqual(expected);
    // Another status leaves it to Ferry.
    expect(moved(request, observed('check_passed'), now)?.state).toEqual(state);
  });

  it('stays billed until DTS isolated it, and offers nothing until DTS says what it allows', () => {
    const billed = observed('check_passed', { billing: 'billed', allowed: ['delete_job'] });
    expect(accepted(billed, 'delete_job', now)).toEqual({
      ...{ ...billed, billing: 'isolated', allowed: [] },
    });
    expect(accepted(observed('check_passed'), 'delete_job', now)).toMatchObject({
      ...{ status: 'deleted', allowed: [] },
    });
    expect(accepted(billed, 'check_job', now)).toMatchObject({ billing: 'billed' });
  });
});
