import { type Ran, runFerry } from './runFerry';

/** Runs an audit command in this process. */
export const runAudit = (env: Readonly<Record<string, string>>, ...args: string[]): Promise<Ran> =>
  runFerry(env, ['audit', ...args]);
