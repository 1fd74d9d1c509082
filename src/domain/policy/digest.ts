import { allRules, type Hours, type Policy } from './policy';
import { firstMoment } from './wallClock';

/** How long a list that could not be posted in time is still worth posting. */
export const digestLastsMs = 24 * 3_600_000;

/**
 * True if the weekly list of jobs is due in a channel: on its day, from its time on and for 24
 * hours, outside of the quiet hours of the rules that post to the channel.
 */
export function isDigestDue(policy: Policy, channelId: string, now: Date): boolean {
  const { digest } = policy;
  if (digest === undefined) return false;
  const { at: from, day, timeZone } = digest;
  const hours = { from, to: from, timeZone, days: [day] };
  if (firstMoment(hours, 'within', now) > now) return false;
  const quiet = allRules(policy).flatMap(({ channel, reminders }) =>
    channel === channelId && reminders.quiet !== undefined ? [reminders.quiet] : [],
  );
  // Quiet hours that cover the whole day have no end, so they don't delay anything.
  return isLoud(quiet, now) || quiet.every((each) => !isLoud(quiet, endOf(each, now)));
}

const isLoud = (quiet: readonly Hours[], at: Date): boolean =>
  quiet.every((each) => each.from !== each.to && firstMoment(each, 'outside', at) <= at);

/** When the hours end next. */
function endOf(quiet: Hours, now: Date): Date {
  const begun = firstMoment(quiet, 'within', now);
  return quiet.from === quiet.to ? begun : firstMoment(quiet, 'outside', begun);
}
