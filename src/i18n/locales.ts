import { en, type Messages } from './en/messages';
import { zhCN } from './zh-CN/messages';

/** Every language that Ferry speaks; a new one is one folder and one line here. */
export const locales = { en, 'zh-CN': zhCN } as const satisfies Record<string, Messages>;

export type LocaleName = keyof typeof locales;

export const localeNames: readonly LocaleName[] = ['en', 'zh-CN'];

/** The language that the environment asks for, before anything else of it is read. */
export const preferredLocale = (env: Readonly<Record<string, string | undefined>>): LocaleName =>
  localeNames.find((name) => name === env['DEFAULT_LOCALE']) ?? 'en';

export type { Messages };
