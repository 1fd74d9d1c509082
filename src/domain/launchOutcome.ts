import { z } from 'zod';

/** An error that Tencent Cloud answered, in its own words; nothing was created. */
const refusal = z.object({ code: z.string(), message: z.string(), requestId: z.string() });

/** Why a launch ended without a job. */
export const launchProblem = z.discriminatedUnion('kind', [
  refusal.extend({ kind: z.literal('refused') }),
  z.object({ kind: z.literal('not_sent'), detail: z.string() }),
  z.object({
    kind: z.literal('secret_unreadable'),
    reason: z.enum(['missing', 'no_key', 'damaged']),
  }),
]);
export type LaunchProblem = z.infer<typeof launchProblem>;

/** Why nobody can say from here whether the job exists. */
export const doubt = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no_answer'), detail: z.string() }),
  z.object({ kind: z.literal('unreadable_answer'), detail: z.string() }),
  z.object({ kind: z.literal('redirected') }),
  z.object({ kind: z.literal('interrupted') }),
]);
export type Doubt = z.infer<typeof doubt>;

/**
 * How one call of `CreateMigrateJob` ended.
 *
 * - `created`: the answer holds a JobId.
 * - `failed`: certainly no job, either because Tencent Cloud refused or because nothing was sent.
 * - `unknown`: the request may have been carried out; it must not be sent again by itself.
 */
export type LaunchOutcome =
  | { kind: 'created'; jobId: string; requestId: string }
  | { kind: 'failed'; problem: LaunchProblem }
  | { kind: 'unknown'; doubt: Doubt };

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
    case 'secret_unreadable':
      return false;
    default:
      return problem satisfies never;
  }
}
