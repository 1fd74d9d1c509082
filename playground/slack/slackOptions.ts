/** How the app is told what people do. */
export type DeliveryMode =
  | { readonly mode: 'socket' }
  | {
      readonly mode: 'http';
      /** One URL for commands, interactivity and events: `http://127.0.0.1:PORT/slack/events`. */
      readonly requestUrl: string;
    };

export interface SlackOptions {
  /** On 127.0.0.1; 0, the default, takes any free port. */
  readonly port?: number;
  /** The workspace's clock, ms since 1970; the real one unless given. */
  readonly now?: () => number;
  readonly delivery?: DeliveryMode;
  /** Scopes of the bot token; `ALL_SCOPES` unless given. */
  readonly scopes?: readonly string[];
  /** Whether the app is told what people write where its bot is (`message`, `app_mention`); not unless asked. */
  readonly tellsMessages?: boolean;
  /** Real ms the app has to acknowledge; 3000. */
  readonly ackTimeoutMs?: number;
  readonly redelivery?: {
    /** Real ms before each retry of an unacknowledged event; at once, 1 minute, 5 minutes. */
    readonly eventRetryDelaysMs?: readonly number[];
  };
}

/** What the implemented methods ask for, and `commands`. */
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
