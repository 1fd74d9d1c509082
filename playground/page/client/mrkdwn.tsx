import type { ComponentChildren } from 'preact';
import { type MrkdwnToken, parseMrkdwn } from '../../slack/blocks/mrkdwn';
import { withEmoji } from './emoji';
import { ChannelMention, GroupMention, Link, Mention, UserMention } from './mentions';

export function Mrkdwn({ source }: { readonly source: string }) {
  return (
    <>
      {parseMrkdwn(source).map((token, index) => (
        <Token key={index} token={token} />
      ))}
    </>
  );
}

function Token({ token }: { readonly token: MrkdwnToken }) {
  switch (token.kind) {
    case 'text':
      return <>{format(token.text)}</>;
    case 'user':
      return <UserMention id={token.id} />;
    case 'channel':
      return <ChannelMention id={token.id} />;
    case 'group':
      return <GroupMention id={token.id} />;
    case 'broadcast':
      return <Mention>@{token.range}</Mention>;
    case 'date':
      return <>{token.label}</>;
    case 'link':
      return <Link url={token.url}>{token.label ?? token.url}</Link>;
    default:
      return token satisfies never;
  }
}

const MARKS: readonly (readonly [RegExp, (inner: string) => ComponentChildren])[] = [
  [/```\n?([\s\S]+?)```/, (inner) => <pre>{inner}</pre>],
  [/`([^`\n]+)`/, (inner) => <code>{inner}</code>],
  [/(?<![\w*])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\w*])/, (inner) => <strong>{format(inner)}</strong>],
  [/(?<![\w_])_(?!\s)([^_\n]+?)(?<!\s)_(?![\w_])/, (inner) => <em>{format(inner)}</em>],
  [/(?<![\w~])~(?!\s)([^~\n]+?)(?<!\s)~(?![\w~])/, (inner) => <s>{format(inner)}</s>],
  [
    /^> ?(.*(?:\n> ?.*)*)/m,
    (inner) => <blockquote>{format(inner.replace(/^> ?/gm, ''))}</blockquote>,
  ],
];

/** The formatting inside a piece of text: the first mark, then the rest. */
function format(text: string): ComponentChildren {
  const found = MARKS.flatMap(([pattern, draw]) => {
    const match = pattern.exec(text);
    return match === null ? [] : [{ match, draw }];
  });
  const first = found.reduce<(typeof found)[number] | undefined>(
    (best, each) => (best === undefined || each.match.index < best.match.index ? each : best),
    undefined,
  );
  if (first === undefined) return withEmoji(text);
  const { match, draw } = first;
  return (
    <>
      {withEmoji(text.slice(0, match.index))}
      {draw(match[1] ?? '')}
      {format(text.slice(match.index + match[0].length))}
    </>
  );
}
