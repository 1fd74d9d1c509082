import { wordsFor } from '../words';
import { usePage } from './page';

/** The words of the page, in the language of the person's Slack. */
export const useWords = (): ReturnType<typeof wordsFor> => wordsFor(usePage().me.locale);
