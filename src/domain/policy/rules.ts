import type { FieldPath } from '../migration/fields';
import type { MigrationParameters } from '../migration/migration';
import type { Membership } from '../people/person';
import type { Refusal } from '../request/refusal';
import { targetsOf, wayOf } from '../secrets/secretTargets';
import type { Conditions, Policy, Rule } from './policy';
import { matchesTarget, missingPart } from './targetPattern';
import { matchesWildcard } from './wildcard';

/** The facts that conditions of rules check. */
export interface Subject {
  parameters: MigrationParameters;
  requester: string;
  /** The user groups in conditions, and whether the requester is a member. */
  groups: ReadonlyMap<string, Membership>;
  /** The channel in which `/migrate` was used, if it is known. */
  askedIn: string | undefined;
}

/** A missing fact that a condition depends on. */
export type MissingFact =
  /** Slack didn't say whether the requester is in a group. */
  | { code: 'group'; groupId: string }
  /** The request's channel isn't known. */
  | { code: 'channel' }
  /** The request has no value for the field. */
  | { code: 'field'; path: FieldPath };

/** Whether a rule covers a request, and the conditions that decided. */
export type Match =
  | { verdict: 'yes' }
  | { verdict: 'no'; because: keyof Conditions }
  | { verdict: 'unknown'; missing: MissingFact };

/** The rule that applies, or the reason why it is unknown. */
export type Ruling = { kind: 'rule'; rule: Rule } | { kind: 'unknown'; missing: MissingFact };

/** The user groups whose members must be known to find a rule. */
export function groupsOfConditions({ rules }: Policy): string[] {
  const ids = rules.flatMap(({ when }) =>
    (when.requesters ?? []).flatMap((each) => (each.kind === 'group' ? [each.groupId] : [])),
  );
  return [...new Set(ids)];
}

/** All rules in order. The last one has no conditions. */
const inOrder = ({ otherwise, rules }: Policy): Policy['rules'] => [
  ...rules,
  { when: {}, rule: otherwise },
];

/** A rule, and whether it covers a request. */
export interface ExplainedRule {
  when: Conditions;
  rule: Rule;
  match: Match;
}

/** True if a rule depends on the request's channel. */
export const dependsOnChannel = ({ rules }: Policy): boolean =>
  rules.some(({ when }) => when.channels !== undefined);

/** The channel in which a request was made. Direct messages are not channels. */
export const requestChannel = (id: string | undefined): string | undefined =>
  id?.startsWith('D') ? undefined : id;

/**
 * Returns the rules in order, each with its match, up to the first one that applies or may
 * apply. No later rule may replace one that may apply.
 */
export function explainRules(policy: Policy, subject: Subject): ExplainedRule[] {
  const explained: ExplainedRule[] = [];
  for (const { when, rule } of inOrder(policy)) {
    const match = matchConditions(when, subject);
    explained.push({ when, rule, match });
    if (match.verdict !== 'no') break;
  }
  return explained;
}

/** Returns the first rule that covers a request, or the missing fact if an earlier one may cover it. */
export function rulingFor(policy: Policy, subject: Subject): Ruling {
  const last = explainRules(policy, subject).at(-1);
  switch (last?.match.verdict) {
    case 'yes':
      return { kind: 'rule', rule: last.rule };
    case 'unknown':
      return { kind: 'unknown', missing: last.match.missing };
    default:
      // The last rule has no conditions.
      return { kind: 'rule', rule: policy.otherwise };
  }
}

/** The rules that can apply to requests made in a channel, in order. */
export function rulesIn(policy: Policy, channelId: string): Policy['rules'] {
  const possible = inOrder(policy).filter(
    ({ when }) => when.channels === undefined || when.channels.includes(channelId),
  );
  // A rule without other conditions hides all later ones.
  const last = possible.findIndex(({ when }) =>
    statedConditions(when).every((name) => name === 'channels'),
  );
  return possible.slice(0, last + 1);
}

/**
 * True if a rule lets jobs be created before their approval. `channelId`: only rules that can apply
 * to requests made in this channel count.
 */
export function mayCreateAtOnce(policy: Policy, channelId: string | undefined): boolean {
  const possible = channelId === undefined ? inOrder(policy) : rulesIn(policy, channelId);
  return possible.some(({ rule }) => rule.approve === 'before_start');
}

/** Returns the refusal for an unknown rule. */
export function refusalWithout(missing: MissingFact): Refusal {
  switch (missing.code) {
    case 'group':
      return { code: 'rule_unknown' };
    case 'channel':
      return { code: 'channel_unknown' };
    case 'field':
      return { code: 'field_needed', path: missing.path };
    default:
      return missing satisfies never;
  }
}

type Test = (subject: Subject) => boolean | MissingFact;

/** IDs ignore case. */
const fits = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), text.toLowerCase()));

