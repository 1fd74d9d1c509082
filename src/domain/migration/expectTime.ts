/** China has one time zone, without daylight saving. */
const offsetMs = 8 * 3_600_000;

/** `yyyy-mm-dd hh:mm:ss` in UTC+8, as DTS takes the time of a scheduled job. */
export function writeExpectTime(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().slice(0, 19).replace('T', ' ');
}

export function readExpectTime(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}+08:00`);
}
