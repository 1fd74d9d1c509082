import { parseReference } from '../secrets/secretReference';
import {
  line,
  matches,
  maxLength,
  paragraphs,
  secretText,
  toUnixSeconds,
  unixSeconds,
  type ValueCheck,
  type ValueProblem,
  wholeNumber,
} from './checks';
import type { Derived, FormOffer, Given } from './fieldTable/derive';
import type {
  Choice,
  Field,
  Lookup,
  Need,
  SecretOrigin,
  Section,
  WantedResource,
} from './fieldTable/field';
import { fieldTable } from './fieldTable/table';

export type { FormOffer } from './fieldTable/derive';
export type { Field, Lookup, Need, Section, WantedResource } from './fieldTable/field';

export type FieldPath = keyof typeof fieldTable;

const isFieldPath = (text: string): text is FieldPath => Object.hasOwn(fieldTable, text);

/** In the order of the form. */
export const fieldPaths: readonly FieldPath[] = Object.keys(fieldTable).filter(isFieldPath);

const fields: Readonly<Record<FieldPath, Field>> = fieldTable;

/** The texts of a form by field path, as people typed or chose them. */
export type FormValues = Partial<Record<FieldPath, string>>;

/** The words that a language needs for the options of all choices, by field path and value. */
export type OptionWords = {
  readonly [Path in FieldPath as (typeof fieldTable)[Path] extends Choice<infer _> | SecretOrigin
    ? Path
    : never]: Readonly<Record<OptionOf<(typeof fieldTable)[Path]>, string>>;
};
type OptionOf<Entry> =
  Entry extends Choice<infer Option>
    ? Option
    : Entry extends SecretOrigin
      ? typeof typedHere
      : never;

/** The origin of a secret that is typed into the form. */
export const typedHere = 'typed';

/** The value of a switch that is on. */
export const switchedOn = 'on';

/** A choice with the options that the choices before it allow. */
export interface OfferedChoice {
  kind: 'choice';
  options: readonly string[];
  /** True if other choices limit its options. */
  isLimited: boolean;
}

/** A field that the form shows, given the choices before it. */
export interface AskedField {
  path: FieldPath;
  need: Need;
  begins: Section | undefined;
  /** True if it belongs to the advanced part of the form. */
  isAdvanced: boolean;
  /** Its initial value. */
  preset: string | undefined;
  /** True if its initial value depends on other fields. */
  follows: boolean;
  /** How people enter it. */
  input: Exclude<Field, Choice> | OfferedChoice;
  /** True if a new value can change other fields, so the form must be redrawn. */
  reshapes: boolean;
  check: ValueCheck;
}

/** Returns the fields that the form shows for these choices, in order. Advanced fields follow their switch. */
export function askedFields(values: FormValues, offer: FormOffer): AskedField[] {
  return layOut(values, offer).asked;
}

/** What DTS never changes in a job. `ModifyMigrateJob` has no tags. */
export const fixedInJob = ['SrcDatabaseType', 'DstDatabaseType', 'DstInfo.Region', 'Tags'] as const;

/** Adds presets for choices that nobody made. The form shows them at first. */
export function withPresets(values: FormValues, offer: FormOffer): FormValues {
  return { ...values, ...layOut(values, offer).choices };
}

/** Adds the initial values of fields that are not choices and that the form has not shown yet. */
export function withNewFields(
  values: FormValues,
  offer: FormOffer,
  isShown: (path: FieldPath) => boolean,
): FormValues {
  const filled: FormValues = { ...values };
  for (const { input, path, preset } of askedFields(values, offer)) {
    if (input.kind !== 'choice' && preset !== undefined && !isShown(path)) filled[path] ??= preset;
  }
  return filled;
}

/** True if an advanced field has a value other than its initial one, or must be typed again. */
export const usesAdvanced = (values: FormValues, offer: FormOffer): boolean =>
  askedFields(values, offer).some(
    ({ isAdvanced, path, preset }) =>
      isAdvanced && ((values[path] ?? preset ?? '') !== (preset ?? '') || wasTyped(offer, path)),
  );

const wasTyped = ({ typedBefore = [] }: FormOffer, path: FieldPath): boolean =>
  typedBefore.some((each) => each === path);

