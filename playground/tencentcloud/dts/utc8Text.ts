/** `ms` since 1970 as Beijing wall-clock text, `yyyy-mm-dd hh:mm:ss`. */
export function utc8Text(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
