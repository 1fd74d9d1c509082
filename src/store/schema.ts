import type { ColumnType, Generated } from 'kysely';

/** Instants are ISO 8601 text in UTC: they sort as text, in both databases, and read as they are. */
type Instant = string;
/** A value of the domain as JSON text; parsed with its schema whenever it is read. */
type Json = string;

export interface RequestsTable {
  id: Generated<number>;
  origin: ColumnType<string, string, never>;
  version: number;
  revision: number;
  status: string;
  state: Json;
  /** When the launcher has something to do for it, if ever. */
  launch_at: Instant | null;
  channel: string;
  job_name: string;
  requester_id: string;
  requester_name: string;
  required_approvals: number;
  parameters: Json;
  /** Where its secrets come from, by parameter. */
  secrets: Json;
  reason: string;
  asked_at: Instant;
  /** The job that belongs to it, once it is known. */
  job_id: string | null;
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
}

export interface AnnouncementsTable {
  request_id: number;
  channel: string | null;
  ts: string | null;
  digest: string | null;
  told_seq: number;
  /**
   * What may be on its way to Slack: the seq of a reply, or 0 for a new card. Set before it is
   * posted and cleared with what it leaves, so that after a crash it is looked for first.
   */
  sending: number | null;
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

export interface Schema {
  requests: RequestsTable;
  typed_secrets: SecretsTable;
  events: EventsTable;
  announcements: AnnouncementsTable;
  leases: LeasesTable;
  turns: TurnsTable;
}
