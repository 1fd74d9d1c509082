import { z } from 'zod';
import { type JobOperation, jobOperations } from '../job/job';
import { names, type People, people } from '../people/people';

export const hourPattern = /^([01]\d|2[0-3]):[0-5]\d$/;
export const endPattern = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const hour = z.string().regex(hourPattern);

/** Starting with Monday, as in ISO 8601. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/**
 * Hours of a day in a time zone (IANA), from `from` up to but excluding `to`. If `to` isn't after
 * `from`, they end on the next day.
 */
const hours = z.object({ from: hour, to: hour, timeZone: z.string() });
export type Hours = z.infer<typeof hours>;

const weekday = z.enum(weekdays);

/**
 * Hours in which jobs may be created, and the days on which they begin. A whole day ends at 24:00.
 */
const launchWindow = hours.extend({
  to: z.string().regex(endPattern),
  days: z.tuple([weekday], weekday).readonly(),
});
export type LaunchWindow = z.infer<typeof launchWindow>;

const list = z.array(people).readonly();

/** Operations with separate settings. `clear_data`: to resume a job after it emptied the target. */
export const decidedOperations = [...jobOperations, 'clear_data'] as const;
export type DecidedOperation = (typeof decidedOperations)[number];

/** The operations that a rule can make automatic. A cut-over never is. */
export const automaticOperations = ['check_job', 'start_job'] as const satisfies JobOperation[];
export type AutomaticOperation = (typeof automaticOperations)[number];

/** Who decides on an operation, and how many of them. */
const decision = z.object({
  people: list,
  required: z.int(),
  oneFromEach: z.array(list).readonly(),
});

/**
 * How requests are decided. A request keeps a copy of its rule, so that everyone sees the same one.
 */
export const rule = z.object({
  /** The name shown to people; unique in a policy. */
  name: z.string(),
  /** The ID of the channel that requests are posted to. */
  channel: z.string(),
  /** Who may request; without it, all members of the workspace. */
  requesters: list.optional(),
  approvers: list,
  /** `before_start`: the job is created and checked first, and the approvals are for its start. */
  approve: z.enum(['before_creation', 'before_start']).optional(),
  /** How many people must approve. */
  required: z.int(),
  /** At least one approver from each of these lists is required. */
  oneFromEach: z.array(list).readonly(),
  deniers: list,
  /** Who may edit a request that is pending or failed. */
  editors: list,
  /** Who may retry a failed request unchanged. */
  retriers: list,
  /** How long a request waits for a decision; without it, forever. */
  expiryMs: z.int().optional(),
  /** When approvers are reminded, counted from when the request was made or last edited. */
  reminders: z.object({
    afterMs: z.array(z.int()).readonly(),
    mention: list,
    /** Hours without reminders. Reminders due in them are sent at their end. */
    quiet: hours.optional(),
  }),
  /** When jobs may be created; at any time if the list is empty. */
  windows: z.array(launchWindow).readonly(),
  /** True if approvers must type the ID of the target. */
  confirmDestination: z.boolean(),
  /**
   * Who may give an emergency approval, which needs a reason. Requesters may approve their own
   * requests.
   */
  breakGlass: list,
  /** Users and channels that get a message about each emergency approval. */
  breakGlassNotify: list.optional(),
  /** After how long the thread reminds people of an unstarted job; null: never; by default three days. In ms. */
  idleAfterMs: z.int().nullable().optional(),
  /** Settings for operations on the job; missing ones have the defaults of `demandsOf`. */
  operations: z.partialRecord(z.enum(decidedOperations), decision).optional(),
  /** Operations that need no person: the check after the creation, the start after it passed. */
  automatic: z.array(z.enum(automaticOperations)).readonly().optional(),
});
export type Rule = z.infer<typeof rule>;

