import type { FollowedJob } from '../../src/domain/job/followed';
import { type JobStatus, jobStatuses, type ObservedJob } from '../../src/domain/job/job';
import { broughtUp, changeOfStatus, moved } from '../../src/domain/request/moved';
import { creation, type Operation } from '../../src/domain/request/operations/operation';
import type { InState, RequestState } from '../../src/domain/request/request';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const at = new Date('2026-05-04T10:00:00Z');
const later = (seconds: number) => new Date(at.getTime() + seconds * 1_000);

const seenAs = (status: JobStatus, changes: Partial<ObservedJob> = {}): ObservedJob => ({
  ...{ api: '2021-12-06', status, said: status, steps: [], errors: [] },
  ...changes,
});
/** What Ferry knew about a job that DTS has not found for ten minutes. */
const missing = { missingSince: later(60 - 600) };
const jobAs = (status: JobStatus, changes: Partial<FollowedJob> = {}): FollowedJob => ({
  ...{ ...seenAs(status), since: at, seenAt: at },
  ...changes,
});

const created: InState<'created'> = { status: 'created', approvals: [], jobId: 'dts-1', at };
const denied = { status: 'denied', by: { userId: 'UBOB', name: 'Bob' }, at, reason: 'no' } as const;
const discarding: InState<'discarding'> = {
  status: 'discarding',
  jobId: 'dts-1',
  at,
  next: denied,
};

/** The facts of the event apart from its type, the statuses and what DTS said. */
function factsOf(job: FollowedJob | undefined, seen: ObservedJob) {
  const event = changeOfStatus(job, seen, later(60));
  if (event === undefined) return undefined;
  const { type: _, from: __, to: ___, said: ____, ...facts } = event;
  return facts;
}

