import type { Refusal } from '../request/refusal';
import type { MigrationRequest } from '../request/request';

/** Requests of one kind, a page of them. */
export interface RequestPage {
  requests: readonly MigrationRequest[];
  /** Whether there are any after these. */
  more: boolean;
}

/** What one person has to do with requests, as it stands now. */
export interface Overview {
  /** From 0. */
  page: number;
  /** What they may approve and have not, oldest first. */
  waiting: RequestPage;
  /** Slack did not say of every request whether they may approve it, or of every channel whether they see it. */
  unsure: { waiting: boolean; lately: boolean };
  /** What they asked for: what is not settled first, then the latest. */
  mine: RequestPage;
  /** The newest of those that they asked for, and of those in channels that they can see. */
  lately: RequestPage;
}

/** What a Home tab shows: an overview, why there is none for this person, or that there is none at the moment. */
export type HomeContent =
  | { kind: 'overview'; overview: Overview }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'unavailable' };

/** The Home tab of somebody who has opened it. */
export interface Home {
  userId: string;
  page: number;
  /** Of the view that was published last, as Slack gave it: a later one tells of another publication. */
  hash: string | undefined;
}
