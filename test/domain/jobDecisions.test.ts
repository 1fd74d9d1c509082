import type { FollowedJob } from '../../src/domain/job/followed';
import type { CheckItem, JobStatus } from '../../src/domain/job/job';
import type { fixedInJob } from '../../src/domain/migration/fields';
import type { Rule } from '../../src/domain/policy/policy';
import type { Approval } from '../../src/domain/request/approval';
import type { MayRequest } from '../../src/domain/request/asking';
import { refusalBefore } from '../../src/domain/request/decide';
import type { Intent, IntentOf } from '../../src/domain/request/intent';
import { keepTime } from '../../src/domain/request/keepTime';
import { moved } from '../../src/domain/request/moved';
import {
  creation,
  type Operation,
  type OperationOnJob,
} from '../../src/domain/request/operations/operation';
import type { InState, MigrationRequest } from '../../src/domain/request/request';
import { approvalsIn, awaitsApprovers } from '../../src/domain/request/states';
import { waitFrom } from '../../src/domain/request/waiting';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { type ActorFacts, decideAs } from '../support/decideAs';

const now = new Date('2026-05-04T10:00:00Z');

const approvalBy = (userId: string): Approval => ({
  by: { userId, name: userId },
  at: now,
  revision: 1,
  from: [],
  confirmed: true,
});
const created: InState<'created'> = {
  status: 'created',
  approvals: [approvalBy('U1')],
  jobId: 'dts-1',
  at: now,
};
const prepared: InState<'prepared'> = {
  ...{ status: 'prepared', approvals: [], jobId: 'dts-1', at: now, since: now },
  reminders: 0,
};
const aJob = (status: JobStatus, checks?: readonly CheckItem[]): FollowedJob => ({
  ...{ api: '2021-12-06', status, said: `said ${status}`, steps: [], errors: [] },
  ...{ since: now, seenAt: now },
  ...(checks === undefined ? {} : { checks }),
});
const aCheck = (id: string, changes: Partial<CheckItem> = {}): CheckItem => ({
  ...{ name: `name of ${id}`, result: 'failed', id, skipRisk: 'It may fail.' },
  ...changes,
});
const checks = [
  aCheck('OptimizeCheck'),
  aCheck('ConstraintCheck'),
  aCheck('BinlogCheck'),
  // DTS requires it.
  { name: 'Version', result: 'failed', id: 'VersionCheck' } as const,
];

/** Two people have to approve each operation. */
const people = [{ kind: 'channel', channelId: 'C1' }] as const;
const byTwo = { people, required: 2, oneFromEach: [] };
const rule = aRule({
  required: 2,
  breakGlass: [{ kind: 'user', userId: 'U1' }],
  operations: { check_job: byTwo, resume_job: byTwo, clear_data: byTwo, skip_check: byTwo },
});
const given = (
  state: MigrationRequest['state'],
  job: FollowedJob | undefined,
  changes: Partial<MigrationRequest> = {},
): MigrationRequest => aRequest({ rule, state, job, secrets: {}, ...changes });

/** An approver today, as are all people who approved before. */
const anActor = (
  userId: string,
  { state }: Pick<MigrationRequest, 'state'>,
  today: Rule = rule,
): ActorFacts => {
  const facts = { standing: 'member', listed: 'yes', from: [] } as const;
  const approvers = new Map(approvalsIn(state).map(({ by }) => [by.userId, facts]));
  return { ...facts, userId, name: userId, today: { rule: today, approvers } };
};
const decided = (request: MigrationRequest, userId: string, intent: Intent) =>
  decideAs(request, anActor(userId, request), intent, now);
const refused = (refusal: object) => ({ ok: false, refusal });

const skip = (changes: Partial<IntentOf<'skip_check'>> = {}): IntentOf<'skip_check'> => ({
  ...{ type: 'skip_check', revision: 1, items: ['OptimizeCheck'], reason: 'known' },
  ...changes,
});
const resume = (option: IntentOf<'resume_job'>['option']): IntentOf<'resume_job'> => ({
  ...{ type: 'resume_job', revision: 1, option },
  destination: aDraft().parameters.DstInfo.InstanceId,
});

