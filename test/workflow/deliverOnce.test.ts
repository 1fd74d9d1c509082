import type { Announcement } from '../../src/domain/channel/announcement';
import type { RequestEvent } from '../../src/domain/request/requestEvent';
import type { Mail } from '../../src/ports/mail';
import { alert } from '../../src/workflow/alert';
import { deliverOnce, post, postPace } from '../../src/workflow/deliverOnce';
import { type InformContext, inform } from '../../src/workflow/inform';
import type { OpenAnnouncement } from '../../src/workflow/openAnnouncement';
import { retryAfterMs } from '../../src/workflow/retryAfter';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { manualClock, settled } from '../support/manualClock';

const eventOf = (seq: number): RequestEvent => ({
  requestId: 7,
  seq,
  revision: 1,
  at: new Date(0),
  by: undefined,
  payload: { type: 'withdrawn' },
});
const place = { place: 'C1', requesterId: 'UASK', isCard: false };

const nothingTold: Announcement = {
  card: undefined,
  toldSeq: 0,
  sending: undefined,
  seenVersion: 0,
  holdUntil: undefined,
};

/** An announcement store for one request, which notes what is saved, taken and held. */
function surroundings({ isFree = true, toldSeq = 0 }: { isFree?: boolean; toldSeq?: number } = {}) {
  const clock = manualClock();
  const notes: unknown[] = [];
  let told: Announcement = { ...nothingTold, toldSeq };
  const context = {
    clock,
    postsPerSecond: 2,
    announcements: {
      find: async () => told,
      async save(_: number, __: string, announcement: Announcement) {
        told = announcement;
        notes.push(['saved', announcement]);
      },
      due: async () => ({ ids: [], next: undefined }),
      async takePostTurn(message: unknown, now: Date, pace: unknown) {
        notes.push(['took', message, now.getTime() - clock.now().getTime(), pace]);
        return isFree;
      },
      async holdPosts(held: string, until: Date) {
        notes.push(['held', held, until.getTime() - clock.now().getTime()]);
      },
    },
  };
  return { clock, context, notes, told: () => told };
}
const turn = ['took', place, 0, { spacingMs: 500, burst: 10 }];

it('allows ten posts at once, and then the given number a second', () => {
  expect(postPace(1)).toEqual({ spacingMs: 1_000, burst: 10 });
  expect(postPace(4)).toEqual({ spacingMs: 250, burst: 10 });
});

describe('a post', () => {
  it('is sent if the turn of its place is free', async () => {
    const { context, notes } = surroundings();
    expect(await post({ ...context, store: never }, place, async () => 'sent')).toEqual({
      ok: true,
      result: 'sent',
    });
    expect(notes).toEqual([turn]);
  });

  it('is not sent otherwise', async () => {
    const { context, notes } = surroundings({ isFree: false });
    const send = jest.fn();
    expect(await post({ ...context, store: never }, place, send)).toEqual({ ok: false });
    expect(send).not.toHaveBeenCalled();
    expect(notes).toEqual([turn]);
  });

  it.each([
    [30, [['held', 'C1', 30_000]]],
    // A turn that is further ahead would be free.
    [3_600, [['held', 'C1', 600_000]]],
    [0, []],
    [undefined, []],
  ])(
    'that fails and demands a wait of %s s holds all posts of its place, for at most ten minutes',
    async (retryAfter, held) => {
      const { context, notes } = surroundings();
      const error = Object.assign(new Error('no'), retryAfter === undefined ? {} : { retryAfter });
      const sending = post({ ...context, store: never }, place, () => Promise.reject(error));
      await expect(sending).rejects.toBe(error);
      expect(notes).toEqual([turn, ...held]);
    },
  );
});

describe('an event', () => {
  /** Delivers event 3, of which `sending` says whether a post of an event had begun. */
  async function deliver({
    isTold = true,
    isFree = true,
    isPosted = false,
    sending = undefined,
  }: {
    isTold?: boolean;
    isFree?: boolean;
    isPosted?: boolean;
    sending?: number | undefined;
  }) {
    const { context, notes } = surroundings({ isFree });
    const conversation = {
      post: place,
      isTold: () => isTold,
      async send({ seq }: RequestEvent) {
        notes.push(['sent', seq]);
      },
      async isPosted({ seq }: RequestEvent) {
        notes.push(['searched', seq]);
        return isPosted;
      },
    };
    const told: OpenAnnouncement = {
      current: () => ({ ...nothingTold, sending }),
      save: async (change) => void notes.push(change),
    };
    const result = await deliverOnce({ ...context, store: never }, conversation, eventOf(3), told);
    return { notes, result };
  }
  const saved = { toldSeq: 3, sending: undefined };

  it('is saved before and after it is posted', async () => {
    const posted = { result: 'told', notes: [turn, { sending: 3 }, ['sent', 3], saved] };
    expect(await deliver({})).toEqual(posted);
    // The post that had begun was another one.
    expect(await deliver({ sending: 2, isPosted: true })).toEqual(posted);
  });

  it('is not posted again if it is found', async () => {
    expect(await deliver({ sending: 3, isPosted: true })).toEqual({
      result: 'told',
      notes: [['searched', 3], saved],
    });
  });

  it('is posted if its post had begun and it is not found', async () => {
    expect(await deliver({ sending: 3 })).toEqual({
      result: 'told',
      notes: [['searched', 3], turn, { sending: 3 }, ['sent', 3], saved],
    });
  });

  it('of which the audience is not notified is only saved', async () => {
    expect(await deliver({ isTold: false, sending: 3 })).toEqual({
      result: 'told',
      notes: [saved],
    });
  });

  it('waits while the turn is not free, and nothing is saved', async () => {
    expect(await deliver({ isFree: false })).toEqual({ result: 'waits', notes: [turn] });
  });
});

