import type { CallProblem } from '../../src/domain/errors/callProblem';
import type { JobStatus, ObservedJob } from '../../src/domain/job/job';
import type { Measurement } from '../../src/domain/measure/measurement';
import type { JobLook } from '../../src/domain/request/operations/changeJob';
import type { Operation } from '../../src/domain/request/operations/operation';
import type { InState, MigrationRequest } from '../../src/domain/request/request';
import { Secret } from '../../src/domain/secrets/secret';
import { callOnJob } from '../../src/workflow/operations/changeJob';
import { createJobSteps } from '../../src/workflow/operations/createJob';
import { proceed } from '../../src/workflow/proceed';
import { aRule } from '../support/aRule';
import { contextOn, notReached, type WholeContext } from '../support/contextOn';
import { limitsDuring } from '../support/limitsDuring';
import {
  type Asked,
  aSeenJob,
  began,
  bobsApproval,
  minutes,
  type StoreOn,
  storeOn,
} from '../support/storeOn';

let store: StoreOn;
let on: ReturnType<typeof contextOn>;
let calls: string[];
let look: JobLook;

const seenAs = (status: JobStatus, more: Partial<ObservedJob> = {}): ObservedJob => {
  const { since: _, seenAt: __, ...seen } = aSeenJob(status);
  return { ...seen, ...more };
};
const sees = (job: ObservedJob): JobLook => ({ kind: 'seen', job, settings: {} });
const failed = { kind: 'failed', problem: notReached } as const;
const refusedAs = (code: string): CallProblem => ({
  ...{ kind: 'refused', code, message: 'no', requestId: 'r' },
});
const done = { kind: 'done', result: undefined } as const;

beforeEach(async () => {
  store = await storeOn('sqlite');
  on = contextOn(store);
  calls = [];
  look = failed;
});
afterEach(() => store.close());

const run = (id: number, changes: Partial<WholeContext> = {}) => {
  const service: WholeContext['service'] = {
    ...on.context.service,
    async observeJob() {
      calls.push('observe');
      return look;
    },
    async changeJob(_, { name }) {
      calls.push(name);
      return done;
    },
    async modifyJob() {
      calls.push('modify_job');
      return done;
    },
  };
  return proceed({ ...on.context, service, ...changes }, id, async () => true);
};

const created: InState<'created'> = {
  status: 'created',
  approvals: [bobsApproval],
  jobId: 'dts-1',
  at: began,
};
type OnJob = Exclude<Operation, { name: 'create_job' }>;

/** A request with a job, of which this operation is approved. `status`: the job's, if Ferry knows it. */
async function approvedFor(operation: OnJob, status?: JobStatus, asked: Asked = {}) {
  const request = await store.create(await store.ask(asked), began, 'dts-1');
  if (status !== undefined) await store.see(request, status, began, minutes(60));
  return store.move(
    request,
    { status: 'approved', operation, approvals: [bobsApproval], attempts: 0 },
    { type: 'approved', operation: operation.name, count: 1, required: 1 },
  );
}
const found = async (id: number): Promise<MigrationRequest> => {
  const request = await store.requests.find(id);
  if (request === undefined) throw new Error('the request is missing');
  return request;
};
const lastEvent = async (id: number) => (await store.requests.events(id, 0)).at(-1)?.payload;

const check: OnJob = { name: 'check_job', from: created, before: 'created' };

