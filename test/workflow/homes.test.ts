import type { Home, HomeContent } from '../../src/domain/channel/home';
import type { Standing } from '../../src/domain/people/person';
import type { HomeBoard } from '../../src/ports/homes';
import { startHomes } from '../../src/workflow/homes';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { manualClock, settled } from '../support/manualClock';

type Outcome = Awaited<ReturnType<HomeBoard['publish']>>;
type Publish = (userId: string, hash: string | undefined) => Promise<Outcome>;

let stop: () => Promise<void> = async () => {};
afterEach(() => stop());

/** Cards with odd numbers are posted. */
const cardOf = (id: number) =>
  id % 2 === 1 ? { channel: 'C1', ts: `1.${id}`, digest: '' } : undefined;

async function quiet(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await settled();
}

function start({
  publish = async () => ({ kind: 'published', hash: undefined }),
  standing = async () => 'member',
  requests = 0,
  listing = async () => undefined,
  opening = async () => {},
}: {
  publish?: Publish;
  standing?: () => Promise<Standing>;
  requests?: number;
  /** The people with an open tab, if they aren't those who opened one. */
  listing?: () => Promise<readonly string[] | undefined>;
  /** Runs before an opened tab is stored. */
  opening?: () => Promise<void>;
} = {}) {
  const clock = manualClock(Date.UTC(2026, 0, 10));
  const began = clock.now().getTime();
  const seconds = () => (clock.now().getTime() - began) / 1_000;
  const stored = new Map<string, Home & { at: Date }>();
  const published: {
    userId: string;
    at: number;
    content: HomeContent;
    hash: string | undefined;
  }[] = [];
  const logged: string[] = [];
  const note = (message: string) => void logged.push(message);
  const sinces: Date[] = [];
  const mine = Array.from({ length: requests }, (_, index) => aRequest({ id: index + 1 }));
  const store = {
    awaitedLists: async () => [],
    awaitedFrom: async () => [],
    askedBy: async (_: string, offset: number, limit: number) => mine.slice(offset, offset + limit),
    latest: async () => [],
    withJobs: async () => [],
    channels: async () => [],
  };
  const ages: number[] = [];
  const homes = startHomes({
    clock,
    log: { info: note, warn: note, error: note },
    directory: {
      async standing(_, maxAgeMs) {
        ages.push(maxAgeMs);
        return standing();
      },
      sees: async () => 'yes',
      isAmong: async () => 'yes',
    },
    policy: () => ({ rules: [], otherwise: aRule() }),
    store,
    announcements: {
      find: async (id) => ({
        ...{ card: cardOf(id), toldSeq: 0, sending: undefined, seenVersion: 0 },
        holdUntil: undefined,
      }),
    },
    homes: {
      async opened(userId, page, at) {
        await opening();
        stored.set(userId, { userId, hash: undefined, ...stored.get(userId), page, at });
      },
      find: async (userId) => stored.get(userId),
      async openedSince(since) {
        sinces.push(since);
        return (await listing()) ?? [...stored.keys()];
      },
      async saveHash(userId, hash) {
        const home = stored.get(userId);
        if (home !== undefined) stored.set(userId, { ...home, hash });
      },
    },
    board: {
      async publish(userId, content, hash) {
        published.push({ userId, at: seconds(), content, hash });
        return publish(userId, hash);
      },
    },
  });
  stop = async () => {
    const stopped = homes.stop();
    for (let turn = 0; turn < 5; turn += 1) await clock.advance(120_000);
    await stopped;
  };
  const pass = async (count: number): Promise<void> => {
    for (let second = 0; second < count; second += 1) {
      await clock.advance(1_000);
      await quiet();
    }
  };
  return { ages, clock, homes, logged, pass, published, seconds, sinces, stored };
}

