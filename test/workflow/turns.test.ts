import { createKeyedQueue } from '../../src/workflow/keyedQueue';
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
