import { en, type Messages } from './en/messages';
import { zhCN } from './zh-CN/messages';

/** All languages. A new one needs a folder and a line here. */
export const locales = { en, 'zh-CN': zhCN } as const satisfies Record<string, Messages>;

export type LocaleName = keyof typeof locales;

export const localeNames: readonly LocaleName[] = ['en', 'zh-CN'];

/** The language in the environment, which is needed before the rest is read. */
export const preferredLocale = (env: Readonly<Record<string, string | undefined>>): LocaleName =>
  localeNames.find((name) => name === env['DEFAULT_LOCALE']) ?? 'en';

/**
 * The language for a person whose Slack uses `slackLocale`, an IETF tag such as `en-GB`;
 * `undefined` if Ferry doesn't have it.
 */
export function spokenLocale(slackLocale: string | undefined): LocaleName | undefined {
  const language = slackLocale?.split('-')[0]?.toLowerCase();
  return localeNames.find((name) => name.split('-')[0] === language);
}

export type { Messages };
