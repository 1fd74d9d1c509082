import type { Refusal } from './refusal';

/** The result of an action: the fields of `Response` without RequestId, or an error. */
export type Answer =
  | {
      readonly kind: 'accepted';
      readonly fields: Readonly<Record<string, unknown>>;
      /** Set if this call created a job. */
      readonly jobId?: string;
    }
  | Refusal;
