import type { Due } from '../../src/ports/due';
import type { Leases } from '../../src/ports/leases';
import { type DispatcherOptions, startDispatcher } from '../../src/workflow/dispatcher';
import { manualClock, settled } from '../support/manualClock';

type Process = DispatcherOptions['process'];
type Fields = Readonly<Record<string, unknown>>;
const freeLeases: Leases = {
  take: async () => true,
  renew: async () => true,
  release: async () => {},
};

let stop: () => Promise<void> = async () => {};
afterEach(() => stop());

/** Resolves when all work that is ready has run. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await settled();
}

/** A dispatcher whose requests are due until `process` takes them from `due`. */
function start(
  process: Process,
  {
    leases = freeLeases,
    ids = [1],
    due = undefined,
    concurrency = 5,
  }: Partial<Pick<DispatcherOptions, 'leases' | 'concurrency' | 'due'>> & { ids?: number[] } = {},
) {
  const clock = manualClock(0);
  const logged: { level: string; message: string; fields: Fields | undefined }[] = [];
  const write = (level: string) => (message: string, fields?: Fields) =>
    void logged.push({ level, message, fields });
  const asked: { at: number; except: readonly number[] }[] = [];
  const dispatcher = startDispatcher({
    name: 'working',
    clock,
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    concurrency,
    leases,
    async due(now, except): Promise<Due> {
      asked.push({ at: now.getTime(), except });
      if (due !== undefined) return due(now, except);
      return { ids: ids.filter((id) => !except.includes(id)), next: undefined };
    },
    process,
  });
  stop = async () => {
    const stopped = dispatcher.stop();
    for (let turn = 0; turn < 5; turn += 1) await clock.advance(60_000);
    await stopped;
  };
  const seconds = () => clock.now().getTime() / 1_000;
  /** Lets time pass second by second, as timers would. */
  const pass = async (count: number): Promise<void> => {
    for (let second = 0; second < count; second += 1) {
      await clock.advance(1_000);
      await quiet();
    }
  };
  return { asked, clock, dispatcher, ids, logged, pass, seconds };
}

describe('work that fails', () => {
  it('is retried after a delay that doubles up to a minute', async () => {
    const times: number[] = [];
    const { logged, pass, seconds } = start(async () => {
      times.push(seconds());
      throw new Error('no');
    });
    await quiet();
    await pass(250);
    const delays = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(
      logged.map(({ level, message, fields }) => [level, message, fields?.['worker']]),
    ).toEqual(times.map(() => ['error', 'work failed', 'working']));
    expect(logged[0]?.fields).toMatchObject({ request: 1, error: { message: 'no' } });
    expect(logged.map(({ fields }) => [fields?.['failures'], fields?.['retryInMs']])).toEqual(
      [1, 2, 4, 8, 16, 32, 60, 60, 60, 60].map((delay, index) => [index + 1, delay * 1_000]),
    );
  });

  it('starts with the shortest delay again after a success', async () => {
    const outcomes = ['fail', 'fail', 'succeed', 'fail', 'succeed'];
    const times: number[] = [];
    const { ids, pass, seconds } = start(async () => {
      times.push(seconds());
      const outcome = outcomes.shift();
      if (outcome === 'fail') throw new Error('no');
      if (outcomes.length === 0) ids.length = 0;
      return undefined;
    });
    await quiet();
    await pass(10);
    expect(times).toEqual([0, 1, 3, 3, 4]);
  });

  it('waits as long as the server demands, and at least the delay', async () => {
    const demands = [10, 1];
    const times: number[] = [];
    const { pass, seconds } = start(async () => {
      times.push(seconds());
      const retryAfter = demands.shift();
      throw retryAfter === undefined
        ? new Error('no')
        : Object.assign(new Error('later'), { retryAfter });
    });
    await quiet();
    await pass(20);
    // The server demands ten seconds, then one. The delay after the second failure is longer anyway.
    expect(times).toEqual([0, 10, 12, 16]);
  });

  it('is not attempted while it waits, and delays nothing else', async () => {
    const done: string[] = [];
    const { asked, ids, pass, seconds, dispatcher } = start(async (id) => {
      done.push(`${id} at ${seconds()}`);
      if (id === 1) throw new Error('no');
      ids.splice(ids.indexOf(id), 1);
      return undefined;
    });
    await quiet();
    ids.push(2);
    dispatcher.wake();
    await quiet();
    expect(done).toEqual(['1 at 0', '2 at 0']);
    expect(asked.at(-1)).toEqual({ at: 0, except: [1] });
    await pass(1);
    expect(done).toEqual(['1 at 0', '2 at 0', '1 at 1']);
  });

  it('has no more delay after another process has done it', async () => {
    const times: number[] = [];
    const { ids, pass, seconds } = start(async () => {
      times.push(seconds());
      throw new Error('no');
    });
    await quiet();
    await pass(4);
    expect(times).toEqual([0, 1, 3]);
    ids.length = 0;
    await pass(10);
    ids.push(1);
    await pass(7);
    const delays = times.slice(3).map((at, index, later) => at - (later[index - 1] ?? at));
    expect(delays).toEqual([0, 1, 2]);
  });
});

