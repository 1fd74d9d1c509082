import type { FieldPath } from '../migration/fields';
import type { MigrationParameters } from '../migration/migration';
import type { Membership } from '../people/person';
import type { Refusal } from '../request/refusal';
import { targetsOf } from '../secrets/secretTargets';
import type { Conditions, Policy, Rule } from './policy';
import { matchesTarget } from './targetPattern';
import { matchesWildcard } from './wildcard';

/** What the conditions of rules look at. */
export interface Subject {
  parameters: MigrationParameters;
  requester: string;
  /** The user groups that conditions name, and whether the requester is in them. */
  groups: ReadonlyMap<string, Membership>;
  /** Where `/migrate` was used, where that is known. */
  askedIn: string | undefined;
}

/** What a condition depends on and nobody knows. */
export type Doubt =
  /** Slack did not say whether the requester is in a group. */
  | { code: 'group'; groupId: string }
  /** The request comes from no channel that Slack named. */
  | { code: 'channel' }
  /** The request leaves out what the condition looks at. */
  | { code: 'field'; path: FieldPath };

/** Whether a rule covers a request, and which of its conditions decided that. */
export type Match =
  | { verdict: 'yes' }
  | { verdict: 'no'; because: keyof Conditions }
  | { verdict: 'unknown'; doubt: Doubt };

/** The rule that applies, or what leaves it open. */
export type Ruling = { kind: 'rule'; rule: Rule } | { kind: 'doubt'; doubt: Doubt };

/** The user groups that Slack has to be asked about before a rule can be found. */
export function groupsOfConditions({ rules }: Policy): string[] {
  const ids = rules.flatMap(({ when }) =>
    (when.requesters ?? []).flatMap((each) => (each.kind === 'group' ? [each.groupId] : [])),
  );
  return [...new Set(ids)];
}

/** A rule, and whether it covers a request. */
export interface Explained {
  when: Conditions;
  rule: Rule;
  match: Match;
}

/** Whether a rule depends on the channel that a request comes from. */
export const dependsOnChannel = ({ rules }: Policy): boolean =>
  rules.some(({ when }) => when.channels !== undefined);

/** A place in Slack as a channel that a request comes from: a direct message is none. */
export const requestChannel = (id: string | undefined): string | undefined =>
  id?.startsWith('D') ? undefined : id;

/**
 * The rules in their order, each with its match, up to the one that applies, or to the first that may
 * apply: no later rule takes the place of one that is in doubt.
 */
export function explainRules(policy: Policy, subject: Subject): Explained[] {
  const explained: Explained[] = [];
  for (const { when, rule } of [...policy.rules, { when: {}, rule: policy.otherwise }]) {
    const match = matchConditions(when, subject);
    explained.push({ when, rule, match });
    if (match.verdict !== 'no') break;
  }
  return explained;
}

/** The rule that applies to a request: the first that covers it, unless an earlier one is in doubt. */
export function rulingFor(policy: Policy, subject: Subject): Ruling {
  const last = explainRules(policy, subject).at(-1);
  switch (last?.match.verdict) {
    case 'yes':
      return { kind: 'rule', rule: last.rule };
    case 'unknown':
      return { kind: 'doubt', doubt: last.match.doubt };
    default:
      // The last rule has no conditions.
      return { kind: 'rule', rule: policy.otherwise };
  }
}

/** The same; undefined where it is in doubt. */
export function ruleFor(policy: Policy, subject: Subject): Rule | undefined {
  const ruling = rulingFor(policy, subject);
  return ruling.kind === 'rule' ? ruling.rule : undefined;
}

/** The rules that can apply to what is asked for in a channel, in their order. */
export function rulesIn({ rules, otherwise }: Policy, channelId: string): Policy['rules'] {
  const all: Policy['rules'] = [...rules, { when: {}, rule: otherwise }];
  const possible = all.filter(
    ({ when }) => when.channels === undefined || when.channels.includes(channelId),
  );
  // None after one that asks for nothing else.
  const last = possible.findIndex(({ when }) =>
    statedConditions(when).every((name) => name === 'channels'),
  );
  return possible.slice(0, last + 1);
}

/** Why nothing is done as long as it is in doubt which rule applies. */
export function refusalOfDoubt(doubt: Doubt): Refusal {
  switch (doubt.code) {
    case 'group':
      return { code: 'rule_unknown' };
    case 'channel':
      return { code: 'channel_unknown' };
    case 'field':
      return { code: 'field_needed', path: doubt.path };
    default:
      return doubt satisfies never;
  }
}

type Test = (subject: Subject) => boolean | Doubt;

/** Ids are the same in upper and lower case. */
const fits = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), text.toLowerCase()));

/** Each condition that is stated, in the order in which a person would look at them. */
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
      const path = missingName(parameters);
      return path === undefined ? false : { code: 'field', path };
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

/** The conditions that are stated. */
export const statedConditions = (when: Conditions): (keyof Conditions)[] =>
  testsOf(when).map(([name]) => name);

/** Judges every condition: what is certainly not met decides before what nobody knows. */
export function matchConditions(when: Conditions, subject: Subject): Match {
  let unknown: Match | undefined;
  for (const [because, test] of testsOf(when)) {
    const answer = test(subject);
    if (answer === false) return { verdict: 'no', because };
    if (answer !== true) unknown ??= { verdict: 'unknown', doubt: answer };
  }
  return unknown ?? { verdict: 'yes' };
}

/** What the source of a request is called, each of its nodes: the names that secrets go by, and more. */
function sourceNames(parameters: MigrationParameters): string[] {
  const { SrcInfo, SrcInfoMulti = [] } = parameters;
  const names = [SrcInfo, ...SrcInfoMulti].flatMap((node) => [
    node.InstanceId,
    node.RdsInstanceId,
    node.CvmInstanceId,
    node.Ip,
  ]);
  return [...targetsOf(parameters, 'SrcInfo.Password'), ...names].flatMap((name) => name ?? []);
}

/** A field that says what the source is called, may be empty, and is. */
function missingName({
  SrcAccessType,
  SrcInfo,
  SrcInfoMulti,
}: MigrationParameters): FieldPath | undefined {
  if (SrcAccessType !== 'vpncloud' && SrcAccessType !== 'vpnselfbuild') return undefined;
  if (SrcAccessType === 'vpncloud' && SrcInfo.UniqVpnGwId === undefined) {
    return 'SrcInfo.UniqVpnGwId';
  }
  return (SrcInfoMulti ?? [SrcInfo]).every(({ Ip }) => Ip !== undefined) ? undefined : 'SrcInfo.Ip';
}
