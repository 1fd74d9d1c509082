import { nearest } from './nearest';

/** What somebody typed after `/migrate`. */
export type Command =
  | { kind: 'new'; preset: string | undefined }
  | { kind: 'clone'; requestId: number }
  | { kind: 'messages'; wanted: boolean | undefined }
  | { kind: 'list' }
  | { kind: 'show'; requestId: number }
  | { kind: 'policy' }
  /** `code` as it was typed; `requestId`: whose values the explanation names. */
  | { kind: 'explain'; code: string; requestId: number | undefined }
  | { kind: 'code_missing' }
  | { kind: 'help' }
  /** A request's number is missing or no number. */
  | { kind: 'number_missing'; word: CommandWord }
  /** `meant` is the word that this may be a slip for. */
  | { kind: 'unknown'; word: string; meant: CommandWord | undefined };

export const commandWords = [
  'new',
  'clone',
  'list',
  'show',
  'policy',
  'explain',
  'messages',
  'help',
] as const;
export type CommandWord = (typeof commandWords)[number];

const longestWord = 40;
const longestCode = 80;

/** Reads the text of the command; upper and lower case, `#42` and `42` are the same. */
export function readCommand(text: string): Command {
  const [typed = '', argument, ...more] = text.trim().split(/\s+/);
  const word = commandWords.find((each) => each === typed.toLowerCase());
  switch (word) {
    case 'new':
      return { kind: 'new', preset: argument && [argument, ...more].join(' ') };
    case 'clone':
    case 'show': {
      const [, digits] = /^#?(\d{1,9})$/.exec(argument ?? '') ?? [];
      return digits === undefined || more.length > 0
        ? { kind: 'number_missing', word }
        : { kind: word, requestId: Number(digits) };
    }
    case 'explain': {
      if (argument === undefined) return { kind: 'code_missing' };
      const [, digits] = /^#?(\d{1,9})$/.exec(more.join(' ')) ?? [];
      const requestId = digits === undefined ? undefined : Number(digits);
      return { kind: word, code: argument.slice(0, longestCode), requestId };
    }
    case 'messages': {
      const choice = more.length === 0 ? argument?.toLowerCase() : undefined;
      return { kind: word, wanted: choice === 'on' ? true : choice === 'off' ? false : undefined };
    }
    case 'list':
    case 'policy':
    case 'help':
      return { kind: word };
    case undefined:
      if (typed === '') return { kind: 'new', preset: undefined };
      return {
        kind: 'unknown',
        word: typed.slice(0, longestWord),
        meant: commandWords.find(
          (each) => each === nearest(typed.slice(0, longestWord), commandWords),
        ),
      };
    default:
      return word satisfies never;
  }
}
