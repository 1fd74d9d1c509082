import type { PlainTextElement } from '@slack/types';
import { harmless } from '../src/domain/text/typedText';

/** Text that Slack shows literally, in `max` UTF-16 units at most; `:name:` stays `:name:`. */
export function plainText(text: string, max = Number.POSITIVE_INFINITY): PlainTextElement {
  return { type: 'plain_text', text: cut(harmless(text, 'line'), max), emoji: false };
}

/** The first half of a character that is two UTF-16 units. */
const halfPair = /[\ud800-\udbff]$/;

/** Cuts `text` to at most `max` UTF-16 units between characters, and marks the cut with `…`. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(halfPair, '')}…`;
}
