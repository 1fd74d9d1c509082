import { z } from 'zod';
import type { Unfinished } from '../domain/request/launchOutcome';
import type { CallProgress } from './singleUseAgent';

/** An error from the API. Only these have a code and a RequestId in the SDK. */
const apiError = z.object({
  code: z.string().regex(/^[A-Z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/),
  message: z.string(),
  requestId: z.string().min(1),
});
const statusError = z.object({ httpCode: z.number() });
const bodyError = z.object({ type: z.string() });

/**
 * What an exception of the SDK means for the call. Only an error code in a response, and a call
 * that was never released to its connection, are certain. In all other cases, the job may exist.
 * @param clean removes the request's own secrets from foreign text
 */
export function classifyFailure(
  error: unknown,
  progress: CallProgress & { abandoned: boolean },
  clean: (text: string) => string,
): Unfinished {
  if (progress.redirected) return { kind: 'unknown', doubt: { kind: 'redirected' } };

  const answered = apiError.safeParse(error);
  if (answered.success) {
    const { code, message, requestId } = answered.data;
    if (code === 'ResponseSizeLimitExceeded') {
      // The call took effect. Only its response was too large.
      return { kind: 'unknown', doubt: { kind: 'unreadable_answer', detail: code } };
    }
    return {
      kind: 'failed',
      problem: {
        kind: 'refused',
        code: clean(code),
        message: clean(message),
        requestId: clean(requestId),
      },
    };
  }
  // The library's message, “The user aborted a request”, would be misleading.
  const detail = progress.abandoned
    ? 'Ferry gave up waiting'
    : clean(error instanceof Error ? error.message : String(error));
  if (!progress.sent) return { kind: 'failed', problem: { kind: 'not_sent', detail } };

  const status = statusError.safeParse(error);
  if (status.success) {
    const detail = `HTTP ${status.data.httpCode}`;
    return { kind: 'unknown', doubt: { kind: 'unreadable_answer', detail } };
  }
  const unreadable = bodyError.safeParse(error).data?.type === 'invalid-json';
  if (unreadable || error instanceof TypeError) {
    return { kind: 'unknown', doubt: { kind: 'unreadable_answer', detail } };
  }
  return { kind: 'unknown', doubt: { kind: 'no_answer', detail } };
}