describe('an approved operation on a job', () => {
  it('is made if DTS says that the job allows it', async () => {
    const { id } = await approvedFor(check);
    look = sees(seenAs('created'));
    await run(id);
    expect(calls).toEqual(['observe', 'check_job']);
    expect(await found(id)).toMatchObject({ state: created, job: { status: 'checking' } });
  });

  it('is made on the job as Ferry saw it last if DTS does not answer now', async () => {
    const { id } = await approvedFor(check, 'created');
    await run(id);
    expect(calls).toEqual(['observe', 'check_job']);
  });

  it('is postponed for the reason that DTS can’t be asked, if Ferry has never seen the job', async () => {
    const { id } = await approvedFor(check);
    await run(id);
    expect(calls).toEqual(['observe']);
    expect(await lastEvent(id)).toMatchObject({
      ...{ type: 'postponed', operation: 'check_job', problem: notReached },
    });
  });

  it.each<[string, JobLook]>([
    ['DTS says', sees(seenAs('running'))],
    ['Ferry saw', failed],
  ])(
    'fails if the job no longer allows it, as %s, and Ferry reads the job at once',
    async (_, answer) => {
      const { id } = await approvedFor(check, 'running');
      look = answer;
      on.clock.pass(60_000);
      await run(id);
      expect(calls).toEqual(['observe']);
      expect(await lastEvent(id)).toEqual({
        ...{ type: 'failed', operation: 'check_job' },
        problem: { kind: 'job_not_ready', status: 'running', said: 'running' },
      });
      expect((await store.jobs.due(minutes(1), [])).ids).toEqual([id]);
    },
  );

  it('that skips a check fails if the job no longer allows that', async () => {
    const skips = { items: [{ id: 'ConnectDBCheck', name: 'Connection' }] };
    const { id } = await approvedFor(
      { name: 'skip_check', from: created, before: 'check_failed', skips },
      'running',
    );
    await run(id);
    expect(calls).toEqual(['observe']);
    expect(await lastEvent(id)).toMatchObject({ problem: { kind: 'job_not_ready' } });
  });

  it.each<[string, InState<'approved'>['approvals'], JobStatus, string[]]>([
    ['by the policy before anyone started it', [], 'check_passed', ['delete_job']],
    ['by the policy after somebody started it', [], 'canceled', []],
    ['by a person after somebody started it', [bobsApproval], 'canceled', ['delete_job']],
  ])('that deletes a job nobody needs, %s', async (_, approvals, status, made) => {
    const request = await store.create(await store.ask(), began, 'dts-1');
    const next = { status: 'expired', at: began } as const;
    const from = { status: 'discarding', jobId: 'dts-1', at: began, next } as const;
    const isByPolicy = approvals.length === 0;
    const operation: OnJob = {
      ...{ name: 'delete_job', from, before: status },
      ...(isByPolicy ? { onlyIdle: true } : {}),
    };
    const { id } = await store.move(
      request,
      { status: 'approved', operation, approvals, attempts: 0 },
      { type: 'approved', operation: 'delete_job', count: approvals.length, required: 1 },
    );
    look = sees(seenAs(status));
    await run(id);
    expect(calls).toEqual(['observe', ...made]);
  });

  it('is made five times at most for one decision, however many calls came before', async () => {
    const { id } = await store.move(
      await approvedFor(check, 'created'),
      { status: 'approved', operation: check, approvals: [bobsApproval], attempts: 9 },
      { type: 'held', operation: 'check_job', until: began },
    );
    const made: number[] = [];
    const fails = { kind: 'failed', problem: { kind: 'not_sent', detail: '' } } as const;
    const service = {
      observeJob: async () => sees(seenAs('created')),
      async changeJob() {
        made.push(on.clock.now().getTime() - began.getTime());
        return fails;
      },
    };
    while ((await found(id)).state.status !== 'created') {
      await run(id, { random: () => 0.5, service: { ...on.context.service, ...service } });
      const { state: after } = await found(id);
      if (after.status === 'approved' && after.retry !== undefined)
        on.clock.pass(after.retry.at.getTime() - on.clock.now().getTime());
    }
    expect(made).toEqual([0, 2_000, 6_000, 14_000, 30_000]);
    expect((await found(id)).state).toEqual({ ...created, attempts: 14 });
  });

  it('is called although one response says that DTS does not know the job', async () => {
    const { id } = await approvedFor(check, 'created');
    look = sees(seenAs('deleted'));
    await run(id);
    expect(calls).toEqual(['observe', 'check_job']);
  });

  it('takes the status from right before the call as the one that the call changes', async () => {
    // Somebody checked the job in the console while the operation waited.
    const { id } = await approvedFor(check, 'created');
    look = sees(seenAs('check_failed'));
    const lost = { kind: 'unknown', doubt: { kind: 'no_answer', detail: '' } } as const;
    const service = { observeJob: async () => look, changeJob: async () => lost };
    await run(id, { service: { ...on.context.service, ...service } });
    expect((await found(id)).state).toMatchObject({
      ...{ status: 'reconciling', operation: { ...check, before: 'check_failed' } },
    });
  });

  it('is given up after the configured time, and the search for its effect after 30 s', async () => {
    const { id } = await approvedFor(check);
    look = sees(seenAs('created'));
    const unknown = { kind: 'unknown', doubt: { kind: 'no_answer', detail: 'reset' } } as const;
    const service = {
      ...on.context.service,
      observeJob: async () => look,
      changeJob: async () => unknown,
    };
    const limits = await limitsDuring(async () => {
      await run(id, { timeoutMs: 7_000, service });
      on.clock.pass(60_000);
      await run(id);
    });
    expect(limits.slice(limits.indexOf(7_000))).toEqual([7_000, 30_000]);
  });

  describe('that changes its parameters', () => {
    const modification = async (asked: Asked = {}) => {
      const { parameters, reason, rule, secrets } = await store.ask(asked);
      const previous = { revisedBy: 'V1', parameters, secrets, reason, observed: {}, rule };
      return { name: 'modify_job', from: created, before: 'created', previous } as const;
    };

    it('fails if the job no longer allows it', async () => {
      const { id } = await approvedFor(await modification(), 'running');
      await run(id);
      expect(calls).toEqual(['observe']);
      expect(await lastEvent(id)).toMatchObject({ problem: { kind: 'job_not_ready' } });
    });

    it('fails if its secrets can’t be opened', async () => {
      const secrets = { 'SrcInfo.Password': { kind: 'typed' } } as const;
      const { id } = await approvedFor(await modification(), 'created', { secrets });
      await run(id);
      expect(calls).toEqual(['observe']);
      expect(await lastEvent(id)).toMatchObject({
        problem: { kind: 'secret_unreadable', reason: 'missing' },
      });
    });

    it('is searched for again if DTS does not answer the search', async () => {
      const operation = await modification();
      const request = await store.create(await store.ask(), began, 'dts-1');
      const doubt = { kind: 'no_answer', detail: 'reset' } as const;
      const { id } = await store.move(
        request,
        {
          ...{ status: 'reconciling', operation, approvals: [bobsApproval], attempt: 1, doubt },
          ...{ calledAt: began, looks: 0, lookAt: began, settledAt: minutes(2) },
        },
        { type: 'answer_lost', operation: 'modify_job', doubt },
      );
      await run(id);
      expect(calls).toEqual(['observe']);
      expect((await found(id)).state).toMatchObject({ status: 'reconciling', looks: 1 });
    });
  });
});

