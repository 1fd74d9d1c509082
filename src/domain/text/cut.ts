/** The first half of a character that is two UTF-16 units. */
const halfPair = /[\ud800-\udbff]$/;

/** Cuts `text` to at most `max` UTF-16 units between characters, and marks the cut with `…`. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(halfPair, '')}…`;
}
