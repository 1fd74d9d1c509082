import { z } from 'zod';
import type { MigrationParameters } from '../migration/migration';
import { people } from '../people/people';
import type { Person } from '../people/person';
import type { Rule } from '../policy/policy';
import type { Alteration } from '../record/recordedRow';
import type { SecretSources } from '../secrets/secretReference';
import { doubt, foundJob, launchProblem } from './launchOutcome';
import { storedOperation } from './operations/operation';

const person = z.object({ userId: z.string(), name: z.string() });
const instant = z.coerce.date();

/**
 * What an approver approved: one revision of the parameters. Whether the approval still counts is
 * decided anew whenever it matters (`review`).
 */
const approval = z.object({
  by: person,
  at: instant,
  revision: z.number(),
  comment: z.string().optional(),
  /**
   * The lists of the rule's `oneFromEach` that the approver was in. Earlier versions stored positions
   * in the rule instead. Positions mean nothing once the rule changes, so they are dropped.
   */
  from: z.array(z.array(people).readonly()).readonly().catch([]).default([]),
  /** Whether the approver typed the id of the destination. */
  confirmed: z.boolean().default(false),
  /** The reason of an emergency approval, which replaces the quorum. */
  breakGlass: z.string().optional(),
});
export type Approval = z.infer<typeof approval>;

/** Approvals that reached the quorum: at least one. */
const quorum = z.tuple([approval], approval).readonly();

/**
 * Where a request stands, with what is known there and nowhere else.
 *
 * `launching` belongs to the process that holds the lease of the request and may be waiting for Tencent
 * Cloud's answer; without such a process, the call was interrupted and its outcome is unknown. `reconciling` looks for the
 * job of a call whose answer was lost; `unconfirmed` is where a person has to decide.
 */
export const requestState = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('pending'),
    operation: storedOperation,
    approvals: z.array(approval).readonly(),
    /** Since when it waits with these parameters; since it was asked when it is missing. */
    since: instant.optional(),
    reminders: z.int().default(0),
    remindAt: instant.optional(),
    expireAt: instant.optional(),
    /** Calls made before it became pending again. Attempts are numbered across them. */
    attempts: z.int().default(0),
  }),
  z.object({
    status: z.literal('approved'),
    operation: storedOperation,
    approvals: quorum,
    /** Calls made so far, each of which certainly created nothing. */
    attempts: z.number(),
    /** Set after such a call: why it failed, and when the next one is due. */
    retry: z.object({ at: instant, problem: launchProblem }).optional(),
    /** Set while the rule's hours for launches have not come. */
    opensAt: instant.optional(),
    /** Set since Slack failed to confirm the approvers right before the call. */
    unverifiedSince: instant.optional(),
  }),
  z.object({
    status: z.literal('launching'),
    operation: storedOperation,
    approvals: quorum,
    attempt: z.number(),
    calledAt: instant,
  }),
  z.object({
    status: z.literal('reconciling'),
    operation: storedOperation,
    approvals: quorum,
    attempt: z.number(),
    calledAt: instant,
    doubt,
    /** Looks taken so far, and when the next one is due. */
    looks: z.number(),
    lookAt: instant,
    /** After this, a look that finds nothing is the last one. */
    settledAt: instant,
  }),
  z.object({
    status: z.literal('created'),
    approvals: quorum,
    jobId: z.string(),
    /** Of the call that created it, where its answer arrived. */
    requestId: z.string().optional(),
    at: instant,
  }),
  z.object({ status: z.literal('failed'), approvals: quorum, problem: launchProblem, at: instant }),
  z.object({
    status: z.literal('unconfirmed'),
    operation: storedOperation,
    approvals: quorum,
    attempt: z.number(),
    calledAt: instant,
    doubt,
    at: instant,
    /** The jobs that fit: none, or several. */
    found: z.array(foundJob).readonly(),
    /** Why the last look failed, if it did. */
    searchProblem: launchProblem.optional(),
  }),
  z.object({ status: z.literal('denied'), by: person, at: instant, reason: z.string() }),
  z.object({ status: z.literal('withdrawn'), by: person, at: instant }),
  z.object({ status: z.literal('expired'), at: instant }),
]);
export type RequestState = z.infer<typeof requestState>;
export type RequestStatus = RequestState['status'];
export type InState<Status extends RequestStatus> = Extract<RequestState, { status: Status }>;

/**
 * A request for a migration. `version` is the number of its newest event: every change, a refused
 * attempt too, appends one. `revision` counts the changes of the parameters, and starts with 1.
 */
export interface MigrationRequest {
  id: number;
  /** What it came from; unique, also among the requests of other databases. */
  origin: string;
  version: number;
  revision: number;
  /** The sent form that made the revision; redelivered, it makes no other. */
  revisedBy: string;
  channel: string;
  requester: Person;
  /** Ids of those who changed the parameters after they were asked for. */
  editors: readonly string[];
  /** Where `/migrate` was used, where that is known. */
  askedIn: string | undefined;
  /** How it is decided: the rule of the policy that applied when it was last judged. */
  rule: Rule;
  parameters: MigrationParameters;
  /** Where the secrets that belong to the parameters come from. */
  secrets: SecretSources;
  reason: string;
  askedAt: Date;
  state: RequestState;
  /** What of its stored row is not as its newest event recorded it: nothing, unless it was tampered with. */
  altered: readonly Alteration[];
}

/**
 * Whether two readings of a request mean the same launch. A refused attempt raises the version, but
 * changes nothing that a launch depends on. Whoever changes parameters or secrets makes another
 * `revisedBy`.
 */
export function isSameLaunch(one: MigrationRequest, other: MigrationRequest): boolean {
  // Both were read by the same schemas, which put members in one order.
  const decisive = ({ editors, revisedBy, revision, rule, state }: MigrationRequest) =>
    JSON.stringify({ editors, revisedBy, revision, rule, state });
  return decisive(one) === decisive(other);
}

/** What of a request tells whether somebody may approve it. */
export type WaitingRequest = Pick<
  MigrationRequest,
  'id' | 'revision' | 'requester' | 'editors' | 'rule' | 'state'
>;
