import type { CardPlace } from '../../src/domain/channel/announcement';
import type { JobPage } from '../../src/domain/channel/home';
import type { Policy } from '../../src/domain/policy/policy';
import type { RequestStore } from '../../src/ports/requestStore';
import { type DigestContext, startDigest } from '../../src/workflow/digest';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { manualClock, settled } from '../support/manualClock';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Monday, when the list is due. */
const due = Date.UTC(2026, 4, 4, 10, 0);
const policy: Policy = {
  rules: [{ when: {}, rule: aRule({ name: 'other', channel: 'C2' }) }],
  otherwise: aRule({ channel: 'C1' }),
  digest: { day: 'mon', at: '10:00', timeZone: 'UTC' },
};

/** Turns as the database gives them, without a burst. */
function turns(): DigestContext['rateLimits'] {
  const free = new Map<string, number>();
  return {
    async takeTurn(name, now, { spacingMs }) {
      const at = Math.max(now.getTime(), free.get(name) ?? 0);
      free.set(name, at + spacingMs);
      return new Date(at);
    },
    async tryTurn(name, now, { spacingMs }) {
      const at = free.get(name) ?? 0;
      if (at > now.getTime()) return { ok: false, freeAt: new Date(at) };
      free.set(name, now.getTime() + spacingMs);
      return { ok: true };
    },
  };
}

interface Given {
  /** The number of jobs in each channel. */
  jobs?: Readonly<Record<string, number>>;
  at?: number;
  rateLimits?: DigestContext['rateLimits'];
  hasDigest?: DigestContext['board']['hasDigest'];
  postDigest?: () => Promise<void>;
  channelProblem?: DigestContext['board']['channelProblem'];
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A process that posts lists, and what it posted, asked and logged. */
async function start({
  jobs = { C1: 1, C2: 1 },
  at = due,
  rateLimits = turns(),
  hasDigest = async () => false,
  postDigest = async () => {},
  channelProblem = () => undefined,
}: Given = {}) {
  const clock = manualClock(at);
  const posted: { channel: string; page: JobPage; cards: readonly number[]; at: number }[] = [];
  const asked: Parameters<RequestStore['withJobs']>[0][] = [];
  const since: number[] = [];
  const logged: string[] = [];
  const note = (message: string) => void logged.push(message);
  const lists = startDigest({
    announcements: {
      find: async (id) => ({
        ...{ toldSeq: 1, sending: undefined, seenVersion: 1, holdUntil: undefined },
        card: id % 2 === 0 ? undefined : { channel: 'C1', ts: `1.${id}`, digest: '' },
      }),
    },
    board: {
      channelProblem,
      async hasDigest(channel, posted) {
        since.push(posted.getTime());
        return hasDigest(channel, posted);
      },
      async postDigest(channel, page, cards: ReadonlyMap<number, CardPlace>) {
        await postDigest();
        posted.push({ channel, page, cards: [...cards.keys()], at: clock.now().getTime() - due });
      },
    },
    clock,
    log: { info: note, warn: note, error: note },
    policy: () => policy,
    rateLimits,
    store: {
      async withJobs(scope, offset, limit) {
        asked.push(scope);
        const [channel = ''] = scope.channels;
        return Array.from({ length: jobs[channel] ?? 0 }, (_, index) =>
          aRequest({ id: index + 1 }),
        ).slice(offset, offset + limit);
      },
    },
  });
  stops.push(async () => {
    const stopped = lists.stop();
    await clock.advance(0);
    await stopped;
  });
  const quiet = async () => {
    for (let turn = 0; turn < 20; turn += 1) await settled();
  };
  /** Lets time pass minute by minute. */
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += minute) {
      await clock.advance(minute);
      await quiet();
    }
  };
  await quiet();
  return { asked, clock, logged, pass, posted, quiet, since, stop: lists.stop };
}

it('posts one list in each channel of the policy, with the cards that exist', async () => {
  const { pass, posted, since } = await start({ jobs: { C1: 3, C2: 2 } });
  await pass(hour);
  expect(posted).toMatchObject([
    { channel: 'C2', page: { more: false, page: 0, unsure: false }, cards: [1], at: 0 },
    { channel: 'C1', page: { more: false, page: 0, unsure: false }, cards: [1, 3], at: 0 },
  ]);
  expect(posted.map(({ page }) => page.requests.length)).toEqual([2, 3]);
  // An hour more than the list is due, because of a clock change.
  expect(since).toEqual([due - 25 * hour, due - 25 * hour]);
});

