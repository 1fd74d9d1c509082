import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves once `probe` returns true. Rejects after 30 s, so that a failed test stops polling. */
export async function eventually(
  what: string,
  probe: () => boolean | Promise<boolean>,
  pollMs = 5,
): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await probe())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within 30 s`);
    await sleep(pollMs);
  }
}
