import type { Audience } from '../domain/channel/announcement';
import type { JobStatus } from '../domain/job/job';
import type { RequestStatus } from '../domain/request/request';

/** How much work the database has, for all processes that share it. */
export interface Workload {
  /** Requests that have not ended, by state. Each state has an entry. */
  requests: readonly { state: RequestStatus; count: number }[];
  /** Jobs that have not ended, by status. Each status of such a job has an entry. */
  jobs: readonly { status: JobStatus; count: number }[];
  /** Requests with events that an audience has not seen. Each audience has an entry. */
  outbox: readonly { audience: Audience; count: number; oldestSeconds: number }[];
}