/** The request after a decision. */
const decidedOn = (request: MigrationRequest, userId: string, intent: Intent): MigrationRequest => {
  const decision = decided(request, userId, intent);
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal));
  return { ...request, state: decision.state };
};

describe('an operation that waits again after its second call failed', () => {
  const operation = { name: 'pause_job', from: created, before: 'running' } as const;
  const again: InState<'pending'> = {
    ...waitFrom(rule, now, operation, 2),
    ...{ approvals: [approvalBy('U1')], expireAt: now },
  };
  const request = given(again, aJob('running'));
  const left = { ...created, attempts: 2 };
  const stateAfter = (userId: string, intent: Intent) => decidedOn(request, userId, intent).state;
  const seen = { api: '2021-12-06', steps: [], errors: [], said: '' } as const;

  it.each<[string, () => MigrationRequest['state'] | undefined]>([
    ['it is denied', () => stateAfter('U2', { type: 'deny', revision: 1, reason: 'no' })],
    ['its only approval is taken back', () => stateAfter('U1', { type: 'take_back', revision: 1 })],
    ['it expires', () => keepTime(request, now)?.state],
    ['the job fails', () => moved(request, { ...seen, status: 'failed' }, now)?.state],
  ])('never uses the numbers of its calls again if %s', (_, end) => {
    // The late outcome of such a call would otherwise count for the next operation.
    expect(end()).toEqual(left);
  });

  it('leaves the numbers alone if it made no call', () => {
    const fresh = given({ ...again, attempts: 0 }, aJob('running'));
    expect(keepTime(fresh, now)?.state).toEqual(created);
    const later = { ...created, attempts: 5 };
    const older = given({ ...again, operation: { ...operation, from: later } }, aJob('running'));
    expect(keepTime(older, now)?.state).toEqual(later);
  });
});

describe('a decision on an operation on the job', () => {
  it('is refused for a revision that is not the current one', () => {
    const request = given(created, aJob('created'), { revision: 3 });
    for (const seen of [2, 4]) {
      expect(decided(request, 'U2', { type: 'check_job', revision: seen })).toEqual(
        refused({ code: 'other_revision', seen, current: 3 }),
      );
    }
    expect(decided(request, 'U2', { type: 'check_job', revision: 3 })).toMatchObject({ ok: true });
  });

  it('is refused in the job’s own words for its status, if the status does not allow it', () => {
    const intent = { type: 'pause_job', revision: 1 } as const;
    expect(decided(given(created, aJob('created')), 'U2', intent)).toEqual(
      refused({
        ...{ code: 'job_not_ready', operation: 'pause_job' },
        ...{ status: 'created', said: 'said created' },
      }),
    );
  });

  it.each<[string, MigrationRequest, object]>([
    ['before Ferry saw the job', given(created, undefined), { code: 'no_job_yet' }],
    [
      'while the job is being created',
      given(waitFrom(rule, now), undefined),
      { code: 'no_job_yet' },
    ],
    [
      'while another operation waits',
      given(
        waitFrom(rule, now, { name: 'stop_job', from: created, before: 'running' }),
        aJob('running'),
      ),
      { code: 'job_busy', operation: 'stop_job' },
    ],
    [
      'while another operation is under way',
      given(
        {
          ...{ status: 'launching', approvals: [approvalBy('U1')], attempt: 1, calledAt: now },
          operation: { name: 'delete_job', from: created, before: 'created' },
        },
        aJob('created'),
      ),
      { code: 'job_busy', operation: 'delete_job' },
    ],
  ])('is refused %s', (_, request, refusal) => {
    expect(decided(request, 'U2', { type: 'check_job', revision: 1 })).toEqual(refused(refusal));
    // The forms for these operations don't open either.
    for (const type of ['modify_job', 'skip_check'] as const) {
      expect(refusalBefore(request, actorWithList(request), type)).toEqual(refusal);
    }
  });

  it('adds a second person’s approval to the first one’s', () => {
    const first = decidedOn(given(created, aJob('created')), 'U1', {
      type: 'check_job',
      revision: 1,
    });
    expect(first.state).toMatchObject({ status: 'pending', operation: { name: 'check_job' } });
    expect(decided(first, 'U1', { type: 'check_job', revision: 1 })).toEqual(
      refused({ code: 'already_approved_by_you' }),
    );
    expect(decided(first, 'U2', { type: 'check_job', revision: 1 })).toMatchObject({
      state: { status: 'approved', operation: { name: 'check_job' } },
    });
  });

  it('continues the numbers of attempts of earlier operations', () => {
    const state = { ...created, attempts: 4 };
    const request = given(state, aJob('created'));
    expect(decidedOn(request, 'U1', { type: 'check_job', revision: 1 }).state).toMatchObject({
      attempts: 4,
    });
  });
});

