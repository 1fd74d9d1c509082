import type { CardPlace } from '../channel/announcement';
import type { MigrationRequest } from './request';

/** The longest key, which leaves room for the rest of a menu entry's value (150 characters). */
export const longestKey = 40;

/**
 * Distinguishes a request from one of another database with the same number. Messages stay in Slack
 * when a database is lost, and the next database counts its requests from 1 again. An origin is the
 * ID and the hash of a form, which Slack never uses again.
 */
export const originKey = ({ origin }: Pick<MigrationRequest, 'origin'>): string =>
  origin.replaceAll(/\W/g, '-').slice(0, longestKey);

/** Where a person saw a request. */
export interface Shown {
  /** The key of the request's origin. Buttons of earlier versions don't have it. */
  key: string | undefined;
  /** The message, or the first one of its thread; missing on the Home tab and in forms. */
  message: Pick<CardPlace, 'channel' | 'ts'> | undefined;
}
