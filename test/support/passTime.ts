import type { TestFerry } from './startTestFerry';

/** Real time to look again after, when nothing tells that something has changed. */
const pollMs = 3;

/**
 * Moves the bot's clock on, step by step, until `probe` finds something. No step is made while
 * a call of the bot is under way: an answer would come late that is not late at all.
 */
export async function passTime<T>(
  test: TestFerry,
  probe: () => T | undefined | false,
  {
    stepMs = 2_000,
    timeoutMs = 15_000,
    what,
  }: { stepMs?: number; timeoutMs?: number; what: string },
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = probe();
    if (found !== undefined && found !== false) return found;
    const underWay = callsUnderWay(test);
    if (performance.now() > deadline) {
      const waited = underWay.length === 0 ? '' : `; under way: ${underWay.join(', ')}`;
      throw new Error(`${what}: not within ${timeoutMs} ms${waited}`);
    }
    if (underWay.length === 0) test.clock.advance(stepMs);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

function callsUnderWay({ dts, slack }: TestFerry): string[] {
  return [
    ...dts.calls
      .filter(({ exchange }) => exchange === 'open')
      .map(({ action }) => action ?? 'a call'),
    ...slack.calls.filter(({ answer }) => answer.kind === 'pending').map(({ method }) => method),
  ];
}
