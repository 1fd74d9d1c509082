import { z } from 'zod';
import { type Refusal, refusal } from './refusal';

/** The `Filters` of a request. An entry must match all of them, with any value of each. */
export const filterParameters = z
  .array(z.strictObject({ Name: z.string().min(1), Values: z.array(z.string()).min(1) }))
  .default([]);

export type Filters = z.infer<typeof filterParameters>;

/**
 * The entries that match `filters`. `known` maps each supported filter to the value that it checks;
 * others are an InvalidParameter.
 */
export function passing<T>(
  entries: readonly T[],
  filters: Filters,
  known: Readonly<Partial<Record<string, (entry: T) => string | undefined>>>,
): { readonly kind: 'passing'; readonly entries: readonly T[] } | Refusal {
  let left = entries;
  for (const { Name, Values } of filters) {
    const read = known[Name];
    if (read === undefined) {
      return refusal('InvalidParameter', `The filter \`${Name}\` is not known here.`);
    }
    left = left.filter((entry) => Values.includes(read(entry) ?? ''));
  }
  return { kind: 'passing', entries: left };
}
