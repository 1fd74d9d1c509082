import type { Rule } from '../policy/policy';
import type { Transition } from './change';
import { declined } from './declined';
import { lateness } from './lateness';
import { operationIn } from './operationIn';
import { eventOf } from './operations/operation';
import { afterQuiet, nextReminder, remindersBy } from './reminders';
import { type InState, type MigrationRequest, waitingSince } from './request';

/**
 * Sends a reminder or expires the request if that is due at `now`. Returns `undefined` otherwise.
 * Pure.
 */
export function keepTime(request: MigrationRequest, now: Date): Transition | undefined {
  const { rule, state } = request;
  if (state.status === 'unconfirmed') return remindOfDoubt(rule, state, now);
  if (state.status !== 'pending' && state.status !== 'prepared') return undefined;
  const operation = operationIn(state);
  if (state.expireAt !== undefined && state.expireAt <= now) {
    return {
      state: declined(request, state, { status: 'expired', at: now }),
      event: { type: 'expired', ...eventOf(operation) },
    };
  }
  if (state.remindAt === undefined || state.remindAt > now) return undefined;
  const quietUntil = afterQuiet(rule.reminders.quiet, now);
  if (quietUntil > now) {
    // The reminder was due before the quiet hours but is late, so the time of sending decides.
    return {
      state: { ...state, remindAt: quietUntil },
      event: { type: 'reminder_held', until: quietUntil },
    };
  }
  const { remindAt: _, ...rest } = state;
  const since = waitingSince(request);
  const reminders = Math.max((state.reminders ?? 0) + 1, remindersBy(rule, since, now));
  const late = lateness(request, now);
  return {
    state: { ...rest, since, reminders, remindAt: nextReminder(rule, since, reminders) },
    event: {
      type: 'reminded',
      ...eventOf(operation),
      number: reminders,
      ...(late === undefined ? {} : { late }),
    },
  };
}

/** Sends reminders for a request with an unknown outcome, which never expires. */
function remindOfDoubt(
  rule: Rule,
  state: InState<'unconfirmed'>,
  now: Date,
): Transition | undefined {
  const { remindAt, ...rest } = state;
  if (remindAt === undefined || remindAt > now) return undefined;
  const quietUntil = afterQuiet(rule.reminders.quiet, now);
  if (quietUntil > now) {
    return {
      state: { ...rest, remindAt: quietUntil },
      event: { type: 'reminder_held', until: quietUntil },
    };
  }
  const reminders = Math.max((state.reminders ?? 0) + 1, remindersBy(rule, state.at, now));
  return {
    state: { ...rest, reminders, remindAt: nextReminder(rule, state.at, reminders) },
    event: { type: 'reminded', number: reminders },
  };
}
