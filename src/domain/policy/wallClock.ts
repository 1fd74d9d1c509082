import { type Hours, type LaunchWindow, type Weekday, weekdays } from './policy';

/**
 * Hours are local clock time. When clocks go forward, the skipped hours don't occur; when they go
 * back, the repeated hours occur twice.
 */

const minuteMs = 60_000;
const dayMinutes = 1_440;

/** Hours of every day, or hours that begin on certain days. */
type HoursOfDays = Hours & { days?: readonly Weekday[] };

/** Creating a format takes a hundred times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}

const dayNames: readonly string[] = weekdays;

/** Returns the day of the week, from 0, and the minute of the day. */
function readClock(timeZone: string, at: Date | number): { day: number; minute: number } {
  const parts = formatIn(timeZone).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return {
    day: dayNames.indexOf(part('weekday').toLowerCase()),
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

const minuteOf = (hour: string): number => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3));

/** True if the local time is within these hours. */
function isWithin({ from, to, timeZone, days = weekdays }: HoursOfDays, at: Date): boolean {
  const { day: today, minute } = readClock(timeZone, at);
  const [start, end] = [minuteOf(from), minuteOf(to)];
  const beginOn = (index: number): boolean => days.some((day) => day === weekdays.at(index));
  if (start < end) return start <= minute && minute < end && beginOn(today);
  return minute >= start ? beginOn(today) : minute < end && beginOn(today - 1);
}

/**
 * Returns the first time from `at` on that is within these hours or outside of them. It must exist:
 * hours of a whole day have no outside.
 */
export function firstMoment(hours: HoursOfDays, where: 'within' | 'outside', at: Date): Date {
  let moment = at;
  while (isWithin(hours, moment) !== (where === 'within')) moment = nextMark(hours, moment);
  return moment;
}

/**
 * Returns the next time at which `isWithin` may change: the clock reaches `from`, `to` or midnight,
 * or changes for daylight saving. All of these are whole minutes, and a day has one clock change at
 * most.
 */
function nextMark({ from, to, timeZone }: Hours, at: Date): Date {
  const start = Math.floor(at.getTime() / minuteMs) * minuteMs;
  const { minute } = readClock(timeZone, start);
  const waits = [minuteOf(from), minuteOf(to), 0].map(
    (mark) => (mark - minute + dayMinutes) % dayMinutes || dayMinutes,
  );
  const isChanged = (minutes: number): boolean =>
    readClock(timeZone, start + minutes * minuteMs).minute !== (minute + minutes) % dayMinutes;

  let reached = Math.min(...waits);
  if (isChanged(reached)) {
    let unchanged = 0;
    while (reached - unchanged > 1) {
      const middle = Math.floor((unchanged + reached) / 2);
      if (isChanged(middle)) reached = middle;
      else unchanged = middle;
    }
  }
  return new Date(start + reached * minuteMs);
}

/**
 * True for an offset in place of a city. The signs of IANA's names are inverted: `Etc/GMT+8` is
 * eight hours behind UTC.
 */
export const isOffset = (name: string): boolean =>
  /^(etc\/)?(gmt|utc)?[+-]\d{1,2}(:?\d{2})?$|^systemv\//i.test(name);

/**
 * True for IANA names of time zones. Abbreviations are refused: `CST` is Chicago to computers but
 * often means China.
 */
export function isTimeZone(name: string): boolean {
  if (isOffset(name) || (name !== 'UTC' && !name.includes('/'))) return false;
  try {
    formatIn(name);
    return true;
  } catch {
    return false;
  }
}

/** When the next window opens; `undefined` if one is open or there are no windows. */
export function nextOpening(windows: readonly LaunchWindow[], now: Date): Date | undefined {
  if (windows.length === 0 || windows.some((each) => isWithin(each, now))) return undefined;
  const openings = windows.map((each) => firstMoment(each, 'within', now).getTime());
  return new Date(Math.min(...openings));
}
