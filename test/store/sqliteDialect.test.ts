import { sql } from 'kysely';
import { type StoreOn, storeOn } from '../support/storeOn';

describe('statements of SQLite', () => {
  let store: StoreOn;
  /** How often the event loop could have read a click. */
  let turns: number;
  let counting: NodeJS.Immediate;
  beforeEach(async () => {
    store = await storeOn('sqlite');
    turns = 0;
    const turn = () => {
      turns += 1;
      counting = setImmediate(turn);
    };
    counting = setImmediate(turn);
  });
  afterEach(async () => {
    clearImmediate(counting);
    await store.close();
  });

  const read = () => sql`select 1`.execute(store.db);
  /** Takes a few ms. */
  const count = () =>
    sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 30000) select max(i) from n`.execute(
      store.db,
    );
  /** Without a pause, none of these ends the turn of the event loop in which it begins. */
  const chain = async (isOver: () => boolean) => {
    while (!isOver()) await read();
  };

  it('in a long series return to the event loop', async () => {
    const before = turns;
    await chain(() => turns - before > 5);
  });

  it('that begin together do not share one turn of the event loop', async () => {
    const before = turns;
    await Promise.all(Array.from({ length: 20 }, count));
    expect(turns - before).toBeGreaterThan(10);
  });

  it('do not wait for a long series of others', async () => {
    let others = 0;
    const series = chain(() => {
      others += 1;
      return others === 5_000;
    });
    while (turns < 3) await new Promise(setImmediate);
    const before = others;
    await read();
    expect(others - before).toBeLessThan(5);
    await series;
  });
});
