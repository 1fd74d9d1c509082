import { BOB } from '../../playground/slack/index';
import type { JobOperation, JobStatus } from '../../src/domain/job/job';
import {
  type MigrationRequest,
  type RequestState,
  requestState,
} from '../../src/domain/request/request';
import type { EventPayload } from '../../src/domain/request/requestEvent';
import { Secret } from '../../src/domain/secrets/secret';
import { createStore } from '../../src/store/createStore';
import { changeJob } from '../../src/tencentcloud/changeJob';
import { modifyJob } from '../../src/tencentcloud/modifyJob';
import { accountAt } from './accountAt';
import { openOrFail } from './aDatabase';
import { at, atSkippable, operations, withJob, withPreparedJob } from './aJob';
import { passTime } from './passTime';
import { sendsNow } from './sendsNow';
import type { DatabaseName } from './startTestFerry';
import { button, en, explained, saying } from './words';

const requestId = 1;

/** The operations whose buttons need no form. A change of the parameters comes with a revision. */
const pressed = operations.flatMap(([operation, before, action, after]) =>
  operation === 'modify_job' ? [] : [{ operation, before, action, after }],
);

/** The steps after which a process can end, and whether DTS got the call until then. */
const steps = ['approved', 'launching, not sent', 'launching, sent', 'reconciling, sent'] as const;

type Step = (typeof steps)[number];

type Acting = Awaited<ReturnType<typeof withJob>>;

/** What a killed process left in the database: an operation in one of its steps. */
interface Left {
  database: DatabaseName;
  operation: Exclude<JobOperation, 'modify_job'>;
  before: JobStatus;
  step: Step;
  /** Who decided on the operation. */
  decidedBy: 'a person' | 'the policy';
}

/** The state of a request whose operation is in a step. */
function stateAt(step: Left['step'], common: object, at: Date): RequestState {
  const called = { ...common, attempt: 1, calledAt: at };
  const states = {
    approved: { status: 'approved', ...common, attempts: 0 },
    'launching, not sent': { status: 'launching', ...called },
    'launching, sent': { status: 'launching', ...called },
    'reconciling, sent': {
      status: 'reconciling',
      ...called,
      doubt: { kind: 'interrupted' },
      looks: 0,
      lookAt: at,
      settledAt: new Date(at.getTime() + 120_000),
    },
  };
  return requestState.parse(states[step]);
}

/** Stops the bot, and stores what a process would leave that was killed during a step. */
async function leave(
  { calls, ferry, jobId }: Acting,
  { before, database, decidedBy, operation, step }: Left,
  action: string,
): Promise<number> {
  const option =
    operation === 'resume_job'
      ? ({ option: 'normal' } as const)
      : operation === 'skip_check'
        ? { skips: skipped }
        : {};
  await ferry.ferry.stop();
  const now = () => ferry.clock.now();
  const store = await storeOf(ferry, database);
  const request = await store.requests.find(requestId);
  if (request?.state.status !== 'created' || request.job === undefined) {
    throw new Error('there is no job');
  }
  const approval = { by: { userId: BOB, name: 'Bob' }, at: now(), revision: 1 };
  const isByPerson = decidedBy === 'a person';
  const common = {
    operation: { name: operation, from: request.state, before, ...option },
    approvals: isByPerson ? [approval] : [],
  };
  const approved = { type: 'approved', operation, count: 1, required: 1, isEnough: true } as const;
  const automatic = { type: 'automatic', operation: 'start_job', rule: 'usual' } as const;
  const first = await store.requests.record({
    request,
    state: stateAt('approved', common, now()),
    event: isByPerson ? approved : automatic,
    by: isByPerson ? approval.by : undefined,
    job: { ...request.job, status: before, since: now() },
    at: now(),
  });
  if (first === undefined) throw new Error('not recorded');
  if (step !== 'approved') {
    await store.requests.record({
      request: first,
      state: stateAt(step, common, now()),
      event: { type: 'launched', operation, attempt: 1 },
      by: undefined,
      at: now(),
    });
  }
  await store.close();
  if (!step.endsWith(', sent')) return calls(action);
  if (operation === 'skip_check') {
    const region = request.parameters.DstInfo.Region;
    const place = { jobId, region, api: '2021-12-06' } as const;
    const change = { name: operation, skips: skipped };
    await changeJob(
      accountAt(ferry.dts.host),
      place,
      change,
      {},
      new AbortController().signal,
      sendsNow,
    );
    return calls(action);
  }
  ferry.dts.controls.act(jobId, { action: actionOf[operation] });
  return calls(action);
}

