import { harmless, isolated } from '../src/domain/text/typedText';
import { type Part, type Text, utc } from '../src/i18n/text';
import { momentFormat } from './richText';

/**
 * In mrkdwn, escaping `&`, `<` and `>` is enough to prevent mentions and links (Slack's formatting
 * page).
 */
function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Writes mrkdwn, for notifications and ephemeral replies without blocks. */
export function mrkdwn(text: Text): string {
  return text.map(write).join('');
}

function write(part: Part): string {
  switch (part.kind) {
    case 'text': {
      const text = escapeMrkdwn(harmless(part.text, 'paragraphs'));
      return part.bold === true ? `*${text}*` : text;
    }
    case 'code':
      // A backtick would end the code.
      return `\`${escapeMrkdwn(isolated(harmless(part.text, 'line'))).replaceAll('`', 'ˋ')}\``;
    case 'quote':
      return escapeMrkdwn(harmless(part.text, 'paragraphs'))
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n');
    case 'person':
      return `<@${part.userId}>`;
    case 'group':
      return `<!subteam^${part.groupId}>`;
    case 'channel':
      return `<#${part.channelId}>`;
    case 'moment': {
      const seconds = Math.floor(part.at.getTime() / 1_000);
      return `<!date^${seconds}^${momentFormat(part)}|${utc(part.at)}>`;
    }
    case 'link':
      return `<${escapeMrkdwn(part.url)}|${escapeMrkdwn(part.text)}>`;
    default:
      return part satisfies never;
  }
}
