import { nearest } from './nearest';

/** The command that a person typed after `/migrate`. */
export type Command =
  | { kind: 'new'; preset: string | undefined }
  | { kind: 'clone'; requestId: number }
  | { kind: 'messages'; wanted: boolean | undefined }
  | { kind: 'list' }
  /** `page` is counted from 0. */
  | { kind: 'jobs'; page: number }
  | { kind: 'show'; requestId: number }
  | { kind: 'policy' }
  /** `code` is the typed text; `requestId` is the request whose values the explanation uses. */
  | { kind: 'explain'; code: string; requestId: number | undefined }
  | { kind: 'code_missing' }
  /** `region`: where the job is, if the person named it. */
  | { kind: 'watch'; jobId: string; region: string | undefined }
  | { kind: 'unwatch'; jobId: string }
  /** The ID of the job, or its region, is missing or can't be one. */
  | {
      kind: 'job_missing';
      word: 'watch' | 'unwatch';
      about: 'job' | 'region';
      typed: string;
    }
  | { kind: 'help' }
  /** The request's number is missing or not a number. */
  | { kind: 'number_missing'; word: CommandWord; typed: string }
  /** `meant` is a similar command. */
  | { kind: 'unknown'; word: string; meant: CommandWord | undefined };

const commandWords = [
  'new',
  'clone',
  'list',
  'jobs',
  'watch',
  'unwatch',
  'show',
  'policy',
  'explain',
  'messages',
  'help',
] as const;
export type CommandWord = (typeof commandWords)[number];

const longestWord = 40;
const longestCode = 80;

/** Reads a command. Case doesn't matter, and `#42` equals `42`. */
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
        ? {
            kind: 'number_missing',
            word,
            typed: [argument, ...more].join(' ').trim().slice(0, longestWord),
          }
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
    case 'jobs': {
      const [, page = '1'] = /^#?(\d{1,3})$/.exec(argument ?? '') ?? [];
      return { kind: word, page: Math.max(0, Number(page) - 1) };
    }
    case 'watch':
    case 'unwatch':
      return readWatch(word, argument, more);
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

const jobPattern = /^dts-[a-z0-9]{1,32}$/;
const regionPattern = /^[a-z]{2}-[a-z]+(-[a-z]+)*$/;

function readWatch(
  word: 'watch' | 'unwatch',
  argument = '',
  [region, ...more]: readonly string[],
): Command {
  const jobId = argument.toLowerCase();
  const missing = (about: 'job' | 'region', typed: string): Command => ({
    kind: 'job_missing',
    ...{ word, about, typed: typed.slice(0, longestWord) },
  });
  if (!jobPattern.test(jobId)) return missing('job', argument);
  if (region === undefined)
    return word === 'watch' ? { kind: word, jobId, region } : { kind: word, jobId };
  const rest = [region, ...more].join(' ');
  if (word === 'unwatch') return missing('job', `${argument} ${rest}`);
  const isRegion = more.length === 0 && regionPattern.test(region.toLowerCase());
  return isRegion ? { kind: word, jobId, region: region.toLowerCase() } : missing('region', rest);
}
