import type { Rule } from '../policy/policy';
import { after } from '../time/offset';
import { nextReminder } from './reminders';
import type { InState } from './request';

/** When the next reminder and the expiry are due for a request that waits since `since`. */
export function deadlines(
  rule: Pick<Rule, 'expiryMs' | 'reminders'>,
  since: Date,
  reminders: number,
): Pick<InState<'pending'>, 'remindAt' | 'expireAt'> {
  const remindAt = nextReminder(rule, since, reminders);
  const expireAt = rule.expiryMs === undefined ? undefined : after(since, rule.expiryMs);
  return {
    ...(remindAt === undefined ? {} : { remindAt }),
    ...(expireAt === undefined ? {} : { expireAt }),
  };
}
