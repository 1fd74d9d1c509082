import type { Refusal } from './refusal';

/** What an action handler says: the fields of `Response` (RequestId is added later), or an error. */
export type Answer =
  | {
      readonly kind: 'accepted';
      readonly fields: Readonly<Record<string, unknown>>;
      /** Set when this very call created a job. */
      readonly jobId?: string;
    }
  | Refusal;
