/** How interactions reach the app. */
export type DeliveryMode =
  | { readonly mode: 'socket' }
  | {
      readonly mode: 'http';
      /** One URL for commands, interactivity and events: `http://127.0.0.1:PORT/slack/events`. */
      readonly requestUrl: string;
    };

export interface SlackOptions {
  /** On 127.0.0.1. By default 0, which takes any free port. */
  readonly port?: number;
  /**
   * The address that responses name, such as `https://slack.test`, if something in front of the server
   * adds TLS.
   */
  readonly publicUrl?: string;
  /** The workspace's clock, in ms since 1970; by default real time. */
  readonly now?: () => number;
  readonly delivery?: DeliveryMode;
  /** The scopes of the bot token; by default `ALL_SCOPES`. */
  readonly scopes?: readonly string[];
  /** The app's slash commands, such as `/migrate`; by default every name is one. */
  readonly commands?: readonly string[];
  /**
   * Sends events about messages in the bot's channels (`message`, `app_mention`); by default off.
   */
  readonly tellsMessages?: boolean;
  /**
   * Waits for the app to end the TCP connection after the close frames of Socket Mode, like Slack; by
   * default off, because Slack's library then waits half a minute.
   */
  readonly leavesTcpOpen?: boolean;
  /** The timeout for acknowledgements, in real ms; by default 3000. */
  readonly ackTimeoutMs?: number;
  /** How long a `trigger_id` is valid, in ms of the workspace's clock; by default 3000. */
  readonly triggerLifeMs?: number;
  readonly redelivery?: {
    /**
     * Delays before each retry of an unacknowledged event, in real ms; by default 0, one minute,
     * five minutes.
     */
    readonly eventRetryDelaysMs?: readonly number[];
  };
}

/** The scopes of all implemented methods, and `commands`. */
export const ALL_SCOPES = [
  'commands',
  'chat:write',
  'channels:read',
  'groups:read',
  'im:read',
  'mpim:read',
  'channels:history',
  'groups:history',
  'im:history',
  'mpim:history',
  'im:write',
  'mpim:write',
  'users:read',
  'usergroups:read',
  'files:read',
] as const;