/** Ignores values in fields that the form doesn't show. */
function layOut(
  values: FormValues,
  offer: FormOffer,
): { asked: AskedField[]; choices: FormValues } {
  const asked: AskedField[] = [];
  const choices: FormValues = {};
  const chosen = new Map<Derived<unknown>, string>();
  const given: Given = { offer, chosen };
  for (const path of fieldPaths) {
    const field = fields[path];
    const need = field.need.at(given);
    if (need === undefined) continue;
    const check = checkOf(field, given);
    const preset = presetOf(field, given);
    asked.push({
      path,
      need,
      begins: field.begins,
      isAdvanced: field.advanced?.at(given) ?? false,
      preset,
      follows: leadersOf(field).length > 0,
      input: field.kind === 'choice' ? offeredChoice(field, given) : field,
      reshapes: field.kind === 'switch' || read.has(field),
      check,
    });
    const isSound = (value: string | undefined): value is string =>
      value !== undefined && check(value) === undefined;
    const value = values[path];
    if (field.kind === 'choice') {
      const choice = isSound(value) ? value : preset;
      if (choice === undefined) continue;
      chosen.set(field, choice);
      choices[path] = choice;
    } else if (field.kind === 'secret_origin' && isSound(value)) chosen.set(field, value);
  }
  const last = asked.filter(({ isAdvanced }) => isAdvanced);
  return { asked: [...asked.filter(({ isAdvanced }) => !isAdvanced), ...last], choices };
}

function offeredChoice({ limited, options }: Choice, given: Given): OfferedChoice {
  const isWithheld = (option: string) => option === limited?.option && !limited.to.at(given);
  return {
    kind: 'choice',
    options: options.filter((option) => !isWithheld(option)),
    isLimited: limited !== undefined,
  };
}

function presetOf(field: Field, given: Given): string | undefined {
  if (field.kind !== 'choice' && field.kind !== 'number') return undefined;
  return field.preset?.at(given);
}

const conversationId = matches(/^[CG][A-Z0-9]{2,}$/, { code: 'not_offered' });

/** Returns the check for this field's text. */
function checkOf(field: Field, given: Given): ValueCheck {
  switch (field.kind) {
    case 'line':
      return field.check?.at(given) ?? line(field.longest);
    case 'paragraphs':
      return paragraphs(field.longest);
    case 'lines':
      return maxLength(field.longest);
    case 'number':
      return wholeNumber(field.min, field.max);
    case 'choice':
      return (value) => choiceProblem(field, given, value);
    case 'lookup':
      return field.check;
    case 'date_time':
      return unixSeconds;
    case 'conversation':
      return conversationId;
    case 'secret':
      return secretText(field.longest);
    case 'secret_origin':
      return (value) =>
        (value === typedHere && given.offer.typed) || parseReference(value) !== undefined
          ? undefined
          : { code: 'not_offered' };
    case 'database_names':
    case 'file':
    case 'switch':
      return () => undefined;
    default:
      return field satisfies never;
  }
}

function choiceProblem(
  { limited, options }: Choice,
  given: Given,
  value: string,
): ValueProblem | undefined {
  if (value === limited?.option && !limited.to.at(given)) return limited.problem;
  return options.includes(value) ? undefined : { code: 'not_offered' };
}

/** The fields whose values narrow a search. */
function narrowedBy(resource: WantedResource): readonly Field[] {
  switch (resource.kind) {
    case 'region':
    case 'secret':
      return [];
    case 'instance':
      return [resource.engine, resource.region];
    case 'subnet':
      return [resource.region, resource.vpc];
    default:
      return [resource.region];
  }
}

function leadersOf(field: Field): readonly Derived<unknown>[] {
  if (field.kind !== 'choice' && field.kind !== 'number') return [];
  return field.preset?.reads ?? [];
}

/** The fields whose values an entry needs after the form was drawn. */
const neededBy = (field: Field): readonly unknown[] =>
  field.kind === 'lookup' ? narrowedBy(field.resource) : leadersOf(field);

const everyField = fieldPaths.map((path) => fields[path]);

/** The fields that others depend on. The form is redrawn when one of them changes. */
const read: ReadonlySet<unknown> = new Set(
  everyField.flatMap((field) => [
    ...field.need.reads,
    ...(field.advanced?.reads ?? []),
    ...(field.kind === 'choice' ? (field.limited?.to.reads ?? []) : []),
    ...neededBy(field),
  ]),
);

