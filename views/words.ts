import type { RichTextBlock } from '@slack/types';
import type { ConsoleSite } from '../src/domain/errors/consolePage';
import type { MigrationRequest } from '../src/domain/request/request';
import { harmless } from '../src/domain/text/typedText';
import type { About } from '../src/i18n/explanation';
import type { Messages } from '../src/i18n/locales';
import { join, quote as quoted, say, type Text } from '../src/i18n/text';
import { type Message, messageText } from './message';
import { elementsOf } from './richText';

/** Ferry's lines, with the event in the first one, and the parts that are formatted separately. */
export interface Words {
  lines: readonly Text[];
  /** Foreign words. */
  quote?: string;
  /** Text to copy, and its title. */
  copy?: { title: Text; text: string };
  /** The last line. */
  end?: Text;
}

/** What the words for an event depend on, apart from the event. */
export interface EventContext {
  messages: Messages;
  request: MigrationRequest;
  site: ConsoleSite;
  /** How often the operation failed, with this event. */
  failures?: number;
  /** The link to the card of another request. */
  cardUrl?: About['cardUrl'];
}

export const lines = (...texts: readonly Text[]): Words => ({ lines: texts });

export const quoting = (texts: readonly Text[], quote: string): Words => ({ lines: texts, quote });

/**
 * The longest JSON of a message's text. Slack refuses a message whose blocks are longer than about
 * 13,200 characters (`msg_blocks_too_long`; undocumented, bolt-js #2509). The rest is for buttons.
 */
const longestBlocks = 11_000;
/** The longest JSON of the last line, which may mention many people. */
const longestEnd = 3_000;

export function toMessage({ lines, quote, copy, end }: Words): Message {
  const last = end === undefined ? [] : [clipped([end], longestEnd)];
  const quotes = quote === undefined ? [] : [[quoted(quote)]];
  const titles = copy === undefined ? [] : [copy.title];
  const copied = copy === undefined ? [] : [preformatted(copy.text)];
  const rest = [...sectionsOf([...quotes, ...titles]), ...copied, ...sectionsOf(last)];
  const shown = clipped(lines, longestBlocks - JSON.stringify(rest).length);
  // Slack shows no line break between adjacent sections. So lines are in one section, unless a quote
  // or a text to copy is between them.
  const [after, atEnd] = copy === undefined ? [last, []] : [titles, last];
  const elements =
    quote === undefined
      ? elementsOf([join([shown, ...after], '\n')])
      : elementsOf([shown, ...quotes, ...after]);
  return {
    text: messageText(join(lines, '\n')),
    blocks: [{ type: 'rich_text', elements: [...elements, ...copied, ...sectionsOf(atEnd)] }],
  };
}

/** None without text, because Slack refuses an empty section. */
const sectionsOf = (texts: readonly Text[]): ReturnType<typeof elementsOf> =>
  texts.length === 0 ? [] : elementsOf(texts);

/** The JSON of a section without its parts, in characters. */
const emptyLength = JSON.stringify(elementsOf([])).length - ','.length;

/** As many parts of the lines as fit in so many characters of JSON. */
function clipped(lines: readonly Text[], most: number): Text {
  const parts = join(lines, '\n');
  let length = 0;
  const first = parts.findIndex((part) => {
    length += JSON.stringify(elementsOf([[part]])).length - emptyLength;
    return length > most;
  });
  return first === -1 ? parts : join([parts.slice(0, first), say`…`], '\n');
}

const preformatted = (text: string): RichTextBlock['elements'][number] => ({
  type: 'rich_text_preformatted',
  elements: [{ type: 'text', text: harmless(text, 'paragraphs') }],
});