describe('a creation', () => {
  const path = 'SrcInfo.Password';
  const stored = { secrets: { [path]: { kind: 'env', name: 'SOURCE' } } } as const;
  const approve = async (asked?: Asked) =>
    store.move(
      await store.ask(asked),
      {
        ...{ status: 'approved', operation: { name: 'create_job' }, attempts: 0 },
        approvals: [bobsApproval],
      },
      { type: 'approved', count: 1, required: 1 },
    );

  /** DTS rejects the creation because of these idle jobs. */
  const rejectedWith = (
    ...jobs: { jobId: string; jobName: string; createTime: string }[]
  ): WholeContext['service'] => ({
    ...on.context.service,
    createMigrateJob: async () => ({
      ...{ kind: 'failed', problem: refusedAs('LimitExceeded.MaxUnusedJobs') },
    }),
    idleJobs: async () => ({ kind: 'found', jobs, more: 0 }),
  });

  it('is measured in seconds', async () => {
    const { id } = await approve();
    const measured: Measurement[] = [];
    await run(id, {
      metrics: { measure: (each) => void measured.push(each) },
      service: {
        ...on.context.service,
        async createMigrateJob() {
          on.clock.pass(2_500);
          return { kind: 'done', result: { jobId: 'dts-1', requestId: 'r' } };
        },
      },
    });
    expect(measured.filter(({ kind }) => kind === 'call_ended')).toEqual([
      { kind: 'call_ended', operation: 'create_job', outcome: 'done', seconds: 2.5 },
    ]);
  });

  it('that was rejected for idle jobs only counts them if their requests can’t be read', async () => {
    const { id } = await approve();
    const idle = { jobId: 'dts-idle', jobName: 'left', createTime: '2026-05-01 10:00:00' };
    const error = new Error('no database');
    await run(id, {
      store: { ...store.requests, findAll: () => Promise.reject(error) },
      service: rejectedWith(idle),
    });
    expect((await found(id)).state).toMatchObject({
      status: 'failed',
      problem: { code: 'LimitExceeded.MaxUnusedJobs', idleJobs: { jobs: [], more: 1 } },
    });
    expect(on.logged).toEqual([
      ['warn', 'the requests of idle jobs could not be read', { request: id, error }],
    ]);
  });

  it.each([
    [
      'C1',
      { jobs: [{ jobId: 'dts-idle' }, { jobId: 'dts-own', request: { revision: 1 } }] },
      false,
    ],
    ['C2', { jobs: [{ jobId: 'dts-idle' }], elsewhere: 1 }, true],
  ])(
    'that was rejected for idle jobs names the request of such a job, and only counts one of another channel: %s',
    async (channel, idleJobs, isCounted) => {
      await store.create(await store.ask({ rule: aRule({ channel }) }), began, 'dts-own');
      const { id } = await approve();
      const idle = (jobId: string) => ({ jobId, jobName: '', createTime: '' });
      await run(id, {
        service: rejectedWith(idle('dts-idle'), idle('dts-own')),
      });
      const { state } = await found(id);
      expect(state).toMatchObject({ problem: { idleJobs } });
      expect(JSON.stringify(state).includes('elsewhere')).toBe(isCounted);
    },
  );

  it('that was rejected for idle jobs hides its passwords in their names', async () => {
    const secret = new Secret('canary-password');
    const { id } = await approve(stored);
    await run(id, {
      secretRules: () => [{ secret: 'env:*', anywhere: true }],
      secretReader: { read: async () => ({ ok: true, secret, user: undefined }) },
      service: rejectedWith({ jobId: 'dts-idle', jobName: 'shop canary-password', createTime: '' }),
    });
    const { state } = await found(id);
    expect(state).toMatchObject({ problem: { idleJobs: { jobs: [{ jobId: 'dts-idle' }] } } });
    expect(JSON.stringify(state)).not.toContain('canary');
  });

  it('whose outcome can’t be stored is stored a second later', async () => {
    const { id } = await approve();
    const asked: number[] = [];
    await run(id, {
      store: {
        ...store.requests,
        record(change) {
          if (change.state.status !== 'created') return store.requests.record(change);
          asked.push(on.clock.now().getTime() - began.getTime());
          if (asked.length < 3) return Promise.reject(new Error('no database'));
          return store.requests.record(change);
        },
      },
      service: {
        ...on.context.service,
        createMigrateJob: async () => ({
          ...{ kind: 'done', result: { jobId: 'dts-1', requestId: 'r' } },
        }),
      },
    });
    const [first = 0] = asked;
    expect(asked).toEqual([first, first + 1_000, first + 2_000]);
    expect((await found(id)).state).toMatchObject({ status: 'created', jobId: 'dts-1' });
    expect(
      on.logged.map(([level, message, fields]) => [level, message, fields?.['failures']]),
    ).toEqual([
      ['error', 'the outcome of a launch could not be stored', 0],
      ['error', 'the outcome of a launch could not be stored', 1],
    ]);
  });

  it('is postponed while Slack does not say who the approvers are, and the log says so', async () => {
    const { id } = await approve();
    on.facts.members.set('C1', 'unknown');
    const again = await run(id);
    expect(again).toEqual(new Date(on.clock.now().getTime() + 15_000));
    expect(on.logged).toEqual([
      [
        ...['warn', 'approvals could not be confirmed, call postponed'],
        { request: id, operation: 'create_job' },
      ],
    ]);
  });

  it.each([
    [60_000, 10_000],
    [7_000, 3_500],
  ])('with a limit of %i ms waits %i ms for the list of idle jobs', async (timeoutMs, most) => {
    const { id } = await approve();
    const problem = refusedAs('LimitExceeded.MaxUnusedJobs');
    const createMigrateJob = async () => ({ kind: 'failed', problem }) as const;
    const service = { ...on.context.service, createMigrateJob };
    const limits = await limitsDuring(() => run(id, { timeoutMs, service }));
    expect(limits).toEqual([timeoutMs, most]);
  });

  const typed = { secrets: { [path]: { kind: 'typed' } }, sealed: { [path]: 'sealed' } } as const;
  it.each(['no_key', 'elsewhere'] as const)(
    'fails with the reason "%s" if its password was sealed for something else, and the earlier way of sealing does not open it',
    async (reason) => {
      const { id } = await approve(typed);
      await run(id, {
        store: { ...store.requests, isSealedEarlier: async () => true },
        vault: {
          ...on.context.vault,
          open: async () => ({ ok: false, reason: 'elsewhere' }),
          openEarlier: async () => ({ ok: false, reason }),
        },
      });
      expect((await found(id)).state).toMatchObject({
        ...{ status: 'failed', problem: { kind: 'secret_unreadable', reason } },
      });
    },
  );

  it.each([
    [undefined, 'root', true],
    ['root', 'root', true],
    ['admin', 'root', false],
    ['admin', undefined, true],
  ])(
    'with a stored password of the account %s, for a form that names %s, is made: %s',
    async (owner, user, isMade) => {
      const { parameters } = await store.ask();
      const { User: _, ...source } = parameters.SrcInfo;
      const SrcInfo = user === undefined ? source : { ...source, User: user };
      const { id } = await approve({ ...stored, parameters: { ...parameters, SrcInfo } });
      const sent: unknown[] = [];
      await run(id, {
        secretRules: () => [{ secret: 'env:*', anywhere: true }],
        secretReader: { read: async () => ({ ok: true, secret: new Secret('s'), user: owner }) },
        service: {
          ...on.context.service,
          async createMigrateJob(_parameters, secrets) {
            sent.push(secrets[path]?.reveal());
            return { kind: 'done', result: { jobId: 'dts-1', requestId: 'r' } };
          },
        },
      });
      expect(sent).toEqual(isMade ? ['s'] : []);
      const { status } = (await found(id)).state;
      expect(status).toBe(isMade ? 'created' : 'failed');
      if (isMade) return;
      expect((await found(id)).state).toMatchObject({
        problem: { kind: 'secret_unavailable', path, cause: { kind: 'other_user', user } },
      });
    },
  );
});

it('claims of each operation have their own turns', () => {
  const { context } = on;
  const names: OnJob['name'][] = [
    'check_job',
    'start_job',
    'stop_job',
    'complete_job',
    'delete_job',
  ];
  const turns = [
    createJobSteps(context).claimTurn,
    ...names.map((name) => callOnJob(name).claimTurn),
  ];
  expect(new Set(turns).size).toBe(turns.length);
});

describe('nothing is done', () => {
  it('for a request that is past retention by now', async () => {
    expect(await run(99)).toBeUndefined();
  });

  it('for a request that ended after it was due', async () => {
    const { id } = await store.withdraw(await store.ask({ rule: aRule({ expiryMs: 1 }) }));
    on.clock.pass(3_600_000);
    expect(await run(id)).toBeUndefined();
    expect((await found(id)).state.status).toBe('withdrawn');
    expect(calls).toEqual([]);
  });
});
