/** How long the other side asks to wait, where an error says so (`retryAfter`, in seconds). */
export function retryAfterMs(error: unknown): number {
  const seconds: unknown = error instanceof Error ? Reflect.get(error, 'retryAfter') : undefined;
  return typeof seconds === 'number' ? seconds * 1_000 : 0;
}
