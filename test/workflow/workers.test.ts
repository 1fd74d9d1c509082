import type { MigrationRequest } from '../../src/domain/request/request';
import { startWorkers, type Workers, type WorkersContext } from '../../src/workflow/workers';
import { contextOn } from '../support/contextOn';
import { manualClock, settled } from '../support/manualClock';
import { began, bobsApproval, minutes, type StoreOn, storeOn } from '../support/storeOn';

let store: StoreOn;
let workers: Workers;
/** What the workers began, in order. */
let begun: string[];
/** While it is true, nothing that begins ends. */
let isSlow: boolean;
let endAll: () => Promise<void>;
let logged: string[];
let pass: (ms: number) => Promise<void>;

const never = (): Promise<never> => new Promise(() => {});

beforeEach(async () => {
  store = await storeOn('sqlite');
  begun = [];
  logged = [];
  isSlow = false;
  const { context, facts } = contextOn(store);
  const ends: (() => void)[] = [];
  const ended = new Promise<void>((resolve) => ends.push(resolve));
  const begin = async (what: string): Promise<void> => {
    begun.push(what);
    if (isSlow) await ended;
  };
  const clock = manualClock(began.getTime());
  pass = async (ms) => {
    await clock.advance(ms);
    await quiet();
  };
  const note = (message: string) => {
    if (message !== 'request changed') logged.push(message);
  };
  const whole: WorkersContext = {
    ...context,
    ...{ clock, machineClock: clock, log: { info: note, warn: note, error: note } },
    postsPerSecond: 1_000,
    policy: () => facts.policy,
    service: {
      ...context.service,
      async createMigrateJob() {
        await begin('call');
        return { kind: 'done', result: { jobId: `dts-${begun.length}`, requestId: 'r' } };
      },
    },
    board: {
      digest: () => '',
      async postCard({ channel, id }) {
        await begin('card');
        return { channel, ts: `1.${id}`, digest: '' };
      },
      findCard: async () => undefined,
      updateCard: async (_, card) => card,
      isTold: () => false,
      reply: never,
      closeReply: never,
      hasReply: never,
      progressDigest: () => undefined,
      postProgress: never,
      findProgress: never,
      updateProgress: never,
      postDigest: never,
      hasDigest: never,
      isCardGone: () => false,
      channelProblem: () => undefined,
    },
    mail: {
      isTold: () => true,
      send: () => begin('message to the requester'),
      wasSent: async () => false,
      isRefused: () => false,
    },
    alarms: { isTold: () => true, send: () => begin('alarm') },
    messageSettings: { isMuted: async () => false },
    homes: {
      ...store.homes,
      async openedSince() {
        begun.push('Home tabs');
        return [];
      },
    },
    homeBoard: { publish: never },
    ...{ announcements: store.announcements, rateLimits: store.rateLimits },
    leases: store.leases,
    retention: store.retention,
    retentionDays: undefined,
  };
  const stops: (() => void | Promise<void>)[] = [];
  workers = startWorkers(whole, { add: (_, stop) => void stops.unshift(stop) });
  endAll = async () => {
    for (const end of ends) end();
    const stopped = Promise.all(stops.map((stop) => stop()));
    for (let turn = 0; turn < 20; turn += 1) await clock.advance(60_000);
    await stopped;
  };
  await quiet();
});
afterEach(async () => {
  await endAll();
  await store.close();
  expect(logged).toEqual([]);
});

/** Resolves when everything has run that waits for no time. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await settled();
}
const countOf = (what: string): number => begun.filter((each) => each === what).length;

const approve = async (request: MigrationRequest): Promise<MigrationRequest> =>
  store.move(
    request,
    {
      ...{ status: 'approved', operation: { name: 'create_job' }, attempts: 0 },
      approvals: [bobsApproval],
    },
    { type: 'approved', count: 1, required: 1 },
  );

/** An emergency approval, which the channel, the requester and the emergency contacts hear about. */
const approveInEmergency = async (request: MigrationRequest): Promise<MigrationRequest> =>
  store.move(
    request,
    {
      ...{ status: 'approved', operation: { name: 'create_job' }, attempts: 0 },
      ...{ approvals: [{ ...bobsApproval, breakGlass: 'why' }], opensAt: minutes(60) },
    },
    { type: 'break_glass', reason: 'why' },
  );

it('begin everything about a change at once, without any time passing', async () => {
  await approveInEmergency(await store.ask());
  workers.wakeAnnouncer();
  await quiet();
  expect([...begun].sort()).toEqual(['Home tabs', 'alarm', 'card', 'message to the requester']);
});

it('call before they post about the call', async () => {
  const request = await approve(await store.ask());
  workers.wakeLauncher(request);
  workers.wakeAnnouncer();
  await quiet();
  expect(begun[0]).toBe('call');
  expect(begun).toContain('card');
});

it('do not delay posts for a request that is not launched now', async () => {
  const request = await store.ask();
  workers.wakeLauncher(request);
  workers.wakeAnnouncer();
  await quiet();
  expect(begun).toContain('card');
  expect(begun).not.toContain('call');
});

it('work on several requests of each kind at once, and report one emergency after another', async () => {
  isSlow = true;
  for (let count = 0; count < 8; count += 1) await approveInEmergency(await store.ask());
  workers.wakeAnnouncer();
  await quiet();
  const counts = ['card', 'message to the requester', 'alarm'].map(countOf);
  expect(counts).toEqual([5, 5, 1]);
});

it('launch ten requests at once', async () => {
  isSlow = true;
  for (let count = 0; count < 12; count += 1) await approve(await store.ask());
  workers.wakeLauncher();
  for (let turn = 0; turn < 20; turn += 1) await pass(100);
  expect(countOf('call')).toBe(10);
});

it('begin no more launches when they are held, and continue everything else', async () => {
  const request = await approve(await store.ask());
  workers.holdLaunches();
  workers.wakeLauncher(request);
  workers.wakeAnnouncer();
  await quiet();
  expect(countOf('call')).toBe(0);
});