/** A person who is in the list for any action with a form. */
function actorWithList(request: MigrationRequest) {
  const by = anActor('U2', request);
  return { ...by, eligibility: { kind: 'listed', list: people } as const };
}

describe('a second person who chooses otherwise for an operation that waits', () => {
  it('can’t approve another way to resume the job', () => {
    const request = given(created, aJob('error'));
    const first = decidedOn(request, 'U1', resume('normal'));
    expect(first.state).toMatchObject({ status: 'pending' });
    expect(decided(first, 'U2', resume('clearData'))).toEqual(
      refused({ code: 'job_busy', operation: 'resume_job' }),
    );
    expect(decided(first, 'U2', resume('normal'))).toMatchObject({ state: { status: 'approved' } });
  });

  const both = ['OptimizeCheck', 'ConstraintCheck'];
  it.each<[string, Partial<IntentOf<'skip_check'>>, Partial<IntentOf<'skip_check'>>]>([
    ['other items', {}, { items: ['BinlogCheck'] }],
    [
      'as many items, of which only some are the same',
      { items: both, foreignKeys: 'shield' },
      { items: ['BinlogCheck', 'ConstraintCheck'], foreignKeys: 'shield' },
    ],
    ['more items', {}, { items: ['OptimizeCheck', 'BinlogCheck'] }],
    ['fewer items', { items: ['OptimizeCheck', 'BinlogCheck'] }, {}],
    [
      'another treatment of foreign keys',
      { items: both, foreignKeys: 'shield' },
      { items: both, foreignKeys: 'migrate' },
    ],
  ])('can’t approve a skip with %s', (_, one, other) => {
    const first = decidedOn(given(created, aJob('check_failed', checks)), 'U1', skip(one));
    expect(first.state).toMatchObject({ status: 'pending' });
    expect(decided(first, 'U2', skip(other))).toEqual(
      refused({ code: 'job_busy', operation: 'skip_check' }),
    );
    expect(decided(first, 'U2', skip(one))).toMatchObject({ state: { status: 'approved' } });
  });
});

describe('a skip of items of a check', () => {
  const request = given(created, aJob('check_failed', checks));

  it('needs a reason', () => {
    for (const reason of ['', ' \n']) {
      expect(decided(request, 'U1', skip({ reason }))).toEqual(refused({ code: 'reason_missing' }));
    }
  });

  it.each<[string, Partial<IntentOf<'skip_check'>>]>([
    ['no item', { items: [] }],
    ['an item that the check does not have', { items: ['OptimizeCheck', 'OtherCheck'] }],
    ['an item that DTS requires', { items: ['OptimizeCheck', 'VersionCheck'] }],
    ['foreign keys without what DTS does with them', { items: ['ConstraintCheck'] }],
  ])('is refused for %s', (_, changes) => {
    const intent = skip(changes);
    expect(decided(request, 'U1', intent)).toEqual(
      refused({ code: 'cannot_skip', items: intent.items }),
    );
  });

  it('records the items with their names, and what DTS does with foreign keys only if it asks', () => {
    const skipsOf = (changes: Partial<IntentOf<'skip_check'>>) => {
      const { state } = decidedOn(request, 'U1', skip(changes));
      if (state.status !== 'pending' || state.operation.name !== 'skip_check') return state;
      return state.operation.skips;
    };
    expect(skipsOf({ foreignKeys: 'shield' })).toEqual({
      items: [{ id: 'OptimizeCheck', name: 'name of OptimizeCheck' }],
    });
    expect(skipsOf({ items: ['ConstraintCheck'], foreignKeys: 'migrate' })).toEqual({
      items: [{ id: 'ConstraintCheck', name: 'name of ConstraintCheck' }],
      foreignKeys: 'migrate',
    });
  });

  it('has its reason as the comment of the approval', () => {
    expect(decided(request, 'U1', skip({ reason: ' known ' }))).toMatchObject({
      state: { approvals: [{ comment: 'known' }] },
      event: { comment: 'known' },
    });
  });

  it('names the items in the events of its approvals, and no other operation does', () => {
    const skips = { items: [{ id: 'OptimizeCheck', name: 'name of OptimizeCheck' }] };
    expect(decided(request, 'U1', skip())).toMatchObject({ event: { type: 'approved', skips } });
    const first = decidedOn(request, 'U1', skip());
    expect(decided(first, 'U2', skip())).toMatchObject({ event: { type: 'approved', skips } });
    const other = decided(request, 'U1', { type: 'check_job', revision: 1 });
    expect(other).toMatchObject({ event: { type: 'approved' } });
    expect(other).not.toHaveProperty('event.skips');
  });
});

