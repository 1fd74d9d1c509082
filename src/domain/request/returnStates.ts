import { z } from 'zod';
import { personSchema } from '../people/person';
import { instant } from '../time/instant';
import { approvals } from './approval';

/*
 * The states to which a request can return after an operation on its job, which the operation keeps.
 */

/** The state of a request whose job exists. */
export const createdState = z.object({
  status: z.literal('created'),
  approvals,
  jobId: z.string(),
  /** From the response of the call that created it, if one arrived. */
  requestId: z.string().optional(),
  at: instant,
  /** Calls of operations on the job so far. The numbers of attempts continue from here. */
  attempts: z.int().optional(),
});

/**
 * The state of a request whose job was created before its approval. People decide on the start,
 * like on any request.
 */
export const preparedState = z.object({
  status: z.literal('prepared'),
  approvals,
  jobId: z.string(),
  requestId: z.string().optional(),
  at: instant,
  attempts: z.int().optional(),
  /** Since when it waits, as in `pending`. */
  since: instant,
  reminders: z.int(),
  remindAt: instant.optional(),
  expireAt: instant.optional(),
});

export const deniedState = z.object({
  status: z.literal('denied'),
  by: personSchema,
  at: instant,
  reason: z.string(),
});
export const withdrawnState = z.object({
  status: z.literal('withdrawn'),
  by: personSchema,
  at: instant,
});
export const expiredState = z.object({ status: z.literal('expired'), at: instant });

/** The state of a request whose job nobody needs anymore. Ferry deletes it. */
export const discardingState = z.object({
  status: z.literal('discarding'),
  jobId: z.string(),
  at: instant,
  attempts: z.int().optional(),
  /** The region of the job, if the request may have another one since an edit. */
  region: z.string().optional(),
  /** The state after the deletion. After an edit, the job is created again. */
  next: z.discriminatedUnion('status', [
    deniedState,
    withdrawnState,
    expiredState,
    z.object({
      status: z.literal('approved'),
      operation: z.object({ name: z.literal('create_job') }),
      approvals,
      attempts: z.number(),
    }),
  ]),
});
