import { z } from 'zod';
import { jobOperations, jobStatuses } from '../job/job';
import { fieldPaths, fixedInJob } from '../migration/fields';
import { alterations } from '../record/recordedRow';
import { instant } from '../time/instant';

/** Actions for which a rule has a list of people, apart from approving. */
const listedActions = ['deny', 'edit', 'modify_job', 'try_again', 'break_glass'] as const;

/** Why an action was refused. Each code has its own words, which only the person sees. */
export const refusal = z.discriminatedUnion('code', [
  /** The request doesn't exist, or the person may not see it. Both cases have the same words. */
  z.object({ code: z.literal('no_such_request'), requestId: z.number() }),
  /** The message is about a request of another database, which has the same number. */
  z.object({ code: z.literal('other_database'), requestId: z.number() }),
  /** Slack didn't say whether the person may see the request. */
  z.object({ code: z.literal('visibility_unknown'), requestId: z.number() }),
  /** The same interaction arrived again. */
  z.object({ code: z.literal('handled_already') }),
  z.object({ code: z.literal('own_request') }),
  /** A requester can't settle the outcome of a call for the same request. */
  z.object({ code: z.literal('own_outcome') }),
  z.object({ code: z.literal('own_edit') }),
  z.object({ code: z.literal('not_your_request') }),
  z.object({ code: z.literal('guest') }),
  z.object({ code: z.literal('external') }),
  z.object({ code: z.literal('deactivated') }),
  z.object({ code: z.literal('bot') }),
  z.object({ code: z.literal('person_unknown') }),
  z.object({ code: z.literal('not_an_approver') }),
  z.object({ code: z.literal('approvers_unknown') }),
  /** The person isn't in the rule's list for this action. */
  z.object({ code: z.literal('not_allowed'), action: z.enum(listedActions) }),
  z.object({ code: z.literal('list_unknown') }),
  /** Slack didn't answer, so it is unknown which rule applies. */
  z.object({ code: z.literal('rule_unknown') }),
  /** A rule depends on the request's channel, which isn't known. */
  z.object({ code: z.literal('channel_unknown') }),
  /** The job's start time passed while the request waited. */
  /** `opensAt`: the start time is ahead, but the launch window opens later. */
  z.object({
    code: z.literal('start_time_passed'),
    at: instant,
    opensAt: instant.exactOptional(),
  }),
  /** A rule depends on a field that the request leaves empty. */
  z.object({ code: z.literal('field_needed'), path: z.enum(fieldPaths) }),
  /** The requester chose the channel in the form, but isn't a member of the chosen one. */
  z.object({ code: z.literal('not_in_channel') }),
  z.object({ code: z.literal('channel_members_unknown') }),
  /** The requester already has the most open requests allowed. */
  z.object({ code: z.literal('too_many_open'), open: z.number(), limit: z.number() }),
  z.object({ code: z.literal('may_not_request'), rule: z.string() }),
  /** The policy names the person, who isn't a full member, but this rule's requesters don't. */
  z.object({ code: z.literal('not_a_requester'), rule: z.string() }),
  z.object({ code: z.literal('requesters_unknown') }),
  /** The policy doesn't let the person watch jobs, or Slack didn't say so. */
  z.object({ code: z.literal('may_not_watch') }),
  z.object({ code: z.literal('watchers_unknown') }),
  z.object({ code: z.literal('too_many_watched'), whose: z.enum(['byOne', 'byAll']) }),
  /** Nobody watches the job, or the person may not see the watch. Both cases have the same words. */
  z.object({ code: z.literal('not_watched'), jobId: z.string() }),
  /** Slack didn't say whether the person may see a watch. */
  z.object({ code: z.literal('watch_unknown'), jobId: z.string() }),
  z.object({ code: z.literal('already_approved_by_you') }),
  z.object({ code: z.literal('other_revision'), seen: z.number(), current: z.number() }),
  z.object({
    code: z.literal('already_decided'),
    decision: z.enum(['approved', 'denied']),
    /** The first of several approvers. */
    by: z.string(),
    others: z.array(z.string()).readonly().default([]),
    at: instant,
  }),
  z.object({
    code: z.literal('already_decided_by_you'),
    decision: z.enum(['approved', 'denied']),
    at: instant,
  }),
  z.object({ code: z.literal('withdrawn'), at: instant }),
  z.object({ code: z.literal('expired'), at: instant }),
  z.object({ code: z.literal('nothing_to_take_back') }),
  z.object({ code: z.literal('cannot_withdraw') }),
  z.object({ code: z.literal('cannot_edit') }),
  z.object({ code: z.literal('nothing_changed') }),
  /** DTS never changes this parameter of a job. */
  z.object({ code: z.literal('fixed_in_job'), path: z.enum(fixedInJob) }),
  /** After the change, a rule applies whose requests are posted to another channel. */
  z.object({ code: z.literal('other_channel'), rule: z.string(), channel: z.string() }),
  z.object({ code: z.literal('not_failed') }),
  z.object({ code: z.literal('password_gone') }),
  z.object({ code: z.literal('destination_not_confirmed') }),
  /** The rule requires the ID of the target, for which the person was not asked. */
  z.object({ code: z.literal('destination_missing') }),
  z.object({ code: z.literal('reason_missing') }),
  z.object({ code: z.literal('not_in_doubt') }),
  /** The outcome of a later call is unknown, too. */
  z.object({ code: z.literal('other_attempt') }),
  /** These parts of the stored request differ from what its newest event recorded. */
  z.object({ code: z.literal('record_altered'), parts: z.array(z.enum(alterations)).readonly() }),
  z.object({ code: z.literal('no_such_job'), jobId: z.string() }),
  /** The requester and the editors may not decide on an operation, if the policy doesn't list them. */
  z.object({ code: z.literal('own_job') }),
  z.object({ code: z.literal('not_for_job'), operation: z.enum(jobOperations) }),
  /** The job doesn't exist yet, or Ferry hasn't seen it yet. */
  z.object({ code: z.literal('no_job_yet') }),
  /** Another operation on the job waits or is under way. */
  z.object({ code: z.literal('job_busy'), operation: z.enum(jobOperations) }),
  /** DTS doesn't allow the operation in the job's status. */
  z.object({
    code: z.literal('job_not_ready'),
    operation: z.enum(jobOperations),
    status: z.enum(jobStatuses),
    said: z.string(),
  }),
  /** Somebody has started the job since it was called idle. */
  z.object({ code: z.literal('not_idle'), status: z.enum(jobStatuses), said: z.string() }),
  /** These items of the check no longer fail, or DTS doesn't let people skip them. */
  z.object({ code: z.literal('cannot_skip'), items: z.array(z.string()).readonly() }),
]);
export type Refusal = z.infer<typeof refusal>;

