import type { ColumnType, Generated } from 'kysely';
import type { Audience } from '../domain/channel/announcement';
import type { JobApi, JobStatus } from '../domain/job/job';
import type { RequestStatus } from '../domain/request/request';
import type { WatchStatus } from '../domain/request/watch';

/** ISO 8601 text in UTC. It sorts correctly in both databases and is readable. */
type Instant = string;
/** A domain value as JSON text. Every read parses it with its schema. */
type Json = string;

/**
 * Requests, and watches of jobs that Ferry did not create. Every change of a row comes with an event
 * that records the row (`rowHashes`).
 */
export interface RequestsTable {
  id: Generated<number>;
  origin: ColumnType<string, string, never>;
  version: number;
  revision: number;
  status: RequestStatus | WatchStatus;
  state: Json;
  /** When Ferry next acts on it automatically, if at all. */
  due_at: Instant | null;
  channel: string;
  job_name: string;
  requester_id: string;
  requester_name: string;
  /** The ID of the form that made the revision. */
  revised_by: string;
  /** The user IDs of its editors. */
  editors: Json;
  /** The channel in which it was requested, if it is known. */
  asked_in: string | null;
  rule: Json;
  parameters: Json;
  /** The source of each secret, by parameter. */
  secrets: Json;
  reason: string;
  /**
   * What Ferry saw in the account when the form was submitted; null in requests of earlier
   * versions.
   */
  observed: Json | null;
  asked_at: Instant;
  /** The job of the request, once it is known, or the watched job. */
  job_id: string | null;
  /** When it ended, if it has. */
  ended_at: Instant | null;
  /**
   * A hash of the list of people that it waits for, if it waits for any. Both columns only find
   * requests for a person; the rule and the state decide.
   */
  awaited_list: string | null;
  /** The user IDs of people on the list who can't decide. */
  awaited_except: Json | null;
}

/** Typed secrets by parameter. */
export interface SecretsTable {
  request_id: number;
  path: string;
  sealed: string;
}

export interface EventsTable {
  request_id: number;
  seq: number;
  revision: number;
  at: Instant;
  by_id: string | null;
  by_name: string | null;
  type: string;
  happening: Json;
  /** Its position among the events of all requests: 1, 2, 3 and so on. */
  position: number;
  /** The hash of the request's parameters and reason at the time. */
  parameters_hash: string;
  /**
   * The hashes of the rest of the request's row after the event. `null` in events from before 0007.
   */
  hashes: Json | null;
}

/** The chain of hashes. A link stays after its event is deleted. */
export interface LinksTable {
  position: number;
  /** `null` in links from before 0007. */
  request_id: number | null;
  content_hash: string;
  hash: string;
}

/** A single row with the chain's length and last hash. Writers update it before they append. */
export interface JournalTable {
  length: number;
  head: string;
}

export interface AnnouncementsTable {
  request_id: number;
  audience: Audience;
  channel: string | null;
  ts: string | null;
  digest: string | null;
  told_seq: number;
  /** The newest event, until `told_seq` reaches it. Then it is `null`, so an index of the rest is small. */
  untold_seq: number | null;
  /**
   * A post that may be in transit: the seq of the event, or 0 for a new card. It is set before the
   * post and cleared together with the result, so that Ferry searches for the message after a
   * crash.
   */
  sending: number | null;
  /** All work except posts is done up to this version of the request. */
  seen_version: number;
  /** Nothing is posted before this time. */
  hold_until: Instant | null;
}

/** Users who have turned direct messages off. */
export interface MutedTable {
  user_id: string;
}

/** Handled interactions, kept as long as a copy of them can arrive. */
export interface DeliveriesTable {
  id: string;
  at: Instant;
}

/** The process that works on a request. There is only one at a time. */
export interface LeasesTable {
  kind: string;
  request_id: number;
  owner: string;
  until: Instant;
}

/** The next time at which something shared by all processes may happen, in ms since 1970. */
export interface TurnsTable {
  name: string;
  next_at: number;
}

/** Home tabs that people have opened. */
export interface HomesTable {
  user_id: string;
  opened_at: Instant;
  page: number;
  /** The hash of the last published view. */
  hash: string | null;
  /** The person's filter; null for everything. */
  filter: Json | null;
}

/** Jobs that Ferry follows: what DTS said last, and when to ask again. */
export interface JobsTable {
  request_id: number;
  job_id: string;
  region: string;
  /** The version of the API that knows the job, once it is known. */
  api: JobApi | null;
  /** The job as DTS described it last; null until then. */
  seen: Json | null;
  /** The status in `seen`, so that lists can choose by it. */
  status: JobStatus | null;
  /** Since when it has its status. */
  since: Instant | null;
  seen_at: Instant | null;
  /** When to ask next; null if the job has ended. */
  look_at: Instant | null;
  /** The message with the job's progress: empty while a post may be in transit. */
  progress_ts: string | null;
  /** A hash of what the message showed last, and when. */
  progress_digest: string | null;
  progress_at: Instant | null;
}

export interface Schema {
  jobs: JobsTable;
  requests: RequestsTable;
  typed_secrets: SecretsTable;
  events: EventsTable;
  links: LinksTable;
  journal: JournalTable;
  announcements: AnnouncementsTable;
  muted: MutedTable;
  deliveries: DeliveriesTable;
  leases: LeasesTable;
  turns: TurnsTable;
  homes: HomesTable;
}
