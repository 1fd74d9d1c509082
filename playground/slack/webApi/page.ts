import type { JsonObject } from '../json';
import { ApiError } from './apiError';

/** The page of `items` that a cursor refers to. */
export function page<T>(
  items: readonly T[],
  cursor: string | undefined,
  limit: number,
): { readonly items: readonly T[]; readonly next: string } {
  const start = cursor === undefined || cursor === '' ? 0 : startOf(cursor);
  const end = start + limit;
  const next = end < items.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: items.slice(start, end), next };
}

function startOf(cursor: string): number {
  const match = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  if (match === null) throw new ApiError('invalid_cursor');
  return Number(match[1]);
}

export function nextCursor(next: string): JsonObject {
  return { response_metadata: { next_cursor: next } };
}
