import type { Hours, Rule } from '../policy/policy';
import { firstMoment } from '../policy/wallClock';
import { after } from '../time/offset';

type Reminding = Pick<Rule, 'reminders'>;

/** Returns the time itself, or the end of the quiet hours that contain it. */
export function afterQuiet(quiet: Hours | undefined, at: Date): Date {
  // Quiet hours of a whole day have no end, so they don't delay anything.
  return quiet === undefined || quiet.from === quiet.to ? at : firstMoment(quiet, 'outside', at);
}

/**
 * Returns when the next reminder is due after `count` reminders; `undefined` after the last one.
 */
export function nextReminder(
  { reminders }: Reminding,
  since: Date,
  count: number,
): Date | undefined {
  const afterMs = reminders.afterMs[count];
  if (afterMs === undefined) return undefined;
  return afterQuiet(reminders.quiet, after(since, afterMs));
}

/** How many reminders are due by `now`. Several due at the same time are sent as one. */
export function remindersBy(rule: Reminding, since: Date, now: Date): number {
  return rule.reminders.afterMs.filter((_, index) => {
    const at = nextReminder(rule, since, index);
    return at !== undefined && at <= now;
  }).length;
}
