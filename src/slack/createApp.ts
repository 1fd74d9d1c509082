import { App } from '@slack/bolt';
import type { Log } from '../ports/log';
import { interactiveOptions } from './clients';
import type { SlackConnection } from './connection';
import { slackLogger } from './log';
import type { BotIdentity } from './signIn';

export interface SlackApp {
  app: App;
  /** Resolves when no listener is running. Bolt's own stop doesn't wait for them. */
  idle(): Promise<void>;
}

/** Creates Bolt's app on a connection, for the workspace that the token belongs to. */
export function createApp(options: {
  token: string;
  apiUrl: string;
  identity: BotIdentity;
  connection: SlackConnection;
  log: Log;
}): SlackApp {
  const { token: botToken, apiUrl, identity, connection, log } = options;
  const app = new App({
    receiver: connection.receiver,
    authorize: async () => ({ botToken, ...identity }),
    clientOptions: interactiveOptions(apiUrl, log),
    logger: slackLogger(log, 'bolt'),
    convoStore: false,
  });
  const underWay = new Set<Promise<void>>();
  app.use(async ({ next }) => {
    const work = next();
    underWay.add(work);
    await work.finally(() => underWay.delete(work));
  });
  app.error(async (error) => {
    log.error('a Slack interaction failed', { error });
  });
  return {
    app,
    async idle() {
      await Promise.allSettled(underWay);
    },
  };
}
