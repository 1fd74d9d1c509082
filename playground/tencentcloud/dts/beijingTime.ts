const UTC_8_MS = 8 * 3_600_000;

/** What both versions write if something has not happened yet. */
const NO_TIME = '0000-00-00 00:00:00';

/** Writes `ms` since 1970 as Beijing time, `yyyy-mm-dd hh:mm:ss`; NO_TIME if it is undefined. */
export function beijingTime(ms: number | undefined): string {
  if (ms === undefined) return NO_TIME;
  return new Date(ms + UTC_8_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** Reads `yyyy-mm-dd hh:mm:ss` in Beijing time. Returns ms since 1970, or undefined. */
export function beijingTimeMs(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  const wallClock = Date.parse(`${text.replace(' ', 'T')}Z`);
  // Date.parse turns 30 February into 1 March, so such a day doesn't convert back to itself.
  if (Number.isNaN(wallClock)) return undefined;
  const readBack = new Date(wallClock).toISOString().slice(0, 19).replace('T', ' ');
  return readBack === text ? wallClock - UTC_8_MS : undefined;
}