describe('work that names the time for a retry', () => {
  it('is done at that time, without a failure', async () => {
    const times: number[] = [];
    const { clock, logged, pass, seconds } = start(async () => {
      times.push(seconds());
      return new Date(clock.now().getTime() + 7_000);
    });
    await quiet();
    await pass(15);
    expect(times).toEqual([0, 7, 14]);
    expect(logged).toEqual([]);
  });
});

describe('work that leaves its request due', () => {
  it('is slowed down after 200 times in a row, and logs that once', async () => {
    let count = 0;
    const { clock, logged, pass } = start(async () => {
      count += 1;
      return undefined;
    });
    for (let turn = 0; turn < 100; turn += 1) await quiet();
    expect(count).toBe(200);
    await clock.advance(999);
    await quiet();
    expect(count).toBe(200);
    await clock.advance(1);
    await quiet();
    expect(count).toBe(201);
    await pass(2);
    expect(count).toBe(203);
    expect(logged).toEqual([
      {
        level: 'warn',
        message: 'work keeps becoming due',
        fields: { worker: 'working', request: 1 },
      },
    ]);
  });

  it('is counted from zero again once it was not due', async () => {
    let count = 0;
    const { dispatcher, ids, logged } = start(async () => {
      count += 1;
      if (count % 150 === 0) ids.length = 0;
      return undefined;
    });
    for (let turn = 0; turn < 100; turn += 1) await quiet();
    expect(count).toBe(150);
    ids.push(1);
    dispatcher.wake();
    for (let turn = 0; turn < 100; turn += 1) await quiet();
    expect(count).toBe(300);
    expect(logged).toEqual([]);
  });
});

describe('a lease', () => {
  const taken: { id: number; until: number }[] = [];
  const renewed: number[] = [];
  const released: number[] = [];
  beforeEach(() => {
    for (const list of [taken, renewed, released]) list.length = 0;
  });
  const leases: Leases = {
    async take(id, _, until) {
      taken.push({ id, until: until.getTime() / 1_000 });
      return true;
    },
    async renew(_, until) {
      renewed.push(until.getTime() / 1_000);
      return true;
    },
    async release(id) {
      released.push(id);
    },
  };

  /** Work on one request that goes on until the test ends it. */
  function startLong(during: Leases) {
    let finish = () => {};
    const started = start(
      async () => {
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        started.ids.length = 0;
        return undefined;
      },
      { leases: during },
    );
    return { ...started, end: () => finish() };
  }

  it('is held during the work, renewed after each third of its time, and released', async () => {
    const { end, pass } = startLong(leases);
    await quiet();
    expect(taken).toEqual([{ id: 1, until: 30 }]);
    await pass(21);
    expect(renewed).toEqual([40, 50]);
    expect(released).toEqual([]);
    end();
    await quiet();
    expect(released).toEqual([1]);
    await pass(30);
    expect(renewed).toEqual([40, 50]);
  });

  it('is released after a renewal that is under way', async () => {
    let renew = () => {};
    const slow: Leases = {
      ...leases,
      renew: () =>
        new Promise((resolve) => {
          renew = () => resolve(true);
        }),
    };
    const { end, pass } = startLong(slow);
    await quiet();
    await pass(10);
    end();
    await quiet();
    expect(released).toEqual([]);
    renew();
    await quiet();
    expect(released).toEqual([1]);
  });

  it('is released after work that failed', async () => {
    const { ids } = start(
      async () => {
        ids.length = 0;
        throw new Error('no');
      },
      { leases },
    );
    await quiet();
    expect(released).toEqual([1]);
  });

  it('that cannot be renewed now is renewed later, and the work continues', async () => {
    let attempts = 0;
    const failing: Leases = {
      ...leases,
      async renew() {
        attempts += 1;
        throw new Error('no database');
      },
    };
    const { end, logged, pass } = startLong(failing);
    await quiet();
    await pass(30);
    expect(attempts).toBe(3);
    end();
    await quiet();
    expect(released).toEqual([1]);
    expect(logged).toEqual([]);
  });

  it('that cannot be released does not turn success into failure', async () => {
    const failing: Leases = { ...leases, release: () => Promise.reject(new Error('no database')) };
    let count = 0;
    const { ids, logged } = start(
      async () => {
        count += 1;
        ids.length = 0;
        return undefined;
      },
      { leases: failing },
    );
    await quiet();
    expect(count).toBe(1);
    expect(logged).toEqual([]);
  });

  it('that another process holds is requested every second, without an error', async () => {
    const asked: number[] = [];
    const times: number[] = [];
    const held: Leases = {
      ...leases,
      async take() {
        asked.push(seconds());
        return asked.length > 3;
      },
    };
    const { ids, logged, pass, seconds } = start(
      async () => {
        times.push(seconds());
        ids.length = 0;
        return undefined;
      },
      { leases: held },
    );
    await quiet();
    await pass(5);
    expect(asked).toEqual([0, 1, 2, 3]);
    expect(times).toEqual([3]);
    expect(logged).toEqual([]);
  });
});

