import { z } from 'zod';
import { type JobPhase, type JobStatus, jobStatuses, phaseOf } from '../job/job';
import type { Refusal } from '../request/refusal';
import type { MigrationRequest, RequestStatus } from '../request/request';
import type { Announced } from '../request/watch';
import type { CardPlace } from './announcement';

/** A page of requests of one kind. A list of jobs has watches, too. */
export interface RequestPage<Of extends Announced = MigrationRequest> {
  requests: readonly Of[];
  /** True if there are more requests after this page. */
  more: boolean;
}

export const statusGroups = ['waiting', 'under_way', 'attention', 'done'] as const;
export type StatusGroup = (typeof statusGroups)[number];

const groupOf = {
  pending: 'waiting',
  approved: 'under_way',
  launching: 'under_way',
  reconciling: 'under_way',
  unconfirmed: 'attention',
  failed: 'attention',
  created: 'done',
  prepared: 'waiting',
  discarding: 'attention',
  denied: 'done',
  withdrawn: 'done',
  expired: 'done',
} as const satisfies Record<RequestStatus, StatusGroup>;

const groupOfJob = {
  failed: 'attention',
  waiting: 'attention',
  running: 'under_way',
  ended: 'done',
} as const satisfies Record<JobPhase, StatusGroup>;

/** The person's choice in the Home tab; by default everything. */
export const homeFilter = z.object({
  status: z.enum(statusGroups).optional(),
  /** Only the person's own requests. */
  mine: z.boolean().optional(),
});
export type HomeFilter = z.infer<typeof homeFilter>;

/** True if the filter includes a status. */
export const passesFilter = ({ status }: HomeFilter, of: RequestStatus): boolean =>
  status === undefined || groupOf[of] === status;

/** The statuses of jobs that the filter includes, for requests whose job was created. */
export const jobStatusesWithin = ({ status }: HomeFilter): JobStatus[] =>
  jobStatuses.filter((each) => status === undefined || groupOfJob[phaseOf(each)] === status);

/** The requests that concern one person. */
export interface Overview {
  /** Counted from 0. */
  page: number;
  /**
   * Requests whose outcome the person may settle, then those that the person may approve and hasn't
   * approved yet, oldest first.
   */
  waiting: RequestPage;
  /**
   * Requests by the person or in channels that the person can see, whose job was started and has
   * not ended, or failed lately: failed ones first, then those that wait, then those that run.
   */
  jobs: RequestPage<Announced>;
  /** True if Slack didn't answer for some groups or channels, so a list may be incomplete. */
  unsure: { waiting: boolean; lately: boolean };
  /** The other requests by the person: open ones first, then the newest. */
  mine: RequestPage;
  /** The newest of the other requests, in channels that the person can see. */
  lately: RequestPage;
}

/** A page of requests and watches with their jobs. */
export interface JobPage extends RequestPage<Announced> {
  /** Counted from 0. */
  page: number;
  /** True if Slack didn't answer for some channels, so the list may be incomplete. */
  unsure: boolean;
}

/** The content of a Home tab: an overview, or the reason why there is none. */
export type HomeContent =
  | {
      kind: 'overview';
      overview: Overview;
      filter: HomeFilter;
      /** Where the cards of these requests are posted, by request. */
      cards: ReadonlyMap<number, CardPlace>;
    }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'unavailable' };

/** The Home tab of a person who has opened it. */
export interface Home {
  userId: string;
  page: number;
  /** Missing if the person wants to see everything. */
  filter?: HomeFilter;
  /** The hash of the view that Slack showed last. It rejects an update with an outdated hash. */
  hash: string | undefined;
}