describe('the event about a job with another status', () => {
  it('says from which status to which one it moved, in the API’s words too', () => {
    const seen = seenAs('paused', { said: 'manualPaused' });
    expect(changeOfStatus(jobAs('running'), seen, at)).toEqual({
      ...{ type: 'job_moved', from: 'running', to: 'paused', said: 'manualPaused' },
      elsewhere: true,
    });
  });

  it.each(jobStatuses)('does not exist if the job is still %s', (status) => {
    expect(changeOfStatus(jobAs(status), seenAs(status), at)).toBeUndefined();
  });

  it('exists for an unknown status only if DTS calls it something else', () => {
    const job = jobAs('other', { said: 'odd' });
    expect(changeOfStatus(job, seenAs('other', { said: 'odd' }), at)).toBeUndefined();
    expect(changeOfStatus(job, seenAs('other', { said: 'odder' }), at)).toMatchObject({
      ...{ from: 'other', to: 'other', said: 'odder' },
    });
    expect(changeOfStatus(jobAs('running'), seenAs('running', { said: 'x' }), at)).toBeUndefined();
  });

  it('calls a job stopped that version 2018-03-30 calls failed after it was stopped', () => {
    const old = { api: '2018-03-30' } as const;
    const failed = seenAs('failed', old);
    const event = changeOfStatus(jobAs('stopping', old), failed, at);
    expect(event).toMatchObject({ from: 'stopping', to: 'canceled', elsewhere: false });
    // It stays so.
    expect(changeOfStatus(jobAs('canceled', old), failed, at)).toBeUndefined();
    expect(changeOfStatus(jobAs('running', old), failed, at)).toMatchObject({ to: 'failed' });
    expect(changeOfStatus(jobAs('stopping'), seenAs('failed'), at)).toMatchObject({ to: 'failed' });
  });

  it('does not exist for a new job that Ferry sees for the first time', () => {
    for (const status of ['creating', 'created'] as const) {
      expect(changeOfStatus(undefined, seenAs(status), at)).toBeUndefined();
    }
    expect(changeOfStatus(undefined, seenAs('running'), at)).toMatchObject({
      ...{ from: 'created', to: 'running', elsewhere: true },
    });
  });

  it('says whether DTS moves jobs in that way', () => {
    expect(factsOf(jobAs('running'), seenAs('success'))).toMatchObject({ elsewhere: false });
    expect(factsOf(jobAs('running'), seenAs('stopping'))).toMatchObject({ elsewhere: true });
  });

  it.each<JobStatus>(['unknown', 'other'])(
    'does not say that someone changed a job that Ferry can’t tell apart: %s',
    (status) => {
      expect(factsOf(jobAs('running'), seenAs(status))).toMatchObject({ elsewhere: false });
      expect(factsOf(jobAs(status), seenAs('paused'))).toMatchObject({ elsewhere: false });
    },
  );

  it('does not say that someone deleted a job that was isolated, because DTS does that', () => {
    const isolated = jobAs('check_passed', { billing: 'isolated', ...missing });
    expect(factsOf(isolated, seenAs('deleted'))).toMatchObject({ elsewhere: false });
    const billed = jobAs('check_passed', { billing: 'billed', ...missing });
    expect(factsOf(billed, seenAs('deleted'))).toMatchObject({ elsewhere: true });
  });

  it('says whether the target caught up before', () => {
    const again = jobAs('running', { hasCaughtUp: true });
    expect(factsOf(again, seenAs('ready_complete'))).toEqual({
      elsewhere: false,
      isRepeated: true,
    });
    expect(factsOf(jobAs('running'), seenAs('ready_complete'))).toEqual({ elsewhere: false });
    expect(factsOf(again, seenAs('failed'))).toEqual({ elsewhere: false });
  });

  it.each<[ObservedJob['errors'], object]>([
    [[], {}],
    [[{ text: '' }], {}],
    [[{ text: 'x' }], { error: 'x' }],
    [[{ text: '', solution: 's', link: 'l' }], { solution: 's', link: 'l' }],
    [
      [{ text: 'x', solution: 's', link: 'l' }, { text: 'y' }],
      { error: 'x', solution: 's', link: 'l' },
    ],
  ])('has the first of the errors %j', (errors, facts) => {
    expect(factsOf(jobAs('running'), seenAs('paused', { errors }))).toEqual({
      elsewhere: true,
      ...facts,
    });
  });

  it.each<[string, ObservedJob['steps'], object | undefined]>([
    ['none', [], undefined],
    ['one that failed', [step('a', 'done'), step('b', 'failed')], { number: 2, of: 2, name: 'b' }],
    [
      'the first that failed, with its message',
      [{ ...step('a', 'failed'), message: 'm' }, step('b', 'failed')],
      { number: 1, of: 2, name: 'a', message: 'm' },
    ],
    [
      'otherwise the last that runs',
      [step('a', 'running'), step('b', 'running'), step('c', 'waiting')],
      { number: 2, of: 3, name: 'b' },
    ],
    ['none if none runs', [step('a', 'done'), step('b', 'waiting')], undefined],
  ])('names the step at which a job failed: %s', (_, steps, expected) => {
    for (const status of ['failed', 'error', 'resumable_error', 'check_failed'] as const) {
      const facts = factsOf(jobAs('running'), seenAs(status, { steps }));
      expect(facts?.step).toEqual(expected);
    }
    expect(factsOf(jobAs('running'), seenAs('success', { steps }))?.step).toBeUndefined();
  });

  it('says how far the target is behind, as it is known', () => {
    const lag = { lagSeconds: 5, lagMegabytes: 7 };
    expect(factsOf(jobAs('running'), seenAs('paused', lag))).toMatchObject(lag);
    // DTS no longer says it.
    expect(factsOf(jobAs('running', lag), seenAs('paused'))).toMatchObject(lag);
    expect(factsOf(jobAs('running', lag), seenAs('paused', { lagSeconds: 1 }))).toEqual({
      ...{ elsewhere: true, lagSeconds: 1 },
    });
    expect(factsOf(undefined, seenAs('paused', { lagMegabytes: 7 }))).toMatchObject({
      lagMegabytes: 7,
    });
    expect(factsOf(jobAs('running'), seenAs('paused'))).toEqual({ elsewhere: true });
  });

  it('says how far it was behind when the cut-over began', () => {
    const cutOver = { lagSeconds: 3, lagMegabytes: 4 };
    const job = jobAs('completing', { cutOver });
    expect(factsOf(job, seenAs('success', { lagSeconds: 0 }))).toMatchObject(cutOver);
  });

  it('says how the comparison of the data ended', () => {
    const consistency = 'inconsistent';
    expect(factsOf(jobAs('running'), seenAs('success', { consistency }))).toMatchObject({
      consistency,
    });
  });

  it.each(jobStatuses.filter((status) => status !== 'running'))(
    'has the results of a check only after it: %s',
    (status) => {
      const checks = [{ name: 'a', result: 'passed' }] as const;
      const facts = factsOf(jobAs('running'), seenAs(status, { checks }));
      const isResult = status === 'check_passed' || status === 'check_failed';
      expect(facts?.checks).toEqual(isResult ? checks : undefined);
    },
  );
});

function step(name: string, status: ObservedJob['steps'][number]['status']) {
  return { name, status };
}