describe('the start of a job that was created before its approval', () => {
  const destination = aDraft().parameters.DstInfo.InstanceId;
  const approve = { type: 'approve', revision: 1, destination } as const;
  const emergency = { type: 'break_glass', revision: 1, reason: 'fire', destination } as const;

  it.each<[FollowedJob | undefined, object]>([
    [undefined, { code: 'no_job_yet' }],
    ...(['created', 'checking', 'check_failed'] as const).map((status): [FollowedJob, object] => [
      aJob(status),
      { code: 'job_not_ready', operation: 'start_job', status, said: `said ${status}` },
    ]),
  ])('can’t be approved before its check passed, not even in an emergency (%#)', (job, refusal) => {
    const request = given(prepared, job);
    expect(decided(request, 'U1', approve)).toEqual(refused(refusal));
    expect(decided(request, 'U1', emergency)).toEqual(refused(refusal));
  });

  it('needs no call if someone started the job in the console', () => {
    expect(decided(given(prepared, aJob('running')), 'U1', emergency)).toMatchObject({
      state: { status: 'created', jobId: 'dts-1', approvals: [{ breakGlass: 'fire' }] },
      event: { isUnderWay: true },
    });
    const byOne = { rule: { ...rule, required: 1 } };
    expect(decided(given(prepared, aJob('running'), byOne), 'U1', approve)).toMatchObject({
      event: { type: 'approved', isUnderWay: true },
    });
    expect(decided(given(prepared, aJob('check_passed')), 'U1', emergency)).toMatchObject({
      state: { status: 'approved', operation: { name: 'start_job', before: 'check_passed' } },
      event: expect.not.objectContaining({ isUnderWay: true }),
    });
    expect(decided(given(prepared, aJob('check_passed'), byOne), 'U1', approve)).toMatchObject({
      event: expect.not.objectContaining({ isUnderWay: true }),
    });
  });

  it('keeps the numbers of attempts and the request ID of the creation', () => {
    const state = { ...prepared, attempts: 3, requestId: 'r' };
    const started = decidedOn(given(state, aJob('running')), 'U1', emergency);
    expect(started.state).toMatchObject({ status: 'created', attempts: 3, requestId: 'r' });
  });
});

