import { z } from 'zod';
import { alterations } from '../record/recordedRow';
import { secretPaths, secretReference } from '../secrets/secretReference';
import { valueFlaw } from '../secrets/secretValue';

/** An error that Tencent Cloud answered, in its own words; nothing was created. */
const refusal = z.object({ code: z.string(), message: z.string(), requestId: z.string() });

/** Jobs of the account that were created and never started; or that nobody could list them. */
const idleJobs = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    /** The oldest ones. */
    jobs: z
      .array(z.object({ jobId: z.string(), jobName: z.string(), createTime: z.string() }))
      .readonly(),
    /** How many there are beside them. */
    more: z.int(),
  }),
  z.object({ kind: z.literal('forbidden') }),
  z.object({ kind: z.literal('unanswered') }),
]);
export type IdleJobs = z.infer<typeof idleJobs>;

/** Why a launch ended without a job. */
export const launchProblem = z.discriminatedUnion('kind', [
  /** `idleJobs`: where the refusal is about them. */
  refusal.extend({ kind: z.literal('refused'), idleJobs: idleJobs.optional() }),
  z.object({ kind: z.literal('not_sent'), detail: z.string() }),
  /** The request lacks what today's policy needs to choose a rule. */
  z.object({ kind: z.literal('rule_unclear') }),
  /** Today's policy, under this rule, no longer lets the requester request the migration. */
  z.object({ kind: z.literal('requester_not_allowed'), rule: z.string() }),
  /** These parts of the stored request are not what its newest event recorded. */
  z.object({ kind: z.literal('record_altered'), parts: z.array(z.enum(alterations)).readonly() }),
  z.object({
    kind: z.literal('secret_unreadable'),
    /** `elsewhere`: it was sealed for another request, field, revision or place. */
    reason: z.enum(['missing', 'no_key', 'damaged', 'elsewhere']),
  }),
  z.object({
    kind: z.literal('secret_unavailable'),
    path: z.enum(secretPaths),
    reference: secretReference,
    cause: z.discriminatedUnion('kind', [
      refusal.extend({ kind: z.literal('refused') }),
      z.object({ kind: z.literal('not_reached'), detail: z.string() }),
      /** It is there, and holds nothing that can be a password. */
      z.object({ kind: z.literal('unusable'), flaw: valueFlaw.optional() }),
      /** It belongs to another account than `user`, whom the form names. */
      z.object({ kind: z.literal('other_user'), user: z.string() }),
      z.object({ kind: z.literal('not_set') }),
      z.object({ kind: z.literal('not_allowed') }),
      z.object({ kind: z.literal('unknown_person') }),
    ]),
  }),
]);
export type LaunchProblem = z.infer<typeof launchProblem>;

/**
 * The same problem without a server's own words. They may quote the password of an earlier call, and
 * where that is not in hand, nothing can find it in them.
 */
export function withoutWords(problem: LaunchProblem): LaunchProblem {
  switch (problem.kind) {
    case 'refused':
      return { ...problem, message: '' };
    case 'not_sent':
      return { ...problem, detail: '' };
    case 'rule_unclear':
    case 'requester_not_allowed':
    case 'record_altered':
    case 'secret_unreadable':
    case 'secret_unavailable':
      return problem;
    default:
      return problem satisfies never;
  }
}

/** Why nobody can say from here whether the job exists. */
export const doubt = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no_answer'), detail: z.string() }),
  z.object({ kind: z.literal('unreadable_answer'), detail: z.string() }),
  z.object({ kind: z.literal('redirected') }),
  z.object({ kind: z.literal('interrupted') }),
  /** DTS refused because there is such a job already: it may be this request's. */
  refusal.extend({ kind: z.literal('duplicate') }),
]);
export type Doubt = z.infer<typeof doubt>;

/** What was seen of the response, where anything was. */
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

/** A job that `DescribeMigrateJobs` lists and that fits a request of which the answer was lost. */
export const foundJob = z.object({
  jobId: z.string(),
  /** As Tencent Cloud writes it: UTC+8, `yyyy-mm-dd hh:mm:ss`. */
  createTime: z.string(),
});
export type FoundJob = z.infer<typeof foundJob>;

/**
 * Who has a job name already: a request that is not settled, or a job of the account.
 * `isOfThisForm`: the request was stored from the same form, although nobody could say so then.
 */
export type Namesake =
  | { kind: 'request'; id: number; isOfThisForm: boolean }
  | ({ kind: 'job' } & FoundJob);

/**
 * How a call ended that did not certainly take effect.
 *
 * - `failed`: it had no effect, because Tencent Cloud refused it or Ferry did not make it.
 * - `unknown`: it may have been carried out. Ferry never repeats it without a person's decision.
 */
export type Unfinished =
  | { kind: 'failed'; problem: LaunchProblem }
  | { kind: 'unknown'; doubt: Doubt };

/** How one call of an operation ended. */
export type CallOutcome<Result> = { kind: 'done'; result: Result } | Unfinished;

export interface CreatedJob {
  jobId: string;
  /** Of the call that created it, if its response arrived. */
  requestId?: string;
}

/**
 * Whether sending again by itself is safe and sensible: nothing reached Tencent Cloud, or it asked
 * to come later.
 */
export function mayRetry(problem: LaunchProblem): boolean {
  switch (problem.kind) {
    case 'not_sent':
      return true;
    case 'refused':
      return /^RequestLimitExceeded(\.|$)/.test(problem.code);
    case 'rule_unclear':
    case 'requester_not_allowed':
    case 'record_altered':
    case 'secret_unreadable':
      return false;
    case 'secret_unavailable':
      return problem.cause.kind === 'not_reached' || problem.cause.kind === 'unknown_person';
    default:
      return problem satisfies never;
  }
}
