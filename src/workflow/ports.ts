import type {
  Announcement,
  Audience,
  CardPlace,
  ChannelProblem,
} from '../domain/channel/announcement';
import type { Home, HomeContent } from '../domain/channel/home';
import type { ResourceList, ResourceQuery } from '../domain/form/resource';
import type { MigrationParameters } from '../domain/migration/migration';
import type { People } from '../domain/people/people';
import type { Membership, Standing } from '../domain/people/person';
import type { Break, Head, Link } from '../domain/record/journal';
import type { Added, Change, NewRequest } from '../domain/request/change';
import type {
  FoundJob,
  IdleJobs,
  LaunchOutcome,
  LaunchProblem,
} from '../domain/request/launchOutcome';
import type { MigrationRequest, WaitingRequest } from '../domain/request/request';
import type { Happening, RequestEvent } from '../domain/request/requestEvent';
import type { Secret } from '../domain/secrets/secret';
import type { SealedSecrets, SecretPath, SecretReference } from '../domain/secrets/secretReference';
import type { SecretList, SecretReading, SecretVersions } from '../domain/secrets/storedSecret';

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

/** A message that is about to be posted to a channel or person, and whose request it is about. */
export interface Post {
  place: string;
  requesterId: string;
  /** A new card, in contrast to a reply. */
  isCard: boolean;
}

export type Turn = { taken: true } | { taken: false; freeAt: Date };

export interface RequestStore {
  /**
   * Stores a pending request, unless its requester has `mostOpen` others that are not settled. One whose
   * origin is stored already is returned as it is.
   */
  add(request: NewRequest, mostOpen: number): Promise<Added>;
  find(id: number): Promise<MigrationRequest | undefined>;
  /** Requests of another origin with this job name that are not settled yet, the newest first. */
  liveNamesakes(jobName: string, origin: string): Promise<readonly MigrationRequest[]>;
  /**
   * Appends the event and moves the state, if the stored version is still the one of
   * `change.request`; erases typed secrets where the new state needs none. The changed request, or
   * `undefined` when somebody else was faster.
   */
  record(change: Change): Promise<MigrationRequest | undefined>;
  /** Whether the effect of an interaction, a refusal too, is stored. */
  isHandled(delivery: string): Promise<boolean>;
  /** Remembers that an interaction was handled that changed nothing. */
  remember(delivery: string, at: Date): Promise<void>;
  sealedSecrets(id: number): Promise<SealedSecrets>;
  /** Whether the record says that an earlier version sealed the passwords of a request. */
  isSealedEarlier(id: number): Promise<boolean>;
  events(id: number, afterSeq: number): Promise<readonly RequestEvent[]>;
  /** Jobs, of those given, that belong to other requests than this one. */
  jobsTaken(request: MigrationRequest, jobIds: readonly string[]): Promise<readonly string[]>;
  /** Whether another request with the same job name has a call of unknown outcome. */
  isContested(request: MigrationRequest): Promise<boolean>;
  /** The next free moment for something that all processes together do only so often. */
  takeTurn(name: string, now: Date, pace: Pace): Promise<Date>;
  /** Takes the turn of `name` that is free now, if one is; otherwise says when the next one is. */
  tryTurn(name: string, now: Date, pace: Pace): Promise<Turn>;
  /** Takes the turn of a place to get a post; false when it is not free now. */
  takePostTurn(post: Post, now: Date, pace: Pace): Promise<boolean>;
  /** Leaves a place without posts until then. */
  holdPosts(place: string, until: Date): Promise<void>;
  /** Requests that wait for approvals, or for their call, oldest first. */
  open(): Promise<readonly number[]>;
  /** Requests that wait for approvals, with what tells who may approve them. */
  waiting(): Promise<readonly WaitingRequest[]>;
  /** In the order of `ids`. */
  findAll(ids: readonly number[]): Promise<readonly MigrationRequest[]>;
  /** What somebody asked for: what is not settled first, then the latest. */
  askedBy(userId: string, offset: number, limit: number): Promise<readonly MigrationRequest[]>;
  /** Of those in `channels` and of those that somebody asked for, the newest first. */
  latest(
    of: { channels: readonly string[]; userId: string },
    offset: number,
    limit: number,
  ): Promise<readonly MigrationRequest[]>;
  /** Every channel in which a request is posted. */
  channels(): Promise<readonly string[]>;
  /** `except`: requests that are being worked on, or wait for another try. */
  due(now: Date, except: readonly number[]): Promise<Due>;
  dueAnnouncements(
    audience: Audience,
    now: Date,
    except: readonly number[],
    pace: Pace,
  ): Promise<Due>;
  announcement(id: number, audience: Audience): Promise<Announcement>;
  /** Rejects when this process has lost its lease of the announcement. */
  saveAnnouncement(id: number, audience: Audience, announcement: Announcement): Promise<void>;
  /** Whether somebody wants no direct messages. */
  isMuted(userId: string): Promise<boolean>;
}

/** The record as an auditor reads it. */
export interface Journal {
  /** The head, and the first position of what stands in the record without belonging to it. */
  head(): Promise<Head & { added: number | undefined }>;
  /** What is wrong with requests and events that no link shows. */
  strays(): Promise<readonly Break[]>;
  /** The links after a position, in order. */
  links(after: number, upTo: number, limit: number): Promise<readonly Link[]>;
}

