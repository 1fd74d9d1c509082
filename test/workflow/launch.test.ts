import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../src/domain/policy/policy';
import type { Revision } from '../../src/domain/request/change';
import { createJobRules } from '../../src/domain/request/operations/createJob';
import { claim, settle } from '../../src/domain/request/operations/lifeCycle';
import { Secret } from '../../src/domain/secrets/secret';
import { silentLog } from '../../src/operations/log';
import { createStore } from '../../src/store/createStore';
import type { Database } from '../../src/store/database';
import { type ActContext, act } from '../../src/workflow/act';
import { commit, recordIf } from '../../src/workflow/commit';
import { createKeyedQueue } from '../../src/workflow/keyedQueue';
import { type ProceedContext, proceed } from '../../src/workflow/proceed';
import { aDatabase, openOrFail } from '../support/aDatabase';
import { aDraft } from '../support/aForm';
import { aRule } from '../support/aRule';
import { manualClock } from '../support/manualClock';
import { databases } from '../support/startTestFerry';
import { storedOf } from '../support/storedOf';

/** A change by another process between opening the secrets and claiming the request. */
type Between = (context: ActContext & ProceedContext, id: number) => Promise<void>;

describe.each(databases)('on %s, a launch', (name) => {
  let folder: string;
  let db: Database;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ferry-launch-'));
    db = await openOrFail(await aDatabase(name, folder));
  });
  afterEach(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });

  const clock = manualClock();

  function contextWith(policy: () => Policy, between: Between) {
    const { announcements, jobs, rateLimits, requests } = createStore(db, name, () => clock.now());
    const sent: string[] = [];
    let pending: Between | undefined = between;
    const context: ActContext & ProceedContext = {
      clock,
      log: silentLog,
      metrics: { measure() {} },
      store: requests,
      announcements,
      rateLimits: {
        async takeTurn(...rest) {
          const now = pending;
          pending = undefined;
          await now?.(context, 1);
          return rateLimits.takeTurn(...rest);
        },
      },
      directory: {
        person: async (userId) => ({ name: userId, standing: 'member' }),
        isAmong: async () => 'yes',
        standing: async () => 'member',
        sees: async () => 'yes',
      },
      policy,
      secretRules: () => [],
      secretReader: { read: async () => ({ ok: false, cause: { kind: 'not_set' } }) },
      vault: {
        seal: async () => '',
        open: async (sealed) => ({ ok: true, secret: new Secret(sealed) }),
        openEarlier: async () => ({ ok: false, reason: 'elsewhere' }),
      },
      service: {
        async createMigrateJob(_, secrets) {
          sent.push(secrets['SrcInfo.Password']?.reveal() ?? '');
          const result = { jobId: `dts-${sent.length}`, requestId: 'r' };
          return { kind: 'done', result };
        },
        findJobs: async () => ({ kind: 'found', jobs: [], areOlder: false }),
        findJobsNamed: async () => ({ kind: 'found', jobs: [] }),
        idleJobs: async () => ({ kind: 'unanswered' }),
        observeJob: async () => ({ kind: 'failed', problem: { kind: 'not_sent', detail: '' } }),
        listJobs: async () => ({ kind: 'listed', jobs: new Map() }),
        changeJob: async () => ({ kind: 'done', result: undefined }),
        modifyJob: async () => ({ kind: 'done', result: undefined }),
      },
      jobs,
      turns: createKeyedQueue(),
      callsPerSecond: 20,
      timeoutMs: 1_000,
      settleMs: 1_000,
      random: () => 0.5,
      endHeadStart() {},
      wakeAnnouncer() {},
      wakeLauncher() {},
    };
    return { context, sent };
  }

  const rule = aRule();
  const policyOf = (required: number): Policy => ({ rules: [], otherwise: aRule({ required }) });
  const usual = policyOf(1);
  const alone = async () => true;
  const nothing: Between = async () => {};
  const revision = (
    origin: string,
    password: string,
    entries?: Parameters<typeof aDraft>[0],
  ): Revision => {
    const { parameters, reason } = aDraft(entries);
    const secrets = { 'SrcInfo.Password': { kind: 'typed' } } as const;
    const sealed = { 'SrcInfo.Password': password };
    return { origin, parameters, reason, secrets, observed: {}, sealed, rule };
  };

  /** An approved request that is about to be launched. */
  async function approved(
    between: Between,
    policy = () => usual,
    entries?: Parameters<typeof aDraft>[0],
  ) {
    const parts = contextWith(policy, between);
    const { store } = parts.context;
    const requester = { userId: 'UASK', name: 'Asker' };
    const asked = { requester, askedIn: undefined, at: clock.now() };
    const request = storedOf(await store.add({ ...revision('V1', 'first', entries), ...asked }, 1));
    const intent = { type: 'approve', revision: 1 } as const;
    await act(parts.context, {
      requestId: request.id,
      userId: 'UYES',
      intent,
      delivery: 'approve',
    });
    return { ...parts, id: request.id };
  }

  it('sends the opened secrets if nothing changed, or only an attempt was refused', async () => {
    const refuse: Between = async (context, requestId) => {
      const intent = { type: 'approve', revision: 1 } as const;
      await act(context, { requestId, userId: 'ULATE', intent, delivery: 'late' });
    };
    const { context, id, sent } = await approved(refuse);
    await proceed(context, id, alone);
    expect(sent).toEqual(['first']);
    expect((await context.store.find(id))?.state.status).toBe('created');
  });

  it('does not send the password of an earlier form', async () => {
    const failAndEdit: Between = async (context, requestId) => {
      const problem = {
        kind: 'refused',
        code: 'InternalError',
        message: '',
        requestId: 'r',
      } as const;
      const outcome = { kind: 'failed', problem } as const;
      const settlement = { operation: 'create_job', attempt: 1, outcome } as const;
      await commit(context, requestId, ({ state }, now) => recordIf(claim(state, now)));
      await commit(context, requestId, ({ rule, state }, at) =>
        recordIf(settle(createJobRules(), state, settlement, { at, rule, settleMs: 120_000 })),
      );
      const to = revision('V2', 'second');
      const intent = { type: 'edit', revision: 1, to, asks: 'yes', retries: 'yes' } as const;
      const result = await act(context, { requestId, userId: 'UASK', intent, delivery: 'edit' });
      expect(result).toMatchObject({ ok: true, request: { revision: 1, revisedBy: 'V2' } });
    };
    const { context, id, sent } = await approved(failAndEdit);
    await proceed(context, id, alone);
    expect(sent).toEqual([]);
    await clock.advance(1_000);
    await proceed(context, id, alone);
    expect(sent).toEqual(['second']);
  });

  it('is not made once the request is withdrawn', async () => {
    const withdraw: Between = async (context, requestId) => {
      const intent = { type: 'withdraw', revision: 1 } as const;
      await act(context, { requestId, userId: 'UASK', intent, delivery: 'withdraw' });
    };
    const { context, id, sent } = await approved(withdraw);
    await proceed(context, id, alone);
    expect(sent).toEqual([]);
    expect((await context.store.find(id))?.state.status).toBe('withdrawn');
  });

  it('is not made if the policy was reloaded since its approvals were checked', async () => {
    let policy = policyOf(1);
    const reload: Between = async () => {
      policy = policyOf(2);
    };
    const { context, id, sent } = await approved(reload, () => policy);
    await proceed(context, id, alone);
    expect(sent).toEqual([]);
    expect((await context.store.find(id))?.state).toMatchObject({
      status: 'pending',
      approvals: [{ by: { userId: 'UYES' } }],
    });
  });

  it('checks the approvals again after it waited for its turn', async () => {
    let standing: 'member' | 'deactivated' = 'member';
    const leave: Between = async () => {
      standing = 'deactivated';
      await clock.advance(10_000);
    };
    const { context, id, sent } = await approved(leave);
    const directory = {
      ...context.directory,
      person: async (userId: string) => ({
        name: userId,
        standing: userId === 'UYES' ? standing : 'member',
      }),
    };
    await proceed({ ...context, directory }, id, alone);
    expect(sent).toEqual([]);
    expect((await context.store.find(id))?.state).toMatchObject({
      status: 'pending',
      approvals: [],
    });
  });

  it('prepares again if the policy was reloaded while its secrets were opened', async () => {
    let policy = policyOf(1);
    const { context, id, sent } = await approved(nothing, () => policy);
    let opened = 0;
    const vault = {
      ...context.vault,
      async open(sealed: string) {
        opened += 1;
        // The same rules again, for example with other secrets.
        if (opened === 1) policy = policyOf(1);
        return { ok: true, secret: new Secret(sealed) } as const;
      },
    };
    await proceed({ ...context, vault }, id, alone);
    expect(sent).toEqual([]);
    expect((await stateOf(context, id)).status).toBe('approved');
    await clock.advance(1_000);
    await proceed({ ...context, vault }, id, alone);
    expect(sent).toEqual(['first']);
    expect(opened).toBe(2);
  });

  const stateOf = async ({ store }: ProceedContext, id: number) => {
    const request = await store.find(id);
    if (request === undefined) throw new Error('the request is missing');
    return request.state;
  };

  it('is retried after delays that double, and fails after five calls that did not arrive', async () => {
    const { context, id } = await approved(nothing);
    let calls = 0;
    const problem = { kind: 'not_sent', detail: 'ECONNREFUSED' } as const;
    const service = {
      ...context.service,
      async createMigrateJob() {
        calls += 1;
        return { kind: 'failed', problem } as const;
      },
    };
    const delays: number[] = [];
    for (;;) {
      await proceed({ ...context, service }, id, alone);
      const state = await stateOf(context, id);
      if (state.status !== 'approved' || state.retry === undefined) break;
      expect(state.retry.problem).toEqual(problem);
      const delayMs = state.retry.at.getTime() - clock.now().getTime();
      delays.push(delayMs);
      await clock.advance(delayMs);
    }
    expect(delays).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(calls).toBe(5);
    expect(await stateOf(context, id)).toMatchObject({ status: 'failed', problem });
  });

  it('is not retried after a rejection', async () => {
    const { context, id } = await approved(nothing);
    const problem = {
      kind: 'refused',
      code: 'InvalidParameter',
      message: '',
      requestId: 'r',
    } as const;
    const service = {
      ...context.service,
      createMigrateJob: async () => ({ kind: 'failed', problem }) as const,
    };
    await proceed({ ...context, service }, id, alone);
    expect(await stateOf(context, id)).toMatchObject({ status: 'failed', problem });
  });

  it('is not made by a process that no longer holds the request', async () => {
    const { context, id } = await approved(nothing);
    const allowed: boolean[] = [];
    const service: ProceedContext['service'] = {
      ...context.service,
      async createMigrateJob(_parameters, _secrets, _abandon, sending) {
        allowed.push((await sending?.mayBegin()) ?? true);
        return { kind: 'failed', problem: { kind: 'not_sent', detail: '' } };
      },
    };
    await proceed({ ...context, service }, id, async () => false);
    expect(allowed).toEqual([false]);
    await clock.advance(2_000);
    await proceed({ ...context, service }, id, alone);
    expect(allowed).toEqual([false, true]);
  });

  it('is not made if the start time passes while it waits for its turn to call', async () => {
    const startsAt = Math.ceil(clock.now().getTime() / 60_000) * 60 + 60;
    const { context, id } = await approved(nothing, undefined, {
      'MigrateOption.RunMode': '2',
      'MigrateOption.ExpectTime': String(startsAt),
    });
    const allowed: (boolean | undefined)[] = [];
    const service: ProceedContext['service'] = {
      ...context.service,
      async createMigrateJob(_parameters, _secrets, _abandon, sending) {
        allowed.push(await sending?.mayBegin());
        await clock.advance(startsAt * 1_000 - clock.now().getTime());
        allowed.push(await sending?.mayBegin());
        return { kind: 'failed', problem: { kind: 'not_sent', detail: '' } };
      },
    };
    await proceed({ ...context, service }, id, alone);
    expect(allowed).toEqual([true, false]);
    await clock.advance(2_000);
    await proceed({ ...context, service }, id, alone);
    expect(await stateOf(context, id)).toMatchObject({
      status: 'failed',
      problem: { kind: 'start_time_passed' },
    });
    expect(allowed).toHaveLength(2);
  });

  describe('without an answer', () => {
    const job = { jobId: 'dts-found', createTime: '2026-01-01 08:00:00' };

    /** Searches until the request leaves doubt. Returns the time of each search, in s. */
    async function searches(find: (search: number) => readonly (typeof job)[]) {
      const { context, id } = await approved(nothing);
      const times: number[] = [];
      const from = clock.now().getTime();
      const service: ProceedContext['service'] = {
        ...context.service,
        createMigrateJob: async () => ({
          kind: 'unknown',
          doubt: { kind: 'no_answer', detail: 'reset' },
        }),
        async findJobs() {
          times.push((clock.now().getTime() - from) / 1_000);
          return { kind: 'found', jobs: [...find(times.length)], areOlder: false };
        },
      };
      const patient = { ...context, service, settleMs: 120_000 };
      for (let rounds = 0; rounds < 20; rounds += 1) {
        await proceed(patient, id, alone);
        const state = await stateOf(context, id);
        if (state.status === 'reconciling')
          await clock.advance(Math.max(0, state.lookAt.getTime() - clock.now().getTime()));
        else if (state.status !== 'launching') break;
      }
      return { state: await stateOf(context, id), times };
    }

    it('is searched for at once, and then after doubling delays up to half a minute', async () => {
      const { state, times } = await searches(() => []);
      expect(times).toEqual([0, 2, 6, 14, 30, 60, 90, 120]);
      expect(state).toMatchObject({ status: 'unconfirmed', found: [] });
    });

    it('is found by a search', async () => {
      const { state, times } = await searches((search) => (search === 3 ? [job] : []));
      expect(times).toEqual([0, 2, 6]);
      expect(state).toMatchObject({ status: 'created', jobId: job.jobId });
    });

    it('is left to people if two jobs match', async () => {
      const other = { ...job, jobId: 'dts-other' };
      const { state } = await searches(() => [job, other]);
      expect(state).toMatchObject({ status: 'unconfirmed', found: [job, other] });
    });
  });
});
