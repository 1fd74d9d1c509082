import type { CardPlace } from '../domain/channel/announcement';
import type { MigrationRequest } from '../domain/request/request';
import type { RequestEvent } from '../domain/request/requestEvent';

/** Direct messages to the requester. Functions reject when Slack does not accept the call. */
export interface Mail {
  /** True if the requester gets a message about an event. */
  isTold(request: MigrationRequest, event: RequestEvent): boolean;
  /** Sends the message, with a link to the card if there is one. */
  send(request: MigrationRequest, event: RequestEvent, card: CardPlace | undefined): Promise<void>;
  /** Searches the conversation for the message about an event. */
  wasSent(request: MigrationRequest, event: RequestEvent): Promise<boolean>;
  /** True if Slack will never deliver the message, for example because the user is deactivated. */
  isRefused(error: unknown): boolean;
}