/** The fields whose values a drawn form remembers. */
export const rememberedPaths: readonly FieldPath[] = fieldPaths.filter((path) =>
  everyField.some((field) => neededBy(field).includes(fields[path])),
);

const pathOf = new Map(fieldPaths.map((path) => [fields[path], path]));

/** The value of a field that another field's entry refers to. */
export function valueIn(values: FormValues, field: Choice | Lookup): string | undefined {
  const path = pathOf.get(field);
  return path === undefined ? undefined : values[path];
}

/**
 * Updates each field whose initial value depends on other fields, if it still has the initial value of
 * the form as it was drawn.
 */
export function withFollowers(values: FormValues, drawn: FormValues, offer: FormOffer): FormValues {
  const presets = (held: FormValues) =>
    new Map(askedFields(held, offer).map(({ path, preset }) => [path, preset]));
  const before = presets({ ...values, ...drawn });
  const followed: FormValues = { ...values };
  for (const { path, follows, preset } of askedFields(values, offer)) {
    if (follows && preset !== undefined && values[path] === before.get(path)) {
      followed[path] = preset;
    }
  }
  return followed;
}

/** The values that a field accepts, if they can be listed. Words in capitals are placeholders. */
export function optionsOf(path: FieldPath): readonly string[] | undefined {
  const field = fields[path];
  if (field.kind === 'secret_origin') return [typedHere, 'ssm:NAME:VERSION', 'env:NAME'];
  return field.kind === 'choice' ? field.options : undefined;
}

/** What is wrong with a field's text in every form, whatever the other fields contain. */
export function problemAlone(path: FieldPath, text: string): ValueProblem | undefined {
  const field = fields[path];
  if (field.kind === 'choice') {
    return field.options.includes(text) ? undefined : { code: 'not_offered' };
  }
  // Without a choice of the access type, the weakest check applies.
  const given = { offer: { typed: true, stored: true }, chosen: new Map() };
  return checkOf(field, given)(readTyped(path, text));
}

export const kindOf = (path: FieldPath): Field['kind'] => fields[path].kind;

/** What a field searches in the account, or `undefined` if it isn't a lookup. */
export function resourceOf(path: FieldPath): WantedResource | undefined {
  const field = fields[path];
  if (field.kind === 'secret_origin') return { kind: 'secret' };
  return field.kind === 'lookup' ? field.resource : undefined;
}

/** True if people may enter this text in a lookup without finding it there. */
export function canBeEntered(path: FieldPath, text: string): boolean {
  const field = fields[path];
  if (field.kind === 'secret_origin') return parseReference(text) !== undefined;
  return field.kind === 'lookup' && field.check(text) === undefined;
}

export function isFreeText(path: FieldPath): boolean {
  const field = fields[path];
  if (field.kind === 'line') return field.check === undefined;
  return field.kind === 'lines' || field.kind === 'paragraphs';
}

/** Converts a value to the one spelling that is checked and stored. */
export function spell(path: FieldPath, text: string): string {
  const field = fields[path];
  if (field.kind === 'date_time') return toUnixSeconds(text);
  return field.kind === 'line' ? (field.spelling?.(text) ?? text) : text;
}

/**
 * Prepares typed text for checks and storage: trims it and converts its spelling. Secrets keep all
 * spaces, and lists keep all lines, because problems refer to line numbers.
 */
export function readTyped(path: FieldPath, typed: string): string {
  switch (fields[path].kind) {
    case 'secret':
      return typed;
    case 'database_names':
    case 'file':
    case 'lines':
      return typed.trim() === '' ? '' : typed;
    default:
      return spell(path, typed.trim());
  }
}

/**
 * Converts a field's value to the job's parameter under the same path. Returns `undefined` for
 * secrets and Ferry's own fields, which aren't parameters, and for lists, which `parseForm` reads.
 */
export function parameterOf(path: FieldPath, text: string): string | number | Date | undefined {
  const field = fields[path];
  switch (field.kind) {
    case 'line':
    case 'lookup':
      return text;
    case 'number':
      return Number(text);
    case 'choice':
      return field.isNumber ? Number(text) : text;
    case 'date_time':
      return new Date(Number(text) * 1_000);
    case 'paragraphs':
    case 'lines':
    case 'database_names':
    case 'file':
    case 'conversation':
    case 'secret':
    case 'secret_origin':
    case 'switch':
      return undefined;
    default:
      return field satisfies never;
  }
}
