import { createClosers } from '../../src/operations/closers';

const never = () => new Promise<void>(() => {});

function closersOf(withinMs = 5_000) {
  const closed: string[] = [];
  const logged: unknown[] = [];
  const note = (message: string, fields?: object) => logged.push({ message, ...fields });
  const closers = createClosers({ info: note, warn: note, error: note }, withinMs);
  const add = (part: string, close: () => void | Promise<void> = () => {}) =>
    closers.add(part, () => {
      closed.push(part);
      return close();
    });
  return { add, closed, closers, logged };
}

it('closes the last started part first, and each part once', async () => {
  const { add, closed, closers, logged } = closersOf();
  for (const part of ['store', 'port', 'workers']) add(part);
  expect(await closers.closeAll()).toEqual([]);
  expect(await closers.closeAll()).toEqual([]);
  expect(closed).toEqual(['workers', 'port', 'store']);
  expect(logged).toEqual([]);
});

it('waits for a part before it closes what that part uses', async () => {
  const { add, closers } = closersOf();
  let isDone = false;
  let wasDone = false;
  add('store', () => {
    wasDone = isDone;
  });
  add('workers', async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    isDone = true;
  });
  await closers.closeAll();
  expect(wasDone).toBe(true);
});

it.each([
  [
    'throws',
    () => {
      throw new Error('broken');
    },
  ],
  ['rejects', () => Promise.reject(new Error('broken'))],
])('closes the others if one %s, and names it', async (_, fail) => {
  const { add, closed, closers, logged } = closersOf();
  add('store');
  add('port', fail);
  add('workers');
  expect(await closers.closeAll()).toEqual(['port']);
  expect(closed).toEqual(['workers', 'port', 'store']);
  expect(logged).toMatchObject([{ part: 'port', error: { message: 'broken' } }]);
});

it('closes the others if several hang', async () => {
  const { add, closed, closers, logged } = closersOf(50);
  add('store');
  add('port', never);
  add('workers', never);
  expect(await closers.closeAll()).toEqual([]);
  expect(closed).toEqual(['workers', 'port', 'store']);
  expect(logged).toMatchObject([{ part: 'workers' }, { part: 'port' }]);
});
