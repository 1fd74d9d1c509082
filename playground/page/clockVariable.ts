/** How far a process's clock is ahead of the machine's at its start, in ms. */
export const OFFSET_VARIABLE = 'CLOCK_OFFSET_MS';
