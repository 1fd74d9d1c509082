/** How often something may happen: `spacingMs` apart, after `burst` times at once. */
export interface Pace {
  spacingMs: number;
  burst: number;
  /** How far ahead the next turn may be, if it may be further than `longestAheadMs`. */
  aheadMs?: number;
}

/** A turn that was taken, or when the next one is free. */
export type Turn = { ok: true } | { ok: false; freeAt: Date };

/** One of the calls of a name that may be under way at the same time. */
export interface Slot {
  name: string;
  /** If nobody frees the slot, it is free from then on. */
  heldUntil: Date;
}

/** A slot that was taken, or the earliest time at which one is free. */
export type SlotAttempt = { ok: true; slot: Slot } | { ok: false; freeAt: Date };

/**
 * Limits that all processes on one database keep together. A turn that is too far ahead is free: it
 * was taken while a clock was wrong. Every function rejects when the store fails.
 */
export interface RateLimits {
  /** Reserves the next free turn of `name`, and resolves to its time. A time in the past means now. */
  takeTurn(name: string, now: Date, pace: Pace): Promise<Date>;
  /** Takes the turn of `name` that is free at `now`, if there is one. */
  tryTurn(name: string, now: Date, pace: Pace): Promise<Turn>;
  /** Takes one of the `count` slots of `name` for `holdMs`, if one is free at `now`. */
  trySlot(name: string, now: Date, slots: { count: number; holdMs: number }): Promise<SlotAttempt>;
  /** Makes a slot free from `at` on. Has no effect if the slot isn't held anymore. */
  freeSlot(slot: Slot, at: Date): Promise<void>;
}
