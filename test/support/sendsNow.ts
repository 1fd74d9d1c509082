import type { Sending } from '../../src/ports/migrationService';

/** Nothing holds the call back. */
export const sendsNow: Sending = { mayBegin: async () => true, hasBegun() {} };
