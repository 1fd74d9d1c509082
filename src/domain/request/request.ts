import { z } from 'zod';
import { callProblem } from '../errors/callProblem';
import type { FollowedJob } from '../job/followed';
import type { MigrationParameters } from '../migration/migration';
import type { Person } from '../people/person';
import type { Rule } from '../policy/policy';
import type { Alteration } from '../record/recordedRow';
import type { SecretSources } from '../secrets/secretReference';
import { instant } from '../time/instant';
import { approval, approvals } from './approval';
import { doubt, foundJob, launchProblem } from './launchOutcome';
import type { Observation } from './observation';
import { storedOperation } from './operations/operation';
import {
  createdState,
  deniedState,
  discardingState,
  expiredState,
  preparedState,
  withdrawnState,
} from './returnStates';

/** True once the job's status has shown the effect of the call. The status may change again. */
const hadEffect = z.literal(true).exactOptional();

/**
 * The state of a request, with the data that only this state has.
 * - `launching`: the process with the request's lease makes the call. If there is no such process,
 *   the call was interrupted and its outcome is unknown.
 * - `reconciling`: Ferry searches for the job of a call whose outcome is unknown.
 * - `unconfirmed`: a person has to decide whether the job exists.
 * - `prepared`: the job exists, and waits for the approval of its start.
 * - `discarding`: the job isn't needed anymore, and Ferry deletes it.
 */
export const requestState = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('pending'),
    operation: storedOperation,
    approvals: z.array(approval).readonly(),
    /** Since when it waits with these parameters; if missing, since it was requested. */
    since: instant.optional(),
    reminders: z.int().default(0),
    remindAt: instant.optional(),
    expireAt: instant.optional(),
    /** Calls made before it became pending again. The numbers of attempts continue from here. */
    attempts: z.int().default(0),
  }),
  z.object({
    status: z.literal('approved'),
    operation: storedOperation,
    approvals,
    /** Calls so far. Each certainly created nothing. */
    attempts: z.number(),
    /**
     * Set after a failed call: the reason, and when the next call is due. `number`: how often Ferry
     * then repeated the call since people decided.
     */
    retry: z.object({ at: instant, problem: launchProblem, number: z.int().default(1) }).optional(),
    /** Set until the rule's launch window opens. */
    opensAt: instant.optional(),
    /** Set since Slack failed to confirm the approvers right before the call. */
    unverifiedSince: instant.optional(),
  }),
  z.object({
    status: z.literal('launching'),
    operation: storedOperation,
    approvals,
    attempt: z.number(),
    calledAt: instant,
    /** How often Ferry repeated the call since people decided. Missing for the first call. */
    retries: z.int().optional(),
    hadEffect,
  }),
  z.object({
    status: z.literal('reconciling'),
    operation: storedOperation,
    approvals,
    attempt: z.number(),
    calledAt: instant,
    doubt,
    /** The number of searches so far. */
    looks: z.number(),
    lookAt: instant,
    /** After this time, a search that finds nothing is the last one. */
    settledAt: instant,
    hadEffect,
  }),
  createdState,
  preparedState,
  discardingState,
  z.object({
    status: z.literal('failed'),
    approvals,
    problem: launchProblem,
    at: instant,
    /** Calls so far. The numbers of attempts continue from here. */
    attempts: z.int().optional(),
  }),
  z.object({
    status: z.literal('unconfirmed'),
    operation: storedOperation,
    approvals,
    attempt: z.number(),
    calledAt: instant,
    doubt,
    at: instant,
    /** The jobs that match: none, or several. */
    found: z.array(foundJob).readonly(),
    /** Why the last search failed, if it did. */
    searchProblem: callProblem.optional(),
    /** Reminders sent so far, and when the next one is due. */
    reminders: z.int().optional(),
    remindAt: instant.optional(),
  }),
  deniedState,
  withdrawnState,
  expiredState,
]);
export type RequestState = z.infer<typeof requestState>;
export type RequestStatus = RequestState['status'];
export type InState<Status extends RequestStatus> = Extract<RequestState, { status: Status }>;

/**
 * A request for a migration. `version` is the number of its newest event; every change, including a
 * refused attempt, appends one. `revision` counts the versions of the parameters, starting with 1.
 */
export interface MigrationRequest {
  id: number;
  /** The ID of the form that requested it; unique across databases. */
  origin: string;
  version: number;
  revision: number;
  /** The ID of the form that made the revision. A second delivery of that form changes nothing. */
  revisedBy: string;
  channel: string;
  requester: Person;
  /** User IDs of the people who edited the parameters. */
  editors: readonly string[];
  /** The channel in which `/migrate` was used, if it is known. */
  askedIn: string | undefined;
  /** The rule of the policy that applied when the request was last checked. */
  rule: Rule;
  parameters: MigrationParameters;
  secrets: SecretSources;
  reason: string;
  /** What Ferry saw in the account when these parameters were submitted. */
  observed: Observation;
  askedAt: Date;
  state: RequestState;
  /** The job as Ferry last saw it; `undefined` until Ferry has seen it. */
  job: FollowedJob | undefined;
  /**
   * The parts of the stored row that differ from its newest event; empty unless the row was
   * tampered with.
   */
  altered: readonly Alteration[];
}

/**
 * True if two readings of a request mean the same launch. A refused attempt raises the version but
 * doesn't affect the launch. Any change of parameters or secrets changes `revisedBy`.
 */
export function isSameLaunch(one: MigrationRequest, other: MigrationRequest): boolean {
  // The same schemas parsed both, so their members have the same order.
  const decisive = ({ editors, revisedBy, revision, rule, state }: MigrationRequest) =>
    JSON.stringify({ editors, revisedBy, revision, rule, state });
  return decisive(one) === decisive(other);
}

/** Since when the request waits for a decision on its parameters; otherwise, when it was requested. */
export const waitingSince = ({
  askedAt,
  state,
}: Pick<MigrationRequest, 'askedAt' | 'state'>): Date =>
  state.status === 'pending' || state.status === 'prepared' ? (state.since ?? askedAt) : askedAt;

/** The parts of a request that decide whether a person may approve it. */
export type WaitingRequest = Pick<
  MigrationRequest,
  'revision' | 'requester' | 'editors' | 'rule' | 'state'
>;
