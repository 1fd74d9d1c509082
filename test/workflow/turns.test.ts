import { createKeyedQueue } from '../../src/workflow/keyedQueue';
import { retryAfterMs } from '../../src/workflow/retryAfter';
import { createSemaphore } from '../../src/workflow/semaphore';
import { settled } from '../support/manualClock';

describe('a queue', () => {
  it('runs work with one key in order, however long each piece takes', async () => {
    const turns = createKeyedQueue<string>();
    const done: string[] = [];
    let endFirst = () => {};
    const first = turns('alice', async () => {
      await new Promise<void>((resolve) => {
        endFirst = resolve;
      });
      done.push('first of alice');
    });
    const second = turns('alice', async () => void done.push('second of alice'));
    await turns('bob', async () => void done.push('first of bob'));
    expect(done).toEqual(['first of bob']);
    endFirst();
    await Promise.all([first, second]);
    expect(done).toEqual(['first of bob', 'first of alice', 'second of alice']);
  });

  it('still runs work in order if more arrives while an earlier piece waits', async () => {
    const turns = createKeyedQueue<string>();
    const running: string[] = [];
    const most: number[] = [];
    const ends: (() => void)[] = [];
    const work = (name: string) =>
      turns('alice', async () => {
        running.push(name);
        most.push(running.length);
        await new Promise<void>((resolve) => ends.push(resolve));
        running.pop();
      });
    const first = work('first');
    const second = work('second');
    await settled();
    ends[0]?.();
    await first;
    const third = work('third');
    await settled();
    ends[1]?.();
    await second;
    await settled();
    ends[2]?.();
    await third;
    expect(most).toEqual([1, 1, 1]);
  });

  it('continues after a failure, whose error only affects its own caller', async () => {
    const turns = createKeyedQueue<number>();
    const failing = turns(1, () => Promise.reject(new Error('no')));
    const next = turns(1, async () => 'done');
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('done');
  });
});

describe('room for a number of pieces of work', () => {
  it('is given in order, also after a failure', async () => {
    const room = createSemaphore(2);
    const begun: number[] = [];
    const ends: ((how: 'done' | 'failed') => void)[] = [];
    const work = (id: number) =>
      room(async () => {
        begun.push(id);
        const how = await new Promise((resolve) => ends.push(resolve));
        if (how === 'failed') throw new Error('no');
        return id;
      });
    const all = [1, 2, 3, 4, 5].map(work);
    const results = Promise.allSettled(all);
    await settled();
    expect(begun).toEqual([1, 2]);
    ends[0]?.('failed');
    await settled();
    expect(begun).toEqual([1, 2, 3]);
    ends[1]?.('done');
    await settled();
    ends[2]?.('done');
    await settled();
    expect(begun).toEqual([1, 2, 3, 4, 5]);
    ends[3]?.('done');
    ends[4]?.('done');
    expect((await results).map(({ status }) => status)).toEqual([
      'rejected',
      ...Array(4).fill('fulfilled'),
    ]);
    // Everything has ended, so there is room for two again.
    void work(6);
    void work(7);
    void work(8);
    await settled();
    expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7]);
    for (const end of ends.slice(5)) end('done');
    await settled();
    ends.at(-1)?.('done');
  });
});

it.each([
  [Object.assign(new Error('later'), { retryAfter: 1.5 }), 1_500],
  [Object.assign(new Error('later'), { retryAfter: 0 }), 0],
  [Object.assign(new Error('later'), { retryAfter: '1' }), 0],
  [new Error('later'), 0],
  [{ retryAfter: 1 }, 0],
  [undefined, 0],
])('the error %j asks to wait %i ms', (error, ms) => {
  expect(retryAfterMs(error)).toBe(ms);
});
