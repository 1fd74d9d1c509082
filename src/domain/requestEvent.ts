import { z } from 'zod';
import { doubt, foundJob, launchProblem } from './launchOutcome';
import { refusal } from './refusal';

/** What happened, as it is recorded. An approval says how many there were with it, of how many. */
export const happening = z.discriminatedUnion('type', [
  z.object({ type: z.literal('requested') }),
  z.object({ type: z.literal('approved'), count: z.number(), required: z.number() }),
  z.object({ type: z.literal('denied'), reason: z.string() }),
  z.object({ type: z.literal('launched'), attempt: z.number() }),
  /** `answered` by the call, `found` after a lost answer, or `chosen` by a person among several. */
  z.object({
    type: z.literal('created'),
    how: z.enum(['answered', 'found', 'chosen']),
    jobId: z.string(),
    requestId: z.string().optional(),
  }),
  z.object({ type: z.literal('failed'), problem: launchProblem }),
  z.object({
    type: z.literal('postponed'),
    attempt: z.number(),
    problem: launchProblem,
    until: z.coerce.date(),
  }),
  z.object({ type: z.literal('answer_lost'), doubt }),
  z.object({ type: z.literal('looked'), found: z.number() }),
  z.object({
    type: z.literal('unconfirmed'),
    doubt,
    found: z.array(foundJob).readonly(),
    searchProblem: launchProblem.optional(),
  }),
  z.object({ type: z.literal('look_again') }),
  z.object({ type: z.literal('try_again') }),
  /** The answer to an earlier call, after a later one was made: there may be two jobs. */
  z.object({ type: z.literal('stray_job'), attempt: z.number(), jobId: z.string() }),
  z.object({
    type: z.literal('attempt_refused'),
    action: z.enum(['approve', 'deny', 'look_again', 'choose_job', 'try_again']),
    refusal,
  }),
]);
export type Happening = z.infer<typeof happening>;

/** One line of a request's record. Without `by`, Ferry itself acted. */
export interface RequestEvent {
  requestId: number;
  /** 1 for the first event of a request; equals the version that the event made. */
  seq: number;
  revision: number;
  at: Date;
  by: { userId: string; name: string } | undefined;
  happening: Happening;
}
