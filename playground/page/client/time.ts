import type { Person } from '../wire';

type Reader = Pick<Person, 'locale' | 'tz'>;

function format({ locale, tz }: Reader, seconds: number, options: Intl.DateTimeFormatOptions) {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: tz }).format(seconds * 1_000);
}

/** The day and time for the person. @param seconds since 1970 */
export function momentIn(reader: Reader, seconds: number): string {
  return format(reader, seconds, { dateStyle: 'medium', timeStyle: 'short' });
}

export function timeIn(reader: Reader, seconds: number): string {
  return format(reader, seconds, { timeStyle: 'short' });
}

export function dayIn(reader: Reader, seconds: number): string {
  return format(reader, seconds, { weekday: 'long', month: 'long', day: 'numeric' });
}

const TOKENS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { dateStyle: 'long' },
  date_pretty: { dateStyle: 'long' },
  date_short: { dateStyle: 'medium' },
  date_short_pretty: { dateStyle: 'medium' },
  date_long: { dateStyle: 'full' },
  date_long_pretty: { dateStyle: 'full' },
  time: { timeStyle: 'short' },
  time_secs: { timeStyle: 'medium' },
};

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

function ago({ locale }: Reader, seconds: number, nowSeconds: number): string {
  const passed = seconds - nowSeconds;
  const [unit, length] = UNITS.find(([, each]) => Math.abs(passed) >= each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale).format(Math.trunc(passed / length), unit);
}

/** A date in Slack's format, `{date_short} at {time}`, in the reader's time zone. */
export function slackDate(
  reader: Reader,
  seconds: number,
  pattern: string,
  nowSeconds: number,
): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, token: string) => {
    if (token === 'ago') return ago(reader, seconds, nowSeconds);
    const options = TOKENS[token];
    return options === undefined ? whole : format(reader, seconds, options);
  });
}

/** `YYYY-MM-DDTHH:mm` in the person's local time. */
export function wallTime({ tz }: Reader, seconds: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: tz,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return parts.format(seconds * 1_000).replace(' ', 'T');
}

/** The time at which the person's clock shows `wall`, or a time close to it if it never does. */
export function secondsAt(reader: Reader, wall: string): number {
  const wanted = Date.parse(`${wall}Z`) / 1_000;
  const shownAt = (guess: number): number => Date.parse(`${wallTime(reader, guess)}Z`) / 1_000;
  const first = wanted - (shownAt(wanted) - wanted);
  return first - (shownAt(first) - wanted);
}