describe('a decision that comes too late', () => {
  const alreadyDenied = (by: string) => ({
    code: 'already_decided',
    decision: 'denied',
    by,
    others: [],
    at: now,
  });
  const endedAs = (code: string) => ({ code, at: now });
  const deny = { type: 'deny', revision: 1, reason: 'no' } as const;
  const approve = { type: 'approve', revision: 1 } as const;
  const ended = {
    denied: { status: 'denied', by: { userId: 'U9', name: 'Nine' }, at: now, reason: 'no' },
    withdrawn: { status: 'withdrawn', by: { userId: 'UASK', name: 'Asker' }, at: now },
    expired: { status: 'expired', at: now },
  } as const;
  const discarding = (next: InState<'discarding'>['next']): InState<'discarding'> => ({
    ...{ status: 'discarding', jobId: 'dts-1', at: now, next },
  });
  const again = { status: 'approved', operation: creation, approvals: [], attempts: 1 } as const;

  it.each<[string, MigrationRequest['state'], object]>([
    ['the denial', ended.denied, alreadyDenied('U9')],
    ['the denial, while Ferry deletes the job', discarding(ended.denied), alreadyDenied('U9')],
    [
      'the withdrawal, while Ferry deletes the job',
      discarding(ended.withdrawn),
      endedAs('withdrawn'),
    ],
    ['the expiry, while Ferry deletes the job', discarding(ended.expired), endedAs('expired')],
    [
      'the deletion of the job of an earlier revision',
      discarding(again),
      { code: 'job_busy', operation: 'delete_job' },
    ],
    ['the creation that the policy decided', { ...again, attempts: 0 }, { code: 'no_job_yet' }],
    [
      'the check that the policy decided',
      {
        ...{ status: 'approved', approvals: [], attempts: 0 },
        operation: { name: 'check_job', from: created, before: 'created' },
      },
      { code: 'job_busy', operation: 'check_job' },
    ],
  ])('names %s', (_, state, refusal) => {
    const request = given(state, aJob('created'));
    expect(decided(request, 'U2', approve)).toEqual(refused(refusal));
    expect(decided(request, 'U2', deny)).toEqual(refused(refusal));
    // The form for an emergency approval doesn't open.
    const by = actorWithList(request);
    expect(refusalBefore(request, by, 'break_glass')).toEqual(refusal);
    expect(refusalBefore(request, by, 'edit')).toEqual({ code: 'cannot_edit' });
  });
});

describe('a decision on something else, while an operation waits', () => {
  const waitingFor = (from: OperationOnJob['from']) =>
    given(waitFrom(rule, now, { name: 'check_job', from, before: 'created' }), aJob('created'));
  const approve = { type: 'approve', revision: 1 } as const;
  const deny = { type: 'deny', revision: 1, reason: 'no' } as const;
  const ofCreation = { ...deny, operation: 'create_job' } as const;
  const takeBack = { type: 'take_back', revision: 1 } as const;
  const busy = { code: 'job_busy', operation: 'check_job' };
  const approvedBefore = {
    ...{ code: 'already_decided', decision: 'approved', by: 'U1', others: [], at: now },
  };

  it.each<[string, OperationOnJob['from'], Intent, object]>([
    ['an approval of the creation', created, approve, approvedBefore],
    ['a denial of the creation', created, ofCreation, approvedBefore],
    ['an approval of the start', prepared, approve, busy],
    ['a denial before the start', prepared, ofCreation, busy],
    ['a denial of another operation', created, { ...deny, operation: 'stop_job' }, busy],
    [
      'to take back an approval of the creation',
      created,
      { ...takeBack, operation: 'create_job' },
      approvedBefore,
    ],
    [
      'to take back an approval of another operation',
      created,
      { ...takeBack, operation: 'stop_job' },
      busy,
    ],
  ])('refuses %s', (_, from, intent, refusal) => {
    expect(decided(waitingFor(from), 'U2', intent)).toEqual(refused(refusal));
  });

  it.each<[string, Intent]>([
    ['of the operation', { ...deny, operation: 'check_job' }],
    ['by a button that doesn’t say what it denies', deny],
  ])('accepts a denial %s', (_, intent) => {
    expect(decidedOn(waitingFor(created), 'U2', intent).state).toEqual(created);
  });
});

