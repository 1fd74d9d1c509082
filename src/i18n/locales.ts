import { en, type Messages } from './en/messages';
import { zhCN } from './zh-CN/messages';

/** Every language that Ferry speaks; a new one is one folder and one line here. */
export const locales = { en, 'zh-CN': zhCN } as const satisfies Record<string, Messages>;

export type LocaleName = keyof typeof locales;

export const localeNames: readonly LocaleName[] = ['en', 'zh-CN'];

/** The language that the environment asks for, before anything else of it is read. */
export const preferredLocale = (env: Readonly<Record<string, string | undefined>>): LocaleName =>
  localeNames.find((name) => name === env['DEFAULT_LOCALE']) ?? 'en';

/**
 * The language in which to talk to somebody whose Slack speaks `slackLocale`, an IETF tag such as
 * `en-GB`; undefined when Ferry does not speak it.
 */
export function spokenLocale(slackLocale: string | undefined): LocaleName | undefined {
  const language = slackLocale?.split('-')[0]?.toLowerCase();
  return localeNames.find((name) => name.split('-')[0] === language);
}

export type { Messages };
