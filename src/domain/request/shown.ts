import { createHash } from 'node:crypto';
import type { CardPlace } from '../channel/announcement';
import type { MigrationRequest } from './request';

/**
 * Distinguishes a request from one of another database with the same number. Messages stay in Slack
 * when a database is lost, and the next database counts its requests from 1 again.
 */
export const markOf = ({ origin }: Pick<MigrationRequest, 'origin'>): string =>
  createHash('sha256').update(origin).digest('base64url').slice(0, 8);

/** Where a person saw a request. */
export interface Shown {
  /** The request's mark. Buttons of earlier versions don't have it. */
  mark: string | undefined;
  /** The message, or the first one of its thread; missing on the Home tab and in forms. */
  message: Pick<CardPlace, 'channel' | 'ts'> | undefined;
}
