import type { LaunchOutcome } from '../domain/launchOutcome';
import type { MigrationParameters } from '../domain/migration';
import type { Membership, Person, Standing } from '../domain/person';
import type { Policy } from '../domain/policy';
import type { MigrationRequest, RequestState } from '../domain/request';
import type { Happening, RequestEvent } from '../domain/requestEvent';
import type { Secret } from '../domain/secret';

/** The time, and the passing of it. Tests bring one that they move by hand. */
export interface Clock {
  now(): Date;
  /** Resolves at `at`, or as soon as `signal` aborts; never rejects. */
  sleepUntil(at: Date, signal?: AbortSignal): Promise<void>;
}

/** Structured lines for an operator. Fields are facts, never parameters' values. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** What is counted. Every recorded event counts by its type. */
export interface Metrics {
  event(type: Happening['type']): void;
  launchTook(seconds: number, outcome: LaunchOutcome['kind']): void;
}

export interface NewRequest {
  /** What the request came from, unique; a second delivery of it adds nothing. */
  origin: string;
  channel: string;
  requester: Person;
  requiredApprovals: number;
  parameters: MigrationParameters;
  reason: string;
  sealedPassword: string;
  at: Date;
}

/** A change to record: what `decide` made of `request`, the version that was read included. */
export interface Change {
  request: MigrationRequest;
  state: RequestState;
  happening: Happening;
  by: Person | undefined;
  at: Date;
}

/** Where the card of a request stands, and what it showed last. */
export interface CardPlace {
  channel: string;
  ts: string;
  /** Fingerprint of the blocks shown; the same blocks are not sent again. */
  digest: string;
}

/** How far the channel has been told: the card, and the newest event told in its thread. */
export interface Announcement {
  card: CardPlace | undefined;
  toldSeq: number;
}

export interface Due {
  ids: readonly number[];
  /** When the next one after these comes due by itself, if one will. */
  next: Date | undefined;
}

export interface RequestStore {
  add(request: NewRequest): Promise<MigrationRequest>;
  find(id: number): Promise<MigrationRequest | undefined>;
  /**
   * Appends the event and moves the state, if the stored version is still the one of
   * `change.request`; erases the password where the new state needs none. The changed request, or
   * `undefined` when somebody else was faster.
   */
  record(change: Change): Promise<MigrationRequest | undefined>;
  sealedPassword(id: number): Promise<{ sealed: string; origin: string } | undefined>;
  events(id: number, afterSeq: number): Promise<readonly RequestEvent[]>;
  dueLaunches(now: Date): Promise<Due>;
  dueAnnouncements(): Promise<Due>;
  announcement(id: number): Promise<Announcement>;
  saveAnnouncement(id: number, announcement: Announcement): Promise<void>;
}

/** The channel, as far as the announcer needs it. */
export interface Board {
  /** Posts the card of a request, or brings the posted one up to date. */
  showCard(request: MigrationRequest, shown: CardPlace | undefined): Promise<CardPlace>;
  /** Tells an event in the card's thread; silent for events that the thread does not need. */
  reply(card: CardPlace, request: MigrationRequest, event: RequestEvent): Promise<void>;
}

/** Who somebody is, asked at the moment it matters. */
export interface Directory {
  person(userId: string): Promise<{ name: string; standing: Standing }>;
  approver(userId: string, policy: Policy): Promise<Membership>;
}

/** `CreateMigrateJob`. Never throws; `abandon` ends the wait, and the outcome is then unknown. */
export interface MigrationService {
  createMigrateJob(
    parameters: MigrationParameters,
    password: Secret,
    abandon: AbortSignal,
  ): Promise<LaunchOutcome>;
}

export type OpenedSecret =
  | { ok: true; secret: Secret }
  | { ok: false; reason: 'no_key' | 'damaged' };

/** Seals typed passwords. `context` binds the sealed text to its request. */
export interface Vault {
  seal(secret: Secret, context: string): Promise<string>;
  open(sealed: string, context: string): Promise<OpenedSecret>;
}
