import type { JobStatus } from '../job/job';
import type { CallOutcome } from '../request/launchOutcome';
import type { OperationName } from '../request/operations/operation';
import type { EventPayload } from '../request/requestEvent';

/** How a request, or an operation on its job, stopped waiting for approvals. */
export const measuredDecisions = [
  'approved',
  'emergency',
  'denied',
  'withdrawn',
  'expired',
] as const;
export type MeasuredDecision = (typeof measuredDecisions)[number];

/**
 * How an attempt of an operation ended. `postponed`: it had no effect, and Ferry retries it.
 * `unknown`: no clear response arrived, so Ferry searches for its effect.
 */
export const attemptEnds = ['done', 'failed', 'postponed', 'unknown'] as const;
export type AttemptEnd = (typeof attemptEnds)[number];

/** How a call ended, if it was made. */
export const callEnds = ['done', 'failed', 'unknown'] as const;
type CallEnd = CallOutcome<unknown>['kind'];

/**
 * The result of one search for the effect of a call. `again`: nothing yet, so Ferry searches again.
 * `person`: an approver has to decide.
 */
export const searchResults = ['found', 'no_effect', 'again', 'person'] as const;
export type SearchResult = (typeof searchResults)[number];

/** How the JobId became known. */
export const waysToJob = ['answered', 'found', 'chosen'] as const;
export type WayToJob = (typeof waysToJob)[number];

/** What Slack delivers. `other`: a kind that Ferry doesn't handle. */
export const deliveries = [
  'command',
  'event',
  'block_actions',
  'block_suggestion',
  'view_submission',
  'view_closed',
  'shortcut',
  'message_action',
  'other',
] as const;
export type Delivery = (typeof deliveries)[number];

/** The methods of Slack's API that Ferry calls. `response_url`: replies to commands. */
export const slackMethods = [
  'apps.connections.open',
  'auth.test',
  'blocks.validate',
  'chat.delete',
  'chat.postEphemeral',
  'chat.postMessage',
  'chat.update',
  'conversations.history',
  'conversations.info',
  'conversations.members',
  'conversations.open',
  'conversations.replies',
  'files.info',
  'usergroups.list',
  'usergroups.users.list',
  'users.info',
  'views.open',
  'views.publish',
  'views.update',
  'response_url',
] as const;

/** A measured fact. Its texts come from fixed lists, never from a person. Times are in seconds. */
export type Measurement =
  | { kind: 'event'; type: EventPayload['type'] }
  | { kind: 'decided'; operation: OperationName; decision: MeasuredDecision; seconds: number }
  | {
      kind: 'call_ended';
      operation: OperationName;
      outcome: CallEnd;
      seconds: number;
    }
  | { kind: 'attempt_ended'; operation: OperationName; outcome: 'done' }
  | {
      kind: 'attempt_ended';
      operation: OperationName;
      outcome: Exclude<AttemptEnd, 'done'>;
      /** One of `problemCodes`. */
      code: string;
    }
  | { kind: 'searched'; operation: OperationName; result: SearchResult }
  /** `seconds`: since the last approval, including the wait for a launch window. */
  | { kind: 'job_known'; how: WayToJob; seconds: number }
  | { kind: 'job_moved'; to: JobStatus }
  /** A decision or a call found that a stored request differs from the audit log. */
  | { kind: 'record_altered' }
  | { kind: 'acknowledged'; delivery: Delivery; seconds: number }
  /** Slack refused a call of this method, because Ferry makes too many. */
  | { kind: 'slack_limit'; method: string }
  | { kind: 'slack_connection'; isUp: boolean };