/** The stated conditions, in the order that people read them. */
function testsOf(when: Conditions): [keyof Conditions, Test][] {
  const stated = <Value>(
    name: keyof Conditions,
    value: Value | undefined,
    test: (value: Value, subject: Subject) => ReturnType<Test>,
  ): [keyof Conditions, Test][] =>
    value === undefined ? [] : [[name, (subject) => test(value, subject)]];
  return [
    ...stated('engines', when.engines, (engines, { parameters }) =>
      engines.includes(parameters.SrcDatabaseType),
    ),
    ...stated('accessTypes', when.accessTypes, (types, { parameters }) =>
      types.includes(parameters.SrcAccessType),
    ),
    ...stated('sources', when.sources, (patterns, { parameters }) => {
      const names = sourceNames(parameters);
      if (names.some((name) => patterns.some((pattern) => matchesTarget(pattern, name)))) {
        return true;
      }
      const path = missingName(patterns, parameters);
      if (path === undefined) return false;
      // A cluster names its machines only, so a rule for an address on one of them covers it.
      const canBeFilledIn = parameters.SrcInfoMulti === undefined || path !== 'SrcInfo.Ip';
      return canBeFilledIn ? { code: 'field', path } : true;
    }),
    ...stated('sourceRegions', when.sourceRegions, (regions, { parameters }) => {
      const { Region } = parameters.SrcInfo;
      return Region === undefined
        ? { code: 'field', path: 'SrcInfo.Region' }
        : regions.includes(Region);
    }),
    ...stated('destinations', when.destinations, (patterns, { parameters }) =>
      fits(patterns, parameters.DstInfo.InstanceId),
    ),
    ...stated('destinationRegions', when.destinationRegions, (regions, { parameters }) =>
      regions.includes(parameters.DstInfo.Region),
    ),
    ...stated('migrationTypes', when.migrationTypes, (types, { parameters }) =>
      types.includes(parameters.MigrateOption.MigrateType),
    ),
    ...stated(
      'wholeInstance',
      when.wholeInstance,
      (whole, { parameters }) => whole === (parameters.MigrateOption.MigrateObject === 1),
    ),
    ...stated('channels', when.channels, (channels, { askedIn }) => {
      const from = requestChannel(askedIn);
      return from === undefined ? { code: 'channel' } : channels.includes(from);
    }),
    ...stated('requesters', when.requesters, (list, { requester, groups }) => {
      if (list.some((each) => each.kind === 'user' && each.userId === requester)) return true;
      let open: string | undefined;
      for (const each of list) {
        if (each.kind !== 'group') continue;
        const member = groups.get(each.groupId) ?? 'unknown';
        if (member === 'yes') return true;
        if (member === 'unknown') open = each.groupId;
      }
      return open === undefined ? false : { code: 'group', groupId: open };
    }),
  ];
}

export const statedConditions = (when: Conditions): (keyof Conditions)[] =>
  testsOf(when).map(([name]) => name);

/** Checks all conditions. An unmet condition counts more than one that lacks a fact. */
export function matchConditions(when: Conditions, subject: Subject): Match {
  let unknown: Match | undefined;
  for (const [because, test] of testsOf(when)) {
    const answer = test(subject);
    if (answer === false) return { verdict: 'no', because };
    if (answer !== true) unknown ??= { verdict: 'unknown', missing: answer };
  }
  return unknown ?? { verdict: 'yes' };
}

/**
 * All names of the request's source, for each node: the names that secret rules use, and others.
 */
function sourceNames(parameters: MigrationParameters): string[] {
  const { SrcInfo, SrcInfoMulti = [] } = parameters;
  const names = [SrcInfo, ...SrcInfoMulti].flatMap((node) => [
    node.InstanceId,
    node.RdsInstanceId,
    node.CvmInstanceId,
    // Without an address, a machine still matches `ins-1a2b3c4d/*`, and any source matches `*`.
    node.CvmInstanceId && `${node.CvmInstanceId}/${node.Ip ?? ''}`,
    node.Ip ?? '',
  ]);
  return [...targetsOf(parameters, 'SrcInfo.Password'), ...names].flatMap((name) => name ?? []);
}

/** Finds an empty field whose value decides whether one of the patterns matches. */
function missingName(
  patterns: readonly string[],
  { SrcAccessType, SrcInfo, SrcInfoMulti }: MigrationParameters,
): FieldPath | undefined {
  const way = wayOf[SrcAccessType];
  if (way === undefined) return undefined;
  const { field, prefix } = way;
  const missing = (SrcInfoMulti ?? [SrcInfo]).flatMap((node) => {
    const source = { prefix, way: node[field], host: node.Ip, isInstance: SrcAccessType === 'cvm' };
    return patterns.map((pattern) => missingPart(pattern, source));
  });
  if (missing.includes('way')) return `SrcInfo.${field}`;
  return missing.includes('host') ? 'SrcInfo.Ip' : undefined;
}