describe('an approval of an operation', () => {
  const takeBack = { type: 'take_back', revision: 1 } as const;
  const check = { name: 'check_job', from: created, before: 'created' } as const;
  const waitsFor = (operation: Operation, ...by: readonly string[]) =>
    given({ ...waitFrom(rule, now, operation), approvals: by.map(approvalBy) }, aJob('created'));

  it('is recorded with the operation', () => {
    expect(decided(waitsFor(check, 'U1'), 'U2', { type: 'check_job', revision: 1 })).toMatchObject({
      event: { type: 'approved', operation: 'check_job', count: 2, required: 2, isEnough: true },
    });
  });

  it('that is revoked is recorded with the operation and what is missing', () => {
    const missing = { count: 1, lists: [] };
    expect(decided(waitsFor(check, 'U1', 'U2'), 'U1', takeBack)).toMatchObject({
      state: { status: 'pending', approvals: [{ by: { userId: 'U2' } }] },
      event: { type: 'taken_back', operation: 'check_job', count: 1, required: 2, missing },
    });
  });

  it('ends the wait when it is revoked and was the only one', () => {
    const { state } = decidedOn(waitsFor(check, 'U1'), 'U1', takeBack);
    expect(state).toMatchObject({ status: 'created' });
  });

  it.each<Operation>([
    { name: 'create_job' },
    { name: 'modify_job', from: created, before: 'created', previous: aRequest() },
  ])('leaves $name waiting when it is revoked', (operation) => {
    expect(decidedOn(waitsFor(operation, 'U1'), 'U1', takeBack).state).toMatchObject({
      ...{ status: 'pending', approvals: [] },
    });
  });

  it('is revoked only by the person who gave it', () => {
    expect(decided(waitsFor(check, 'U1'), 'U2', takeBack)).toEqual(
      refused({ code: 'nothing_to_take_back' }),
    );
  });
});

describe('the deletion of an idle job', () => {
  const idleOnly = { type: 'delete_job', revision: 1, onlyIdle: true } as const;
  const always = { type: 'delete_job', revision: 1 } as const;
  const byTwoPeople = aRule({ required: 2, operations: { delete_job: byTwo } });
  const job = aJob('check_passed');

  it.each<JobStatus>(['created', 'check_passed', 'check_failed'])(
    'is decided while nobody has started the job: %s',
    (status) => {
      const request = given(created, aJob(status));
      expect(decidedOn(request, 'U2', idleOnly).state).toMatchObject({
        operation: { name: 'delete_job', onlyIdle: true },
      });
    },
  );

  it.each<JobStatus>(['ready_run', 'paused', 'success', 'canceled', 'error'])(
    'is refused once somebody has started it, and the card still deletes it: %s',
    (status) => {
      const request = given(created, aJob(status));
      expect(decided(request, 'U2', idleOnly)).toEqual(
        refused({ code: 'not_idle', status, said: `said ${status}` }),
      );
      const { state } = decidedOn(request, 'U2', always);
      expect(state).toMatchObject({ operation: { name: 'delete_job' } });
      expect(state).not.toHaveProperty('operation.onlyIdle');
    },
  );

  it('doesn’t approve a deletion that waits and that has no such condition', () => {
    const waits = (intent: Intent) =>
      decidedOn(given(created, job, { rule: byTwoPeople }), 'U1', intent);
    const busy = refused({ code: 'job_busy', operation: 'delete_job' });
    expect(decided(waits(always), 'U2', idleOnly)).toEqual(busy);
    for (const second of [idleOnly, always]) {
      expect(decidedOn(waits(idleOnly), 'U2', second).state).toMatchObject({
        ...{ status: 'approved', operation: { onlyIdle: true } },
      });
    }
  });
});

