import { App } from '@slack/bolt';
import { type Delivery, deliveries } from '../domain/measure/measurement';
import type { Log } from '../ports/log';
import type { Metrics } from '../ports/metrics';
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
  metrics: Metrics;
}): SlackApp {
  const { token: botToken, apiUrl, identity, connection, log, metrics } = options;
  const app = new App({
    receiver: connection.receiver,
    authorize: async () => ({ botToken, ...identity }),
    clientOptions: interactiveOptions(apiUrl, log, metrics),
    logger: slackLogger(log, 'bolt'),
    convoStore: false,
    extendedErrorHandler: true,
  });
  measureAcknowledgements(app, metrics);
  const underWay = new Set<Promise<void>>();
  app.use(async ({ next }) => {
    const work = next();
    underWay.add(work);
    await work.finally(() => underWay.delete(work));
  });
  const report: Parameters<App['error']>[0] = async ({ body, context, error }) => {
    const about = { user: context.userId, delivery: deliveryIn({ ...body }) };
    log.error('a Slack interaction failed', { ...about, error });
  };
  app.error(report);
  return {
    app,
    async idle() {
      await Promise.allSettled(underWay);
    },
  };
}

/** Measures the time from each delivery to its acknowledgement. */
function measureAcknowledgements(app: App, metrics: Metrics): void {
  const processEvent = app.processEvent.bind(app);
  app.processEvent = (event) => {
    const begun = performance.now();
    const { body, ack } = event;
    const delivery = deliveryIn(body);
    return processEvent({
      ...event,
      async ack(response) {
        await ack(response);
        const seconds = (performance.now() - begun) / 1_000;
        metrics.measure({ kind: 'acknowledged', delivery, seconds });
      },
    });
  };
}

function deliveryIn({ command, event, type }: Readonly<Record<string, unknown>>): Delivery {
  if (typeof command === 'string') return 'command';
  if (event !== undefined) return 'event';
  return deliveries.find((known) => known === type) ?? 'other';
}
