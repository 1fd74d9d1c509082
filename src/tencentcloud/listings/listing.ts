import { z } from 'zod';
import type { Resource } from '../../domain/form/resource';
import type { Page } from '../readPages';
import type { Service } from '../services';

/** How one kind of resource is asked for and read. */
export interface Listing {
  service: Service;
  action: string;
  /** The field of the answer that holds the list. */
  list: string;
  body(page: Page): object;
  /** Reads an entry of the list; one that does not fit is left out. */
  entry: z.ZodType<Found>;
}

/** A resource as read, without what its kind does not have; its region is the one asked. */
export type Found = Pick<Resource, 'id'> & Partial<Resource>;

export const id = z.string().min(1);

/** Text that may be missing. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** What there is of these, in one line. */
export function line(...parts: readonly string[]): string | undefined {
  const present = parts.filter((part) => part !== '');
  return present.length === 0 ? undefined : present.join(', ');
}

/** The first state that is not one in which a resource can be used. */
export function badState(...pairs: readonly (readonly [is: string, usable: string])[]) {
  return pairs.find(([is, usable]) => is !== '' && is !== usable)?.[0];
}
