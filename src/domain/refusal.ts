import { z } from 'zod';

/** Why an action was refused, as data. Each is said in words of its own, to the person alone. */
export const refusal = z.discriminatedUnion('code', [
  z.object({ code: z.literal('no_such_request'), requestId: z.number() }),
  z.object({ code: z.literal('own_request') }),
  z.object({ code: z.literal('guest') }),
  z.object({ code: z.literal('external') }),
  z.object({ code: z.literal('deactivated') }),
  z.object({ code: z.literal('bot') }),
  z.object({ code: z.literal('person_unknown') }),
  z.object({ code: z.literal('not_an_approver') }),
  z.object({ code: z.literal('approvers_unknown') }),
  z.object({ code: z.literal('already_approved_by_you') }),
  z.object({ code: z.literal('other_revision'), seen: z.number(), current: z.number() }),
  z.object({
    code: z.literal('already_decided'),
    decision: z.enum(['approved', 'denied']),
    by: z.string(),
    at: z.coerce.date(),
  }),
  z.object({
    code: z.literal('already_decided_by_you'),
    decision: z.enum(['approved', 'denied']),
    at: z.coerce.date(),
  }),
  z.object({ code: z.literal('reason_missing') }),
  z.object({ code: z.literal('not_in_doubt') }),
  z.object({ code: z.literal('no_such_job'), jobId: z.string() }),
]);
export type Refusal = z.infer<typeof refusal>;
