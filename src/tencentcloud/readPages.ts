import { z } from 'zod';
import type { LaunchProblem } from '../domain/request/launchOutcome';
import { type CloudAccount, type CloudCall, callCloud } from './callCloud';
import { callProblem, unreadable } from './callProblem';

/** An action that answers a list page by page. */
export interface PagedCall extends Omit<CloudCall, 'body'> {
  /** The field of the answer that holds the list. */
  list: string;
  /** The request for a page. */
  body(page: Page): object;
  /** Entries to read at most; what comes after them is left out. */
  most: number;
}

export interface Page {
  Offset: number;
  Limit: number;
}

/** The entries as they came, or why nobody could tell. */
export type Entries =
  | { kind: 'listed'; entries: readonly unknown[] }
  | { kind: 'failed'; problem: LaunchProblem };

/** Every action that is read so documents it as its maximum, or documents none. */
const pageSize = 100;
/** What every service gives where nothing is asked; none is known to give less. */
const smallestPage = 20;

const countSchema = z.object({ TotalCount: z.int().min(0).nullable() });
/** Several actions document that an empty list may be null. */
const listSchema = z.array(z.unknown()).nullable();

/**
 * Reads every page of a list; an entry that moves meanwhile may come twice. Never throws; `abandon`
 * ends the wait.
 */
export async function readPages(
  account: CloudAccount,
  { service, action, region, list, body, most }: PagedCall,
  abandon: AbortSignal,
): Promise<Entries> {
  const entries: unknown[] = [];
  let offset = 0;
  for (let calls = 0; calls < most / smallestPage && entries.length < most; calls += 1) {
    const call = { service, action, region, body: body({ Offset: offset, Limit: pageSize }) };
    const called = await callCloud(account, call, { secrets: [], abandon });
    if (!called.ok) return { kind: 'failed', problem: callProblem(called) };
    const page = readPage(called.answer, list);
    if (page === undefined) return { kind: 'failed', problem: unreadable(action) };
    entries.push(...page.entries);
    // A page may be shorter than was asked for; an empty one may be a hole in front of others.
    offset += page.entries.length === 0 ? pageSize : page.entries.length;
    if (offset >= page.total) break;
  }
  return { kind: 'listed', entries: entries.slice(0, most) };
}

function readPage(
  answer: unknown,
  list: string,
): { entries: readonly unknown[]; total: number } | undefined {
  const count = countSchema.safeParse(answer);
  const listed = listSchema.safeParse(Reflect.get(Object(answer), list));
  if (!count.success || !listed.success) return undefined;
  const entries = listed.data ?? [];
  const total = count.data.TotalCount ?? 0;
  // Entries without a count, or a count without entries: something was left out.
  // No list of something, or a list of nothing: part of the answer is missing.
  const isTorn = total > 0 ? listed.data === null : entries.length > 0;
  return isTorn ? undefined : { entries, total };
}