const unexpected = () => Promise.reject(new Error('unexpected'));

/** The functions that are tested here use no other part of the store. */
const never: InformContext['store'] = {
  add: unexpected,
  find: unexpected,
  announced: unexpected,
  findAll: unexpected,
  liveNamesakes: unexpected,
  record: unexpected,
  isHandled: unexpected,
  remember: unexpected,
  sealedSecrets: unexpected,
  isSealedEarlier: unexpected,
  events: unexpected,
  jobsTaken: unexpected,
  isContested: unexpected,
  open: unexpected,
  awaitedLists: unexpected,
  awaitedFrom: unexpected,
  askedBy: unexpected,
  latest: unexpected,
  withJobs: unexpected,
  channels: unexpected,
  due: unexpected,
};

describe('a requester', () => {
  const refused = new Error('refused');
  function informing({
    failures = [],
    events = [1, 2],
    version = 9,
    standing = 'member',
    isMuted = false,
    isFree = true,
    isGone = false,
  }: {
    failures?: Error[];
    events?: number[];
    version?: number;
    standing?: 'member' | 'guest' | 'unknown';
    isMuted?: boolean;
    isFree?: boolean;
    isGone?: boolean;
  }) {
    const { clock, context, told } = surroundings({ isFree });
    const sent: [number, number][] = [];
    const logged: string[] = [];
    const note = (message: string) => void logged.push(message);
    const began = clock.now().getTime();
    const mail: Mail = {
      isTold: (_, { seq }) => seq !== 7,
      async send(_, { seq }) {
        sent.push([seq, (clock.now().getTime() - began) / 1_000]);
        const failure = failures.shift();
        if (failure !== undefined) throw failure;
      },
      wasSent: async () => false,
      isRefused: (error) => error === refused,
    };
    const ages: number[] = [];
    const informed = inform(
      {
        ...context,
        log: { info: note, warn: note, error: note },
        mail,
        messageSettings: { isMuted: async () => isMuted },
        store: {
          ...never,
          find: async () => (isGone ? undefined : aRequest({ version })),
          events: async (_, after) => events.filter((seq) => seq > after).map(eventOf),
        },
        policy: () => ({ rules: [], otherwise: aRule() }),
        directory: {
          async standing(_, maxAgeMs) {
            ages.push(maxAgeMs);
            return standing;
          },
        },
      },
      7,
    );
    return { ages, clock, informed, logged, sent, told };
  }

  it('gets a message for each event, in order', async () => {
    const { ages, informed, sent, told } = informing({ events: [1, 2, 7] });
    await informed;
    expect(sent).toEqual([
      [1, 0],
      [2, 0],
    ]);
    expect(told()).toMatchObject({ toldSeq: 7, sending: undefined });
    expect(ages).toEqual([30_000, 30_000]);
  });

  it('gets none for an event that is newer than the request that was read', async () => {
    const { informed, sent, told } = informing({ events: [1, 2], version: 1 });
    await informed;
    expect(sent).toEqual([[1, 0]]);
    expect(told()).toMatchObject({ toldSeq: 1 });
  });

  it.each([
    ['turned them off', { isMuted: true }],
    ['became a guest', { standing: 'guest' }],
  ] as const)('gets none and misses them if they %s', async (_, facts) => {
    const { informed, sent, told } = informing(facts);
    await informed;
    expect(sent).toEqual([]);
    expect(told()).toMatchObject({ toldSeq: 2 });
  });

  it('gets them later if Slack does not say who they are', async () => {
    const { informed, sent, told } = informing({ standing: 'unknown' });
    await expect(informed).rejects.toThrow('not known');
    expect(sent).toEqual([]);
    expect(told()).toMatchObject({ toldSeq: 0 });
  });

  it('gets nothing if there is no new event, and nothing is saved', async () => {
    const { informed, sent, told } = informing({ events: [] });
    const before = told();
    await informed;
    expect(sent).toEqual([]);
    expect(told()).toBe(before);
  });

  it('gets nothing about a request that is past retention by now', async () => {
    const { informed, sent, told } = informing({ isGone: true });
    const before = told();
    await informed;
    expect(sent).toEqual([]);
    expect(told()).toBe(before);
  });

  it('gets them later if the turn is not free', async () => {
    const { informed, sent, told } = informing({ isFree: false });
    await informed;
    expect(sent).toEqual([]);
    expect(told()).toMatchObject({ toldSeq: 0, seenVersion: 9 });
  });

  it('is written to three times, after two and four seconds, and then the next event follows', async () => {
    const failures = [refused, refused, refused];
    const { clock, informed, logged, sent, told } = informing({ failures });
    for (let second = 0; second < 8; second += 1) {
      for (let each = 0; each < 10; each += 1) await settled();
      await clock.advance(1_000);
    }
    await informed;
    expect(sent).toEqual([
      [1, 0],
      [1, 2],
      [1, 6],
      [2, 6],
    ]);
    expect(logged).toEqual(['a direct message could not be sent']);
    expect(told()).toMatchObject({ toldSeq: 2, sending: undefined });
  });

  it.each([
    ['this was the last event', [1], [], { toldSeq: 1, sending: undefined }],
    [
      'the next one fails otherwise',
      [1, 2],
      [new Error('no connection')],
      { toldSeq: 1, sending: 2 },
    ],
  ])(
    'misses an event that Slack refuses three times, also if %s',
    async (_, events, then, saved) => {
      const { clock, informed, told } = informing({
        ...{ events, failures: [refused, refused, refused, ...then] },
      });
      const ended = informed.catch(() => {});
      for (let second = 0; second < 8; second += 1) {
        for (let each = 0; each < 10; each += 1) await settled();
        await clock.advance(1_000);
      }
      await ended;
      expect(told()).toMatchObject(saved);
    },
  );

  it('is not written to again by this worker after another failure', async () => {
    const failure = new Error('no connection');
    const { informed, sent, told } = informing({ failures: [failure] });
    await expect(informed).rejects.toBe(failure);
    expect(sent).toHaveLength(1);
    expect(told()).toMatchObject({ toldSeq: 0, sending: 1 });
  });
});