/** Requests that ended long ago. */
export interface Attic {
  /** Up to a hundred of those that ended before, in order of their number, after one of them. */
  ended(before: Date, afterId: number): Promise<readonly number[]>;
  /** Forgets the interactions that were handled before. */
  forgetDeliveries(before: Date): Promise<void>;
  /** Removes one with all that belongs to it, but for its events' hashes. False if it is gone already. */
  erase(id: number): Promise<boolean>;
}

/** Who looks at their Home tab, and what was published there. */
export interface HomeStore {
  openHome(userId: string, page: number, at: Date): Promise<void>;
  home(userId: string): Promise<Home | undefined>;
  /** People who have opened theirs since then, the latest first. */
  homesSince(since: Date): Promise<readonly string[]>;
  saveHomeHash(userId: string, hash: string | undefined): Promise<void>;
}

/** Home tabs in Slack. */
export interface HomeBoard {
  /**
   * Publishes what somebody's Home tab shows. `superseded`: something else was
   * published since `hash`, where one is given; `gone`: nobody has this Home tab any more. Rejects
   * when Slack does not take the call.
   */
  publish(
    userId: string,
    content: HomeContent,
    hash: string | undefined,
  ): Promise<
    { kind: 'published'; hash: string | undefined } | { kind: 'superseded' } | { kind: 'gone' }
  >;
}

/** Work on one request that only one of the processes which share a store may do at a time. */
export interface Leases {
  /** Takes a lease that is free or ran out; false while another process has it. */
  take(id: number, now: Date, until: Date): Promise<boolean>;
  /**
   * Prolongs a lease that no other process has had since this one took it; false otherwise. Such a
   * lease is never taken back: what this process knows of the request is old.
   */
  prolong(id: number, until: Date): Promise<boolean>;
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
  /** What a rejection says of the channel, if it says that nothing can be posted there. */
  channelProblem(error: unknown): ChannelProblem | undefined;
}

/** Direct messages to who asked for a request. */
export interface Mail {
  /** Whether they are told of an event. */
  isTold(request: MigrationRequest, event: RequestEvent): boolean;
  /** With a link to the card, where there is one. */
  send(request: MigrationRequest, event: RequestEvent, card: CardPlace | undefined): Promise<void>;
  wasSent(request: MigrationRequest, event: RequestEvent): Promise<boolean>;
  /** Whether a rejection means that Slack does not deliver to them: they are gone, for example. */
  isRefused(error: unknown): boolean;
}

/** Who somebody is, asked at the moment it matters. */
export interface Directory {
  person(userId: string): Promise<{ name: string; standing: Standing }>;
  /**
   * The same, to decide whether something is shown to them: at most `maxAgeMs` old, and `unknown` when
   * Slack does not answer within a second.
   */
  standing(userId: string, maxAgeMs: number): Promise<Standing>;
  /** Whether a full member of the workspace can see a channel. */
  sees(channelId: string, userId: string): Promise<Membership>;
  /** `requester`: whom that word means in the list. */
  isAmong(userId: string, list: readonly People[], requester: string): Promise<Membership>;
}

/** The secrets of a request, at the moment they are needed. */
export type SecretValues = Partial<Record<SecretPath, Secret>>;

/** DTS. No call throws; `abandon` ends the wait. */
export interface MigrationService {
  createMigrateJob(
    parameters: MigrationParameters,
    secrets: SecretValues,
    abandon: AbortSignal,
    /** Checked right before the first byte; when it says no, nothing is sent. */
    maySend?: () => Promise<boolean>,
  ): Promise<LaunchOutcome>;
  /** The jobs that a call with these parameters at `calledAt` can have created. */
  findJobs(
    parameters: MigrationParameters,
    calledAt: Date,
    abandon: AbortSignal,
  ): Promise<JobSearch>;
  /** The jobs of a name in a region. */
  findJobsNamed(region: string, jobName: string, abandon: AbortSignal): Promise<JobSearch>;
  /** The jobs of a region that were created and never started. */
  idleJobs(region: string, abandon: AbortSignal): Promise<IdleJobs>;
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
  | { ok: false; reason: 'no_key' | 'damaged' | 'elsewhere' };

/** `user`: whose password it is, where the secret says so. */
export type ReadSecret =
  | { ok: true; secret: Secret; user: string | undefined }
  | { ok: false; cause: Extract<LaunchProblem, { kind: 'secret_unavailable' }>['cause'] };

/** Reads a secret from wherever its reference says that it is kept. Never throws. */
export interface SecretReader {
  read(reference: SecretReference, abandon: AbortSignal): Promise<ReadSecret>;
}

/** Seals typed passwords. The sealed text opens only in the `context` that it was sealed in. */
export interface Vault {
  seal(secret: Secret, context: string): Promise<string>;
  open(sealed: string, context: string): Promise<OpenedSecret>;
  /** Opens what earlier versions sealed, in their kind of context. */
  openEarlier(sealed: string, context: string): Promise<OpenedSecret>;
}