describe('an operation that begins to wait', () => {
  it.each([undefined, 0, 3])('continues the numbers of the job’s %s calls', (attempts) => {
    const state = { ...created, ...(attempts === undefined ? {} : { attempts }) };
    const request = given(state, aJob('created'));
    expect(decided(request, 'U1', { type: 'check_job', revision: 1 })).toMatchObject({
      state: { status: 'pending', attempts: attempts ?? 0 },
    });
  });

  it('may check a job that waits for the approval of its start', () => {
    const request = given(prepared, aJob('created'));
    expect(decided(request, 'U1', { type: 'check_job', revision: 1 })).toMatchObject({
      state: { status: 'pending', operation: { name: 'check_job', from: prepared } },
    });
  });

  it('needs the name of the target only to empty it', () => {
    const request = given(created, aJob('resumable_error'));
    const { destination: _, ...unnamed } = resume('clearData');
    expect(decided(request, 'U1', unnamed)).toEqual(refused({ code: 'destination_missing' }));
    expect(decided(request, 'U1', { ...unnamed, destination: 'cdb-other' })).toEqual(
      refused({ code: 'destination_not_confirmed' }),
    );
    expect(decided(request, 'U1', resume('clearData'))).toMatchObject({
      state: { approvals: [{ confirmed: true }] },
    });
    expect(decided(request, 'U1', { ...unnamed, option: 'normal' })).toMatchObject({
      state: { approvals: [{ confirmed: false }] },
    });
  });

  it('is a deletion that a second person approves in the same way', () => {
    const always = { type: 'delete_job', revision: 1 } as const;
    const byTwoPeople = { ...rule, operations: { delete_job: byTwo } };
    const request = given(created, aJob('created'), { rule: byTwoPeople });
    const by = (userId: string, before: MigrationRequest) =>
      decideAs(before, anActor(userId, before, byTwoPeople), always, now);
    const first = by('U1', request);
    expect(first).toMatchObject({ state: { status: 'pending' } });
    const state = first.ok ? first.state : request.state;
    expect(by('U2', { ...request, state })).toMatchObject({ state: { status: 'approved' } });
  });
});

describe('a withdrawal', () => {
  const withdraw = { type: 'withdraw', revision: 1 } as const;
  const asker = (request: MigrationRequest) => request.requester.userId;
  const approvedStart: InState<'approved'> = {
    ...{ status: 'approved', approvals: [approvalBy('U1')], attempts: 0 },
    operation: { name: 'start_job', from: prepared, before: 'check_passed' },
  };
  const modified = given(
    waitFrom(rule, now, {
      ...{ name: 'modify_job', from: created, before: 'created' },
      previous: aRequest(),
    }),
    aJob('created'),
  );

  it('of the request, also of its approved start, is not one of a change of the job', () => {
    const ofRequest = { ...withdraw, operation: 'create_job' } as const;
    expect(decided(modified, asker(modified), ofRequest)).toEqual(
      refused({ code: 'cannot_withdraw' }),
    );
    const started = given(approvedStart, aJob('check_passed'));
    expect(decided(started, asker(started), ofRequest)).toMatchObject({ ok: true });
  });

  it.each<[string, Intent]>([
    ['says so', { ...withdraw, operation: 'modify_job' }],
    ['is older and doesn’t say what it withdraws', withdraw],
  ])('of a change of the job is accepted if its button %s', (_, intent) => {
    expect(decided(modified, asker(modified), intent)).toMatchObject({ ok: true });
  });
});

