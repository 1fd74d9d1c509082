import { queriesUnderWay } from './queriesUnderWay';
import type { TestFerry } from './startTestFerry';

type Servers = Pick<TestFerry, 'dts' | 'slack'>;

/** For so many turns of the event loop, the bot must have nothing to do. */
const quietTurns = 50;

/** The calls of the bot that have no answer yet. */
export function callsUnderWay({ dts, slack }: Servers): string[] {
  return [
    ...dts.calls
      .filter(({ exchange }) => exchange === 'open')
      .map(({ action }) => action ?? 'a call'),
    ...slack.calls.filter(({ answer }) => answer.kind === 'pending').map(({ method }) => method),
  ];
}

/**
 * Resolves once the bot has handled everything that has arrived: Slack waits for no
 * acknowledgement, and the bot for no response and no query. A test that expects nothing to happen
 * looks after that.
 */
export async function untilQuiet(servers: Servers): Promise<void> {
  const isBusy = () =>
    queriesUnderWay() > 0 ||
    servers.slack.deliveries.some(({ outcome }) => outcome.kind === 'waiting') ||
    callsUnderWay(servers).length > 0;
  const deadline = performance.now() + 30_000;
  for (let turn = 0; turn < quietTurns; turn += 1) {
    if (performance.now() > deadline) {
      throw new Error(`the bot is busy: ${callsUnderWay(servers).join(', ')}`);
    }
    // A short timer lets data on sockets arrive between the turns.
    await new Promise((resolve) => setTimeout(resolve, turn % 10 === 0 ? 2 : 0));
    if (isBusy()) turn = 0;
  }
}
