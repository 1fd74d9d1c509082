import type { Membership } from '../people/person';
import { matchesTarget, type Target } from '../policy/targetPattern';
import { matchesWildcard } from '../policy/wildcard';
import { variables } from '../settings';
import type { SecretReference } from './secretReference';

/**
 * Allows secrets to be used under all stated conditions. Names are patterns for `matchesWildcard`
 * and are case-sensitive.
 */
export interface SecretRule {
  /** `ssm:` or `env:`, and a pattern for the name. */
  secret: string;
  /**
   * Patterns for targets of any kind. With `instances`, they limit where the password may be sent.
   */
  hosts?: readonly string[] | undefined;
  /** Targets that are instances. */
  instances?: readonly string[] | undefined;
  /**
   * The password may be sent to any target. Without this, `hosts` and `instances`, it may be sent
   * to none.
   */
  anywhere?: true | undefined;
  /** IDs of users and user groups who may use it. */
  requesters?: readonly string[] | undefined;
  /** IDs of channels in which it may be used. */
  channels?: readonly string[] | undefined;
}

export interface SecretUse {
  /** Everything that receives the password. */
  targets: readonly Target[];
  /** The user ID of the requester. */
  requester: string;
  /** Memberships of the requester by group ID. A missing group is treated as unknown. */
  memberships: ReadonlyMap<string, Membership>;
  channel: string;
}

/** Why a secret may not be used. The problem doesn't say what else it may be used for. */
export type SecretProblem = {
  secret: string;
} /** One of Ferry's own settings, which include its keys. No rule can allow it. */ & (
  | { code: 'secret_is_own_setting' }
  | { code: 'secret_not_listed' }
  | { code: 'secret_for_others' }
  /** The rule names a group, and Slack didn't say whether the requester is in it. */
  | { code: 'secret_requester_unknown' }
  | { code: 'secret_for_other_channels'; channel: string }
  | { code: 'secret_for_other_targets'; target: Target }
);

/** The person who may not use a secret: the sender of a form, or the requester whose request it edits. */
export type SecretUser = 'sender' | 'requester';

export type SecretVerdict = { ok: true } | { ok: false; problem: SecretProblem };

/** Checks whether a rule allows this use. If several rules name the secret, one is enough. */
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
  // Reports the rule with the fewest problems. The others were probably meant for other uses.
  const fewest = others.reduce((best, next) => (next.length < best.length ? next : best), first);
  const [misfit] = fewest;
  return misfit === undefined ? { ok: true } : refuse(misfit);
}

/** The user groups that `judgeSecret` needs to know about. */
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
  // On Windows, names of variables ignore case.
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
  const isAmong = membershipAmong(rule.requesters, use);
  return [
    ...(isAmong === 'no' ? [{ code: 'secret_for_others' } as const] : []),
    ...(isAmong === 'unknown' ? [{ code: 'secret_requester_unknown' } as const] : []),
    ...(isElsewhere ? [{ code: 'secret_for_other_channels', channel: use.channel } as const] : []),
    ...(target === undefined ? [] : [{ code: 'secret_for_other_targets', target } as const]),
  ];
}

function membershipAmong(requesters: SecretRule['requesters'], use: SecretUse): Membership {
  if (requesters === undefined || requesters.includes(use.requester)) return 'yes';
  const answers = requesters
    .filter(isGroup)
    .map((group) => use.memberships.get(group) ?? 'unknown');
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

/**
 * Returns the first target that the rule doesn't name, or an empty text if the request has no
 * target.
 */
function strayTarget(
  { hosts = [], instances = [] }: SecretRule,
  targets: readonly Target[],
): Target | undefined {
  const fits = (target: Target): boolean =>
    hosts.some((pattern) => matchesTarget(pattern, target)) ||
    (isInstance(target) && instances.some((pattern) => matchesTarget(pattern, target)));
  return targets.length === 0 ? '' : targets.find((target) => !fits(target));
}

/** Hosts contain dots or colons, and hosts behind a gateway contain a slash. */
const isInstance = (target: Target): boolean => /^[a-z0-9-]+$/.test(target);
