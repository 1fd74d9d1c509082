import type { MaySend } from './migrationService';

/**
 * Keeps the limit that DTS sets for each action. Resolves when the call may be made at once. Rejects
 * when `gone` aborts first, or when `maySend` resolves to false.
 */
export type CallPace = (action: string, gone: AbortSignal, maySend: MaySend) => Promise<void>;
