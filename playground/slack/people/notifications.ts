import { parseMrkdwn } from '../blocks/mrkdwn';
import { isList, type Json, type JsonObject, listAt, objectAt, objectsAt, textAt } from '../json';
import type { Message } from '../workspace/message';
import type { World } from '../workspace/world';

/** A person or group that a message pings. */
export type Ping =
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'broadcast'; readonly range: 'channel' | 'here' | 'everyone' };

/**
 * Whom a message pings, without duplicates: the mentions in its mrkdwn and rich text, and in `text`
 * if it has no blocks. Plain text, escaped text, unknown users and unknown groups ping nobody.
 */
export function notifications(message: Message, world: World): readonly Ping[] {
  const found = message.blocks.length > 0 ? message.blocks.flatMap(pingsOf) : pingsInText(message);
  const known = found.filter((ping) => {
    if (ping.kind === 'user') return world.user(ping.id) !== undefined;
    return ping.kind === 'broadcast' || world.group(ping.id) !== undefined;
  });
  return [...new Map(known.map((ping) => [JSON.stringify(ping), ping])).values()];
}

function pingsInText({ text, linkNames }: Message): readonly Ping[] {
  const bare = linkNames ? text.matchAll(/(?:^|\s)@(channel|here|everyone)\b/g) : [];
  return [
    ...pingsInMrkdwn(text),
    ...[...bare].map(
      (match): Ping => ({
        kind: 'broadcast',
        range: match[1] as 'channel' | 'here' | 'everyone',
      }),
    ),
  ];
}

function pingsInMrkdwn(text: string): readonly Ping[] {
  return parseMrkdwn(text).flatMap((token): readonly Ping[] => {
    if (token.kind === 'user' || token.kind === 'group')
      return [{ kind: token.kind, id: token.id }];
    return token.kind === 'broadcast' ? [{ kind: 'broadcast', range: token.range }] : [];
  });
}

function pingsOf(block: JsonObject): readonly Ping[] {
  const type = textAt(block, 'type');
  if (type === 'markdown') return pingsInMrkdwn(textAt(block, 'text') ?? '');
  if (type === 'rich_text') return richPings(block['elements']);
  if (type === 'section' || type === 'alert') {
    return [objectAt(block, 'text') ?? {}, ...objectsAt(block, 'fields')].flatMap(textPings);
  }
  if (type === 'context') return objectsAt(block, 'elements').flatMap(textPings);
  if (type === 'card') {
    return ['title', 'subtitle', 'body'].flatMap((key) => textPings(objectAt(block, key) ?? {}));
  }
  if (type === 'carousel') return objectsAt(block, 'elements').flatMap(pingsOf);
  return type === 'container' ? objectsAt(block, 'child_blocks').flatMap(pingsOf) : [];
}

function textPings(text: JsonObject): readonly Ping[] {
  return textAt(text, 'type') === 'mrkdwn' ? pingsInMrkdwn(textAt(text, 'text') ?? '') : [];
}

function richPings(elements: Json | undefined): readonly Ping[] {
  if (!isList(elements)) return [];
  return elements.flatMap((element): readonly Ping[] => {
    if (typeof element !== 'object' || element === null || isList(element)) return [];
    const item = element as JsonObject;
    const type = textAt(item, 'type');
    if (type === 'user') return [{ kind: 'user', id: textAt(item, 'user_id') ?? '' }];
    if (type === 'usergroup') return [{ kind: 'group', id: textAt(item, 'usergroup_id') ?? '' }];
    if (type === 'broadcast') {
      const range = textAt(item, 'range');
      return range === 'channel' || range === 'here' || range === 'everyone'
        ? [{ kind: 'broadcast', range }]
        : [];
    }
    return richPings(listAt(item, 'elements'));
  });
}