/** The conditions of a rule. It covers the requests that meet all stated conditions. */
export interface Conditions {
  /** Source engines, by the API's values. */
  engines?: readonly string[] | undefined;
  /** By the API's values. */
  accessTypes?: readonly string[] | undefined;
  /** Patterns for `matchesTarget`: the address, host name or instance of the source. */
  sources?: readonly string[] | undefined;
  sourceRegions?: readonly string[] | undefined;
  /** Patterns for the ID of the target. */
  destinations?: readonly string[] | undefined;
  destinationRegions?: readonly string[] | undefined;
  /** The API's values: 1 structure, 2 full, 3 full and incremental. */
  migrationTypes?: readonly number[] | undefined;
  wholeInstance?: boolean | undefined;
  /** Users and user groups. */
  requesters?: readonly z.infer<typeof people>[] | undefined;
  /** IDs of channels in which `/migrate` was used. */
  channels?: readonly string[] | undefined;
}

/** The rules in order. The first one that covers a request applies. */
export interface Policy {
  rules: readonly { when: Conditions; rule: Rule }[];
  /** Applies if no other rule does. */
  otherwise: Rule;
  /** Who may watch jobs that Ferry did not create; see `watchersOf` for the default. */
  watch?: readonly People[];
  /** When the jobs are listed in each channel every week, in local time; without it, never. */
  digest?: { day: Weekday; at: string; timeZone: string };
}

/** Settings in which one rule can be stricter than another, by their names in the policy file. */
export const strictSettings = [
  'approvers',
  'required',
  'one_from_each',
  'requesters',
  'windows',
  'confirm_destination',
  'break_glass',
] as const;
export type StrictSetting = (typeof strictSettings)[number];

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The name of the rule that applies if no other rule does. */
export const usualName = 'usual';

/** The required parts of a rule. `usualRule` adds the rest. */
export type RuleBasis = Pick<Rule, 'channel' | 'approvers'> & Partial<Rule>;

/** Adds the defaults to a rule. */
export function usualRule(basis: RuleBasis): Rule {
  const { approvers } = basis;
  const requester: People = { kind: 'requester' };
  return {
    name: usualName,
    required: 1,
    oneFromEach: [],
    deniers: approvers,
    editors: [requester],
    retriers: [requester, ...approvers],
    expiryMs: 7 * dayMs,
    reminders: { afterMs: [4 * hourMs, dayMs, 3 * dayMs], mention: approvers },
    windows: [],
    confirmDestination: false,
    breakGlass: [],
    ...basis,
  };
}

/**
 * Who may watch jobs that Ferry did not create: without a setting, the people who may request if no
 * other rule applies. `undefined`: all members of the workspace.
 */
export const watchersOf = ({ otherwise, watch }: Policy): readonly People[] | undefined =>
  watch ?? otherwise.requesters;

/** All rules of a policy. The default rule comes last. */
export const allRules = ({ rules, otherwise }: Policy): Rule[] => [
  ...rules.map((each) => each.rule),
  otherwise,
];

/** The lists of people who can act on a rule's requests. */
export const decidingLists = (rule: Rule): readonly (readonly People[])[] => [
  rule.approvers,
  ...rule.oneFromEach,
  rule.deniers,
  rule.editors,
  rule.retriers,
  rule.breakGlass,
  ...Object.values(rule.operations ?? {}).flatMap((each) => [each.people, ...each.oneFromEach]),
];

/** True if a list in the policy names this user personally. */
export const namesPersonally = (policy: Policy, userId: string): boolean =>
  allRules(policy).some((rule) =>
    [...decidingLists(rule), rule.requesters ?? []].some((list) => names(list, userId)),
  );

/** All channels that requests are posted to. */
export const channelsOf = (policy: Policy): string[] => [
  ...new Set(allRules(policy).map(({ channel }) => channel)),
];

/** All channels that get reports about emergency approvals. */
export const auditChannelsOf = (policy: Policy): string[] => [
  ...new Set(
    allRules(policy).flatMap(({ breakGlassNotify = [] }) =>
      breakGlassNotify.flatMap((each) => (each.kind === 'channel' ? [each.channelId] : [])),
    ),
  ),
];
