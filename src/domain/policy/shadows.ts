import { accessTypes, sourceEngines } from '../migration/engines';
import type { People } from '../people/people';
import type { SecretRule } from '../secrets/secretPolicy';
import {
  type Conditions,
  type Policy,
  type Rule,
  type StrictSetting,
  strictSettings,
} from './policy';
import { coversPattern } from './targetPattern';
import { matchesWildcard } from './wildcard';

/** Two rules by index. The earlier one takes requests from the later one. */
export type RuleShadow = { earlier: number; later: number } & (
  | { code: 'rule_never_applies' }
  /** The earlier rule is less strict in these settings, and stricter in none. */
  | { code: 'lax_before_strict'; settings: readonly StrictSetting[] }
);

/**
 * Finds rules that never apply because of an earlier one, or that are stricter than an earlier one.
 */
export function ruleShadows({ rules }: Policy): RuleShadow[] {
  return rules.flatMap((stricter, later) => {
    const before = [...rules.slice(0, later).entries()];
    const covering = before.find(([, { when }]) => covers(when, stricter.when));
    if (covering !== undefined) {
      return [{ code: 'rule_never_applies', earlier: covering[0], later } as const];
    }
    return before.flatMap(([earlier, laxer]): RuleShadow[] => {
      const settings = stricterIn(stricter.rule, laxer.rule);
      const isLaxer = settings.length > 0 && stricterIn(laxer.rule, stricter.rule).length === 0;
      return isLaxer && mayOverlap(laxer.when, stricter.when)
        ? [{ code: 'lax_before_strict', earlier, later, settings }]
        : [];
    });
  });
}

/** Pairs of secret rules in which the first allows everything that the second allows. */
export function secretShadows(rules: readonly SecretRule[]): { wide: number; narrow: number }[] {
  return rules.flatMap((inner, narrow) => {
    const wide = rules.findIndex(
      (outer, index) =>
        index !== narrow &&
        allowsAll(outer, inner) &&
        // If two rules allow the same, only the later one is reported.
        (index < narrow || !allowsAll(inner, outer)),
    );
    return wide < 0 ? [] : [{ wide, narrow }];
  });
}

function stricterIn(strict: Rule, lax: Rule): StrictSetting[] {
  const isStricter: Readonly<Record<StrictSetting, boolean>> = {
    approvers:
      isSubset(strict.approvers, lax.approvers) && !isSubset(lax.approvers, strict.approvers),
    required: strict.required > lax.required,
    one_from_each: strict.oneFromEach.length > lax.oneFromEach.length,
    requesters: strict.requesters !== undefined && lax.requesters === undefined,
    windows: strict.windows.length > 0 && lax.windows.length === 0,
    confirm_destination: strict.confirmDestination && !lax.confirmDestination,
    break_glass: strict.breakGlass.length === 0 && lax.breakGlass.length > 0,
  };
  return strictSettings.filter((setting) => isStricter[setting]);
}

const keyOf = (people: People): string => Object.values(people).join(' ');

const isSubset = (some: readonly People[], all: readonly People[]): boolean =>
  some.every((each) => all.some((other) => keyOf(other) === keyOf(each)));

/** True if an entry of one list covers, or may equal, an entry of another. */
type Relation<Entry> = (outer: Entry, inner: Entry) => boolean;

const same: Relation<string | number> = (outer, inner) => outer === inner;
const source: Relation<string> = (outer, inner) => coversPattern(outer, inner, 'source');
const samePeople: Relation<People> = (outer, inner) => keyOf(outer) === keyOf(inner);
/** The members of groups are unknown here. */
const mayBeTheSame: Relation<People> = (some, others) =>
  some.kind !== 'user' || others.kind !== 'user' || samePeople(some, others);
const eitherWay = <Entry>(relation: Relation<Entry>): Relation<Entry> => {
  return (one, other) => relation(one, other) || relation(other, one);
};

type List<Entry> = readonly Entry[] | undefined;

/** True if the outer list is missing, or covers each entry of the inner one. */
const coversList = <Entry>(
  outer: List<Entry>,
  inner: List<Entry>,
  relation: Relation<Entry>,
  complete: number = Number.POSITIVE_INFINITY,
): boolean =>
  outer === undefined ||
  new Set(outer).size >= complete ||
  (inner?.every((each) => outer.some((other) => relation(other, each))) ?? false);

const meets = <Entry>(one: List<Entry>, other: List<Entry>, relation: Relation<Entry>): boolean =>
  one === undefined ||
  other === undefined ||
  one.some((each) => other.some((another) => relation(each, another)));

/** True if every request that meets `inner` also meets `outer`. */
function covers(outer: Conditions, inner: Conditions): boolean {
  return (
    coversList(outer.engines, inner.engines, same, sourceEngines.length) &&
    coversList(outer.accessTypes, inner.accessTypes, same, accessTypes.length) &&
    coversList(outer.sources, inner.sources, source) &&
    coversList(outer.sourceRegions, inner.sourceRegions, same) &&
    coversList(outer.destinations, inner.destinations, matchesWildcard) &&
    coversList(outer.destinationRegions, inner.destinationRegions, same) &&
    coversList(outer.migrationTypes, inner.migrationTypes, same, 3) &&
    (outer.wholeInstance === undefined || outer.wholeInstance === inner.wholeInstance) &&
    coversList(outer.requesters, inner.requesters, samePeople) &&
    coversList(outer.channels, inner.channels, same)
  );
}

/** True if the conditions allow a request that meets both. */
function mayOverlap(one: Conditions, other: Conditions): boolean {
  return (
    meets(one.engines, other.engines, same) &&
    meets(one.accessTypes, other.accessTypes, same) &&
    meets(one.sources, other.sources, eitherWay(source)) &&
    meets(one.sourceRegions, other.sourceRegions, same) &&
    meets(one.destinations, other.destinations, eitherWay(matchesWildcard)) &&
    meets(one.destinationRegions, other.destinationRegions, same) &&
    meets(one.migrationTypes, other.migrationTypes, same) &&
    (one.wholeInstance ?? other.wholeInstance) === (other.wholeInstance ?? one.wholeInstance) &&
    meets(one.requesters, other.requesters, mayBeTheSame) &&
    meets(one.channels, other.channels, same)
  );
}

const target: Relation<string> = (outer, inner) => coversPattern(outer, inner, 'secret');

function allowsAll(outer: SecretRule, inner: SecretRule): boolean {
  return (
    matchesWildcard(outer.secret, inner.secret) &&
    coversList(outer.requesters, inner.requesters, same) &&
    coversList(outer.channels, inner.channels, same) &&
    (outer.anywhere === true ||
      (inner.anywhere === undefined &&
        (inner.hosts ?? []).every((each) => (outer.hosts ?? []).some((all) => target(all, each))) &&
        (inner.instances ?? []).every((each) =>
          [...(outer.hosts ?? []), ...(outer.instances ?? [])].some((all) => target(all, each)),
        )))
  );
}