describe('opening a Home tab', () => {
  it('publishes the page that was opened, with ten entries and the places of their cards', async () => {
    const { ages, homes, published } = start({ requests: 25 });
    await homes.show('U1', 1);
    expect(published).toHaveLength(1);
    expect(published[0]).toMatchObject({
      userId: 'U1',
      hash: undefined,
      content: { kind: 'overview', overview: { page: 1, mine: { more: true } } },
    });
    const content = published[0]?.content;
    const shown = content?.kind === 'overview' ? content.overview.mine.requests : [];
    expect(shown.map(({ id }) => id)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    const cards = content?.kind === 'overview' ? content.cards : new Map();
    expect([...cards.keys()]).toEqual([11, 13, 15, 17, 19]);
    expect(cards.get(11)).toEqual(cardOf(11));
    expect(ages).toEqual([5_000]);
  });

  it('shows why the person may see nothing', async () => {
    const { homes, pass, published } = start({ standing: async () => 'deactivated' });
    await homes.show('U1', 0);
    await pass(10);
    expect(published.map(({ content }) => content)).toEqual([
      { kind: 'refused', refusal: { code: 'deactivated' } },
    ]);
  });

  it('tries again while Slack does not say who the person is, and keeps what is shown', async () => {
    const standings: Standing[] = ['unknown', 'unknown', 'unknown', 'member'];
    const { homes, pass, published } = start({
      standing: async () => standings.shift() ?? 'member',
    });
    await homes.show('U1', 0);
    await pass(30);
    expect(published.map(({ content }) => content.kind)).toEqual(['refused', 'overview']);
  });

  it('says that it is not available if it could not be published, and retries', async () => {
    let failures = 1;
    const { homes, logged, pass, published } = start({
      async publish() {
        failures -= 1;
        if (failures >= 0) throw new Error('no');
        return { kind: 'published', hash: 'h' };
      },
    });
    await homes.show('U1', 0);
    await quiet();
    await pass(5);
    expect(logged).toEqual(['a Home tab could not be shown']);
    expect(published.map(({ content }) => content.kind)).toEqual([
      'overview',
      'unavailable',
      'overview',
    ]);
  });
});

it('says why the person may see nothing, too, if the database fails', async () => {
  const { homes, logged, published } = start({
    standing: async () => 'deactivated',
    opening: () => Promise.reject(new Error('no database')),
  });
  await homes.show('U1', 0);
  expect(logged).toEqual(['a Home tab could not be shown']);
  expect(published.map(({ content }) => content)).toEqual([
    { kind: 'refused', refusal: { code: 'deactivated' } },
  ]);
});

describe('Home tabs that are open', () => {
  it('are retried after delays that double if the people can’t be listed, and each failure is logged', async () => {
    let failures = 3;
    const { homes, logged, pass, published, seconds, sinces } = start({
      async listing() {
        failures -= 1;
        if (failures >= 0) throw new Error('no database');
        return undefined;
      },
    });
    await homes.show('U1', 0);
    homes.wake();
    await quiet();
    const times = [seconds()];
    for (let count = sinces.length; times.length < 4; count = sinces.length) {
      while (sinces.length === count) await pass(1);
      times.push(seconds());
    }
    expect(times).toEqual([0, 2, 6, 14]);
    expect(logged).toEqual([1, 2, 3].map(() => 'the Home tabs could not be listed'));
    expect(published.map(({ at }) => at)).toEqual([0, 14]);
  });

  it('of people whose tab was forgotten are left alone', async () => {
    const { homes, logged, pass, published } = start({ listing: async () => ['U1', 'U2'] });
    await homes.show('U1', 0);
    homes.wake();
    await quiet();
    await pass(5);
    expect(published.map(({ userId }) => userId)).toEqual(['U1', 'U1']);
    expect(logged).toEqual([]);
  });

  it('are published after a change, with the hash of the view before, at most every two seconds', async () => {
    let count = 0;
    const { ages, homes, pass, published } = start({
      async publish() {
        count += 1;
        return { kind: 'published', hash: `h${count}` };
      },
    });
    await homes.show('U1', 0);
    for (let change = 0; change < 7; change += 1) {
      homes.wake();
      await quiet();
      await pass(1);
    }
    expect(published.map(({ at, hash }) => [at, hash])).toEqual([
      [0, undefined],
      [0, 'h1'],
      [2, 'h2'],
      [4, 'h3'],
      [6, 'h4'],
    ]);
    expect(ages).toEqual([5_000, 30_000, 30_000, 30_000, 30_000]);
    await pass(10);
    expect(published.slice(5).map(({ at }) => at)).toEqual([8]);
  });

  it('are those that were opened within seven days', async () => {
    const { clock, homes, sinces } = start();
    homes.wake();
    await quiet();
    expect(sinces).toEqual([new Date(clock.now().getTime() - 7 * 86_400_000)]);
  });

  it('are not published without a change', async () => {
    const { homes, pass, published } = start();
    await homes.show('U1', 0);
    await pass(200);
    expect(published).toHaveLength(1);
  });

  it('are retried after delays that double up to a minute', async () => {
    let failing = false;
    const { homes, logged, pass, published } = start({
      async publish() {
        if (failing) throw new Error('no');
        return { kind: 'published', hash: 'h' };
      },
    });
    await homes.show('U1', 0);
    failing = true;
    homes.wake();
    await quiet();
    await pass(130);
    const times = published.slice(1).map(({ at }) => at);
    expect(times).toEqual([0, 2, 6, 14, 30, 62, 122]);
    expect(logged).toEqual(times.map(() => 'a Home tab could not be published'));
    failing = false;
    await pass(60);
    expect(published.slice(8).map(({ at }) => at)).toEqual([182]);
  });

  it('wait as long as Slack demands', async () => {
    const errors = [Object.assign(new Error('slow down'), { retryAfter: 30 })];
    let isOpen = false;
    const { homes, pass, published } = start({
      async publish() {
        const error = isOpen ? errors.shift() : undefined;
        if (error !== undefined) throw error;
        return { kind: 'published', hash: 'h' };
      },
    });
    await homes.show('U1', 0);
    isOpen = true;
    homes.wake();
    await quiet();
    await pass(40);
    expect(published.map(({ at }) => at)).toEqual([0, 0, 30]);
  });

  it('are built again if a later view was published, and without a hash that Slack rejects', async () => {
    const outcomes: Outcome[] = [
      { kind: 'published', hash: 'h1' },
      { kind: 'superseded' },
      { kind: 'published', hash: 'h2' },
    ];
    const { homes, published, stored } = start({
      publish: async () => outcomes.shift() ?? { kind: 'gone' },
    });
    await homes.show('U1', 0);
    homes.wake();
    await quiet();
    expect(published.map(({ hash }) => hash)).toStrictEqual([undefined, 'h1', undefined]);
    expect(stored.get('U1')?.hash).toBe('h2');
  });

  it('are left to the other process after ten conflicts in a row', async () => {
    let conflicts = 0;
    const { homes, published } = start({
      async publish() {
        conflicts += 1;
        return conflicts <= 30 ? { kind: 'superseded' } : { kind: 'gone' };
      },
    });
    await homes.show('U1', 0);
    expect(published).toHaveLength(10);
  });

  it('of people who are gone are left alone', async () => {
    const { homes, logged, published, stored } = start({ publish: async () => ({ kind: 'gone' }) });
    await homes.show('U1', 0);
    expect(published).toHaveLength(1);
    expect(stored.get('U1')?.hash).toBeUndefined();
    expect(logged).toEqual([]);
  });

  it('are published for three people at a time', async () => {
    const ends: (() => void)[] = [];
    let isHeld = false;
    const { homes, published } = start({
      async publish() {
        if (isHeld) await new Promise<void>((resolve) => ends.push(resolve));
        return { kind: 'published', hash: 'h' };
      },
    });
    for (const userId of ['U1', 'U2', 'U3', 'U4', 'U5']) await homes.show(userId, 0);
    isHeld = true;
    homes.wake();
    await quiet();
    expect(published.slice(5).map(({ userId }) => userId)).toEqual(['U1', 'U2', 'U3']);
    ends.shift()?.();
    await quiet();
    expect(published.slice(5).map(({ userId }) => userId)).toEqual(['U1', 'U2', 'U3', 'U4']);
    isHeld = false;
    for (const end of ends) end();
    await quiet();
    for (const end of ends) end();
  });
});

it('stops once the publication that is under way has ended, and publishes nothing more', async () => {
  let end = () => {};
  const { homes, published } = start({
    async publish() {
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      return { kind: 'published', hash: 'h' };
    },
  });
  const shown = homes.show('U1', 0);
  await quiet();
  homes.wake();
  let isStopped = false;
  const stopped = homes.stop().then(() => {
    isStopped = true;
  });
  await quiet();
  expect(isStopped).toBe(false);
  end();
  await quiet();
  end();
  await Promise.all([shown, stopped]);
  const before = published.length;
  homes.wake();
  await quiet();
  expect(published).toHaveLength(before);
});

it('publishes nothing more for people who wait for their turn when it stops', async () => {
  const ends: (() => void)[] = [];
  let isHeld = false;
  const { homes, published } = start({
    async publish() {
      if (isHeld) await new Promise<void>((resolve) => ends.push(resolve));
      return { kind: 'published', hash: 'h' };
    },
  });
  for (const userId of ['U1', 'U2', 'U3', 'U4']) await homes.show(userId, 0);
  isHeld = true;
  homes.wake();
  await quiet();
  let isStopped = false;
  const stopped = homes.stop().then(() => {
    isStopped = true;
  });
  await quiet();
  expect(isStopped).toBe(false);
  for (const end of ends) end();
  await stopped;
  expect(published.slice(4).map(({ userId }) => userId)).toEqual(['U1', 'U2', 'U3']);
});
