import type { ColumnType, Generated } from 'kysely';
import type { Audience } from '../domain/channel/announcement';
import type { RequestStatus } from '../domain/request/request';

/** Instants are ISO 8601 text in UTC: they sort as text, in both databases, and read as they are. */
type Instant = string;
/** A value of the domain as JSON text; parsed with its schema whenever it is read. */
type Json = string;

/** Every change of a row comes with an event, which records the row (`rowHashes`). */
export interface RequestsTable {
  id: Generated<number>;
  origin: ColumnType<string, string, never>;
  version: number;
  revision: number;
  status: RequestStatus;
  state: Json;
  /** When Ferry has something to do for it by itself, if ever. */
  due_at: Instant | null;
  channel: string;
  job_name: string;
  requester_id: string;
  requester_name: string;
  /** The sent form that made the revision. */
  revised_by: string;
  /** Ids of those who changed it. */
  editors: Json;
  /** Where it was asked for, where that is known. */
  asked_in: string | null;
  rule: Json;
  parameters: Json;
  /** Where its secrets come from, by parameter. */
  secrets: Json;
  reason: string;
  asked_at: Instant;
  /** The job that belongs to it, once it is known. */
  job_id: string | null;
  /** When it ended for good, if it has. */
  ended_at: Instant | null;
}

/** Secrets that were typed, by the parameter they are for. */
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
  /** Its place among the events of all requests: 1, 2, 3 and so on. */
  position: number;
  /** Of what the request asked for then. */
  parameters_hash: string;
  /** Of the rest of the request's row after the event. `null` in events from before 0007. */
  hashes: Json | null;
}

/** The chain that the events are hashed into; a link stays when its event is past retention. */
export interface LinksTable {
  position: number;
  /** `null` in links from before 0007. */
  request_id: number | null;
  content_hash: string;
  hash: string;
}

/** One row: how long the chain is, and its last hash. Whoever adds to the chain changes it first. */
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
  /**
   * What may be on its way to Slack: the seq of a message, or 0 for a new card. Set before it is
   * posted and cleared with what it leaves, so that after a crash it is looked for first.
   */
  sending: number | null;
  /** The version of the request up to which only posts are left to do. */
  seen_version: number;
  /** Nothing is posted before. */
  hold_until: Instant | null;
}

/** People who want no direct messages. */
export interface MutedTable {
  user_id: string;
}

/** Interactions that were handled, for as long as a copy of one can arrive. */
export interface DeliveriesTable {
  id: string;
  at: Instant;
}

/** Who works on a request, one process at a time. */
export interface LeasesTable {
  kind: string;
  request_id: number;
  owner: string;
  until: Instant;
}

/** When something that all processes share may happen next, in ms since 1970. */
export interface TurnsTable {
  name: string;
  next_at: number;
}

/** Home tabs that somebody has opened. */
export interface HomesTable {
  user_id: string;
  opened_at: Instant;
  page: number;
  /** Of the view that was published last. */
  hash: string | null;
}

export interface Schema {
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
