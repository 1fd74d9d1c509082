/** In a process with a moved clock: how far it is ahead of the machine's at its start, in ms. */
export const OFFSET_VARIABLE = 'CLOCK_OFFSET_MS';