const skipped = { items: [{ id: 'OptimizeCheck', name: 'Surrounding checks' }] };

/** The store of a bot that has stopped. */
async function storeOf({ clock, environment }: Acting['ferry'], database: Left['database']) {
  const url = environment()['DATABASE_URL'] ?? '';
  const db = await openOrFail(
    database === 'sqlite'
      ? { kind: 'sqlite', path: url.replace('sqlite:', '') }
      : { kind: 'postgres', url: new Secret(url) },
  );
  return createStore(db, database, () => clock.now());
}

const newAddress = '14.17.22.99';

/** The same for a change of the job's parameters that waits for its approval. */
async function leaveModification(
  { ferry, jobId }: Acting,
  { database, step }: Pick<Left, 'database' | 'step'>,
): Promise<void> {
  await ferry.ferry.stop();
  const now = ferry.clock.now();
  const store = await storeOf(ferry, database);
  const request = await store.requests.find(requestId);
  if (request?.state.status !== 'pending') throw new Error('no change waits');
  const { operation } = request.state;
  const by = { userId: BOB, name: 'Bob' };
  const common = { operation, approvals: [{ by, at: now, revision: 2 }] };
  const about = { operation: 'modify_job', count: 1, required: 1, isEnough: true } as const;
  const first = await store.requests.record({
    request,
    state: stateAt('approved', common, now),
    event: { type: 'approved', ...about },
    by,
    at: now,
  });
  if (first === undefined) throw new Error('not recorded');
  if (step !== 'approved') {
    await store.requests.record({
      request: first,
      state: stateAt(step, common, now),
      event: { type: 'launched', operation: 'modify_job', attempt: 1 },
      by: undefined,
      at: now,
    });
  }
  await store.close();
  if (!step.endsWith(', sent')) return;
  const { parameters } = request;
  const place = { jobId, region: parameters.DstInfo.Region, api: '2021-12-06' } as const;
  const never = new AbortController().signal;
  const secrets = { 'SrcInfo.Password': new Secret('canary-sent') };
  await modifyJob(accountAt(ferry.dts.host), place, parameters, secrets, never, sendsNow);
}

/** DTS gets the call at most once, and the card is true. */
async function expectTruth(
  { calls, card, ferry, offers, status, until }: Acting,
  { operation, step }: Left,
  { action, after, earlier }: { action: string; after: JobStatus; earlier: number },
): Promise<void> {
  if (step === 'launching, not sent') {
    await until(() => ferry.replies(card).some((text) => noEffect.test(text)), 'the failure');
    await until(() => offers().includes(operation), 'the button');
    expect(calls(action)).toBe(earlier);
    return;
  }
  const isSent = step.endsWith(', sent');
  await status(after);
  expect(calls(action)).toBe(earlier + (isSent ? 0 : 1));
  if (isSent) await ferry.reply(card, saying(en.job.thread.found));
}

type Pressed = (typeof pressed)[number];

async function killDuringOperation(
  database: DatabaseName,
  { operation, before, action, after }: Pressed,
  step: Step,
): Promise<void> {
  const acting = await withJob('2021-12-06', { database });
  await at(acting, before);
  const left = { database, operation, before, step, decidedBy: 'a person' } as const;
  const earlier = await leave(acting, left, action);
  await acting.ferry.restart();
  await expectTruth(acting, left, { action, after, earlier });
}