describe('a request whose job has another status', () => {
  const onJob = { from: created, before: 'running' } as const;
  const movedFrom = (state: RequestState, from: JobStatus, to: JobStatus) =>
    moved({ state, job: jobAs(from, missing), rule: aRule() }, seenAs(to), later(60));

  it('does not change because of one response that DTS does not know the job', () => {
    for (const state of [created, discarding]) {
      const request = { state, job: jobAs('running'), rule: aRule() };
      expect(moved(request, seenAs('deleted'), later(60))).toBeUndefined();
    }
  });

  it('has its job again if DTS finds it after all, which nobody did in the console', () => {
    const change = movedFrom(created, 'deleted', 'running');
    expect(change?.state).toEqual(created);
    expect(change?.event).toMatchObject({ from: 'deleted', to: 'running', elsewhere: false });
    expect(change?.job).not.toHaveProperty('missingSince');
  });

  it('does not change if the status is the same', () => {
    expect(movedFrom(created, 'running', 'running')).toBeUndefined();
  });

  it('keeps its state, and remembers the job', () => {
    const change = movedFrom(created, 'running', 'success');
    expect(change).toMatchObject({ state: created, event: { type: 'job_moved', to: 'success' } });
    expect(change?.job).toMatchObject({ status: 'success', since: later(60), seenAt: later(60) });
    expect(change?.event).not.toHaveProperty('operation');
  });

  const called = { approvals: [], attempt: 1, calledAt: at };
  const inCall = (operation: Operation): RequestState[] => [
    { status: 'launching', operation, ...called },
    {
      ...{ status: 'reconciling', operation, ...called, doubt: { kind: 'interrupted' } },
      ...{ looks: 0, lookAt: at, settledAt: at },
    },
  ];
  const waiting = (operation: Operation): RequestState[] => [
    { status: 'pending', operation, approvals: [], since: at, reminders: 0, attempts: 0 },
    { status: 'approved', operation, approvals: [], attempts: 0 },
  ];

  it.each(inCall({ name: 'stop_job', ...onJob }))(
    'was changed by Ferry if the call under way has this effect: $status',
    (state) => {
      expect(movedFrom(state, 'running', 'stopping')?.event).toMatchObject({ elsewhere: false });
      expect(movedFrom(state, 'running', 'pausing')?.event).toMatchObject({ elsewhere: true });
      expect(movedFrom(state, 'running', 'stopping')?.state).toEqual({ ...state, hadEffect: true });
      expect(movedFrom(state, 'running', 'pausing')?.state).toEqual(state);
    },
  );

  it.each(inCall({ name: 'stop_job', ...onJob }))(
    'was stopped if version 2018-03-30 calls it failed while Ferry stops it: $status',
    (state) => {
      const old = { api: '2018-03-30' } as const;
      const running = { state, rule: aRule(), job: jobAs('running', old) };
      const change = moved(running, seenAs('failed', old), later(60));
      expect(change).toMatchObject({ event: { to: 'canceled' }, job: { status: 'canceled' } });
    },
  );

  it.each([...waiting({ name: 'stop_job', ...onJob }), created])(
    'was changed by someone else if Ferry makes no call: $status',
    (state) => {
      expect(movedFrom(state, 'running', 'stopping')?.event).toMatchObject({ elsewhere: true });
    },
  );

  it.each(inCall(creation))('is not changed by the creation of a job: $status', (state) => {
    expect(movedFrom(state, 'created', 'checking')?.event).toMatchObject({ elsewhere: true });
  });

  it.each(waiting({ name: 'pause_job', ...onJob }))(
    'drops an operation that waits and that the status does not allow: $status',
    (state) => {
      const change = movedFrom(state, 'running', 'failed');
      expect(change).toMatchObject({ state: created, event: { operation: 'pause_job' } });
    },
  );

  it.each(waiting({ name: 'stop_job', ...onJob }))(
    'keeps an operation that waits and that the status allows: $status',
    (state) => {
      const change = movedFrom(state, 'running', 'ready_complete');
      expect(change?.state).toEqual(state);
      expect(change?.event).not.toHaveProperty('operation');
    },
  );

  it.each(waiting(creation))('keeps the creation that waits: $status', (state) => {
    expect(movedFrom(state, 'running', 'failed')?.state).toEqual(state);
  });

  it.each(inCall({ name: 'delete_job', from: discarding, before: 'created' }))(
    'is denied once the job is deleted, even if the call that deletes it may still fail: $status',
    (state) => {
      const change = movedFrom(state, 'created', 'deleted');
      expect(change).toMatchObject({ state: denied, event: { elsewhere: false } });
      expect(movedFrom(state, 'created', 'check_passed')?.state).toEqual(state);
    },
  );

  it.each(inCall({ name: 'check_job', ...onJob }))(
    'waits for the outcome of another call although the job is deleted: $status',
    (state) => {
      expect(movedFrom(state, 'created', 'deleted')?.state).toEqual(state);
    },
  );

  it.each(waiting({ name: 'delete_job', ...onJob, before: 'created', onlyIdle: true }))(
    'drops the deletion of an idle job once somebody starts the job: $status',
    (state) => {
      expect(movedFrom(state, 'created', 'check_passed')?.state).toEqual(state);
      const change = movedFrom(state, 'created', 'ready_run');
      expect(change).toMatchObject({ state: created, event: { operation: 'delete_job' } });
    },
  );

  it('records whether somebody still needs the job', () => {
    const isNeeded = (state: RequestState): boolean => {
      const event = movedFrom(state, 'checking', 'check_failed')?.event;
      if (event?.type !== 'job_moved') throw new Error('no event');
      return event.isNotNeeded !== true;
    };
    const unneeded = { from: discarding, before: 'running' } as const;
    const stops = (from: typeof unneeded | typeof onJob) => [
      ...waiting({ name: 'stop_job', ...from }),
      ...inCall({ name: 'stop_job', ...from }),
    ];
    expect([discarding, ...stops(unneeded)].filter(isNeeded)).toEqual([]);
    expect([created, ...stops(onJob), ...inCall(creation)].every(isNeeded)).toBe(true);
  });

  it('is denied once the job that nobody needs is deleted', () => {
    expect(movedFrom(discarding, 'created', 'deleted')?.state).toEqual(denied);
    expect(movedFrom(discarding, 'created', 'check_passed')?.state).toEqual(discarding);
    expect(movedFrom(created, 'created', 'deleted')?.state).toEqual(created);
    // The deletion that waited is dropped.
    const onDiscarded = { from: discarding, before: 'created' } as const;
    for (const state of waiting({ name: 'delete_job', ...onDiscarded })) {
      expect(movedFrom(state, 'created', 'deleted')?.state).toEqual(denied);
    }
  });
});

