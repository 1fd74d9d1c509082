/** The limits of calls that begin during the work, in ms and in order. */
export async function limitsDuring(work: () => Promise<unknown>): Promise<number[]> {
  const { timeout } = AbortSignal;
  const limits: number[] = [];
  AbortSignal.timeout = (ms) => {
    limits.push(ms);
    return timeout.call(AbortSignal, ms);
  };
  await work().finally(() => {
    AbortSignal.timeout = timeout;
  });
  return limits;
}