async function killDuringModification(
  database: DatabaseName,
  before: 'created' | 'check_failed',
  step: Step,
): Promise<void> {
  const acting = await withJob('2021-12-06', { database });
  const { calls, card, ferry, modify, offers, shown, until } = acting;
  await at(acting, before);
  const address = /14\.17\.22\.\d+/.exec(shown())?.[0] ?? '';
  await modify({ 'SrcInfo.Ip': newAddress });
  await until(() => shown().includes(en.job.waits('modify_job')), 'the card that waits');
  await leaveModification(acting, { database, step });
  await ferry.restart();
  const isLost = step === 'launching, not sent';
  const known = isLost ? noEffect : saying(en.job.thread.accepted.modify_job);
  // In larger steps, the time of the process's lease could pass before it made the call.
  const isKnown = () => ferry.replies(card).some((text) => known.test(text));
  await passTime(ferry, isKnown, { what: 'the outcome', stepMs: 1_000, timeoutMs: 50_000 });
  await until(() => offers().includes('modify_job'), 'the buttons');
  expect(calls('ModifyMigrationJob')).toBe(isLost ? 0 : 1);
  expect(shown()).toContain(isLost ? address : newAddress);
  expect(acting.job()?.request.SrcInfo.Ip).toBe(isLost ? address : newAddress);
}

async function killDuringSkip(database: DatabaseName, step: Step): Promise<void> {
  const acting = await withJob('2021-12-06', { database });
  const { calls, card, ferry, offers, until } = acting;
  await atSkippable(acting, ['OptimizeCheck']);
  const left = {
    ...{ database, step },
    operation: 'skip_check',
    before: 'check_failed',
    decidedBy: 'a person',
  } as const;
  const earlier = await leave(acting, left, 'SkipCheckItem');
  await ferry.restart();
  const isLost = step === 'launching, not sent';
  const known = isLost ? noEffect : saying(en.job.thread.accepted.skip_check);
  // In larger steps, the time of the process's lease could pass before it made the call.
  const isKnown = () => ferry.replies(card).some((text) => known.test(text));
  await passTime(ferry, isKnown, { what: 'the outcome', stepMs: 1_000, timeoutMs: 50_000 });
  await until(() => offers().includes('skip_check') === isLost, 'the buttons');
  expect(offers()).toContain('check_job');
  expect(calls('SkipCheckItem')).toBe(step === 'approved' ? earlier + 1 : earlier);
  expect(acting.job()?.skipped).toEqual(isLost ? [] : ['OptimizeCheck']);
}

async function killDuringAutomaticStart(database: DatabaseName, step: Step): Promise<void> {
  const operations = { start_job: { automatic: true } };
  const acting = await withJob('2021-12-06', { database, settings: { operations } });
  await at(acting, 'created');
  const left: Left = {
    database,
    operation: 'start_job',
    before: 'check_passed',
    step,
    decidedBy: 'the policy',
  };
  await acting.ferry.ferry.stop();
  acting.act('check');
  acting.ferry.clock.advance(600_000);
  const earlier = await leave(acting, left, 'StartMigrateJob');
  await acting.ferry.restart();
  await expectTruth(acting, left, { action: 'StartMigrateJob', after: 'running', earlier });
  expect(acting.calls('StartMigrateJob')).toBeLessThan(2);
}

/** What a process left in the database whose request had its job created before the approval. */
const leftPrepared = [
  ['the start', 'approved'],
  ['the start', 'launching, not sent'],
  ['the start', 'launching, sent'],
  ['the start', 'reconciling, sent'],
  ['the deletion', 'discarding'],
  ['the deletion', 'approved'],
  ['the deletion', 'launching, not sent'],
  ['the deletion', 'launching, sent'],
  ['the deletion', 'reconciling, sent'],
] as const;

