import { interruptedOperations, interruptedPrepared } from '../support/interruptedJobs';
import type { DatabaseName } from '../support/startTestFerry';

/** Alternately, because neither the steps nor the operations depend on the database. */
const databaseOf = (index: number): DatabaseName => (index % 2 === 0 ? 'sqlite' : 'postgres');

/**
 * One step of each operation, so that each step occurs with several operations and on both
 * databases. `test/soak` tries every step of every operation on both.
 */
const tried = [...new Set(interruptedOperations.map(({ during }) => during))].flatMap(
  (name, index) => {
    const interruption = interruptedOperations
      .filter(({ during }) => during === name)
      .at(index % 4);
    const database = databaseOf(index + Math.floor(index / 4));
    return interruption === undefined ? [] : [{ ...interruption, database }];
  },
);

const prepared = interruptedPrepared.map((interruption, index) => ({
  ...interruption,
  database: databaseOf(index),
}));

describe('after a process was killed', () => {
  it.each([...tried, ...prepared])(
    'during $during ($step, on $database), DTS gets the call at most once, and the card is true',
    ({ database, test }) => test(database),
  );
});
