/** The machine's monotonic clock with fractions, in ms since 1970 when the process started. */
const origin = Date.now() - Number(process.hrtime.bigint()) / 1e6;

/** Converts a time of `process.hrtime` in ms. */
export const fromMonotonic = (ms: number): number => origin + ms;

export const now = (): number => fromMonotonic(Number(process.hrtime.bigint()) / 1e6);
