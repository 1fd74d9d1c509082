import type { Membership } from '../people/person';
import { matchesTarget, type Target } from '../policy/targetPattern';
import { matchesWildcard } from '../policy/wildcard';
import { variables } from '../settings';
import type { SecretReference } from './secretReference';

/**
 * Lets people refer to the secrets that `secret` describes, under every condition that it states.
 * Names of secrets are patterns of `matchesWildcard` and keep their case.
 */
export interface SecretRule {
  /** `ssm:` or `env:`, and a pattern for the name. */
  secret: string;
  /** Patterns for targets of every form. With `instances`: where the password may be sent. */
  hosts?: readonly string[] | undefined;
  /** Targets that are instances. */
  instances?: readonly string[] | undefined;
  /** The password may be sent to every target. Without it, `hosts` and `instances`: to none. */
  anywhere?: true | undefined;
  /** Ids of users, and of user groups, who may ask. */
  requesters?: readonly string[] | undefined;
  /** Ids of channels in which it may be asked for. */
  channels?: readonly string[] | undefined;
}

/** Who would use a secret where, and what is known of them. */
export interface SecretUse {
  /** Everything that the password would be sent to. */
  targets: readonly Target[];
  /** The user who asks. */
  requester: string;
  /** Whether the user is in a group, by its id; a group that is missing counts as unknown. */
  memberships: ReadonlyMap<string, Membership>;
  channel: string;
}

/** Why a secret may not be used so, as data. What else it may be used for is not said. */
export type SecretProblem = {
  secret: string;
} /** One of Ferry's own settings, its keys among them: no rule can lend those. */ & (
  | { code: 'secret_is_own_setting' }
  | { code: 'secret_not_listed' }
  | { code: 'secret_for_others' }
  /** Bound to a group, and whether the user is in it could not be learnt. */
  | { code: 'secret_requester_unknown' }
  | { code: 'secret_for_other_channels'; channel: string }
  | { code: 'secret_for_other_targets'; target: Target }
);

export type SecretVerdict = { ok: true } | { ok: false; problem: SecretProblem };

/** Whether a rule lets the secret be used so; where several speak of it, one is enough. */
export function judgeSecret(
  rules: readonly SecretRule[],
  reference: SecretReference,
  use: SecretUse,
): SecretVerdict {
  const secret = nameOf(reference);
  const refuse = (problem: Misfit): SecretVerdict => ({
    ok: false,
    problem: { secret, ...problem },
  });
  if (isOwnSetting(reference)) return refuse({ code: 'secret_is_own_setting' });
  const [first, ...others] = rulesFor(rules, reference).map((rule) => misfitsOf(rule, use));
  if (first === undefined) return refuse({ code: 'secret_not_listed' });
  // The rule that fits best says what is wrong: the others were probably meant for something else.
  const fewest = others.reduce((best, next) => (next.length < best.length ? next : best), first);
  const [misfit] = fewest;
  return misfit === undefined ? { ok: true } : refuse(misfit);
}

/** The user groups that `judgeSecret` would want to know about. */
export function groupsToAsk(
  rules: readonly SecretRule[],
  reference: SecretReference,
): readonly string[] {
  const groups = rulesFor(rules, reference).flatMap(({ requesters = [] }) =>
    requesters.filter(isGroup),
  );
  return [...new Set(groups)];
}

const isGroup = (id: string): boolean => id.startsWith('S');

const nameOf = ({ kind, name }: SecretReference): string => `${kind}:${name}`;

function rulesFor(rules: readonly SecretRule[], reference: SecretReference): readonly SecretRule[] {
  return rules.filter(({ secret }) => matchesWildcard(secret, nameOf(reference)));
}

function isOwnSetting({ kind, name }: SecretReference): boolean {
  // Windows has the same variable under a name in any case.
  return kind === 'env' && variables.some((variable) => variable === name.toUpperCase());
}

type Misfit = SecretProblem extends infer Each
  ? Each extends SecretProblem
    ? Omit<Each, 'secret'>
    : never
  : never;

function misfitsOf(rule: SecretRule, use: SecretUse): readonly Misfit[] {
  const target = rule.anywhere ? undefined : strayTarget(rule, use.targets);
  const isElsewhere = rule.channels !== undefined && !rule.channels.includes(use.channel);
  const isAmong = standingAmong(rule.requesters, use);
  return [
    ...(isAmong === 'no' ? [{ code: 'secret_for_others' } as const] : []),
    ...(isAmong === 'unknown' ? [{ code: 'secret_requester_unknown' } as const] : []),
    ...(isElsewhere ? [{ code: 'secret_for_other_channels', channel: use.channel } as const] : []),
    ...(target === undefined ? [] : [{ code: 'secret_for_other_targets', target } as const]),
  ];
}

function standingAmong(requesters: SecretRule['requesters'], use: SecretUse): Membership {
  if (requesters === undefined || requesters.includes(use.requester)) return 'yes';
  const answers = requesters
    .filter(isGroup)
    .map((group) => use.memberships.get(group) ?? 'unknown');
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

/** A target that the rule does not name; for none at all, nothing was bound to anything. */
function strayTarget(
  { hosts = [], instances = [] }: SecretRule,
  targets: readonly Target[],
): Target | undefined {
  const fits = (target: Target): boolean =>
    hosts.some((pattern) => matchesTarget(pattern, target)) ||
    (isInstance(target) && instances.some((pattern) => matchesTarget(pattern, target)));
  return targets.length === 0 ? '' : targets.find((target) => !fits(target));
}

/** Hosts have dots or colons, and what lies behind something has a slash. */
const isInstance = (target: Target): boolean => /^[a-z0-9-]+$/.test(target);
