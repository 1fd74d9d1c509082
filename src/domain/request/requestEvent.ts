import { z } from 'zod';
import { channelProblems } from '../channel/announcement';
import { callProblem } from '../errors/callProblem';
import { checkItem, consistencies, jobOperations, jobStatuses, skippedChecks } from '../job/job';
import { fieldPaths } from '../migration/fields';
import { automaticOperations } from '../policy/policy';
import type { RecordPart } from '../record/recordedRow';
import { instant } from '../time/instant';
import { doubt, foundJob, launchProblem } from './launchOutcome';
import { operationName, storedName } from './operations/operation';
import { missing } from './quorum';
import { refusal } from './refusal';
import { lapse } from './review';

/** The actions of people on a request. */
export const actions = [
  'approve',
  'break_glass',
  'take_back',
  'deny',
  'withdraw',
  'edit',
  'look_again',
  'choose_job',
  'try_again',
  ...jobOperations,
] as const;
export type Action = (typeof actions)[number];

/** Everything that people are refused, including the end of a watch. */
const refusedActions = [...actions, 'unwatch'] as const;

/** The operations that a rule can decide on. It deletes only a job that nobody needs anymore. */
const decidedByPolicy = [...automaticOperations, 'delete_job'] as const;

/** A form field with its old and new value. For secrets, only the field. */
export const difference = z.object({
  // Earlier events name the reference of a secret as a separate field.
  path: z.preprocess(
    (path) => (typeof path === 'string' ? path.replace(/\.Reference$/, '.Source') : path),
    z.enum(fieldPaths),
  ),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type Difference = z.infer<typeof difference>;

/** An operation on a job that exists; missing for the creation of the job. */
const onJob = { operation: operationName.exclude(['create_job']).optional() };

/** True if the last approval needs no call, because someone started the job in the console. */
const underWay = { isUnderWay: z.literal(true).optional() };

/** True if only the policy had let the job be created, which it no longer does. */
const unapproved = { isUnapproved: z.literal(true).optional() };

/**
 * The content of an event. An approval records how many there are, how many the rule requires, and
 * what is still missing. Older events lack `missing`.
 */
export const eventPayload = z.discriminatedUnion('type', [
  /** `automatic`: the rule that lets the job be created before its approval. */
  z.object({ type: z.literal('requested'), automatic: z.string().optional() }),
  /** `voided`: how many approvals no longer count. */
  z.object({
    type: z.literal('edited'),
    ...onJob,
    differences: z.array(difference).readonly(),
    voided: z.int(),
    automatic: z.string().optional(),
    /** True if Ferry deletes the job of the earlier revision first. */
    discards: z.boolean().optional(),
    /**
     * True if only the password of a failed request was typed again, so the revision and its approvals
     * stay. Events of earlier versions don't say it.
     */
    isRetry: z.literal(true).optional(),
  }),
  /**
   * Another rule of the policy applies to the request. `voided`: approvals that no longer count.
   * `automatic`: the rule, if only from now on it lets the job be created before its approval.
   * `isNews`: false if nobody who decides has to know it, so the thread doesn't mention it.
   */
  z.object({
    type: z.literal('rule_changed'),
    ...onJob,
    from: z.string(),
    to: z.string(),
    voided: z.int(),
    lapsed: z.array(lapse).readonly().default([]),
    /** True if it was approved and now needs approval again. */
    reopened: z.boolean().default(false),
    automatic: z.string().optional(),
    isNews: z.literal(false).optional(),
    ...unapproved,
  }),
  /** The rule is the same, but some approvals no longer count. */
  z.object({
    type: z.literal('approvals_lapsed'),
    ...onJob,
    lapsed: z.array(lapse).readonly(),
    reopened: z.boolean(),
    ...unapproved,
  }),
  /** Slack couldn't confirm the approvers right before the call, so the call waits. */
  z.object({ type: z.literal('unverified'), operation: storedName }),
  z.object({
    type: z.literal('approved'),
    ...onJob,
    count: z.number(),
    required: z.number(),
    comment: z.string().optional(),
    isEnough: z.boolean().optional(),
    /** The items of the check that DTS should skip. The comment is the reason. */
    skips: skippedChecks.optional(),
    missing: missing.optional(),
    ...underWay,
  }),
  /** The policy decided on an operation: this rule of it. */
  z.object({
    type: z.literal('automatic'),
    operation: z.enum(decidedByPolicy),
    rule: z.string(),
  }),
  /**
   * The policy changed before the call of such an operation, so Ferry didn't make the call. `missed`:
   * the reason is this start time, which has passed.
   */
  z.object({
    type: z.literal('not_automatic'),
    operation: z.enum(jobOperations),
    missed: instant.exactOptional(),
  }),
  z.object({ type: z.literal('break_glass'), reason: z.string(), ...underWay }),
  z.object({
    type: z.literal('taken_back'),
    ...onJob,
    count: z.int(),
    required: z.int(),
    missing: missing.optional(),
  }),
  z.object({ type: z.literal('denied'), ...onJob, reason: z.string() }),
  z.object({ type: z.literal('withdrawn'), ...onJob }),
  z.object({ type: z.literal('expired'), ...onJob }),
  /**
   * `late`: an approval no longer helps, because of the start time or a launch window that opens
   * after it.
   */
  z.object({
    type: z.literal('reminded'),
    ...onJob,
    number: z.int(),
    late: z.object({ startTime: instant, opensAt: instant.exactOptional() }).exactOptional(),
  }),
  /** A reminder is due, and waits for the end of the quiet hours. */
  z.object({ type: z.literal('reminder_held'), until: instant }),
  /** The request is approved and waits for the rule's launch window. */
  z.object({ type: z.literal('held'), operation: storedName, until: instant }),
  z.object({ type: z.literal('launched'), operation: storedName, attempt: z.number() }),
  /** `answered` by the call, `found` by a search, or `chosen` by a person. */
  z.object({
    type: z.literal('created'),
    how: z.enum(['answered', 'found', 'chosen']),
    jobId: z.string(),
    requestId: z.string().optional(),
    /** Set if the approvals are for the start, not for the creation. */
    approve: z.literal('before_start').optional(),
  }),
  z.object({ type: z.literal('failed'), operation: storedName, problem: launchProblem }),
  z.object({
    type: z.literal('postponed'),
    operation: storedName,
    attempt: z.number(),
    problem: launchProblem,
    until: instant,
  }),
  z.object({ type: z.literal('answer_lost'), operation: storedName, doubt }),
  z.object({ type: z.literal('looked'), operation: storedName, found: z.number() }),
  z.object({
    type: z.literal('unconfirmed'),
    operation: storedName,
    doubt,
    found: z.array(foundJob).readonly(),
    searchProblem: callProblem.optional(),
  }),
  z.object({ type: z.literal('look_again'), operation: storedName }),
  /** `voided`: always 0 in new events. A review before the call decides which approvals count. */
  z.object({
    type: z.literal('try_again'),
    operation: storedName,
    after: z.enum(['failed', 'unconfirmed']).default('unconfirmed'),
    voided: z.int().default(0),
  }),
  /** DTS accepted an operation on the job, as its response or the job's status shows. */
  z.object({
    type: z.literal('operated'),
    operation: operationName.exclude(['create_job']),
    how: z.enum(['answered', 'found']),
    /** The users who approved it, in order, unless the policy decided. */
    approvedBy: z.array(z.string()).readonly().optional(),
    /** True if Ferry saw a later status of the job before. */
    isOver: z.literal(true).exactOptional(),
  }),
  /**
   * The job has another status. `said`: the status as the API wrote it. `elsewhere`: someone changed
   * it in the console, because neither Ferry nor DTS itself did. `operation`: the waiting operation
   * that the new status made pointless.
   */
  z.object({
    type: z.literal('job_moved'),
    from: z.enum(jobStatuses),
    to: z.enum(jobStatuses),
    said: z.string(),
    elsewhere: z.boolean(),
    /** The target caught up again, after it fell behind while the job was running. */
    isRepeated: z.literal(true).optional(),
    /** The request that it was created for has ended or was edited. */
    isNotNeeded: z.literal(true).optional(),
    ...onJob,
    error: z.string().optional(),
    solution: z.string().optional(),
    /** A page of Tencent Cloud's documentation. */
    link: z.string().optional(),
    /** The step at which the job failed, counted from 1, and what DTS says about it. */
    step: z
      .object({
        number: z.number(),
        of: z.number(),
        name: z.string(),
        message: z.string().optional(),
      })
      .optional(),
    lagSeconds: z.number().optional(),
    lagMegabytes: z.number().optional(),
    /** The result of a check that ended. */
    checks: z.array(checkItem).readonly().optional(),
    consistency: z.enum(consistencies).optional(),
  }),
  /**
   * Nobody has started the job since then; with `isNotNeeded`, the job hasn't been needed since then
   * and still exists.
   */
  z.object({
    type: z.literal('job_idle'),
    since: instant,
    isNotNeeded: z.literal(true).optional(),
  }),
  /** The response to an earlier call arrived after a later call was made, so two jobs may exist. */
  z.object({ type: z.literal('stray_job'), attempt: z.number(), jobId: z.string() }),
  /**
   * A person began to watch a job that Ferry did not create, or ended it. `createdBy`: the request that
   * turned out to have created the job, which ended the watch.
   */
  z.object({ type: z.literal('watched'), jobId: z.string(), region: z.string() }),
  z.object({ type: z.literal('unwatched'), createdBy: z.int().optional() }),
  /** Ferry can't post in the channel. It posts the missed replies once it can again. */
  z.object({ type: z.literal('channel_lost'), problem: z.enum(channelProblems) }),
  z.object({
    type: z.literal('attempt_refused'),
    action: z.enum(refusedActions),
    refusal,
  }),
]);
export type EventPayload = z.infer<typeof eventPayload>;
export type PayloadOf<Type extends EventPayload['type']> = Extract<EventPayload, { type: Type }>;

/** What each event may change apart from the state. The first event sets everything. */
const changedBy: Readonly<Record<EventPayload['type'], readonly RecordPart[]>> = {
  requested: ['request', 'revision', 'parameters', 'secrets', 'rule'],
  watched: ['request', 'revision', 'parameters', 'rule'],
  unwatched: [],
  edited: ['revision', 'parameters', 'secrets', 'rule'],
  rule_changed: ['rule'],
  approvals_lapsed: [],
  unverified: [],
  approved: [],
  automatic: [],
  not_automatic: [],
  break_glass: [],
  taken_back: [],
  denied: [],
  withdrawn: [],
  expired: [],
  reminded: [],
  reminder_held: [],
  held: [],
  launched: [],
  created: [],
  failed: [],
  postponed: [],
  answer_lost: [],
  looked: [],
  unconfirmed: [],
  look_again: [],
  try_again: [],
  operated: [],
  job_moved: [],
  job_idle: [],
  stray_job: [],
  channel_lost: [],
  attempt_refused: [],
};

/** What an event may change apart from the state. */
export function partsChangedBy(event: EventPayload): readonly RecordPart[] {
  switch (event.type) {
    case 'denied':
    case 'withdrawn':
    case 'expired':
    case 'failed':
    case 'job_moved':
      // The request has the parameters of its job again.
      return event.operation === 'modify_job' ? changedBy.edited : changedBy[event.type];
    default:
      return changedBy[event.type];
  }
}

/** The types of all events. */
export const eventTypes = eventPayload.options.map(({ shape }) => shape.type.value);

/** The events that change a request's secrets. */
export const eventsWithSecrets = eventTypes.filter((type) => changedBy[type].includes('secrets'));

/** An entry of a request's history. Without `by`, Ferry acted. */
export interface RequestEvent {
  requestId: number;
  /** Counted from 1; equal to the version that the event made. */
  seq: number;
  revision: number;
  at: Date;
  by: { userId: string; name: string } | undefined;
  payload: EventPayload;
}
