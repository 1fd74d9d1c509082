import { SEED_CHANNELS, SEED_GROUPS, SEED_USERS } from '../../playground/slack/workspace/seed';
import type { Explained } from '../../src/domain/errors/errorCodes';
import type { About, ExplanationWords } from '../../src/i18n/explanation';
import { locales } from '../../src/i18n/locales';
import { code, type Part, say, type Text, utc } from '../../src/i18n/text';

/** The words that tests expect, from the catalogue, so that they change in one place. */
export const { en } = locales;

/** An argument of the catalogue that a test leaves open. `saying` accepts any value there. */
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
  creates: true,
  action: anything,
};

/**
 * Matches these texts in this order in a message, form or response, as Slack receives or shows
 * them.
 */
export const saying = (...texts: readonly (Text | string)[]): RegExp =>
  new RegExp(texts.map(pattern).join('[\\s\\S]*?'));

/** Matches any of these texts. */
export const sayingAny = (...texts: readonly (Text | string)[]): RegExp =>
  new RegExp(texts.map(pattern).join('|'));

/** Matches this text at the start. */
export const sayingAtStart = (text: Text | string): RegExp => new RegExp(`^${pattern(text)}`);

/** Matches this text alone. */
export const sayingOnly = (text: Text | string): RegExp => new RegExp(`^${pattern(text)}$`);

/** The refusal for a person who decides after a decision. */
export const decidedAlready = (decision: 'approved' | 'denied'): RegExp =>
  saying(en.refusal({ code: 'already_decided', decision, by: anything, others: [], at: anyTime }));
export const decidedByYou = (decision: 'approved' | 'denied'): RegExp =>
  saying(en.refusal({ code: 'already_decided_by_you', decision, at: anyTime }));

/** A card or reply with a job; by default any job. */
export const jobOnCard = (jobId = anyJob, by: Text = anyText): RegExp =>
  saying(en.card.status.created(by, code(jobId)));
export const jobInThread = (jobId = anyJob): RegExp => saying(en.thread.created(code(jobId)));

/** A button in a rendered message. */
export const button = (label: string): string => `[${label}]`;

/** The explanation of an error code or failure, for any request. */
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

/** A person, group or channel, as ID or name. */
function mention(id: string, sign: string, nameOf: (id: string) => string | undefined): string {
  const marker = sign === '#' ? '#' : '@';
  return id === anything
    ? `(?:<${escaped(sign)}\\w+>|${marker}[^\\n]+?)`
    : `(?:<${escaped(sign)}${id}>|${marker}${escaped(nameOf(id) ?? id)})`;
}

/** A rendered message may indent the line after a line break. */
const literal = (text: string): string =>
  escaped(text)
    .replaceAll(anything, '[^\\n]*?')
    .replaceAll(anyJob, 'dts-[0-9a-z]{8}')
    .replaceAll('NaN', '\\d+')
    .replaceAll('\n', '\\n *');

const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
