import type { ComponentChildren } from 'preact';
import {
  isObject,
  type Json,
  type JsonObject,
  listAt,
  numberAt,
  objectAt,
  textAt,
} from '../../slack/json';
import { emoji } from './emoji';
import { ChannelMention, GroupMention, Link, Mention, UserMention } from './mentions';
import { usePage } from './page';
import { slackDate } from './time';

export function RichText({ elements }: { readonly elements: readonly Json[] }) {
  return (
    <>
      {elements.filter(isObject).map((element, index) => (
        <RichElement key={index} element={element} />
      ))}
    </>
  );
}

function RichElement({ element }: { readonly element: JsonObject }) {
  const inner = <RichText elements={listAt(element, 'elements')} />;
  const text = (key: string): string => textAt(element, key) ?? '';
  switch (textAt(element, 'type')) {
    case 'rich_text_section':
      return <div class="rich">{inner}</div>;
    case 'rich_text_quote':
      return <blockquote>{inner}</blockquote>;
    case 'rich_text_preformatted':
      return <pre>{inner}</pre>;
    case 'rich_text_list':
      return <List element={element} />;
    case 'user':
      return <UserMention id={text('user_id')} />;
    case 'usergroup':
      return <GroupMention id={text('usergroup_id')} />;
    case 'channel':
      return <ChannelMention id={text('channel_id')} />;
    case 'broadcast':
      return <Mention>@{text('range')}</Mention>;
    case 'emoji':
      return <span>{emoji(text('name'))}</span>;
    case 'link':
      return styled(element, <Link url={text('url')}>{text('text') || text('url')}</Link>);
    case 'date':
      return <DateText element={element} />;
    case 'text':
      return styled(element, text('text'));
    default:
      return <span class="unknown">{text('type')}</span>;
  }
}

function List({ element }: { readonly element: JsonObject }) {
  const items = listAt(element, 'elements')
    .filter(isObject)
    .map((item, index) => (
      <li key={index}>
        <RichText elements={listAt(item, 'elements')} />
      </li>
    ));
  return textAt(element, 'style') === 'ordered' ? <ol>{items}</ol> : <ul>{items}</ul>;
}

function DateText({ element }: { readonly element: JsonObject }) {
  const { me, sections } = usePage();
  const nowSeconds = (Date.now() + sections.machine.offsetMs) / 1_000;
  const seconds = numberAt(element, 'timestamp') ?? 0;
  return (
    <time title={textAt(element, 'fallback')}>
      {slackDate(me, seconds, textAt(element, 'format') ?? '{date_short} {time}', nowSeconds)}
    </time>
  );
}

function styled(element: JsonObject, children: ComponentChildren) {
  const style = objectAt(element, 'style') ?? {};
  const coded = style['code'] === true ? <code>{children}</code> : children;
  const struck = style['strike'] === true ? <s>{coded}</s> : coded;
  const slanted = style['italic'] === true ? <em>{struck}</em> : struck;
  return style['bold'] === true ? <strong>{slanted}</strong> : slanted;
}