interface RefusalFacts {
  /** What the refusal reveals: the request's existence and state, or only something else. */
  about: 'request' | 'person' | 'interaction';
  /** True if waiting or other entries may help a person whose form was refused. */
  keepsForm: boolean;
}

const aboutPerson = { about: 'person', keepsForm: false } as const;
const aboutRequest = { about: 'request', keepsForm: false } as const;
const notFinal = { about: 'request', keepsForm: true } as const;

export const refusalFacts: Readonly<Record<Refusal['code'], RefusalFacts>> = {
  no_such_request: aboutRequest,
  other_database: aboutRequest,
  visibility_unknown: notFinal,
  handled_already: { about: 'interaction', keepsForm: false },
  own_request: aboutRequest,
  own_outcome: aboutRequest,
  own_edit: aboutRequest,
  not_your_request: aboutRequest,
  guest: aboutPerson,
  external: aboutPerson,
  deactivated: aboutPerson,
  bot: aboutPerson,
  person_unknown: { about: 'person', keepsForm: true },
  not_an_approver: aboutRequest,
  approvers_unknown: notFinal,
  not_allowed: aboutRequest,
  list_unknown: notFinal,
  rule_unknown: notFinal,
  channel_unknown: notFinal,
  start_time_passed: aboutRequest,
  field_needed: notFinal,
  not_in_channel: notFinal,
  channel_members_unknown: notFinal,
  too_many_open: notFinal,
  may_not_request: notFinal,
  not_a_requester: notFinal,
  requesters_unknown: notFinal,
  may_not_watch: { about: 'person', keepsForm: false },
  watchers_unknown: { about: 'person', keepsForm: true },
  too_many_watched: aboutRequest,
  not_watched: aboutRequest,
  watch_unknown: notFinal,
  already_approved_by_you: aboutRequest,
  other_revision: aboutRequest,
  already_decided: aboutRequest,
  already_decided_by_you: aboutRequest,
  withdrawn: aboutRequest,
  expired: aboutRequest,
  nothing_to_take_back: aboutRequest,
  cannot_withdraw: aboutRequest,
  cannot_edit: aboutRequest,
  nothing_changed: aboutRequest,
  fixed_in_job: notFinal,
  other_channel: notFinal,
  not_failed: aboutRequest,
  password_gone: aboutRequest,
  destination_not_confirmed: aboutRequest,
  destination_missing: aboutRequest,
  reason_missing: aboutRequest,
  not_in_doubt: aboutRequest,
  other_attempt: aboutRequest,
  record_altered: aboutRequest,
  no_such_job: aboutRequest,
  own_job: aboutRequest,
  not_for_job: aboutRequest,
  no_job_yet: notFinal,
  job_busy: notFinal,
  job_not_ready: notFinal,
  not_idle: aboutRequest,
  cannot_skip: aboutRequest,
};
