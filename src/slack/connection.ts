import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Receiver } from '@slack/bolt';

/** How Slack reaches this process, whichever mode was chosen. */
export interface SlackConnection {
  receiver: Receiver;
  /**
   * Begins to connect; in HTTP mode Slack connects. Resolves once connected, or to Slack's reason
   * why it never will be (a wrong token, a disabled app); keeps trying meanwhile.
   */
  start(): Promise<string | undefined>;
  /** Whether people can reach Ferry at this moment. */
  isUp(): boolean;
  stop(): Promise<void>;
  /** Takes Slack's requests, in HTTP mode. */
  listener: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
}
