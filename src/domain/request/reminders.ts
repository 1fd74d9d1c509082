import type { Hours, Rule } from '../policy/policy';
import { firstMoment } from '../policy/wallClock';

type Reminding = Pick<Rule, 'reminders'>;

/** The moment itself, or the end of the quiet hours that it falls into. */
export function afterQuiet(quiet: Hours | undefined, at: Date): Date {
  // Hours that never end leave no moment to wait for.
  return quiet === undefined || quiet.from === quiet.to ? at : firstMoment(quiet, 'outside', at);
}

/** When to remind for the next time, after `count` reminders; `undefined` when that was the last. */
export function nextReminder(
  { reminders }: Reminding,
  since: Date,
  count: number,
): Date | undefined {
  const afterMs = reminders.afterMs[count];
  if (afterMs === undefined) return undefined;
  return afterQuiet(reminders.quiet, new Date(since.getTime() + afterMs));
}

/**
 * How many reminders are due by `now`. Where several are due at once, after quiet hours or a time
 * without Ferry, one stands for all.
 */
export function remindersBy(rule: Reminding, since: Date, now: Date): number {
  return rule.reminders.afterMs.filter((_, index) => {
    const at = nextReminder(rule, since, index);
    return at !== undefined && at <= now;
  }).length;
}
