import { sql } from 'kysely';
import { storeOn } from '../support/storeOn';

it('statements of SQLite that follow one another leave time for clicks', async () => {
  const store = await storeOn('sqlite');
  const read = () => sql`select 1`.execute(store.db);
  let isWorking = true;
  /** When the event loop could have read a click, in ms. */
  const turns: number[] = [];
  const turn = () => {
    turns.push(performance.now());
    if (isWorking) setImmediate(turn);
  };
  setImmediate(turn);
  const began = performance.now();
  // Without a pause, none of these ends the turn of the event loop in which they begin.
  const work = async () => {
    while (performance.now() - began < 60) await read();
  };
  await Promise.all([work(), work()]);
  isWorking = false;
  expect(turns.length).toBeGreaterThan(5);
  await store.close();
});
