import { queriesUnderWay } from './queriesUnderWay';
import { callsUnderWay } from './quiet';
import type { TestFerry } from './startTestFerry';

/** The polling interval when no event shows a change. In ms. */
const pollMs = 3;
/** On a busy machine, the bot gets at least this many turns of the event loop for each step. */
const turns = 20;

/** How long a step waits for queries; a query that waits for a lock may need the step. In ms. */
const longestQueryMs = 250;

/**
 * Advances the bot's clock step by step until `probe` returns something. It makes no step during a
 * call or a query of the bot, which would look late although it isn't: leases would end before a
 * slow machine has used them.
 */
export async function passTime<T>(
  test: TestFerry,
  probe: () => T | undefined | false,
  {
    stepMs = 2_000,
    timeoutMs = 30_000,
    what,
  }: { stepMs?: number; timeoutMs?: number; what: string },
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let stepped = performance.now();
  for (;;) {
    const found = probe();
    if (found !== undefined && found !== false) return found;
    const underWay = callsUnderWay(test);
    if (performance.now() > deadline) {
      const waited = underWay.length === 0 ? '' : `; under way: ${underWay.join(', ')}`;
      throw new Error(`${what}: not within ${timeoutMs} ms${waited}`);
    }
    const isQuiet = queriesUnderWay() === 0 || performance.now() - stepped > longestQueryMs;
    if (underWay.length === 0 && isQuiet) {
      test.clock.advance(stepMs);
      stepped = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
  }
}
