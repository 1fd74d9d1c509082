import { randomUUID } from 'node:crypto';
import type { Answer } from './answer';

/** The JSON text of a response: `{"Response": …}` with a new UUID as RequestId. */
export function envelope(answer: Answer): string {
  const RequestId = randomUUID();
  const Response =
    answer.kind === 'accepted'
      ? { ...answer.fields, RequestId }
      : { Error: { Code: answer.code, Message: answer.message }, RequestId };
  return JSON.stringify({ Response });
}