async function killPrepared(
  database: DatabaseName,
  [call, step]: (typeof leftPrepared)[number],
): Promise<void> {
  const acting = await withPreparedJob('2021-12-06', { database });
  const { calls, card, ferry, jobId, passed, shown, status, until } = acting;
  await passed();
  await ferry.ferry.stop();
  const store = await storeOf(ferry, database);
  const now = () => ferry.clock.now();
  const request = await store.requests.find(requestId);
  if (request?.state.status !== 'prepared') throw new Error('the job is not prepared');
  const by = { userId: BOB, name: 'Bob' };
  const next = { status: 'denied', by, at: now(), reason: 'no' } as const;
  const { jobId: same, attempts } = request.state;
  const discarding = { status: 'discarding', jobId: same, at: now(), next, attempts } as const;
  const isStart = call === 'the start';
  const operation = isStart
    ? { name: 'start_job', from: request.state, before: 'check_passed' }
    : { name: 'delete_job', from: discarding, before: 'check_passed' };
  const approvals = isStart ? [{ by, at: now(), revision: 1 }] : [];
  const called = { operation, approvals, attempt: 9, calledAt: now() };
  const decided = requestState.parse(
    isStart ? { status: 'approved', operation, approvals, attempts: 8 } : discarding,
  );
  const record = async (
    before: MigrationRequest,
    state: unknown,
    event: EventPayload,
    person = event.type === 'approved' || event.type === 'denied' ? by : undefined,
  ): Promise<MigrationRequest> => {
    const change = { request: before, event, by: person, at: now() };
    const after = await store.requests.record({ ...change, state: requestState.parse(state) });
    if (after === undefined) throw new Error('not recorded');
    return after;
  };
  const approved = { type: 'approved', count: 1, required: 1, isEnough: true } as const;
  let left = await record(request, decided, isStart ? approved : { type: 'denied', reason: 'no' });
  if (!isStart && step !== 'discarding') {
    const event = { type: 'automatic', operation: 'delete_job', rule: 'usual' } as const;
    left = await record(left, { status: 'approved', operation, approvals, attempts: 8 }, event);
  }
  if (step.startsWith('launching') || step.startsWith('reconciling')) {
    const name = isStart ? 'start_job' : 'delete_job';
    const lookAt = { looks: 0, lookAt: now(), settledAt: new Date(now().getTime() + 120_000) };
    await record(
      left,
      step.startsWith('launching')
        ? { status: 'launching', ...called }
        : { status: 'reconciling', ...called, doubt: { kind: 'interrupted' }, ...lookAt },
      { type: 'launched', operation: name, attempt: 9 },
    );
  }
  await store.close();
  const isSent = step.endsWith(', sent');
  if (isSent) ferry.dts.controls.act(jobId, { action: isStart ? 'start' : 'delete' });
  await ferry.restart();

  const action = isStart ? 'StartMigrateJob' : 'IsolateMigrateJob';
  if (step === 'launching, not sent') {
    await until(() => ferry.replies(card).some((text) => noEffect.test(text)), 'the failure');
    expect(calls(action)).toBe(0);
    const offered = isStart ? en.card.approve : en.job.button.delete_job;
    await until(() => shown().includes(button(offered)), 'the button');
    return;
  }
  if (isStart) await status('running');
  else await until(() => shown().includes(`· ${en.card.label.denied}`), 'the end');
  expect(calls(action)).toBe(isSent ? 0 : 1);
  expect(ferry.dts.jobs.has(jobId)).toBe(isStart);
}

/** The operations as people do them in the console. */
const actionOf = {
  check_job: 'check',
  start_job: 'start',
  pause_job: 'pause',
  continue_job: 'continue',
  resume_job: 'resume',
  complete_job: 'complete',
  stop_job: 'stop',
  delete_job: 'delete',
} as const;

const noEffect = saying(explained('no_effect').headline);

/** A process that is killed, and the test that the next one calls DTS at most once. */
interface Interruption {
  during: string;
  step: string;
  test(database: DatabaseName): Promise<void>;
}

const eachStep = (
  during: string,
  test: (database: DatabaseName, step: Step) => Promise<void>,
): Interruption[] =>
  steps.map((step) => ({ during, step, test: (database) => test(database, step) }));

/** Every operation, killed during every step. */
export const interruptedOperations: readonly Interruption[] = [
  ...pressed.flatMap((about) =>
    eachStep(about.operation, (database, step) => killDuringOperation(database, about, step)),
  ),
  ...(['created', 'check_failed'] as const).flatMap((before) =>
    eachStep(`a change of a job that is ${before}`, (database, step) =>
      killDuringModification(database, before, step),
    ),
  ),
  ...eachStep('a skip of an item of the check', killDuringSkip),
  ...eachStep('a start that the policy decided', killDuringAutomaticStart),
];

/** The same for the operations on a job that was created before its approval. */
export const interruptedPrepared: readonly Interruption[] = leftPrepared.map((about) => ({
  during: `${about[0]} of a prepared job`,
  step: about[1],
  test: (database) => killPrepared(database, about),
}));
