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

/** Two rules of a policy, by their indexes, of which the earlier takes requests from the later one. */
export type RuleShadow = { earlier: number; later: number } & (
  | { code: 'rule_never_applies' }
  /** The earlier rule asks for less in these settings, and nowhere for more. */
  | { code: 'lax_before_strict'; settings: readonly StrictSetting[] }
);

/** Every rule that an earlier one keeps from applying, in whole or where it would be stricter. */
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

/** Pairs of secret rules of which the first allows everything that the second does. */
export function secretShadows(rules: readonly SecretRule[]): { wide: number; narrow: number }[] {
  return rules.flatMap((inner, narrow) => {
    const wide = rules.findIndex(
      (outer, index) =>
        index !== narrow &&
        allowsAll(outer, inner) &&
        // Of two that allow the same, the later is superfluous.
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

/** Whether one entry of a list covers or meets one of another list. */
type Relation<Entry> = (outer: Entry, inner: Entry) => boolean;

const same: Relation<string | number> = (outer, inner) => outer === inner;
const source: Relation<string> = (outer, inner) => coversPattern(outer, inner, 'source');
const samePeople: Relation<People> = (outer, inner) => keyOf(outer) === keyOf(inner);
/** Nobody knows here who is in a group. */
const mayBeTheSame: Relation<People> = (some, others) =>
  some.kind !== 'user' || others.kind !== 'user' || samePeople(some, others);
const eitherWay = <Entry>(relation: Relation<Entry>): Relation<Entry> => {
  return (one, other) => relation(one, other) || relation(other, one);
};

type List<Entry> = readonly Entry[] | undefined;

/** Whether the outer list says nothing, or covers each entry of the inner one. */
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

/** Whether every request that fits `inner` certainly fits `outer`. */
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

/** Whether a request may fit both, as far as that shows from the conditions. */
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
