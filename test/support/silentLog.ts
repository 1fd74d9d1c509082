import type { Log } from '../../src/ports/log';

/** A log for tests that don't read it. */
export const silentLog: Log = { info() {}, warn() {}, error() {} };