describe('a change of the job’s parameters', () => {
  const { parameters } = aDraft();
  const to = (changes: Parameters<typeof aDraft>[0], toRule: Rule = rule) => ({
    ...{ origin: 'V8', parameters: aDraft(changes).parameters, reason: 'why' },
    ...{ secrets: {}, observed: {}, sealed: {}, rule: toRule },
  });
  const change = (
    changes: Parameters<typeof aDraft>[0],
    asks: MayRequest = 'yes',
    toRule: Rule = rule,
  ): Intent => ({ type: 'modify_job', revision: 1, to: to(changes, toRule), asks });
  const renamed = { JobName: 'renamed' };
  const request = given(created, aJob('check_failed'), { parameters });

  it.each<[string, MigrationRequest, Intent, object]>([
    ['nothing changes', request, change({}), { code: 'nothing_changed' }],
    [
      'the form showed another revision',
      { ...request, revision: 3 },
      change(renamed),
      { code: 'other_revision', seen: 1, current: 3 },
    ],
    [
      'the status of the job does not allow it',
      given(created, aJob('running'), { parameters }),
      change(renamed),
      {
        ...{ code: 'job_not_ready', operation: 'modify_job' },
        ...{ status: 'running', said: 'said running' },
      },
    ],
    [
      'the new rule belongs to another channel',
      request,
      change(renamed, 'yes', { ...rule, name: 'other', channel: 'C2' }),
      { code: 'other_channel', rule: 'other', channel: 'C2' },
    ],
    [
      'the new rule excludes the requester',
      request,
      change(renamed, 'no'),
      { code: 'may_not_request', rule: rule.name },
    ],
    [
      'the new rule does not name the requester, who is a guest',
      request,
      change(renamed, 'outsider'),
      { code: 'not_a_requester', rule: rule.name },
    ],
    [
      'it is unknown whether the new rule excludes the requester',
      request,
      change(renamed, 'unknown'),
      { code: 'requesters_unknown' },
    ],
  ])('is refused if %s', (_, before, intent, refusal) => {
    expect(decided(before, 'UASK', intent)).toEqual(refused(refusal));
  });

  it.each<[(typeof fixedInJob)[number], Parameters<typeof aDraft>[0]]>([
    ['SrcDatabaseType', { SrcDatabaseType: 'percona' }],
    ['DstDatabaseType', { DstDatabaseType: 'mariadb' }],
    ['DstInfo.Region', { 'DstInfo.Region': 'ap-beijing' }],
    ['Tags', { Tags: 'team=shop' }],
  ])('is refused if it changes %s, which a job keeps', (path, changes) => {
    for (const changed of [changes, { ...renamed, ...changes }]) {
      expect(decided(request, 'UASK', change(changed))).toEqual(
        refused({ code: 'fixed_in_job', path }),
      );
    }
  });

  it('waits for all approvals, and keeps what the job has', () => {
    expect(decided(request, 'UASK', change(renamed))).toMatchObject({
      state: {
        ...{ status: 'pending', approvals: [], since: now },
        operation: {
          ...{ name: 'modify_job', from: created, before: 'check_failed' },
          previous: { parameters, revisedBy: request.revisedBy, rule },
        },
      },
      event: { type: 'edited', operation: 'modify_job', voided: 0 },
      revised: { revision: 2, editors: [] },
    });
  });

  it.each([undefined, 0, 3])('continues the numbers of the job’s %s calls', (attempts) => {
    const state = { ...created, ...(attempts === undefined ? {} : { attempts }) };
    expect(decided({ ...request, state }, 'UASK', change(renamed))).toMatchObject({
      state: { status: 'pending', attempts: attempts ?? 0 },
    });
  });

  it.each([0, 1])('that waits can be changed again, which voids %i approvals', (count) => {
    const { observed, reason, revisedBy, secrets } = request;
    const operation: OperationOnJob = {
      ...{ name: 'modify_job', from: created, before: 'check_failed' },
      previous: { observed, parameters, reason, revisedBy, rule, secrets },
    };
    const approvals = ['U3'].slice(0, count).map(approvalBy);
    const waiting = {
      ...request,
      parameters: aDraft(renamed).parameters,
      state: { ...waitFrom(rule, now, operation, 2), approvals },
    };
    const sooner = { ...rule, expiryMs: 60_000 };
    const intent = change({ JobName: 'again' }, 'yes', sooner);
    expect(decided(waiting, 'U2', intent)).toMatchObject({
      state: {
        ...{ status: 'pending', operation, approvals: [], attempts: 2 },
        expireAt: new Date(now.getTime() + 60_000),
      },
      event: { type: 'edited', operation: 'modify_job', voided: count },
      revised: { revision: 2, editors: ['U2'] },
    });
  });
});

test('requests in doubt wait for approvers as pending ones do, and others don’t', () => {
  const pending = waitFrom(rule, now);
  const doubt = { kind: 'interrupted' } as const;
  const call = { operation: creation, approvals: [approvalBy('U1')], attempt: 1, calledAt: now };
  expect(awaitsApprovers(pending)).toBe(true);
  expect(awaitsApprovers({ status: 'unconfirmed', ...call, doubt, at: now, found: [] })).toBe(true);
  expect(awaitsApprovers({ status: 'launching', ...call })).toBe(false);
  expect(awaitsApprovers(created)).toBe(false);
});

test.each([
  { type: 'check_job', revision: 1 },
  { type: 'stop_job', revision: 1 },
] as const)('refuses $type for a record that was altered', (intent) => {
  const request = given(created, aJob('running'), { altered: ['state'] });
  expect(decided(request, 'U1', intent)).toEqual(
    refused({ code: 'record_altered', parts: ['state'] }),
  );
});
