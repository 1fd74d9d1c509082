import { SEED_CHANNELS, SEED_GROUPS, SEED_USERS } from '../../playground/slack/workspace/seed';
import type { Explained } from '../../src/domain/errors/errorCodes';
import type { About, ExplanationWords } from '../../src/i18n/explanation';
import { locales } from '../../src/i18n/locales';
import { code, type Part, say, type Text, utc } from '../../src/i18n/text';

/** The words that the tests expect: those of the catalogue, so that they change in one place. */
export const { en } = locales;

/** Arguments of the catalogue that a test leaves open; `saying` accepts any value there. */
export const anything = '\u{e000}';
export const anyText: Text = say`${anything}`;
export const anyPart: Part = code(anything);
export const anyJob = '\u{e001}';
export const anyNumber = Number.NaN;
export const anyTime = new Date(Number.NaN);
const anyAbout: About = {
  to: anything,
  from: anything,
  region: anything,
  job: anything,
  engines: anything,
  secret: anything,
  action: anything,
};

/** Matches these texts, in this order, in a message, a form or an answer, as Slack receives or shows it. */
export const saying = (...texts: readonly (Text | string)[]): RegExp =>
  new RegExp(texts.map(pattern).join('[\\s\\S]*?'));

/** Matches any of these texts. */
export const sayingAny = (...texts: readonly (Text | string)[]): RegExp =>
  new RegExp(texts.map(pattern).join('|'));

/** Matches this text where it comes first. */
export const sayingAtStart = (text: Text | string): RegExp => new RegExp(`^${pattern(text)}`);

/** Matches nothing but this text. */
export const sayingOnly = (text: Text | string): RegExp => new RegExp(`^${pattern(text)}$`);

/** What somebody hears who decides after others, or after themselves. */
export const decidedAlready = (decision: 'approved' | 'denied'): RegExp =>
  saying(en.refusal({ code: 'already_decided', decision, by: anything, others: [], at: anyTime }));
export const decidedByYou = (decision: 'approved' | 'denied'): RegExp =>
  saying(en.refusal({ code: 'already_decided_by_you', decision, at: anyTime }));

/** A card or a reply that has a job, whichever it is. */
export const jobOnCard = (jobId = anyJob, by: Text = anyText): RegExp =>
  saying(en.card.status.created(by, jobId));
export const jobInThread = (jobId = anyJob): RegExp => saying(en.thread.created(jobId));

/** A button, as a rendered message shows it. */
export const button = (label: string): string => `[${label}]`;

/** The explanation of an error code or failure, about any request. */
export const explained = (key: Explained): ExplanationWords =>
  en.explanations.entries[key](anyAbout);

const pattern = (text: Text | string): string =>
  typeof text === 'string' ? literal(text) : text.map(partPattern).join('');

function partPattern(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.bold === true ? `\\*?${literal(part.text)}\\*?` : literal(part.text);
    case 'code':
      return `\`?${literal(part.text)}\`?`;
    case 'quote':
      return `\\s*${part.text.split('\n').map(quotedLine).join('\\n')}`;
    case 'person':
      return mention(part.userId, '@', (id) => SEED_USERS.find((each) => each.id === id)?.realName);
    case 'group':
      return mention(
        part.groupId,
        '!subteam^',
        (id) => SEED_GROUPS.find((each) => each.id === id)?.handle,
      );
    case 'channel':
      return mention(
        part.channelId,
        '#',
        (id) => SEED_CHANNELS.find((each) => each.id === id)?.name,
      );
    case 'moment': {
      const shown = Number.isNaN(part.at.getTime())
        ? '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC'
        : escaped(utc(part.at));
      return `(?:<!date[^|>]*\\|)?${shown}>?`;
    }
    case 'link':
      return literal(part.text);
    default:
      return part satisfies never;
  }
}

const quotedLine = (line: string): string => ` *> ${literal(line)}`;

/** A person, group or channel, as its id or as its name. */
function mention(id: string, sign: string, nameOf: (id: string) => string | undefined): string {
  const marker = sign === '#' ? '#' : '@';
  return id === anything
    ? `(?:<${escaped(sign)}\\w+>|${marker}[^\\n]+?)`
    : `(?:<${escaped(sign)}${id}>|${marker}${escaped(nameOf(id) ?? id)})`;
}

/** A line break may be followed by the indentation of a rendered message. */
const literal = (text: string): string =>
  escaped(text)
    .replaceAll(anything, '[^\\n]*?')
    .replaceAll(anyJob, 'dts-[0-9a-z]{8}')
    .replaceAll('NaN', '\\d+')
    .replaceAll('\n', '\\n *');

const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
