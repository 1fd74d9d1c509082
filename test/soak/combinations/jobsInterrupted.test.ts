import { interruptedOperations, interruptedPrepared } from '../../support/interruptedJobs';
import { databases } from '../../support/startTestFerry';

describe.each(databases)('on %s, after a process was killed', (database) => {
  it.each([...interruptedOperations, ...interruptedPrepared])(
    'during $during ($step), DTS gets the call at most once, and the card is true',
    ({ test }) => test(database),
  );
});
