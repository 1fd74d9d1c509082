import { isDeepStrictEqual } from 'node:util';
import { mostPeople, names, type People } from '../domain/people/people';
import { decidedOperations, type Policy, type Rule, usualName } from '../domain/policy/policy';
import type { PolicyFileProblem } from '../domain/policy/policyFileProblem';
import { readDuration, writeDuration } from '../domain/text/duration';
import type { Places } from './places';
import type { PolicyFileContent } from './policyFileSchema';

type Path = readonly PropertyKey[];

/** The settings of the entry itself, without inherited ones. */
type Said = Partial<PolicyFileContent['approvals']>;

/** Finds problems of rules whose values are all valid. */
export function problemsOfRules(
  { approvals, rules = [] }: PolicyFileContent,
  policy: Policy,
  places: Places,
): PolicyFileProblem[] {
  return [
    ...problemsOfEntry(['approvals'], approvals, policy.otherwise, policy, places),
    ...policy.rules.flatMap(({ rule }, index) =>
      problemsOfEntry(['rules', index], rules[index] ?? {}, rule, policy, places),
    ),
    ...rules.flatMap(({ name }, index): PolicyFileProblem[] => {
      const earlier = rules.slice(0, index);
      const isTaken = name === usualName || earlier.some((other) => other.name === name);
      const behind = earlier.find(({ when }) => Object.keys(when).length === 0)?.name;
      const place = places.ofValue(['rules', index]);
      return [
        ...(isTaken
          ? [{ ...places.ofValue(['rules', index, 'name']), code: 'name_taken' } as const]
          : []),
        ...(behind === undefined ? [] : [{ ...place, code: 'unreachable_rule', behind } as const]),
      ];
    }),
  ];
}

function problemsOfEntry(
  path: Path,
  said: Said,
  rule: Rule,
  { otherwise }: Policy,
  places: Places,
): PolicyFileProblem[] {
  return [
    ...problemsOfHours(path, said, places),
    ...problemsOfReminders(path, said, places),
    ...problemsOfApprovers(path, said, rule, places),
    ...problemsOfOperations(path, said, rule, otherwise, places),
  ];
}

function problemsOfHours(path: Path, said: Said, places: Places): PolicyFileProblem[] {
  const { windows = [], reminders: { quiet } = {} } = said;
  const all = [
    ...windows.map((hours, index) => ({ hours, at: ['windows', index] })),
    ...(quiet === undefined ? [] : [{ hours: quiet, at: ['reminders', 'quiet'] }]),
  ];
  return all.flatMap(({ hours: { from, to }, at }) =>
    from === to ? [{ ...places.ofValue([...path, ...at, 'to']), code: 'no_time_between' }] : [],
  );
}

/** The first step that is too short. Later steps depend on it. */
function problemsOfReminders(path: Path, said: Said, places: Places): PolicyFileProblem[] {
  const after = said.reminders?.after?.map(readDuration) ?? [];
  const leastAt = (index: number): number => 2 * (after[index - 1] ?? 0) - (after[index - 2] ?? 0);
  const index = after.findIndex((ms, each) => ms <= leastAt(each));
  if (index < 0) return [];
  const place = places.ofValue([...path, 'reminders', 'after', index]);
  return [{ ...place, code: 'reminders_not_growing', least: writeDuration(leastAt(index)) }];
}

/** Reports conflicting settings if the entry itself states one of them. */
function problemsOfApprovers(
  path: Path,
  said: Said,
  { approvers, required, oneFromEach }: Rule,
  places: Places,
): PolicyFileProblem[] {
  const problems: PolicyFileProblem[] = [];
  const named = mostPeople(approvers);
  if (named < required && (said.approvers ?? said.required) !== undefined) {
    const place = places.ofValue([
      ...path,
      said.approvers === undefined ? 'required' : 'approvers',
    ]);
    problems.push({ ...place, code: 'too_few_approvers', required, named });
  }
  const without = [...oneFromEach.entries()].filter(
    ([, list]) => !mayHaveInCommon(list, approvers),
  );
  if (said.one_from_each !== undefined) {
    for (const [index] of without) {
      const place = places.ofValue([...path, 'one_from_each', index]);
      problems.push({ ...place, code: 'no_approver_among' });
    }
  } else if (said.approvers !== undefined && without.length > 0) {
    problems.push({ ...places.ofValue([...path, 'approvers']), code: 'no_approver_among' });
  }
  return problems;
}

/** Operations that nobody could decide. If the entry inherits one, it changed the people or their number. */
function problemsOfOperations(
  path: Path,
  said: Said,
  { operations = {} }: Rule,
  otherwise: Rule,
  places: Places,
): PolicyFileProblem[] {
  const changed = (['approvers', 'required', 'one_from_each'] as const).find(
    (key) => said[key] !== undefined,
  );
  return decidedOperations.flatMap((operation): PolicyFileProblem[] => {
    const decision = operations[operation];
    const own = said.operations?.[operation];
    const isReported =
      own === undefined && isDeepStrictEqual(decision, otherwise.operations?.[operation]);
    if (decision === undefined || isReported) return [];
    const { oneFromEach, people, required } = decision;
    const at = own === undefined ? [changed ?? 'name'] : ['operations', operation];
    const named = mostPeople(people);
    const listsAt = (index: number): readonly PropertyKey[] =>
      own?.one_from_each === undefined ? at : [...at, 'one_from_each', index];
    const place = (rest: readonly PropertyKey[]) => places.ofValue([...path, ...rest]);
    return [
      ...(named < required
        ? [{ ...place(at), code: 'too_few_deciders', operation, required, named } as const]
        : []),
      ...oneFromEach.flatMap((list, index) =>
        mayHaveInCommon(list, people)
          ? []
          : [{ ...place(listsAt(index)), code: 'no_decider_among', operation } as const],
      ),
    ];
  });
}

/** The members of groups and channels are unknown here. */
const mayHaveInCommon = (list: readonly People[], others: readonly People[]): boolean =>
  [...list, ...others].some(({ kind }) => kind !== 'user') ||
  list.some((each) => each.kind === 'user' && names(others, each.userId));
