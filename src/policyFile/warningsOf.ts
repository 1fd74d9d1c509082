import { isDeepStrictEqual } from 'node:util';
import {
  askedFields,
  type FieldPath,
  type FormOffer,
  type FormValues,
  isFreeText,
  kindOf,
  optionsOf,
  withPresets,
} from '../domain/migration/fields';
import { idOf, type People } from '../domain/people/people';
import type { Policy, Rule } from '../domain/policy/policy';
import type { PlaceInFile, PolicyFileWarning } from '../domain/policy/policyFileProblem';
import type { Preset } from '../domain/policy/preset';
import { ruleShadows, secretShadows } from '../domain/policy/shadows';
import type { SecretRule } from '../domain/secrets/secretPolicy';
import type { Places } from './places';
import { presetPaths } from './policyFileSchema';

export const fromTop = (a: PlaceInFile, b: PlaceInFile): number =>
  a.line - b.line || a.column - b.column;

/** Finds probable mistakes in a valid file, from top to bottom. */
export function warningsOf(
  {
    policy,
    presets,
    secrets,
  }: { policy: Policy; presets: readonly Preset[]; secrets: readonly SecretRule[] },
  places: Places,
): PolicyFileWarning[] {
  const nameOf = (index: number): string => policy.rules[index]?.rule.name ?? '';
  const rules = ruleShadows(policy).map((shadow): PolicyFileWarning => {
    const { code, earlier, later } = shadow;
    return code === 'rule_never_applies'
      ? { ...places.ofValue(['rules', later]), code, behind: nameOf(earlier) }
      : {
          ...places.ofValue(['rules', earlier]),
          code,
          strict: nameOf(later),
          settings: shadow.settings,
        };
  });
  const lists = policy.rules.flatMap(({ rule }, index) =>
    foreignLists(rule, policy.otherwise).map(
      (list): PolicyFileWarning => ({
        ...places.ofValue(['rules', index, 'approvers']),
        code: 'inherited_list_elsewhere',
        list: list.flatMap((each) => idOf(each) ?? []),
      }),
    ),
  );
  const allowedTwice = secretShadows(secrets).map(
    ({ narrow, wide }): PolicyFileWarning => ({
      ...places.ofValue(['secrets', narrow]),
      code: 'secret_allowed_anyway',
      by: secrets[wide]?.secret ?? '',
      byLine: places.ofValue(['secrets', wide]).line,
    }),
  );
  return [
    ...rules,
    ...lists,
    ...allowedTwice,
    ...cutTexts(policy, presets, places),
    ...hiddenValues(presets, places),
  ].toSorted(fromTop);
}

/**
 * The inherited lists of `oneFromEach` that name approvers of the default rule, but none of this
 * rule. A channel may contain anyone.
 */
function foreignLists(rule: Rule, otherwise: Rule): Rule['oneFromEach'] {
  if (rule.approvers.some(({ kind }) => kind === 'channel')) return [];
  return rule.oneFromEach.filter(
    (list) =>
      otherwise.oneFromEach.some((other) => isDeepStrictEqual(other, list)) &&
      share(list, otherwise.approvers) &&
      !share(list, rule.approvers),
  );
}

const share = (list: readonly People[], others: readonly People[]): boolean =>
  list.some((each) => others.some((other) => isDeepStrictEqual(each, other)));

/** Finds names and free texts that end where YAML begins a comment. */
function cutTexts(policy: Policy, presets: readonly Preset[], places: Places): PolicyFileWarning[] {
  const names = policy.rules.map(({ rule }, index) => ({
    path: ['rules', index, 'name'],
    read: rule.name,
  }));
  const values = presets.flatMap((preset) =>
    presetPaths.filter(isFreeText).flatMap((field) => {
      const read = preset.values[field];
      return read === undefined ? [] : [{ path: ['presets', preset.name, field], read }];
    }),
  );
  return [...names, ...values].flatMap(({ path, read }): PolicyFileWarning[] => {
    const comment = places.commentAfter(path);
    return comment === undefined
      ? []
      : [{ ...places.ofValue(path), code: 'cut_by_comment', read, comment: comment.trim() }];
  });
}

/** Finds values that the form drops, because it doesn't show them with the preset's other values. */
function hiddenValues(presets: readonly Preset[], places: Places): PolicyFileWarning[] {
  return presets.flatMap(({ name, values }) =>
    presetPaths
      .filter((path) => (values[path] ?? '') !== '' && !isShown(values, path))
      .map((path) => {
        const place = places.ofValue(['presets', name, path]);
        const needs = choices.find((each) => isShown({ ...values, [each.path]: each.value }, path));
        return { ...place, code: 'preset_value_hidden', needs };
      }),
  );
}

/** A form that shows as much as any other. */
const everything: FormOffer = { typed: true, stored: true, asksChannel: true };

/** True if a form with these values shows the field, with its value. */
const isShown = (values: FormValues, path: FieldPath): boolean =>
  withPresets(values, everything)[path] === values[path] &&
  askedFields(values, everything).some((field) => field.path === path);

const choices = presetPaths.flatMap((path) =>
  kindOf(path) === 'choice' ? (optionsOf(path) ?? []).map((value) => ({ path, value })) : [],
);