describe('the dispatcher', () => {
  it('never works on one request twice at once, and on a limited number in parallel', async () => {
    const ends: (() => void)[] = [];
    const started: number[] = [];
    const { ids, dispatcher } = start(
      async (id) => {
        started.push(id);
        await new Promise<void>((resolve) => ends.push(resolve));
        ids.splice(ids.indexOf(id), 1);
        return undefined;
      },
      { ids: [1, 2, 3], concurrency: 2 },
    );
    await quiet();
    dispatcher.wake();
    await quiet();
    expect(started).toEqual([1, 2]);
    ends.shift()?.();
    await quiet();
    expect(started).toEqual([1, 2, 3]);
    for (const end of ends) end();
  });

  it('asks again at the given time, and after five seconds at most', async () => {
    const { asked, pass } = start(async () => undefined, {
      due: async (now) => ({
        ids: [],
        next: new Date(now.getTime() + (now.getTime() < 3_000 ? 3_000 : 60_000)),
      }),
    });
    await quiet();
    await pass(14);
    expect(asked.map(({ at }) => at / 1_000)).toEqual([0, 3, 8, 13]);
  });

  it('asks again after five seconds if the given time is not in the future', async () => {
    const { asked, pass } = start(async () => undefined, {
      due: async (now) => ({ ids: [], next: now }),
    });
    await quiet();
    await pass(11);
    expect(asked.map(({ at }) => at / 1_000)).toEqual([0, 5, 10]);
  });

  it('asks again after a second if the due work could not be read', async () => {
    const error = new Error('no database');
    const { asked, logged, pass } = start(async () => undefined, {
      due: () => Promise.reject(error),
    });
    await quiet();
    await pass(2);
    expect(asked.map(({ at }) => at)).toEqual([0, 1_000, 2_000]);
    expect(logged.map(({ message, fields }) => [message, fields])).toEqual(
      asked.map(() => ['the due work could not be read', { worker: 'working', error }]),
    );
  });

  it('starts nothing once it is stopped, and waits for running work', async () => {
    const started: number[] = [];
    let end = () => {};
    const { dispatcher } = start(
      async (id) => {
        started.push(id);
        await new Promise<void>((resolve) => {
          end = resolve;
        });
        return undefined;
      },
      { ids: [1, 2], concurrency: 1 },
    );
    await quiet();
    let isStopped = false;
    const stopped = dispatcher.stop().then(() => {
      isStopped = true;
    });
    await quiet();
    expect(isStopped).toBe(false);
    end();
    await stopped;
    expect(started).toEqual([1]);
  });
});
