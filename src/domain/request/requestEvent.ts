import { z } from 'zod';
import { channelProblems } from '../channel/announcement';
import { fieldPaths } from '../migration/fields';
import type { RecordPart } from '../record/recordedRow';
import { doubt, foundJob, launchProblem } from './launchOutcome';
import { storedName } from './operations/operation';
import { missing } from './quorum';
import { refusal } from './refusal';
import { lapse } from './review';

/** What people do with a request. */
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
] as const;
export type Action = (typeof actions)[number];

/** A field of the form with what it held before and holds now; of secrets, only that they changed. */
export const difference = z.object({
  path: z.enum(fieldPaths),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type Difference = z.infer<typeof difference>;

/**
 * What happened, as it is recorded. An approval says how many there are with it, how many the rule
 * requires, and whether they are enough or what is still missing. Older events lack `missing`.
 */
export const eventPayload = z.discriminatedUnion('type', [
  z.object({ type: z.literal('requested') }),
  /** `voided`: how many approvals do not count any more. */
  z.object({
    type: z.literal('edited'),
    differences: z.array(difference).readonly(),
    voided: z.int(),
  }),
  /** Another rule of the policy applies to the request. `voided`: approvals that no longer count. */
  z.object({
    type: z.literal('rule_changed'),
    from: z.string(),
    to: z.string(),
    voided: z.int(),
    lapsed: z.array(lapse).readonly().default([]),
    /** Whether it was approved, and waits for approval again. */
    reopened: z.boolean().default(false),
  }),
  /** The rule is the same, but some of its approvals no longer count. */
  z.object({
    type: z.literal('approvals_lapsed'),
    lapsed: z.array(lapse).readonly(),
    reopened: z.boolean(),
  }),
  /** Slack could not confirm the approvers right before the call, so the call waits. */
  z.object({ type: z.literal('unverified'), operation: storedName }),
  z.object({
    type: z.literal('approved'),
    count: z.number(),
    required: z.number(),
    comment: z.string().optional(),
    isEnough: z.boolean().optional(),
    missing: missing.optional(),
  }),
  z.object({ type: z.literal('break_glass'), reason: z.string() }),
  z.object({
    type: z.literal('taken_back'),
    count: z.int(),
    required: z.int(),
    missing: missing.optional(),
  }),
  z.object({ type: z.literal('denied'), reason: z.string() }),
  z.object({ type: z.literal('withdrawn') }),
  z.object({ type: z.literal('expired') }),
  z.object({ type: z.literal('reminded'), number: z.int() }),
  /** A reminder came due, and waits for the end of the quiet hours. */
  z.object({ type: z.literal('reminder_held'), until: z.coerce.date() }),
  /** Approved, and not launched before the rule's hours come. */
  z.object({ type: z.literal('held'), operation: storedName, until: z.coerce.date() }),
  z.object({ type: z.literal('launched'), operation: storedName, attempt: z.number() }),
  /** `answered` by the call, `found` after a lost answer, or `chosen` by a person among several. */
  z.object({
    type: z.literal('created'),
    how: z.enum(['answered', 'found', 'chosen']),
    jobId: z.string(),
    requestId: z.string().optional(),
  }),
  z.object({ type: z.literal('failed'), operation: storedName, problem: launchProblem }),
  z.object({
    type: z.literal('postponed'),
    operation: storedName,
    attempt: z.number(),
    problem: launchProblem,
    until: z.coerce.date(),
  }),
  z.object({ type: z.literal('answer_lost'), operation: storedName, doubt }),
  z.object({ type: z.literal('looked'), operation: storedName, found: z.number() }),
  z.object({
    type: z.literal('unconfirmed'),
    operation: storedName,
    doubt,
    found: z.array(foundJob).readonly(),
    searchProblem: launchProblem.optional(),
  }),
  z.object({ type: z.literal('look_again'), operation: storedName }),
  /** `voided`: always 0 in new events. A review before the call decides which approvals count. */
  z.object({
    type: z.literal('try_again'),
    operation: storedName,
    after: z.enum(['failed', 'unconfirmed']).default('unconfirmed'),
    voided: z.int().default(0),
  }),
  /** The answer to an earlier call, after a later one was made: there may be two jobs. */
  z.object({ type: z.literal('stray_job'), attempt: z.number(), jobId: z.string() }),
  /** Nothing can be posted in the channel. It is told what happened meanwhile once that works again. */
  z.object({ type: z.literal('channel_lost'), problem: z.enum(channelProblems) }),
  z.object({
    type: z.literal('attempt_refused'),
    action: z.enum(actions),
    refusal,
  }),
]);
export type EventPayload = z.infer<typeof eventPayload>;

/** What an event may change besides the state. The first event sets everything. */
export const changedBy: Readonly<Record<EventPayload['type'], readonly RecordPart[]>> = {
  requested: ['request', 'revision', 'parameters', 'secrets', 'rule'],
  edited: ['revision', 'parameters', 'secrets', 'rule'],
  rule_changed: ['rule'],
  approvals_lapsed: [],
  unverified: [],
  approved: [],
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
  stray_job: [],
  channel_lost: [],
  attempt_refused: [],
};

/** The events after which a request has other secrets. */
export const eventsWithSecrets = eventPayload.options
  .map(({ shape }) => shape.type.value)
  .filter((type) => changedBy[type].includes('secrets'));

/** One line of a request's record. Without `by`, Ferry itself acted. */
export interface RequestEvent {
  requestId: number;
  /** 1 for the first event of a request; equals the version that the event made. */
  seq: number;
  revision: number;
  at: Date;
  by: { userId: string; name: string } | undefined;
  payload: EventPayload;
}