describe('the people who hear about emergency approvals', () => {
  function alerting({
    isFree = true,
    isGone = false,
    toldSeq = 0,
  }: {
    isFree?: boolean;
    isGone?: boolean;
    toldSeq?: number;
  } = {}) {
    const { context, notes, told } = surroundings({ isFree, toldSeq });
    const sent: number[] = [];
    const alerted = alert(
      {
        ...context,
        alarms: {
          isTold: (_, { seq }) => seq !== 2,
          send: async (_, { seq }) => void sent.push(seq),
        },
        store: {
          ...never,
          find: async () => (isGone ? undefined : aRequest({ version: 3 })),
          events: async (_, after) => [1, 2, 3, 4].filter((seq) => seq > after).map(eventOf),
        },
      },
      7,
    );
    return { alerted, notes, sent, told };
  }

  it('get a report of each event that they hear about, up to the request that was read', async () => {
    const { alerted, sent, told } = alerting();
    await alerted;
    expect(sent).toEqual([1, 3]);
    expect(told()).toMatchObject({ toldSeq: 3, sending: undefined });
  });

  it('get no report twice', async () => {
    const { alerted, sent } = alerting({ toldSeq: 1 });
    await alerted;
    expect(sent).toEqual([3]);
  });

  it('get them later if the turn is not free', async () => {
    const { alerted, sent, told } = alerting({ isFree: false });
    await alerted;
    expect(sent).toEqual([]);
    expect(told()).toMatchObject({ toldSeq: 0, seenVersion: 3 });
  });

  it('get none about a request that is past retention by now', async () => {
    const { alerted, notes, sent } = alerting({ isGone: true });
    await alerted;
    expect(sent).toEqual([]);
    expect(notes).toEqual([]);
  });
});

describe('the wait that a server demands', () => {
  it.each<[string, unknown, number]>([
    ['an error with seconds', Object.assign(new Error('later'), { retryAfter: 3 }), 3_000],
    ['an error without', new Error('no'), 0],
    ['an error with text', Object.assign(new Error('later'), { retryAfter: '3' }), 0],
    ['something else than an error', { retryAfter: 3 }, 0],
    ['nothing', undefined, 0],
  ])('is read from %s', (_, error, waitMs) => {
    expect(retryAfterMs(error)).toBe(waitMs);
  });
});
