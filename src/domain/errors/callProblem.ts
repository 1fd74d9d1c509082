import { z } from 'zod';
import { isForbidden } from './errorCodes';

/** An error in Tencent Cloud's own words. The call had no effect. */
export const apiRefusal = z.object({
  code: z.string(),
  message: z.string(),
  requestId: z.string(),
});

/** Jobs of the account that were never started, or the failure to list them. */
const idleJobs = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    /** The oldest ones. */
    jobs: z
      .array(
        z.object({
          jobId: z.string(),
          jobName: z.string(),
          createTime: z.string(),
          /** The request in the same channel for which Ferry created it. */
          request: z
            .object({ id: z.int(), revision: z.int(), origin: z.string().optional() })
            .optional(),
        }),
      )
      .readonly(),
    /** How many more there are. */
    more: z.int(),
    /** How many of the oldest ones are left out, because they belong to requests of other channels. */
    elsewhere: z.int().optional(),
  }),
  z.object({ kind: z.literal('forbidden') }),
  z.object({ kind: z.literal('unanswered') }),
]);
export type IdleJobs = z.infer<typeof idleJobs>;

/** Why a call to Tencent Cloud had no effect. */
export const callProblem = z.discriminatedUnion('kind', [
  /** `idleJobs` is set if the error is about them. */
  apiRefusal.extend({ kind: z.literal('refused'), idleJobs: idleJobs.optional() }),
  z.object({ kind: z.literal('not_sent'), detail: z.string() }),
]);
export type CallProblem = z.infer<typeof callProblem>;

export interface FailedCall {
  kind: 'failed';
  problem: CallProblem;
}

/** True if the account's key lacks the permission for the call. */
export const isForbiddenProblem = (problem: CallProblem): boolean =>
  problem.kind === 'refused' && isForbidden(problem.code);

/**
 * Removes a server's own words from a problem. They could quote the password of an earlier call,
 * which Ferry can't detect without that password.
 */
export const withoutWords = (problem: CallProblem): CallProblem =>
  problem.kind === 'refused' ? { ...problem, message: '' } : { ...problem, detail: '' };

/** Removes the words of a refusal, but not those about a call that was not made. Admins need these. */
export const withoutMessage = (problem: CallProblem): CallProblem =>
  problem.kind === 'refused' ? { ...problem, message: '' } : problem;
