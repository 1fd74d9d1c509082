/** The time `ms` milliseconds after `at`. */
export const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** The time `ms` milliseconds before `at`. */
export const before = (at: Date, ms: number): Date => new Date(at.getTime() - ms);
