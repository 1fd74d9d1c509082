import type { HomeFilter } from '../domain/channel/home';
import type { People } from '../domain/people/people';
import type { Added, Change, NewRequest } from '../domain/request/change';
import type { MigrationRequest } from '../domain/request/request';
import type { RequestEvent } from '../domain/request/requestEvent';
import type { Announced } from '../domain/request/watch';
import type { SealedSecrets } from '../domain/secrets/secretReference';
import type { Due } from './due';

/** Which jobs a list has: all that have not ended, and those that failed since a time. */
export interface JobsListed {
  failedSince: Date;
  /** Leaves out jobs that nobody has started. */
  isStarted: boolean;
}

/** A list of people that some requests wait for, to approve them or to settle an unknown outcome. */
export interface AwaitedList {
  key: string;
  people: readonly People[];
}

/**
 * The requests that wait for people on the lists with these keys, except those on which the user
 * can't decide: own ones, and those that the user has approved.
 */
export interface AwaitedFrom {
  userId: string;
  lists: readonly string[];
}

/** Requests and their events. Every function rejects when the store fails. */
export interface RequestStore {
  /**
   * Stores a pending request, unless its requester already has `mostOpen` other open requests. If a
   * request with the same origin is stored, that one is returned unchanged.
   */
  add(request: NewRequest, mostOpen: number): Promise<Added>;
  /** `undefined` for a watch, so that nobody can decide on one. */
  find(id: number): Promise<MigrationRequest | undefined>;
  /** A request or a watch. */
  announced(id: number): Promise<Announced | undefined>;
  /** The requests with these ids, in the order of `ids`. Unknown ids are left out. */
  findAll(ids: readonly number[]): Promise<readonly MigrationRequest[]>;
  /** Open requests with this job name and another origin, newest first. */
  liveNamesakes(jobName: string, origin: string): Promise<readonly MigrationRequest[]>;
  /**
   * Appends the event and sets the new state, if the stored version is still the one of
   * `change.request`. Erases typed secrets if the new state needs none. Resolves to the changed
   * request, or to `undefined` if another change came first.
   */
  record(change: Change): Promise<MigrationRequest | undefined>;
  /** True if an interaction was handled already. A refusal counts too. */
  isHandled(delivery: string): Promise<boolean>;
  /** Remembers an interaction that was handled without changing anything. */
  remember(delivery: string, at: Date): Promise<void>;
  sealedSecrets(id: number): Promise<SealedSecrets>;
  /** True if the audit log says that an earlier version of Ferry sealed the request's passwords. */
  isSealedEarlier(id: number): Promise<boolean>;
  /** The events of a request after `afterSeq`, oldest first. */
  events(id: number, afterSeq: number): Promise<readonly RequestEvent[]>;
  /** Returns the `jobIds` that belong to other requests, with the IDs of these requests. */
  jobsTaken(
    request: MigrationRequest,
    jobIds: readonly string[],
  ): Promise<ReadonlyMap<string, number>>;
  /** True if another request with the same job name has a call whose outcome is unknown. */
  isContested(request: MigrationRequest): Promise<boolean>;
  /** Requests that a change of the policy affects at once, oldest first. */
  open(): Promise<readonly number[]>;
  /** Every list of people that a request waits for, once. */
  awaitedLists(): Promise<readonly AwaitedList[]>;
  /** Requests that wait for a person: those with an unknown outcome first, then the oldest. */
  awaitedFrom(
    from: AwaitedFrom,
    offset: number,
    limit: number,
    filter?: HomeFilter,
  ): Promise<readonly MigrationRequest[]>;
  /** A user's requests, without those that a list of jobs has: open ones first, then the newest. */
  askedBy(
    userId: string,
    offset: number,
    limit: number,
    filter?: HomeFilter,
    apartFrom?: JobsListed,
    notAwaitedFrom?: AwaitedFrom,
  ): Promise<readonly MigrationRequest[]>;
  /**
   * The newest requests in these channels and those of `userId`, without those of `notBy`, those of
   * `notAwaitedFrom`, and those in a list of jobs.
   */
  latest(
    of: {
      channels: readonly string[];
      userId?: string;
      notBy?: string;
      notAwaitedFrom?: AwaitedFrom;
      filter?: HomeFilter;
      apartFrom?: JobsListed;
    },
    offset: number,
    limit: number,
  ): Promise<readonly MigrationRequest[]>;
  /**
   * Requests and watches in these channels and those of `userId` that a list of jobs has: failed jobs first,
   * then those that wait, then those that run; the latest change first.
   */
  withJobs(
    of: {
      channels: readonly string[];
      userId?: string;
      notAwaitedFrom?: AwaitedFrom;
      filter?: HomeFilter;
      listed: JobsListed;
    },
    offset: number,
    limit: number,
  ): Promise<readonly Announced[]>;
  /** Every channel to which a request was posted. */
  channels(): Promise<readonly string[]>;
  /** Requests that Ferry must act on and no live process works on, except for the ids in `except`. */
  due(now: Date, except: readonly number[]): Promise<Due>;
}
