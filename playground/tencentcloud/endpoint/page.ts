import { z } from 'zod';

/** Offset and Limit of a list whose pages have at most `most` entries; by default 20. */
export const pageParameters = (most: number) => ({
  Offset: z.int().min(0).default(0),
  Limit: z.int().min(1).max(most).default(20),
});

const digits = z.string().regex(/^\d{1,9}$/, 'must be a number, written as text');

/** The same for lists that expect both as text. */
export const textPageParameters = (most: number) => ({
  Offset: digits.default('0').transform(Number),
  Limit: digits
    .refine((text) => Number(text) >= 1 && Number(text) <= most, `must be 1 to ${most}`)
    .default('20')
    .transform(Number),
});

export function pageOf<T>(
  entries: readonly T[],
  { Offset, Limit }: { readonly Offset: number; readonly Limit: number },
): readonly T[] {
  return entries.slice(Offset, Offset + Limit);
}
