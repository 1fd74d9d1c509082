import { z } from 'zod';

const observedInstance = z.object({
  name: z.string(),
  /** For example `8.0`. */
  version: z.string().optional(),
  memoryMb: z.number().optional(),
  diskGb: z.number().optional(),
  /** Why DTS cannot use it, in Tencent Cloud's words. */
  unusable: z.string().optional(),
});
export type ObservedInstance = z.infer<typeof observedInstance>;

/** What had the job name when the request was submitted. */
const nameTaken = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), id: z.int() }),
  z.object({ kind: z.literal('job'), jobId: z.string() }),
]);
export type NameTaken = z.infer<typeof nameTaken>;

/**
 * What Ferry saw in the account when the form was submitted. It helps approvers and decides
 * nothing. Parts that Tencent Cloud didn't return in time are missing.
 */
export const observation = z.object({
  source: observedInstance.optional(),
  target: observedInstance.optional(),
  /** The instances that the account doesn't have with this engine and in this region. */
  absent: z
    .array(z.enum(['source', 'target']))
    .readonly()
    .optional(),
  nameTaken: nameTaken.optional(),
});
export type Observation = z.infer<typeof observation>;
