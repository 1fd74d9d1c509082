import { z } from 'zod';
import { people } from '../people/people';
import { personSchema } from '../people/person';
import { instant } from '../time/instant';

/** An approval of one revision of the parameters. `review` decides whether it still counts. */
export const approval = z.object({
  by: personSchema,
  at: instant,
  revision: z.number(),
  comment: z.string().optional(),
  /**
   * The lists of the rule's `oneFromEach` that the approver was in. Earlier versions stored
   * positions in the rule. These are dropped, because they mean nothing once the rule changes.
   */
  from: z.array(z.array(people).readonly()).readonly().catch([]).default([]),
  /** True if the approver typed the ID of the target. */
  confirmed: z.boolean().default(false),
  /** The reason of an emergency approval, which replaces the quorum. */
  breakGlass: z.string().optional(),
});
export type Approval = z.infer<typeof approval>;

/** The approvals of a call. Empty if no person decided, but a rule of the policy. */
export const approvals = z.array(approval).readonly();
