import { randomInt } from 'node:crypto';

/** Returns a job ID that isn't `taken`: `dts-` and eight base-36 digits. */
export function newJobId(taken: (jobId: string) => boolean): string {
  for (;;) {
    const jobId = `dts-${randomInt(36 ** 8)
      .toString(36)
      .padStart(8, '0')}`;
    if (!taken(jobId)) return jobId;
  }
}
