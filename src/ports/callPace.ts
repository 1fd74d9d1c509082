import type { Sending } from './migrationService';

/**
 * Keeps the limit that DTS sets for each action. Resolves when the call may be made at once. Rejects
 * when `gone` aborts first, or when `mayBegin` resolves to false.
 * @returns what to run once the response has arrived, or the connection is closed without one
 */
export type CallPace = (
  action: string,
  gone: AbortSignal,
  mayBegin: Sending['mayBegin'],
) => Promise<EndCall>;

/** Never throws and never waits. */
export type EndCall = () => void;
