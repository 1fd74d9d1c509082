/**
 * How long the server asks to wait (`retryAfter`, in seconds), as milliseconds; 0 if it doesn't
 * say.
 */
export function retryAfterMs(error: unknown): number {
  const seconds: unknown = error instanceof Error ? Reflect.get(error, 'retryAfter') : undefined;
  return typeof seconds === 'number' ? seconds * 1_000 : 0;
}
