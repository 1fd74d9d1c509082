import type { CardPlace } from '../domain/channel/announcement';
import type { MigrationRequest } from '../domain/request/request';
import type { RequestEvent } from '../domain/request/requestEvent';

/** Reports about emergency approvals, to the users and channels that the rule names. */
export interface Alarms {
  /** True if anyone gets a report about an event. */
  isTold(request: MigrationRequest, event: RequestEvent): boolean;
  /**
   * Sends the report to each of them who doesn't have it yet. A user or channel that Slack will
   * never deliver to is logged and skipped. Rejects if Slack temporarily refuses the call.
   */
  send(request: MigrationRequest, event: RequestEvent, card: CardPlace | undefined): Promise<void>;
}
