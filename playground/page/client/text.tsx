import { type JsonObject, textAt } from '../../slack/json';
import { withEmoji } from './emoji';
import { Mrkdwn } from './mrkdwn';

/** A text object: mrkdwn is formatted, plain text isn't. */
export function Text({ of }: { readonly of: JsonObject | undefined }) {
  if (of === undefined) return null;
  const text = textAt(of, 'text') ?? '';
  if (textAt(of, 'type') === 'mrkdwn') return <Mrkdwn source={text} />;
  return <span class="plain-text">{of['emoji'] === false ? text : withEmoji(text)}</span>;
}
