/** China has one time zone, UTC+8, without daylight saving time. */
const offsetMs = 8 * 3_600_000;

/** Writes a time as `yyyy-mm-dd hh:mm:ss` in UTC+8, as Tencent Cloud does. */
export function writeChinaTime(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** Reads such a time. Returns an invalid date for other text. */
export function readChinaTime(text: string): Date {
  return new Date(`${text.trim().replace(' ', 'T')}+08:00`);
}
