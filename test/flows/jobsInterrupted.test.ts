import { interruptedOperations, interruptedPrepared } from '../support/interruptedJobs';
import { flowDatabases } from '../support/startTestFerry';

/**
 * One step of each operation, so that each step occurs with several operations. `test/soak` tries
 * every step of every operation on both databases.
 */
const tried = [...new Set(interruptedOperations.map(({ during }) => during))].flatMap(
  (name, index) => {
    const interruption = interruptedOperations
      .filter(({ during }) => during === name)
      .at(index % 4);
    return interruption === undefined ? [] : [interruption];
  },
);

describe.each(flowDatabases)('on %s, after a process was killed', (database) => {
  it.each([...tried, ...interruptedPrepared])(
    'during $during ($step), DTS gets the call at most once, and the card is true',
    ({ test }) => test(database),
  );
});
