import type { ChainedEntry, ExportFilter } from '../domain/record/audit';
import type { Break, Head, Link } from '../domain/record/journal';

/** The audit log as an auditor reads it. Every function rejects when the store fails. */
export interface Journal {
  /** The head, and the first position of an event or link that isn't part of the chain. */
  head(): Promise<Head & { added: number | undefined }>;
  /** Damage to requests and events that no link shows. */
  strays(): Promise<readonly Break[]>;
  /** Up to `limit` links after a position, in order. */
  links(after: number, upTo: number, limit: number): Promise<readonly Link[]>;
  /** Up to `limit` events after a position that match the filter, in order. */
  entries(filter: ExportFilter, after: number, limit: number): Promise<readonly ChainedEntry[]>;
}
