import { z } from 'zod';
import { doubt, launchProblem } from './launchOutcome';
import type { MigrationParameters } from './migration';
import type { Person } from './person';

const person = z.object({ userId: z.string(), name: z.string() });
const instant = z.coerce.date();

/** An approval counts for the revision of the parameters that its approver saw. */
const approval = z.object({ by: person, at: instant, revision: z.number() });
export type Approval = z.infer<typeof approval>;

/** Approvals that reached the quorum: at least one. */
const quorum = z.tuple([approval], approval).readonly();

/**
 * Where a request stands, with what is known there and nowhere else.
 *
 * `launching` holds a lease: until `leaseUntil` its holder may be waiting for Tencent Cloud's
 * answer; after that the call was interrupted and its outcome is unknown.
 */
export const requestState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('pending'), approvals: z.array(approval).readonly() }),
  z.object({
    status: z.literal('approved'),
    approvals: quorum,
    /** Calls made so far, each of which certainly created nothing. */
    attempts: z.number(),
    /** Set after such a call: why it failed, and when the next one is due. */
    retry: z.object({ at: instant, problem: launchProblem }).optional(),
  }),
  z.object({
    status: z.literal('launching'),
    approvals: quorum,
    attempt: z.number(),
    leaseUntil: instant,
  }),
  z.object({
    status: z.literal('created'),
    approvals: quorum,
    jobId: z.string(),
    requestId: z.string(),
    at: instant,
  }),
  z.object({ status: z.literal('failed'), approvals: quorum, problem: launchProblem, at: instant }),
  z.object({ status: z.literal('unconfirmed'), approvals: quorum, doubt, at: instant }),
  z.object({ status: z.literal('denied'), by: person, at: instant, reason: z.string() }),
]);
export type RequestState = z.infer<typeof requestState>;
export type RequestStatus = RequestState['status'];

/**
 * A request for a migration. `version` is the number of its newest event: every change, a refused
 * attempt too, appends one. `revision` counts the changes of the parameters.
 */
export interface MigrationRequest {
  id: number;
  version: number;
  revision: number;
  channel: string;
  requester: Person;
  requiredApprovals: number;
  parameters: MigrationParameters;
  reason: string;
  askedAt: Date;
  state: RequestState;
}

/**
 * Whether the password may still be needed. Where this is false, the store erases it in the same
 * transaction that reaches the state.
 */
export function needsSecrets(state: RequestState): boolean {
  return state.status === 'pending' || state.status === 'approved' || state.status === 'launching';
}

/** When the launcher has something to do for the request by itself, if ever. */
export function launchDue(state: RequestState, now: Date): Date | undefined {
  if (state.status === 'approved') return state.retry?.at ?? now;
  if (state.status === 'launching') return state.leaseUntil;
  return undefined;
}
