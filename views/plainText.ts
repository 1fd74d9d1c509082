import type { PlainTextElement } from '@slack/types';
import { cut } from '../src/domain/text/cut';
import { harmless } from '../src/domain/text/typedText';

/** Text that Slack shows literally, in `max` UTF-16 units at most; `:name:` stays `:name:`. */
export function plainText(text: string, max = Number.POSITIVE_INFINITY): PlainTextElement {
  return { type: 'plain_text', text: cut(harmless(text, 'line'), max), emoji: false };
}
