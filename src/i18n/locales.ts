import { en, type Messages } from './en/messages';
import { zhCN } from './zh-CN/messages';

/** Every language that Ferry speaks; a new one is one folder and one line here. */
export const locales = { en, 'zh-CN': zhCN } as const satisfies Record<string, Messages>;

export type LocaleName = keyof typeof locales;

export const localeNames: readonly LocaleName[] = ['en', 'zh-CN'];

export type { Messages };
