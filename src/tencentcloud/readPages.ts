import { z } from 'zod';
import type { FailedCall } from '../domain/errors/callProblem';
import { type CloudAccount, type CloudCall, callCloud } from './callCloud';
import { problemOf, unreadable } from './problemOf';

/** An action that returns a list in pages. */
export interface PagedCall extends Omit<CloudCall, 'body'> {
  /** The field of the response that contains the list. */
  list: string;
  /** The request for a page. */
  body(page: Page): object;
  /** The most entries to read. Later ones are left out. */
  most: number;
  /** Resolves when the next page may be read. */
  beforePage?: () => Promise<void>;
  /** True if no further page is needed after these entries. */
  isEnough?: (entries: readonly unknown[]) => boolean;
}

export interface Page {
  Offset: number;
  Limit: number;
}

/** The entries, or why they couldn't be read. */
export type PagesRead = { kind: 'listed'; entries: readonly unknown[] } | FailedCall;

/** The documented maximum of every action used here, or none is documented. */
export const pageSize = 100;
/** The default page of every service. No service is known to return less. */
const smallestPage = 20;

const countSchema = z.object({ TotalCount: z.int().min(0).nullable() });
/** Several actions document that an empty list may be null. */
const listSchema = z.array(z.unknown()).nullable();

/**
 * Reads all pages of a list. If entries move during the reads, one may appear twice. Rejects only
 * if `beforePage` does; `abandon` ends the wait.
 */
export async function readPages(
  account: CloudAccount,
  { service, action, region, list, body, most, beforePage, isEnough }: PagedCall,
  abandon: AbortSignal,
): Promise<PagesRead> {
  const entries: unknown[] = [];
  let offset = 0;
  for (let calls = 0; calls < most / smallestPage && entries.length < most; calls += 1) {
    await beforePage?.();
    const call = { service, action, region, body: body({ Offset: offset, Limit: pageSize }) };
    const called = await callCloud(account, call, { secrets: [], abandon });
    if (!called.ok) return { kind: 'failed', problem: problemOf(called) };
    const page = readPage(called.answer, list);
    if (page === undefined) return { kind: 'failed', problem: unreadable(action) };
    entries.push(...page.entries);
    if (isEnough?.(page.entries) === true) break;
    // A page may be shorter than requested. An empty one may be followed by more.
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
  // Either the entries or the count is missing, so part of the response was lost.
  const isTorn = total > 0 ? listed.data === null : entries.length > 0;
  return isTorn ? undefined : { entries, total };
}
