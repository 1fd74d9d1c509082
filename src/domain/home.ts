import type { MigrationRequest } from './request';

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
  /** Slack did not say of every request whether they may approve it. */
  unsure: boolean;
  /** What they asked for: what is not settled first, then the latest. */
  mine: RequestPage;
  /** The newest of all. */
  lately: RequestPage;
}

/** The Home tab of somebody who has opened it. */
export interface Home {
  userId: string;
  page: number;
  /** Of the view that was published last, as Slack gave it: a later one tells of another publication. */
  hash: string | undefined;
}
