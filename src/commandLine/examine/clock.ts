import { clockSkewMs } from '../../slack/clockSkew';
import type { Examined } from './examined';
import { doubtful, type Finding, fine, wrong } from './finding';

/** Tencent Cloud rejects signatures that are five minutes old, and so does Ferry for Slack's. */
const wrongSkewMs = 240_000;
const doubtfulSkewMs = 30_000;

export async function examineClock(
  { config, messages }: Examined,
  now: () => number,
): Promise<Finding[]> {
  const words = messages.doctor.clock;
  const skewMs = await clockSkewMs(config.slack.apiUrl, now);
  // The checks of Slack report that it does not respond.
  if (skewMs === undefined) return [];
  const seconds = Math.round(skewMs / 1_000);
  if (Math.abs(skewMs) >= wrongSkewMs) return [wrong('clock', words.off(seconds))];
  return [
    Math.abs(skewMs) >= doubtfulSkewMs
      ? doubtful('clock', words.off(seconds))
      : fine('clock', words.right),
  ];
}
