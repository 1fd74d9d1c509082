import type { ArgumentProblem } from '../../domain/record/audit';
import type { Break } from '../../domain/record/journal';
import { listAlterations } from './alterations';

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);
const events = (count: number) => (count === 1 ? '1 event' : `${count} events`);

function whatBroke(broken: Break): string {
  switch (broken.kind) {
    case 'missing':
      return 'an event is missing here';
    case 'added':
      return 'this event was inserted';
    case 'changed':
      return 'this event was modified';
    case 'out_of_order':
      return `it is out of order: the event that belongs here is at position ${broken.foundAt}`;
    case 'unlinked':
      return 'its hash does not match the previous event. Either one of the two was modified, or AUDIT_KEY is not the key that Ferry uses';
    case 'gap':
      return `earlier events of request ${broken.requestId} are missing`;
    case 'deleted': {
      const { requestId, retentionDays } = broken;
      const what = requestId === undefined ? 'this event' : `request ${requestId}`;
      return retentionDays === undefined
        ? `${what} was deleted, and without RETENTION_DAYS Ferry deletes nothing. Either someone else deleted it, or Ferry ran with RETENTION_DAYS`
        : `${what} was deleted when it was less than ${days(retentionDays)} old, which RETENTION_DAYS does not allow. Either someone else deleted it, or Ferry ran with a lower RETENTION_DAYS`;
    }
    case 'row':
      return `request ${broken.requestId} does not match its newest event. Changed: ${listAlterations(broken.parts)}`;
    case 'changed_silently':
      return `request ${broken.requestId} was changed by an event that must not change it. Changed: ${listAlterations(broken.parts)}`;
    case 'unapproved':
      return `request ${broken.requestId} was launched without the approvals that its rule required`;
    case 'head':
      return 'the head does not match the last event';
    case 'not_as_kept':
      return 'its hash differs from the one that you gave, so an event up to this position was modified';
    case 'cut_off':
      return 'the audit log ends earlier: events were removed since you noted the head';
    default:
      return broken satisfies never;
  }
}

export const audit = {
  arguments: {
    command:
      'Usage: ferry audit verify [--head HASH --length N], or ferry audit export [--since TIME] [--until TIME] [--request N] [--format jsonl|csv].',
    verify: 'verify takes no options, or both --head HASH and --length N from an earlier run.',
    export: 'export takes --since TIME, --until TIME, --request N and --format jsonl|csv.',
    head: '--head takes the 64-digit hash (0-9, a-f) printed by an earlier verify.',
    length: '--length takes a whole number.',
    since: '--since takes a date or a timestamp: 2026-01-31, or 2026-01-31T08:00:00Z.',
    until: '--until takes a date or a timestamp: 2026-01-31, or 2026-01-31T08:00:00Z.',
    request: '--request takes a request number.',
    format: '--format takes jsonl or csv.',
  } satisfies Record<ArgumentProblem, string>,
  database: {
    inUse: (where: string) =>
      `The database ${where} is locked by another process. Stop that process, or set DATABASE_URL to a backup.`,
    newer:
      'The database cannot be read: a newer version of Ferry has upgraded it. Use that version.',
    older:
      'The database cannot be read: it is from an older version of Ferry. Start Ferry once to upgrade it.',
    absent: (where: string) => `Ferry has not used the database ${where} yet. Check DATABASE_URL.`,
    unusable: (where: string, detail: string) =>
      `The database ${where} cannot be read (${detail}). Check DATABASE_URL. An SQLite file must be in a writable folder.`,
  },
  interrupted: (detail: string) => `The audit log could not be read to its end (${detail}).`,
  whole: (count: number, head: string) =>
    `The audit log is intact: ${events(count)}, head ${head}.`,
  span: (from: string, to: string) => `From ${from} to ${to}.`,
  erased: (count: number) =>
    `${events(count)} ${count === 1 ? 'is' : 'are'} past retention; only hashes remain.`,
  asKept: (position: number) =>
    `No event up to position ${position} has changed since you noted the head.`,
  keep: (options: string) => `Keep this where nobody else can change it: ${options}`,
  keyed: (position: number) => `AUDIT_KEY protects the events from position ${position} on.`,
  broken: (broken: Break) =>
    `The audit log is broken at position ${broken.position}: ${whatBroke(broken)}.`,
};
