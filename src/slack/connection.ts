import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Receiver } from '@slack/bolt';

/** Why a request from Slack is refused before its body is read. */
export interface HttpRefusal {
  status: number;
  words: string;
}

/** How Slack reaches this process, in either mode. */
export interface SlackConnection {
  receiver: Receiver;
  /**
   * Starts to connect; in HTTP mode, Slack connects. Resolves once connected, or to Slack's reason
   * if connecting can't succeed (a wrong token, a disabled app). It keeps trying in the background.
   */
  start(): Promise<string | undefined>;
  /** True if people can reach Ferry at the moment. */
  isUp(): boolean;
  stop(): Promise<void>;
  /** In HTTP mode: answers a request from Slack, or returns a refusal for the caller to send. */
  listener:
    | ((request: IncomingMessage, response: ServerResponse) => Promise<HttpRefusal | undefined>)
    | undefined;
}
