import { z } from 'zod';
import { apiRefusal, callProblem, type FailedCall, withoutMessage } from '../errors/callProblem';
import { mayReadLater } from '../errors/errorCodes';
import { jobStatuses } from '../job/job';
import { alterations } from '../record/recordedRow';
import { secretPaths, secretReference } from '../secrets/secretReference';
import { valueFlaw } from '../secrets/secretValue';

/** Why an operation had no effect: its call failed, or Ferry didn't make it. */
export const launchProblem = z.discriminatedUnion('kind', [
  callProblem,
  /** The request lacks a value that today's policy needs to choose a rule. */
  z.object({ kind: z.literal('rule_unclear') }),
  /** The job's start time passed, or will pass before the launch window opens. */
  z.object({ kind: z.literal('start_time_passed') }),
  /** This rule of today's policy doesn't allow the requester to request the migration. */
  z.object({ kind: z.literal('requester_not_allowed'), rule: z.string() }),
  /** The job has a status in which DTS doesn't allow the operation. */
  z.object({ kind: z.literal('job_not_ready'), status: z.enum(jobStatuses), said: z.string() }),
  /** Items of the check that should be skipped no longer fail, or can no longer be skipped. */
  z.object({ kind: z.literal('check_changed') }),
  /** No response arrived, and the job's status shows no effect of the call. */
  z.object({ kind: z.literal('no_effect') }),
  /** These parts of the stored request differ from what its newest event recorded. */
  z.object({ kind: z.literal('record_altered'), parts: z.array(z.enum(alterations)).readonly() }),
  z.object({
    kind: z.literal('secret_unreadable'),
    /** `elsewhere`: it was sealed for another request, field, revision or target. */
    reason: z.enum(['missing', 'no_key', 'damaged', 'elsewhere']),
  }),
  z.object({
    kind: z.literal('secret_unavailable'),
    path: z.enum(secretPaths),
    reference: secretReference,
    cause: z.discriminatedUnion('kind', [
      apiRefusal.extend({ kind: z.literal('refused') }),
      z.object({ kind: z.literal('not_reached'), detail: z.string() }),
      /** The secret exists but doesn't contain a usable password. */
      z.object({ kind: z.literal('unusable'), flaw: valueFlaw.optional() }),
      /** The secret belongs to a different account from `user` in the form. */
      z.object({ kind: z.literal('other_user'), user: z.string() }),
      z.object({ kind: z.literal('not_set') }),
      z.object({ kind: z.literal('not_allowed') }),
      z.object({ kind: z.literal('unknown_person') }),
    ]),
  }),
]);
export type LaunchProblem = z.infer<typeof launchProblem>;

/** False if another approval of the call would not help either. */
export const mayBeApproved = ({ kind }: LaunchProblem): boolean =>
  kind !== 'requester_not_allowed' && kind !== 'rule_unclear' && kind !== 'record_altered';

/** Why it is unknown whether the job exists. */
export const doubt = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no_answer'), detail: z.string() }),
  z.object({ kind: z.literal('unreadable_answer'), detail: z.string() }),
  z.object({ kind: z.literal('redirected') }),
  z.object({ kind: z.literal('interrupted') }),
  /** DTS rejected the call because the job exists already. It may be this request's job. */
  apiRefusal.extend({ kind: z.literal('duplicate') }),
]);
export type Doubt = z.infer<typeof doubt>;

/** Details of the response, if there are any. */
export function detailOf(about: Doubt): string | undefined {
  switch (about.kind) {
    case 'no_answer':
    case 'unreadable_answer':
      return about.detail;
    case 'redirected':
    case 'interrupted':
    case 'duplicate':
      return undefined;
    default:
      return about satisfies never;
  }
}

/** A job in `DescribeMigrateJobs` that could be the result of a call with an unknown outcome. */
export const foundJob = z.object({
  jobId: z.string(),
  /** As Tencent Cloud writes it: `yyyy-mm-dd hh:mm:ss` in UTC+8. */
  createTime: z.string(),
});
export type FoundJob = z.infer<typeof foundJob>;

/**
 * An open request or a job of the account that already has this job name. `isOfThisForm`: the
 * request was stored from the same form, although the first attempt to store it seemed to fail.
 */
export type Namesake =
  | { kind: 'request'; id: number; channel: string; isOfThisForm: boolean }
  | ({ kind: 'job' } & FoundJob);

/**
 * The result of a call that may not have taken effect.
 * - `failed`: it had no effect, because Tencent Cloud rejected it or it wasn't sent.
 * - `unknown`: it may have taken effect. Ferry never repeats it unless a person decides so.
 */
export type Unfinished = FailedCall | { kind: 'unknown'; doubt: Doubt };

/**
 * True if a problem's words come from a network or library and don't help people in the channel.
 */
export const isOfTransport = (problem: LaunchProblem): boolean =>
  problem.kind === 'not_sent' ||
  (problem.kind === 'secret_unavailable' && problem.cause.kind === 'not_reached');

/**
 * Removes the words of a response, as `withoutWords` does. The words about a call that was not made come
 * from the network, and admins need them.
 */
export function withoutServersWords(outcome: Unfinished): Unfinished {
  return outcome.kind === 'failed'
    ? { kind: 'failed', problem: withoutMessage(outcome.problem) }
    : { kind: 'unknown', doubt: withoutQuote(outcome.doubt) };
}

/** The library quotes a response that isn't JSON. */
export const withoutQuote = (about: Doubt): Doubt =>
  about.kind === 'unreadable_answer' && !/^HTTP \d{3}$/.test(about.detail)
    ? { ...about, detail: 'the response could not be read' }
    : about;

export type CallOutcome<Result> = { kind: 'done'; result: Result } | Unfinished;

/** The outcome of its call, or why Ferry didn't make it. */
export type OperationOutcome<Result> =
  | CallOutcome<Result>
  | { kind: 'failed'; problem: LaunchProblem };

export interface CreatedJob {
  jobId: string;
  /** From the response of the call that created it, if one arrived. */
  requestId?: string;
}

/**
 * True if an automatic retry is safe and useful: nothing reached DTS, or it limited the rate.
 */
export function mayRetry(problem: LaunchProblem): boolean {
  switch (problem.kind) {
    case 'not_sent':
      return true;
    case 'refused':
      return /^RequestLimitExceeded(\.|$)/.test(problem.code);
    case 'rule_unclear':
    case 'start_time_passed':
    case 'requester_not_allowed':
    case 'job_not_ready':
    case 'check_changed':
    case 'no_effect':
    case 'record_altered':
    case 'secret_unreadable':
      return false;
    case 'secret_unavailable':
      return mayBecomeAvailable(problem.cause);
    default:
      return problem satisfies never;
  }
}

/** Reading a secret changes nothing, so every read that may succeed later can be repeated. */
function mayBecomeAvailable(
  cause: Extract<LaunchProblem, { kind: 'secret_unavailable' }>['cause'],
): boolean {
  switch (cause.kind) {
    case 'not_reached':
    case 'unknown_person':
      return true;
    case 'refused':
      return mayReadLater(cause.code);
    case 'unusable':
    case 'other_user':
    case 'not_set':
    case 'not_allowed':
      return false;
    default:
      return cause satisfies never;
  }
}
