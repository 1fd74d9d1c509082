import type { ChannelProblem } from '../channel/announcement';
import type { OperationName } from '../request/operations/operation';
import type { EventPayload } from '../request/requestEvent';
import { codeOf } from './measureChange';

/**
 * What a Ferry admin needs from an event in the log: names, numbers and times. It contains no texts of
 * people or servers, which are in the request's history.
 */
export type EventFacts = {
  action?: string;
  approvals?: number;
  attempt?: number;
  /** Why: an error code of Tencent Cloud, or one of Ferry's own. */
  code?: string;
  /** The request that turned out to have created a watched job. */
  createdBy?: number;
  found?: number | string;
  from?: string;
  how?: string;
  /** The ID of a job. */
  job?: string;
  /** How many approvals no longer count. */
  lapsed?: number;
  /** The number of a reminder. */
  number?: number;
  operation?: OperationName;
  problem?: ChannelProblem;
  region?: string;
  required?: number;
  rule?: string;
  /** Tencent Cloud's support needs it. */
  tencentRequestId?: string;
  to?: string;
  until?: Date;
};

export function eventFacts(event: EventPayload): EventFacts {
  switch (event.type) {
    case 'approved':
    case 'taken_back':
      return { ...onJob(event), approvals: event.count, required: event.required };
    case 'denied':
    case 'withdrawn':
    case 'expired':
      return onJob(event);
    case 'reminded':
      return { ...onJob(event), number: event.number };
    case 'rule_changed':
      return { ...onJob(event), rule: event.to, lapsed: event.lapsed.length };
    case 'approvals_lapsed':
      return { ...onJob(event), lapsed: event.lapsed.length };
    case 'unverified':
    case 'look_again':
    case 'try_again':
      return { operation: event.operation };
    case 'held':
      return { operation: event.operation, until: event.until };
    case 'reminder_held':
      return { until: event.until };
    case 'launched':
      return { operation: event.operation, attempt: event.attempt };
    case 'created': {
      const { how, jobId: job, requestId } = event;
      return { how, job, ...(requestId === undefined ? {} : { tencentRequestId: requestId }) };
    }
    case 'failed':
      return { operation: event.operation, code: codeOf(event.problem) };
    case 'postponed': {
      const { attempt, operation, problem, until } = event;
      return { operation, attempt, code: codeOf(problem), until };
    }
    case 'answer_lost':
      return { operation: event.operation, code: event.doubt.kind };
    case 'looked':
      return { operation: event.operation, found: event.found };
    case 'unconfirmed':
      return {
        operation: event.operation,
        code: event.doubt.kind,
        found: event.found.length,
      };
    case 'automatic':
      return { operation: event.operation, rule: event.rule };
    case 'not_automatic':
      return {
        operation: event.operation,
        ...(event.missed === undefined ? {} : { missed: event.missed.toISOString() }),
      };
    case 'operated':
      return { operation: event.operation, how: event.how };
    case 'job_moved':
      return { ...onJob(event), from: event.from, to: event.to };
    case 'stray_job':
      return { attempt: event.attempt, job: event.jobId };
    case 'channel_lost':
      return { problem: event.problem };
    case 'attempt_refused':
      return { action: event.action, code: event.refusal.code };
    case 'watched':
      return { job: event.jobId, region: event.region };
    case 'unwatched':
      return event.createdBy === undefined ? {} : { createdBy: event.createdBy };
    case 'requested':
    case 'edited':
    case 'break_glass':
    case 'job_idle':
      return {};
    default:
      return event satisfies never;
  }
}

const onJob = ({ operation }: { operation?: OperationName | undefined }): EventFacts =>
  operation === undefined ? {} : { operation };
