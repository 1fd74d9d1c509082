import type { Announcement, CardPlace } from '../domain/announcement';
import type { Change, NewRequest } from '../domain/change';
import type { FoundJob, LaunchOutcome, LaunchProblem } from '../domain/launchOutcome';
import type { MigrationParameters } from '../domain/migration';
import type { Membership, Standing } from '../domain/person';
import type { Policy } from '../domain/policy';
import type { MigrationRequest } from '../domain/request';
import type { Happening, RequestEvent } from '../domain/requestEvent';
import type { ResourceList, ResourceQuery } from '../domain/resource';
import type { Secret } from '../domain/secret';
import type { SealedSecrets, SecretPath, SecretReference } from '../domain/secretReference';
import type { SecretList, SecretReading, SecretVersions } from '../domain/storedSecret';

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

export interface Due {
  ids: readonly number[];
  /** When the next one after these comes due by itself, if one will. */
  next: Date | undefined;
}

/** `spacingMs` apart, after `burst` times at once. */
export interface Pace {
  spacingMs: number;
  burst: number;
}

export interface RequestStore {
  /** Stores a pending request; one whose origin is stored already is returned as it is. */
  add(request: NewRequest): Promise<{ request: MigrationRequest; added: boolean }>;
  find(id: number): Promise<MigrationRequest | undefined>;
  /** The newest request of another origin with this job name that is not settled yet. */
  liveNamesake(
    jobName: string,
    origin: string,
  ): Promise<{ id: number; origin: string } | undefined>;
  /**
   * Appends the event and moves the state, if the stored version is still the one of
   * `change.request`; erases typed secrets where the new state needs none. The changed request, or
   * `undefined` when somebody else was faster.
   */
  record(change: Change): Promise<MigrationRequest | undefined>;
  sealedSecrets(id: number): Promise<SealedSecrets>;
  events(id: number, afterSeq: number): Promise<readonly RequestEvent[]>;
  /** Jobs, of those given, that belong to other requests than this one. */
  jobsTaken(request: MigrationRequest, jobIds: readonly string[]): Promise<readonly string[]>;
  /** Whether another request with the same job name has a call of unknown outcome. */
  isContested(request: MigrationRequest): Promise<boolean>;
  /** The next free moment for something that all processes together do only so often. */
  takeTurn(name: string, now: Date, pace: Pace): Promise<Date>;
  /** Leaves no moment of `name` free before `until`. */
  holdTurns(name: string, until: Date): Promise<void>;
  /** `except`: requests that are being worked on, or wait for another try. */
  dueLaunches(now: Date, except: readonly number[]): Promise<Due>;
  dueAnnouncements(except: readonly number[]): Promise<Due>;
  announcement(id: number): Promise<Announcement>;
  /** Rejects when this process has lost its lease of the announcement. */
  saveAnnouncement(id: number, announcement: Announcement): Promise<void>;
}

/** Work on one request that only one of the processes which share a store may do at a time. */
export interface Leases {
  /** Takes a lease that is free or ran out; false while another process has it. */
  take(id: number, now: Date, until: Date): Promise<boolean>;
  /**
   * Prolongs what this process still has. One that another process has had meanwhile is never taken
   * back: what this one knows of the request is old.
   */
  prolong(id: number, until: Date): Promise<void>;
  release(id: number): Promise<void>;
}

/** The channel, as far as the announcer needs it. */
export interface Board {
  /** Fingerprint of the card as it would be shown now. */
  digest(request: MigrationRequest): string;
  postCard(request: MigrationRequest): Promise<CardPlace>;
  /** A card that was posted although nobody recorded it. */
  findCard(request: MigrationRequest): Promise<CardPlace | undefined>;
  /** Redraws a card; `gone` when there is none any more. */
  updateCard(request: MigrationRequest, card: CardPlace): Promise<CardPlace | 'gone'>;
  /** Whether the thread needs to be told of an event. */
  isTold(request: MigrationRequest, event: RequestEvent): boolean;
  reply(card: CardPlace, request: MigrationRequest, event: RequestEvent): Promise<void>;
  hasReply(card: CardPlace, request: MigrationRequest, event: RequestEvent): Promise<boolean>;
}

/** Who somebody is, asked at the moment it matters. */
export interface Directory {
  person(userId: string): Promise<{ name: string; standing: Standing }>;
  approver(userId: string, policy: Policy): Promise<Membership>;
  inGroup(userId: string, groupId: string): Promise<Membership>;
}

/** The secrets of a request, at the moment they are needed. */
export type SecretValues = Partial<Record<SecretPath, Secret>>;

/** DTS. No call throws; `abandon` ends the wait. */
export interface MigrationService {
  createMigrateJob(
    parameters: MigrationParameters,
    secrets: SecretValues,
    abandon: AbortSignal,
  ): Promise<LaunchOutcome>;
  /** The jobs that a call with these parameters at `calledAt` can have created. */
  findJobs(
    parameters: MigrationParameters,
    calledAt: Date,
    abandon: AbortSignal,
  ): Promise<JobSearch>;
  /** The jobs of a name in a region. */
  findJobsNamed(region: string, jobName: string, abandon: AbortSignal): Promise<JobSearch>;
}

/** The jobs that were looked for, or why nobody could tell. */
export type JobSearch =
  | { kind: 'found'; jobs: readonly FoundJob[] }
  | { kind: 'failed'; problem: LaunchProblem };

/** What the account has, for a form to offer. No call throws; `abandon` ends the wait. */
export interface Catalogue {
  list(query: ResourceQuery, abandon: AbortSignal): Promise<ResourceList>;
}

/** The account's own store of secrets. No call throws; `abandon` ends the wait. */
export interface SecretStore {
  list(region: string, abandon: AbortSignal): Promise<SecretList>;
  versions(region: string, name: string, abandon: AbortSignal): Promise<SecretVersions>;
  read(region: string, name: string, version: string, abandon: AbortSignal): Promise<SecretReading>;
}

export type OpenedSecret =
  | { ok: true; secret: Secret }
  | { ok: false; reason: 'no_key' | 'damaged' };

export type ReadSecret =
  | { ok: true; secret: Secret }
  | { ok: false; cause: Extract<LaunchProblem, { kind: 'secret_unavailable' }>['cause'] };

/** Reads a secret from wherever its reference says that it is kept. Never throws. */
export interface SecretReader {
  read(reference: SecretReference, abandon: AbortSignal): Promise<ReadSecret>;
}

/** Seals typed passwords. `context` binds the sealed text to its request. */
export interface Vault {
  seal(secret: Secret, context: string): Promise<string>;
  open(sealed: string, context: string): Promise<OpenedSecret>;
}
