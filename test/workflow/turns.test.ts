import { createKeyedQueue } from '../../src/workflow/keyedQueue';

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

  it('continues after a failure, whose error only affects its own caller', async () => {
    const turns = createKeyedQueue<number>();
    const failing = turns(1, () => Promise.reject(new Error('no')));
    const next = turns(1, async () => 'done');
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('done');
  });
});
