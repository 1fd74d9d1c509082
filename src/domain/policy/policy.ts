import { z } from 'zod';
import { names, type People, people } from '../people/people';

export const hourPattern = /^([01]\d|2[0-3]):[0-5]\d$/;
export const endPattern = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const hour = z.string().regex(hourPattern);

/** From Monday on, as ISO 8601 counts. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/**
 * Hours of a day in a time zone (IANA), `from` included and `to` not. Where `to` is not after `from`,
 * they reach into the next day.
 */
export const hours = z.object({ from: hour, to: hour, timeZone: z.string() });
export type Hours = z.infer<typeof hours>;

const weekday = z.enum(weekdays);

/** Hours in which jobs may be created, on the days on which they begin. A whole day ends at 24:00. */
export const launchWindow = hours.extend({
  to: z.string().regex(endPattern),
  days: z.tuple([weekday], weekday).readonly(),
});
export type LaunchWindow = z.infer<typeof launchWindow>;

const list = z.array(people).readonly();

/**
 * How the requests that it covers are decided. A request keeps a copy of the rule that it stands
 * under, so that everybody sees the same.
 */
export const rule = z.object({
  /** By which people know it; unique in a policy. */
  name: z.string(),
  /** Id of the channel in which the request stands. */
  channel: z.string(),
  /** Who may ask; every member of the workspace when it is missing. */
  requesters: list.optional(),
  approvers: list,
  /** How many people must approve. */
  required: z.int(),
  /** Lists of which each must have one of the approvals, whoever else approved. */
  oneFromEach: z.array(list).readonly(),
  deniers: list,
  /** Who may change the parameters of a request that is not decided, or failed. */
  editors: list,
  /** Who may have a failed request tried again as it is. */
  retriers: list,
  /** How long a request waits for its decision; for ever when it is missing. */
  expiryMs: z.int().optional(),
  /** When those who may approve are reminded, from the moment the request was made or changed. */
  reminders: z.object({
    afterMs: z.array(z.int()).readonly(),
    mention: list,
    /** Hours in which nobody is reminded: it is done when they end. */
    quiet: hours.optional(),
  }),
  /** When jobs may be created; at any time when there is none. */
  windows: z.array(launchWindow).readonly(),
  /** Whether an approver has to type the id of the destination. */
  confirmDestination: z.boolean(),
  /** Who may approve alone, their own request too, with a reason. */
  breakGlass: list,
});
export type Rule = z.infer<typeof rule>;

/** Which requests a rule covers: those that fit every condition that is stated. */
export interface Conditions {
  /** Source engines, by the API's values. */
  engines?: readonly string[] | undefined;
  /** By the API's values. */
  accessTypes?: readonly string[] | undefined;
  /** Patterns of `matchesWildcard` for what the source is called: its instance or address. */
  sources?: readonly string[] | undefined;
  sourceRegions?: readonly string[] | undefined;
  /** Patterns for the id of the destination. */
  destinations?: readonly string[] | undefined;
  destinationRegions?: readonly string[] | undefined;
  /** 1 structure, 2 full, 3 full and ongoing changes: the API's values. */
  migrationTypes?: readonly number[] | undefined;
  wholeInstance?: boolean | undefined;
  /** Users and user groups. */
  requesters?: readonly z.infer<typeof people>[] | undefined;
  /** Ids of channels in which `/migrate` was used. */
  channels?: readonly string[] | undefined;
}

/** The rules in their order; the first that covers a request applies to it. */
export interface Policy {
  rules: readonly { when: Conditions; rule: Rule }[];
  /** Applies where no other does. */
  otherwise: Rule;
}

/** Settings in which one rule can ask for more than another, as the policy file names them. */
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

/** What the rule that applies where no other does is called. */
export const usualName = 'usual';

/** What a rule says at least; `usualRule` fills in the rest. */
export type RuleBasis = Pick<Rule, 'channel' | 'approvers'> & Partial<Rule>;

/** A rule with what applies wherever an operator says nothing else. */
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

/** Every rule of a policy, the one for all else last. */
export const allRules = ({ rules, otherwise }: Policy): Rule[] => [
  ...rules.map((each) => each.rule),
  otherwise,
];

/** The lists of people who decide on the requests of a rule in one way or another. */
export const decidingLists = (rule: Rule): readonly (readonly People[])[] => [
  rule.approvers,
  ...rule.oneFromEach,
  rule.deniers,
  rule.editors,
  rule.retriers,
  rule.breakGlass,
];

/** Whether a policy names this very person in a list that lets them do something. */
export const namesPersonally = (policy: Policy, userId: string): boolean =>
  allRules(policy).some((rule) =>
    [...decidingLists(rule), rule.requesters ?? []].some((list) => names(list, userId)),
  );

/** Every channel in which requests may stand. */
export const channelsOf = (policy: Policy): string[] => [
  ...new Set(allRules(policy).map(({ channel }) => channel)),
];