it('ends only after the post that is under way', async () => {
  let end = () => {};
  const { posted, quiet, stop } = await start({
    postDigest: () =>
      new Promise((resolve) => {
        end = resolve;
      }),
  });
  let isStopped = false;
  const stopped = stop().then(() => {
    isStopped = true;
  });
  await quiet();
  expect(isStopped).toBe(false);
  expect(posted).toEqual([]);
  end();
  await quiet();
  end();
  await stopped;
  expect(posted).not.toEqual([]);
});

it('lists the unfinished jobs and those that failed in the last week', async () => {
  const { asked } = await start();
  const listed = { failedSince: new Date(due - 7 * day), isStarted: false };
  expect(asked).toEqual([
    { channels: ['C2'], listed },
    { channels: ['C1'], listed },
  ]);
});

it.each([
  [0, undefined, false],
  [1, 1, false],
  [15, 15, false],
  [16, 15, true],
])('of %i jobs, lists %s, and says whether there are more: %s', async (count, listed, more) => {
  const { posted } = await start({ jobs: { C1: count } });
  expect(posted.map(({ page }) => [page.requests.length, page.more])).toEqual(
    listed === undefined ? [] : [[listed, more]],
  );
});

it('posts again a week later, and not before', async () => {
  const { pass, posted, clock, quiet } = await start({ jobs: { C1: 1 } });
  await pass(3 * hour);
  for (let passed = 3; passed < 7 * 24 + 1; passed += 1) {
    await clock.advance(hour);
    await quiet();
  }
  expect(posted.map(({ at }) => Math.round(at / hour))).toEqual([0, 7 * 24]);
});

it('waits until the list is due', async () => {
  const { pass, posted, since } = await start({ at: due - 3 * minute, jobs: { C1: 1 } });
  await pass(2 * minute);
  expect([posted, since]).toEqual([[], []]);
  await pass(minute);
  expect(posted.map(({ at }) => at)).toEqual([0]);
});

it('posts nothing in a channel that has the list', async () => {
  const { pass, posted } = await start({ hasDigest: async (channel) => channel === 'C1' });
  await pass(hour);
  expect(posted.map(({ channel }) => channel)).toEqual(['C2']);
});

it('takes turns with other processes', async () => {
  const rateLimits = turns();
  const one = await start({ rateLimits, jobs: { C1: 1 } });
  const other = await start({ rateLimits, jobs: { C1: 1 } });
  await one.pass(hour);
  await other.pass(hour);
  expect([one.posted.length, other.posted.length]).toEqual([1, 0]);
});

it('retries after five minutes if Slack fails, and logs that', async () => {
  let failures = 2;
  const { logged, pass, posted } = await start({
    jobs: { C1: 1 },
    postDigest: async () => {
      failures -= 1;
      if (failures >= 0) throw new Error('Slack is down');
    },
  });
  await pass(hour);
  expect(posted.map(({ at }) => at)).toEqual([10 * minute]);
  expect(logged).toEqual(Array(2).fill('the list of jobs could not be posted'));
});

it('gives up a channel in which nothing can be posted', async () => {
  let attempts = 0;
  const { logged, pass } = await start({
    jobs: { C1: 1 },
    postDigest: async () => {
      attempts += 1;
      throw new Error('is_archived');
    },
    channelProblem: () => 'archived',
  });
  await pass(hour);
  expect(attempts).toBe(1);
  expect(logged).toEqual(['the list of jobs has no channel']);
});

it.each([
  [2.5 * minute, 1],
  [2.5 * minute + 1, 0],
])('after a pause of %i ms in its work, a process posts %i lists', async (pauseMs, count) => {
  let resume = () => {};
  const paused = new Promise<boolean>((resolve) => {
    resume = () => resolve(false);
  });
  const { clock, posted, quiet } = await start({
    jobs: { C1: 1 },
    hasDigest: async (channel) => channel === 'C2' || paused,
  });
  await clock.advance(pauseMs);
  resume();
  await quiet();
  expect(posted).toHaveLength(count);
});
