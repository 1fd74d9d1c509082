import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../src/domain/policy/policy';
import type { Revision } from '../../src/domain/request/change';
import { createJobRules } from '../../src/domain/request/operations/createJob';
import { claim, settle } from '../../src/domain/request/operations/lifeCycle';
import { Secret } from '../../src/domain/secrets/secret';
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

  const quiet = { info() {}, warn() {}, error() {} };
  const clock = manualClock();

  function contextWith(policy: () => Policy, between: Between) {
    const { jobs, rateLimits, requests } = createStore(db, name, () => clock.now());
    const sent: string[] = [];
    let pending: Between | undefined = between;
    const context: ActContext & ProceedContext = {
      clock,
      log: quiet,
      metrics: { event() {}, operationTook() {} },
      store: requests,
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
        findJobs: async () => ({ kind: 'found', jobs: [] }),
        findJobsNamed: async () => ({ kind: 'found', jobs: [] }),
        idleJobs: async () => ({ kind: 'unanswered' }),
        observeJob: async () => ({ kind: 'failed', problem: { kind: 'not_sent', detail: '' } }),
        listJobs: async () => ({ kind: 'listed', jobs: new Map() }),
        changeJob: async () => ({ kind: 'done', result: undefined }),
      },
      jobs,
      turns: createKeyedQueue(),
      callsPerSecond: 20,
      timeoutMs: 1_000,
      settleMs: 1_000,
      random: () => 0.5,
      wakeAnnouncer() {},
      wakeLauncher() {},
    };
    return { context, sent };
  }

  const rule = aRule();
  const policyOf = (required: number): Policy => ({ rules: [], otherwise: aRule({ required }) });
  const usual = policyOf(1);
  const alone = async () => true;
  const revision = (origin: string, password: string): Revision => {
    const { parameters, reason } = aDraft();
    const secrets = { 'SrcInfo.Password': { kind: 'typed' } } as const;
    const sealed = { 'SrcInfo.Password': password };
    return { origin, parameters, reason, secrets, observed: {}, sealed, rule };
  };

  /** An approved request that is about to be launched. */
  async function approved(between: Between, policy = () => usual) {
    const parts = contextWith(policy, between);
    const { store } = parts.context;
    const requester = { userId: 'UASK', name: 'Asker' };
    const asked = { requester, askedIn: undefined, at: clock.now() };
    const request = storedOf(await store.add({ ...revision('V1', 'first'), ...asked }, 1));
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
      await commit(context, requestId, ({ state }, now) =>
        recordIf(settle(createJobRules(), state, settlement, now)),
      );
      const to = revision('V2', 'second');
      const intent = { type: 'edit', revision: 1, to, asks: 'yes' } as const;
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
});
