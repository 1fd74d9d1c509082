/** How long each automatic step of a job takes, in ms of the endpoint's clock. */
export interface Pace {
  /** A new job has status 1 for this time. */
  readonly creatingMs: number;
  readonly checkingMs: number;
  readonly exportMs: number;
  readonly importMs: number;
  /** From the end of the import until the target has all changes. */
  readonly catchUpMs: number;
  readonly completingMs: number;
  readonly pausingMs: number;
  readonly resumingMs: number;
  readonly stoppingMs: number;
  /** A comparison of the data, which begins after the import. */
  readonly comparingMs: number;
}

export const usualPace: Pace = {
  creatingMs: 1_000,
  checkingMs: 30_000,
  exportMs: 10 * 60_000,
  importMs: 20 * 60_000,
  catchUpMs: 5 * 60_000,
  completingMs: 30_000,
  pausingMs: 10_000,
  resumingMs: 10_000,
  stoppingMs: 10_000,
  comparingMs: 10 * 60_000,
};
