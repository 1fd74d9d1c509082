import type { Membership } from '../../src/domain/people/person';
import type { MayRequest } from '../../src/domain/request/asking';
import { creation } from '../../src/domain/request/operations/operation';
import type { InState, MigrationRequest, RequestState } from '../../src/domain/request/request';
import { needsSecrets } from '../../src/domain/request/states';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { type ActorFacts, decideAs } from '../support/decideAs';

const now = new Date('2026-05-04T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

const inState = (state: RequestState, required = 1): MigrationRequest =>
  aRequest({ rule: aRule({ required }), state });
const anActor = (userId: string, facts: Partial<ActorFacts> = {}): ActorFacts => ({
  userId,
  name: userId,
  standing: 'member',
  listed: 'yes',
  from: [],
  today: { rule: aRule(), approvers: new Map() },
  ...facts,
});
const approval = (userId: string) => ({
  by: { userId, name: userId },
  at: now,
  revision: 1,
  from: [],
  confirmed: false,
});
const pending: InState<'pending'> = {
  status: 'pending',
  operation: creation,
  approvals: [],
  attempts: 0,
  reminders: 0,
};
const approved: InState<'approved'> = {
  status: 'approved',
  operation: creation,
  approvals: [approval('UYES')],
  attempts: 0,
};
const launching: InState<'launching'> = {
  status: 'launching',
  operation: creation,
  approvals: [approval('UYES')],
  attempt: 1,
  calledAt: now,
};
const unconfirmed: InState<'unconfirmed'> = {
  status: 'unconfirmed',
  operation: creation,
  approvals: [approval('UYES')],
  attempt: 1,
  calledAt: now,
  doubt: { kind: 'interrupted' },
  at: now,
  found: [
    { jobId: 'dts-1', createTime: '2026-05-04 18:00:00' },
    { jobId: 'dts-2', createTime: '2026-05-04 18:00:01' },
  ],
};
const approve = (request: MigrationRequest, by: ActorFacts, at = now, revision = 1) =>
  decideAs(request, by, { type: 'approve', revision }, at);

describe('who may decide', () => {
  it.each([
    ['the requester, even one on every list', anActor('UASK'), 'own_request'],
    ['a guest', anActor('U1', { standing: 'guest' }), 'guest'],
    ['an external person', anActor('U1', { standing: 'external' }), 'external'],
    ['a deactivated person', anActor('U1', { standing: 'deactivated' }), 'deactivated'],
    ['an app', anActor('U1', { standing: 'bot' }), 'bot'],
    [
      'a person about whom Slack does not answer',
      anActor('U1', { standing: 'unknown' }),
      'person_unknown',
    ],
    ['a member who is not an approver', anActor('U1', { listed: 'no' }), 'not_an_approver'],
    [
      'a member whose list cannot be read',
      anActor('U1', { listed: 'unknown' }),
      'approvers_unknown',
    ],
  ])('not %s', (_, by, code) => {
    const refusal = { ok: false, refusal: { code } };
    expect(approve(inState(pending), by)).toEqual(refusal);
    const denial = { type: 'deny', revision: 1, reason: 'no' } as const;
    const ofList: Record<string, object> = {
      not_an_approver: { code: 'not_allowed', action: 'deny' },
      approvers_unknown: { code: 'list_unknown' },
    };
    expect(decideAs(inState(pending), by, denial, now)).toEqual({
      ok: false,
      refusal: ofList[code] ?? { code },
    });
    for (const type of ['look_again', 'try_again'] as const) {
      expect(decideAs(inState(unconfirmed), by, { type, revision: 1 }, now)).toEqual({
        ...{ ok: false, refusal: { code: code === 'own_request' ? 'own_outcome' : code } },
      });
    }
  });

  it('requesters whom the rule lists as deniers may deny', () => {
    const denial = { type: 'deny', revision: 1, reason: 'no' } as const;
    const own = { ok: false, refusal: { code: 'own_request' } };
    const rule = aRule({ deniers: [{ kind: 'requester' }] });
    const request = { ...inState(pending), rule };
    const by = { ...anActor('UASK'), today: { rule, approvers: new Map() } };
    expect(decideAs(request, by, denial, now)).toMatchObject({ ok: true });
    expect(approve(request, by)).toEqual(own);
    const named = aRule({ deniers: [{ kind: 'user', userId: 'UASK' }] });
    const other = { ...by, today: { rule: named, approvers: new Map() } };
    expect(decideAs({ ...request, rule: named }, other, denial, now)).toEqual(own);
  });

  it.each([
    [true, undefined, false],
    [true, 'cdb-other', false],
    [true, '', false],
    [true, ' ', false],
    [true, aDraft().parameters.DstInfo.InstanceId, true],
    [true, ` ${aDraft().parameters.DstInfo.InstanceId} `, true],
    [false, undefined, true],
    [false, 'cdb-other', true],
  ])(
    'an approver who confirms the target, if the rule demands it (%s): %j',
    (demands, destination, isAccepted) => {
      const rule = aRule({ confirmDestination: demands, breakGlass: aRule().approvers });
      const request = aRequest({ rule, state: pending });
      const by = anActor('UYES', { today: { rule, approvers: new Map() } });
      const typed = destination === undefined ? {} : { destination };
      const isTyped = destination !== undefined && destination.trim() !== '';
      const code = isTyped ? 'destination_not_confirmed' : 'destination_missing';
      const refusal = { ok: false, refusal: { code } };
      const accepted = { ok: true, state: { status: 'approved' } };
      const expected = isAccepted ? accepted : refusal;
      const approval = { type: 'approve', revision: 1, ...typed } as const;
      expect(decideAs(request, by, approval, now)).toMatchObject(expected);
      const emergency = { type: 'break_glass', reason: 'fire', revision: 1, ...typed } as const;
      expect(decideAs(request, by, emergency, now)).toMatchObject(expected);
    },
  );

  it.each([
    ['UOTHER', ['UYES', 'UOTHER']],
    ['UYES', ['UYES']],
  ])(
    'an emergency approval keeps an earlier one of %s, but none of the same person',
    (earlier, kept) => {
      const rule = aRule({ required: 3, breakGlass: aRule().approvers });
      const given = {
        by: { userId: earlier, name: '' },
        at: now,
        revision: 1,
        from: [],
        confirmed: false,
      };
      const request = aRequest({ rule, state: { ...pending, approvals: [given] } });
      const by = anActor('UYES', { today: { rule, approvers: new Map() } });
      const intent = { type: 'break_glass', reason: 'fire', revision: 1 } as const;
      const decided = decideAs(request, by, intent, now);
      expect(decided).toMatchObject({
        state: { approvals: kept.map((userId) => ({ by: { userId } })) },
      });
    },
  );

  it('an emergency approver with a reason, which the log keeps without blanks at its ends', () => {
    const rule = aRule({ breakGlass: aRule().approvers });
    const by = anActor('UYES', { today: { rule, approvers: new Map() } });
    const reasoned = (reason: string) =>
      decideAs(
        aRequest({ rule, state: pending }),
        by,
        { type: 'break_glass', reason, revision: 1 },
        now,
      );
    expect(reasoned(' ')).toEqual({ ok: false, refusal: { code: 'reason_missing' } });
    expect(reasoned(' fire ')).toMatchObject({
      state: { approvals: [{ from: [], breakGlass: 'fire' }] },
      event: { type: 'break_glass', reason: 'fire' },
    });
  });

  it('an approver with a comment, unless it is blank', () => {
    const said = (comment?: string) => {
      const typed = comment === undefined ? {} : { comment };
      const intent = { type: 'approve', revision: 1, ...typed } as const;
      return decideAs(inState(pending, 2), anActor('U1'), intent, now);
    };
    expect(said(' fine ')).toMatchObject({
      state: { approvals: [{ comment: 'fine' }] },
      event: { comment: 'fine' },
    });
    for (const decided of [said(), said(' ')]) {
      expect(decided).not.toHaveProperty('event.comment');
      expect(decided).not.toHaveProperty('state.approvals.0.comment');
    }
  });

  it('no approver whose membership in a list is unknown', () => {
    const list = (userId: string) => [{ kind: 'user', userId }] as const;
    const rule = aRule({ required: 2, oneFromEach: [list('U1'), list('U2')] });
    const request = aRequest({ rule, state: pending });
    const answered = (...from: readonly Membership[]) =>
      approve(request, anActor('U1', { from, today: { rule, approvers: new Map() } }));
    const unknown = { ok: false, refusal: { code: 'approvers_unknown' } };
    expect(answered('yes', 'unknown')).toEqual(unknown);
    expect(answered('unknown', 'no')).toEqual(unknown);
    expect(answered('yes', 'no')).toMatchObject({ ok: true, state: { status: 'pending' } });
  });

  it('an approver who saw the current revision', () => {
    expect(approve(inState(pending), anActor('UYES'))).toMatchObject({
      ok: true,
      state: { status: 'approved', approvals: [{ by: { userId: 'UYES' } }], attempts: 0 },
      event: { type: 'approved', count: 1, required: 1, isEnough: true },
    });
    expect(approve(inState(pending), anActor('UYES'), now, 2)).toEqual({
      ok: false,
      refusal: { code: 'other_revision', seen: 2, current: 1 },
    });
  });

  it('nobody a second time; the refusal names the first person', () => {
    const refusal = {
      code: 'already_decided',
      decision: 'approved',
      by: 'UYES',
      others: [],
      at: now,
    };
    for (const state of [approved, launching, unconfirmed]) {
      expect(approve(inState(state), anActor('U2'), later(5))).toEqual({ ok: false, refusal });
      expect(approve(inState(state), anActor('UYES'), later(5))).toEqual({
        ok: false,
        refusal: { code: 'already_decided_by_you', decision: 'approved', at: now },
      });
    }
  });

  it('nobody without a reason for a denial', () => {
    const denial = { type: 'deny', revision: 1, reason: ' ' } as const;
    expect(decideAs(inState(pending), anActor('U2'), denial, now)).toEqual({
      ok: false,
      refusal: { code: 'reason_missing' },
    });
  });

  it('each person once towards the quorum', () => {
    const first = approve(inState(pending, 2), anActor('U1'));
    if (!first.ok) throw new Error('refused');
    expect(first.state).toMatchObject({ status: 'pending' });
    expect(first.event).toEqual({
      type: 'approved',
      count: 1,
      required: 2,
      missing: { count: 1, lists: [] },
    });
    const halfway = inState(first.state, 2);
    expect(approve(halfway, anActor('U1'))).toEqual({
      ok: false,
      refusal: { code: 'already_approved_by_you' },
    });
    expect(approve(halfway, anActor('U2'))).toEqual({
      ok: false,
      refusal: { code: 'approvers_unknown' },
    });
    const approvers = new Map([['U1', { standing: 'member', listed: 'yes', from: [] } as const]]);
    const today = { rule: halfway.rule, approvers };
    expect(approve(halfway, anActor('U2', { today }))).toMatchObject({
      ok: true,
      state: { status: 'approved' },
    });
    // The policy now requires one approval, which there is. The next one decides.
    const enough = inState(first.state, 1);
    const approved = approve(enough, anActor('U1', { today: { ...today, rule: enough.rule } }));
    expect(approved).toMatchObject({ ok: true, state: { status: 'approved' } });
    expect(approved.ok && approved.state).toMatchObject({ approvals: [{ by: { userId: 'U1' } }] });
  });
});

describe('a revision that is not the current one', () => {
  const rule = aRule({ breakGlass: [{ kind: 'user', userId: 'U1' }] });
  const to = {
    origin: 'V8',
    parameters: aDraft({ JobName: 'renamed' }).parameters,
    reason: 'why',
    secrets: { 'SrcInfo.Password': { kind: 'typed' } },
    observed: {},
    sealed: {},
    rule,
  } as const;
  const failed: RequestState = {
    status: 'failed',
    approvals: [approval('UYES')],
    problem: { kind: 'not_sent', detail: '' },
    at: now,
  };
  const typedNowhere = { 'SrcInfo.Password': { kind: 'env', name: 'ORDERS' } } as const;
  const actor = anActor('U1', { today: { rule, approvers: new Map() } });

  it.each([
    [{ type: 'approve' }, pending],
    [{ type: 'break_glass', reason: 'fire' }, pending],
    [{ type: 'deny', reason: 'no' }, pending],
    [{ type: 'edit', to, asks: 'yes', retries: 'yes' }, pending],
    [{ type: 'edit', to, asks: 'yes', retries: 'yes' }, failed],
    [{ type: 'try_again' }, failed],
  ] as const)('refuses an action on it (%#)', (intent, state) => {
    const request = aRequest({ rule, state, revision: 2, secrets: typedNowhere });
    const seen = (revision: number) => decideAs(request, actor, { ...intent, revision }, now);
    for (const other of [1, 3]) {
      const refusal = { code: 'other_revision', seen: other, current: 2 };
      expect(seen(other)).toEqual({ ok: false, refusal });
    }
    expect(seen(2)).toMatchObject({ ok: true });
  });

  it('keeps an approval from being revoked', () => {
    const state: RequestState = { ...pending, approvals: [{ ...approval('U1'), revision: 2 }] };
    const request = aRequest({ rule: aRule({ required: 2 }), state, revision: 2 });
    const seen = (revision: number) =>
      decideAs(request, actor, { type: 'take_back', revision }, now);
    expect(seen(1)).toMatchObject({ ok: false, refusal: { code: 'other_revision' } });
    expect(seen(2)).toMatchObject({ ok: true, state: { approvals: [] } });
  });
});

describe('an edit', () => {
  const changed = (name: string, asks: MayRequest = 'yes', rule = aRule()) => {
    const { parameters } = aDraft({ JobName: name });
    const secrets = { 'SrcInfo.Password': { kind: 'typed' } } as const;
    const to = { origin: 'V8', parameters, reason: 'why', secrets, observed: {}, sealed: {}, rule };
    return { type: 'edit', revision: 1, to, asks, retries: 'yes' } as const;
  };
  const approvals = ['U2', 'U3', 'U4'].map(approval);

  it.each([0, 1, 2, 3])('says that it voids %i approvals', (count) => {
    const state: RequestState = { ...pending, approvals: approvals.slice(0, count) };
    expect(
      decideAs(inState(state, 4), anActor('UASK'), changed('renamed'), later(60)),
    ).toMatchObject({
      ok: true,
      state: { status: 'pending', approvals: [], since: later(60) },
      event: { type: 'edited', voided: count },
      revised: { revision: 2, editors: [] },
    });
  });

  it('makes everyone but the requester an editor, the newest last and each once', () => {
    const edited = (by: string, editors: string[]) =>
      decideAs({ ...inState(pending), editors }, anActor(by), changed('renamed'), now);
    expect(edited('UASK', ['U1'])).toMatchObject({ revised: { editors: ['U1'] } });
    expect(edited('U2', ['U1'])).toMatchObject({ revised: { editors: ['U1', 'U2'] } });
    expect(edited('U1', ['U1', 'U2'])).toMatchObject({ revised: { editors: ['U2', 'U1'] } });
  });

  it.each([
    ['changes nothing', changed('example'), { code: 'nothing_changed' }],
    [
      'needs a rule that excludes the requester',
      changed('renamed', 'no'),
      { code: 'may_not_request', rule: aRule().name },
    ],
    [
      'needs a rule that does not name the requester, who is a guest',
      changed('renamed', 'outsider'),
      { code: 'not_a_requester', rule: aRule().name },
    ],
    [
      'needs a rule whose requesters are unknown',
      changed('renamed', 'unknown'),
      { code: 'requesters_unknown' },
    ],
    [
      'belongs to another channel',
      changed('renamed', 'yes', aRule({ name: 'other', channel: 'C2' })),
      { code: 'other_channel', rule: 'other', channel: 'C2' },
    ],
  ])('is refused when it %s', (_, intent, refusal) => {
    const request = { ...inState(pending), parameters: aDraft({ JobName: 'example' }).parameters };
    expect(decideAs(request, anActor('UASK'), intent, now)).toEqual({ ok: false, refusal });
  });

  it('may move a request to its rule’s channel after the policy changed the channel', () => {
    const request = { ...inState(pending), channel: 'C1', rule: aRule({ channel: 'C2' }) };
    for (const channel of ['C1', 'C2']) {
      const to = changed('renamed', 'yes', aRule({ channel }));
      expect(decideAs(request, anActor('UASK'), to, now)).toMatchObject({ ok: true });
    }
  });

  const early = aRule({ name: 'early', approve: 'before_start' });
  const prepared: InState<'prepared'> = {
    ...{ status: 'prepared', approvals: [approval('U2')], jobId: 'dts-1', at: now, since: now },
    reminders: 0,
  };
  const seenJob = { api: '2021-12-06', said: '', steps: [], errors: [] } as const;
  const withJob = (status: 'created' | 'deleted', attempts?: number): MigrationRequest => ({
    ...inState({ ...prepared, ...(attempts === undefined ? {} : { attempts }) }),
    job: { ...seenJob, status, since: now, seenAt: now },
  });

  it.each([undefined, 4])(
    'deletes a job that was created before approval: %s calls',
    (attempts) => {
      const request = withJob('created', attempts);
      const create = { status: 'approved', operation: creation, approvals: [] } as const;
      const decision = decideAs(request, anActor('U9'), changed('renamed'), later(9));
      expect(decision).toMatchObject({
        state: {
          ...{ status: 'discarding', jobId: 'dts-1', at: later(9) },
          region: request.parameters.DstInfo.Region,
          next: { ...create, attempts: attempts ?? 0 },
        },
        event: { type: 'edited', voided: 1, discards: true },
        revised: { revision: 2, editors: ['U9'] },
      });
      expect(decision).not.toHaveProperty('event.automatic');
    },
  );

  it('waits for approval if that job was deleted', () => {
    const decision = decideAs(withJob('deleted', 4), anActor('U9'), changed('renamed'), later(9));
    expect(decision).toMatchObject({
      state: { status: 'pending', operation: creation, approvals: [], attempts: 4 },
      event: { type: 'edited', voided: 1 },
    });
    expect(decision).not.toHaveProperty('event.discards');
  });

  it.each([pending, { ...pending, attempts: 4 }])(
    'creates the job at once if its new rule says so: %j',
    (state) => {
      const to = changed('renamed', 'yes', early);
      expect(decideAs(inState(state), anActor('UASK'), to, now)).toMatchObject({
        state: {
          ...{ status: 'approved', operation: creation, approvals: [] },
          attempts: state.attempts,
        },
        event: { type: 'edited', voided: 0, automatic: 'early' },
      });
    },
  );

  it('keeps the approvals of a failed request only if just the password is new', () => {
    const state: InState<'failed'> = {
      status: 'failed',
      approvals: [approval('U2')],
      problem: { kind: 'not_sent', detail: '' },
      at: now,
      attempts: 3,
    };
    const parameters = aDraft({ JobName: 'example' }).parameters;
    const failed = { ...inState(state), parameters };
    const sent = (request: MigrationRequest, name: string, retries: Membership = 'yes') => {
      const intent = changed(name);
      const to = { ...intent.to, sealed: { 'SrcInfo.Password': 'sealed' } };
      return decideAs(request, anActor('U9'), { ...intent, to, retries }, now);
    };
    expect(sent(failed, 'example')).toMatchObject({
      state: { status: 'approved', approvals: [{ by: { userId: 'U2' } }], attempts: 3 },
      event: { type: 'edited', voided: 0, isRetry: true },
      revised: { revision: 1, editors: [] },
    });
    const { attempts: _, ...older } = state;
    expect(sent({ ...failed, state: older }, 'example')).toMatchObject({ state: { attempts: 0 } });
    expect(sent({ ...failed, state: older }, 'renamed')).toMatchObject({ state: { attempts: 0 } });
    // A retry stays under the rule that people approved.
    const rule = aRule({ name: 'approved' });
    expect(sent({ ...failed, rule }, 'example')).toMatchObject({ revised: { rule } });
    expect(sent(failed, 'renamed')).toMatchObject({
      state: { status: 'pending', approvals: [], attempts: 3 },
      event: { type: 'edited', voided: 1 },
      revised: { revision: 2, editors: ['U9'] },
    });
    // A person who may not retry the request may still ask for approvals with the new password.
    expect(sent(failed, 'example', 'no')).toMatchObject({
      state: { status: 'pending', approvals: [], attempts: 3 },
      event: { type: 'edited', voided: 1 },
      revised: { revision: 2, editors: ['U9'] },
    });
    expect(sent(failed, 'example', 'unknown')).toEqual({
      ok: false,
      refusal: { code: 'list_unknown' },
    });
    const unchanged = decideAs(failed, anActor('U9'), changed('example'), now);
    expect(unchanged).toEqual({ ok: false, refusal: { code: 'nothing_changed' } });
    // Altered parts were never approved in their current form.
    expect(sent({ ...failed, altered: ['parameters'] }, 'example')).not.toMatchObject({
      state: { status: 'approved' },
    });
  });
});

it.each([
  [3, 3],
  // Stored by an earlier version.
  [undefined, 0],
])('a retry of a failed request continues the numbers of its calls: %s', (made, attempts) => {
  const problem = { kind: 'not_sent', detail: '' } as const;
  const state: RequestState = {
    ...{ status: 'failed', approvals: [approval('U2')], problem, at: now },
    ...(made === undefined ? {} : { attempts: made }),
  };
  const request = { ...inState(state), secrets: {} };
  const decision = decideAs(request, anActor('U9'), { type: 'try_again', revision: 1 }, now);
  expect(decision).toMatchObject({ state: { status: 'approved', attempts } });
});

describe('a request with an unknown outcome', () => {
  it('is resolved by an approver: search again, choose a job, or create it', () => {
    const by = anActor('U2');
    const outcomeOf = (intent: Parameters<typeof decideAs>[2]) =>
      decideAs(inState(unconfirmed), by, intent, later(5));
    expect(outcomeOf({ type: 'look_again', revision: 1 })).toMatchObject({
      state: { status: 'reconciling', lookAt: later(5), settledAt: later(5) },
    });
    expect(outcomeOf({ type: 'choose_job', revision: 1, jobId: 'dts-2' })).toMatchObject({
      state: { status: 'created', jobId: 'dts-2' },
    });
    expect(outcomeOf({ type: 'choose_job', revision: 1, jobId: 'dts-3' })).toEqual({
      ok: false,
      refusal: { code: 'no_such_job', jobId: 'dts-3' },
    });
    expect(outcomeOf({ type: 'try_again', revision: 1, attempt: 1 })).toMatchObject({
      state: { status: 'approved', attempts: 1 },
    });
    // “Try again” on the card of a failed call names none.
    for (const named of [{}, { attempt: 0 }, { attempt: 2 }]) {
      expect(outcomeOf({ type: 'try_again', revision: 1, ...named })).toEqual({
        ok: false,
        refusal: { code: 'other_attempt' },
      });
    }
    for (const seen of [0, 2]) {
      expect(outcomeOf({ type: 'try_again', revision: seen, attempt: 1 })).toEqual({
        ok: false,
        refusal: { code: 'other_revision', seen, current: 1 },
      });
    }
    const settled = decideAs(inState(approved), by, { type: 'try_again', revision: 1 }, now);
    expect(settled).toEqual({ ok: false, refusal: { code: 'not_failed' } });
  });
});

it('needs the password only until the call was made', () => {
  expect(needsSecrets(pending)).toBe(true);
  expect(needsSecrets(launching)).toBe(true);
  expect(
    needsSecrets({ status: 'denied', by: { userId: 'U', name: 'U' }, at: now, reason: 'r' }),
  ).toBe(false);
});
