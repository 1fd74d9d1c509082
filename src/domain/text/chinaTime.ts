/** China has one time zone, UTC+8, without daylight saving. */
const offsetMs = 8 * 3_600_000;

/** `yyyy-mm-dd hh:mm:ss` in UTC+8, as Tencent Cloud writes and reads times. */
export function writeChinaTime(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** The opposite; an invalid date when the text is none. */
export function readChinaTime(text: string): Date {
  return new Date(`${text.trim().replace(' ', 'T')}+08:00`);
}
