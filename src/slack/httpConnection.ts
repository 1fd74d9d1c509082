import { HTTPReceiver } from '@slack/bolt';
import type { SlackConnection } from './connection';
import { type Log, slackLogger } from './log';

/** Slack signs the second of its request; both clocks may be this far apart. */
const mostSkewSeconds = 300;

/** HTTP mode: Slack posts signed requests, which Bolt verifies, to the process's own server. */
export function httpConnection(options: {
  signingSecret: string;
  log: Log;
  now(): Date;
}): SlackConnection {
  const { signingSecret, log, now } = options;
  const receiver = new HTTPReceiver({ signingSecret, logger: slackLogger(log, 'http') });
  let up = false;
  return {
    receiver,
    async start() {
      up = true;
      return undefined;
    },
    isUp: () => up,
    async stop() {
      up = false;
    },
    listener(request, response) {
      if (!up) {
        response.writeHead(503).end();
        return;
      }
      // Bolt refuses timestamps from the past alone: one from the future could be replayed for long.
      const sentAt = Number(request.headers['x-slack-request-timestamp']);
      if (!(sentAt - now().getTime() / 1_000 <= mostSkewSeconds)) {
        log.warn('a request to /slack/events was refused: its timestamp is in the future');
        response.writeHead(401).end();
        return;
      }
      receiver.requestListener(request, response);
    },
  };
}
