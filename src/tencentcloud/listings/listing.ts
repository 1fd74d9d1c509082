import { z } from 'zod';
import type { Resource } from '../../domain/form/resource';
import type { Page } from '../readPages';
import type { Service } from '../services';

/** How to request and read one kind of resource. */
export interface Listing {
  service: Service;
  action: string;
  /** The field of the response that contains the list. */
  list: string;
  body(page: Page): object;
  /** Reads an entry of the list. Invalid ones are left out. */
  entry: z.ZodType<ListedResource>;
}

/** A resource without the fields that its kind doesn't have. The request determines its region. */
export type ListedResource = Pick<Resource, 'id'> & Partial<Resource>;

export const id = z.string().min(1);

/** Text that may be missing. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** Joins the parts that exist in one line. */
export function oneLine(...parts: readonly string[]): string | undefined {
  const present = parts.filter((part) => part !== '');
  return present.length === 0 ? undefined : present.join(', ');
}

/** The first state in which the resource can't be used. */
export function badState(...pairs: readonly (readonly [is: string, usable: string])[]) {
  return pairs.find(([is, usable]) => is !== '' && is !== usable)?.[0];
}
