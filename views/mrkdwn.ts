import { type Part, type Text, utc } from '../src/i18n/text';
import { momentFormat } from './richText';

/** `&`, `<` and `>` are all that mrkdwn needs escaped to mention or link nothing (Slack's formatting page). */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text as mrkdwn: for notifications and ephemeral answers, which have no blocks. */
export function mrkdwn(text: Text): string {
  return text.map(write).join('');
}

function write(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.bold === true ? `*${escapeMrkdwn(part.text)}*` : escapeMrkdwn(part.text);
    case 'code':
      return `\`${escapeMrkdwn(part.text)}\``;
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
