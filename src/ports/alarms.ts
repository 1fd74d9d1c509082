import type { CardPlace } from '../domain/channel/announcement';
import type { MigrationRequest } from '../domain/request/request';
import type { RequestEvent } from '../domain/request/requestEvent';

/** Reports about emergency approvals, to the users and channels that the rule names. */
export interface Alarms {
  /** Whether anyone gets a report about an event. */
  isTold(request: MigrationRequest, event: RequestEvent): boolean;
  /**
   * Sends the report to each of them who does not have it yet. A user or channel that Slack will never
   * deliver to is logged and skipped. Rejects if Slack does not accept the call for now.
   */
  send(request: MigrationRequest, event: RequestEvent, card: CardPlace | undefined): Promise<void>;
}
