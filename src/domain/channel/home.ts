import type { Refusal } from '../request/refusal';
import type { MigrationRequest } from '../request/request';

/** A page of requests of one kind. */
export interface RequestPage {
  requests: readonly MigrationRequest[];
  /** True if there are more requests after this page. */
  more: boolean;
}

/** The requests that concern one person. */
export interface Overview {
  /** Counted from 0. */
  page: number;
  /** Requests that the person may approve and hasn't approved yet, oldest first. */
  waiting: RequestPage;
  /** True if Slack didn't answer for some groups or channels, so a list may be incomplete. */
  unsure: { waiting: boolean; lately: boolean };
  /** Requests by the person: open ones first, then the newest. */
  mine: RequestPage;
  /** The newest requests by the person, and those in channels that the person can see. */
  lately: RequestPage;
}

/** The content of a Home tab: an overview, or the reason why there is none. */
export type HomeContent =
  | { kind: 'overview'; overview: Overview }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'unavailable' };

/** The Home tab of a person who has opened it. */
export interface Home {
  userId: string;
  page: number;
  /** The hash of the view that Slack showed last. It rejects an update with an outdated hash. */
  hash: string | undefined;
}
