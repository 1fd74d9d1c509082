import type { ArgumentProblem } from '../../domain/record/audit';
import type { Break } from '../../domain/record/journal';
import { listAlterations } from './alterations';

const events = (count: number) => (count === 1 ? '1 event' : `${count} events`);

function whatBroke(broken: Break): string {
  switch (broken.kind) {
    case 'missing':
      return 'the event there is missing';
    case 'added':
      return 'what stands there was added';
    case 'changed':
      return 'the event there was changed';
    case 'out_of_order':
      return `it is out of order: what belongs there stands at position ${broken.standsAt}`;
    case 'unlinked':
      return 'its hash does not fit the one before. Either one of the two was changed, or AUDIT_KEY is not the key that Ferry has';
    case 'row':
      return `request ${broken.requestId} is not stored as its newest event recorded it. Changed: ${listAlterations(broken.parts)}`;
    case 'changed_silently':
      return `request ${broken.requestId} changed with an event that does not change it. Changed: ${listAlterations(broken.parts)}`;
    case 'unapproved':
      return `request ${broken.requestId} was launched without the approvals that its rule required`;
    case 'head':
      return 'the head does not fit the last event';
    case 'not_as_kept':
      return 'it has another hash than the one given; something up to there was changed';
    case 'cut_off':
      return 'the record ends before it, and was longer when the head given was noted';
    default:
      return broken satisfies never;
  }
}

export const audit = {
  arguments: {
    command:
      'Accepted are: verify [--head HASH --length N], and export [--since TIME] [--until TIME] [--request N] [--format jsonl|csv].',
    verify:
      'verify accepts nothing, or both --head HASH and --length N, as an earlier verify said them.',
    export: 'export accepts --since TIME, --until TIME, --request N and --format jsonl|csv.',
    head: '--head accepts the 64 digits (0-9, a-f) that an earlier verify said.',
    length: '--length accepts a whole number.',
    since: '--since accepts a day or a moment: 2026-01-31, or 2026-01-31T08:00:00Z.',
    until: '--until accepts a day or a moment: 2026-01-31, or 2026-01-31T08:00:00Z.',
    request: '--request accepts the number of a request.',
    format: '--format accepts jsonl or csv.',
  } satisfies Record<ArgumentProblem, string>,
  database: {
    inUse: (where: string) =>
      `${where} cannot be read: another process keeps it to itself. Stop it, or name a backup copy in DATABASE_URL.`,
    newer:
      'The database cannot be read: a newer version of Ferry has changed it. Use that version.',
    older:
      'The database cannot be read: it is not of this version of Ferry. Start Ferry on it once.',
    unusable: (where: string, detail: string) =>
      `The database ${where} cannot be read (${detail}). Check DATABASE_URL; an SQLite file must stand in a folder that may be written to.`,
  },
  interrupted: (detail: string) => `The record could not be read to its end (${detail}).`,
  whole: (count: number, head: string) => `The record is whole: ${events(count)}, head ${head}.`,
  span: (from: string, to: string) => `From ${from} to ${to}.`,
  erased: (count: number) =>
    `${events(count)} ${count === 1 ? 'is' : 'are'} past retention: nothing but hashes is left.`,
  asKept: (position: number) =>
    `Nothing up to position ${position} has changed since you noted it.`,
  keep: (options: string) => `Note this where nobody else can change it: ${options}`,
  keyed: (position: number) => `AUDIT_KEY protects the events from position ${position} on.`,
  broken: (broken: Break) =>
    `The record breaks at position ${broken.position}: ${whatBroke(broken)}.`,
};
