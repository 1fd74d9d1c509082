import { z } from 'zod';

const observedInstance = z.object({
  name: z.string(),
  /** Such as `8.0`. */
  version: z.string().optional(),
  memoryMb: z.number().optional(),
  diskGb: z.number().optional(),
  /** Why DTS cannot use it, in Tencent Cloud's words. */
  unusable: z.string().optional(),
});
export type ObservedInstance = z.infer<typeof observedInstance>;

/** What had the job name when the request was sent. */
const nameTaken = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), id: z.int() }),
  z.object({ kind: z.literal('job'), jobId: z.string() }),
]);
export type NameTaken = z.infer<typeof nameTaken>;

/**
 * What Ferry saw of the account when the form was sent. It helps approvers and decides nothing: parts
 * that Tencent Cloud did not answer in time are missing.
 */
export const observation = z.object({
  source: observedInstance.optional(),
  target: observedInstance.optional(),
  nameTaken: nameTaken.optional(),
});
export type Observation = z.infer<typeof observation>;
