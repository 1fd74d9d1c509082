import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Receiver } from '@slack/bolt';

/** Why a request of Slack's kind is not taken: its body is not read any further. */
export interface HttpRefusal {
  status: number;
  words: string;
}

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
  /** In HTTP mode: answers a request from Slack, or says why it is refused and leaves the answer open. */
  listener:
    | ((request: IncomingMessage, response: ServerResponse) => Promise<HttpRefusal | undefined>)
    | undefined;
}
