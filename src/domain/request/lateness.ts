import { demandsOf } from '../policy/demands';
import type { Rule } from '../policy/policy';
import { nextOpening } from '../policy/wallClock';
import { isByPolicy } from './automatic';
import { operationIn } from './operationIn';
import type { Refusal } from './refusal';
import type { MigrationRequest } from './request';
import { hasMissedStart } from './startTime';
import { approvalsIn } from './states';

type Held = Pick<MigrationRequest, 'state'>;

/**
 * When the launch window opens, if the call must wait for it. Emergency approvals don't wait, nor
 * does a job that is created before its approval: its start waits.
 */
export const heldUntil = ({ state }: Held, rule: Rule, now: Date): Date | undefined =>
  isEmergency(state) || isByPolicy(state)
    ? undefined
    : nextOpening(demandsOf(rule, operationIn(state)).windows, now);

const isEmergency = (state: Held['state']): boolean =>
  approvalsIn(state).some(({ breakGlass }) => breakGlass !== undefined);

/** A start time that no usual approval can meet. */
export interface Lateness {
  startTime: Date;
  /**
   * When the launch window opens, if it opens after the start time. Otherwise the start time has
   * passed.
   */
  opensAt?: Date;
}

/** Why an approval at `now` can't lead to a call before the start time, so that only an edit helps. */
export function lateness(
  request: Pick<MigrationRequest, 'askedAt' | 'job' | 'parameters' | 'rule' | 'state'>,
  now: Date,
): Lateness | undefined {
  const { ExpectTime: startTime } = request.parameters.MigrateOption;
  if (startTime === undefined) return undefined;
  if (hasMissedStart(request, now)) return { startTime };
  const opensAt = heldUntil(request, request.rule, now);
  return opensAt !== undefined && hasMissedStart(request, opensAt)
    ? { startTime, opensAt }
    : undefined;
}

/**
 * Why people can't approve the start of a prepared job: the launch window opens after the start
 * time.
 */
export function refusalOfWindow(
  request: Parameters<typeof lateness>[0],
  now: Date,
): Refusal | undefined {
  const late = request.state.status === 'prepared' ? lateness(request, now) : undefined;
  if (late?.opensAt === undefined) return undefined;
  const { opensAt, startTime: at } = late;
  return { code: 'start_time_passed', at, opensAt };
}
