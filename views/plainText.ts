import type { PlainTextElement } from '@slack/types';
import { harmless } from '../src/domain/text/typedText';

/** Text that Slack shows literally, in `max` UTF-16 units at most; `:name:` stays `:name:`. */
export function plainText(text: string, max = Number.POSITIVE_INFINITY): PlainTextElement {
  return { type: 'plain_text', text: cut(harmless(text, 'line'), max), emoji: false };
}

/** Cuts `text` to at most `max` UTF-16 units between characters, and marks the cut with `…`. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = text.codePointAt(max - 2);
  const splitsPair = end !== undefined && end > 0xffff;
  return `${text.slice(0, splitsPair ? max - 2 : max - 1)}…`;
}