describe('a job that nobody has started', () => {
  const day = 24 * 3_600;
  const broughtUpAt = (seconds: number, status: JobStatus, rule = aRule(), state = created) =>
    broughtUp({ job: jobAs(status), rule, state }, later(seconds));

  it.each(jobStatuses)('is brought up after three days, but not if it is %s', (status) => {
    const isUnstarted = ['creating', 'created', 'check_passed', 'check_failed'].includes(status);
    const event = { type: 'job_idle', since: at };
    expect(broughtUpAt(3 * day - 1, status)).toBeUndefined();
    expect(broughtUpAt(3 * day, status)).toEqual(
      isUnstarted ? { state: created, event } : undefined,
    );
  });

  it('is brought up after the time that the rule sets, or never', () => {
    const soon = aRule({ idleAfterMs: 60_000 });
    expect(broughtUpAt(59, 'created', soon)).toBeUndefined();
    expect(broughtUpAt(60, 'created', soon)).toBeDefined();
    expect(broughtUpAt(300 * day, 'created', aRule({ idleAfterMs: null }))).toBeUndefined();
  });

  it('is brought up after the quiet hours', () => {
    const quiet = { from: '10:00', to: '11:00', timeZone: 'UTC' };
    const rule = aRule({ reminders: { afterMs: [], mention: [], quiet } });
    expect(broughtUpAt(3 * day, 'created', rule)).toBeUndefined();
    expect(broughtUpAt(3 * day + 3_599, 'created', rule)).toBeUndefined();
    expect(broughtUpAt(3 * day + 3_600, 'created', rule)).toBeDefined();
  });

  it('is not brought up if it is isolated, because nobody can start it', () => {
    const job = jobAs('created', { billing: 'isolated' });
    expect(broughtUp({ job, rule: aRule(), state: created }, later(9 * day))).toBeUndefined();
  });

  it('is not brought up before Ferry saw it', () => {
    const request = { ...aRequest(), job: undefined, state: created };
    expect(broughtUp(request, later(300 * day))).toBeUndefined();
  });

  it('is brought up if Ferry could not delete it, from when nobody needed it', () => {
    const since = later(day);
    const state = { ...discarding, at: since };
    const request = { job: jobAs('running'), rule: aRule(), state };
    expect(broughtUp(request, later(4 * day - 1))).toBeUndefined();
    expect(broughtUp(request, later(4 * day))).toEqual({
      state,
      event: { type: 'job_idle', since, isNotNeeded: true },
    });
  });

  const prepared = { ...created, status: 'prepared', since: at, reminders: 0 } as const;
  it.each<RequestState>([denied, prepared, { status: 'expired', at }])(
    'is not brought up for a request that is $status',
    (state) => {
      expect(
        broughtUp({ job: jobAs('created'), rule: aRule(), state }, later(9 * day)),
      ).toBeUndefined();
    },
  );
});
