import { App, SocketModeReceiver } from '@slack/bolt';
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import { APP_TOKEN, BOT_TOKEN } from '../../playground/slack/index';

/** The libraries log every refusal and fault, which are intended in these tests. */
const logger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** A client that doesn't log, wait or retry. */
export const quietClient = (apiUrl: string, token: string = BOT_TOKEN): WebClient =>
  new WebClient(token, {
    slackApiUrl: apiUrl,
    logger,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
  });

/** A Bolt app in Socket Mode that doesn't log or reconnect. `teach` adds its listeners. */
export async function connectQuietApp(
  apiUrl: string,
  teach: (app: App) => void,
): Promise<SocketModeReceiver> {
  const clientOptions = { slackApiUrl: apiUrl, retryConfig: { retries: 0 } };
  const receiver = new SocketModeReceiver({
    appToken: APP_TOKEN,
    autoReconnectEnabled: false,
    logger,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: BOT_TOKEN, receiver, logger, clientOptions });
  teach(app);
  await app.start();
  return receiver;
}
