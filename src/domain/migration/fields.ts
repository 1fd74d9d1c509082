import {
  type Check,
  line,
  matches,
  maxLength,
  paragraphs,
  secretText,
  unixSeconds,
  type ValueProblem,
  wholeNumber,
} from './checks';
import type { Derived, FormOffer, Given } from './fieldTable/derive';
import type { Choice, Field, Lookup, Need, Section, WantedResource } from './fieldTable/field';
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
  readonly [Path in FieldPath as (typeof fieldTable)[Path] extends Choice<infer _>
    ? Path
    : never]: Readonly<Record<OptionOf<(typeof fieldTable)[Path]>, string>>;
};
type OptionOf<Entry> = Entry extends Choice<infer Option> ? Option : never;

/** A choice with the options that the choices before it allow. */
export interface OfferedChoice {
  kind: 'choice';
  options: readonly string[];
  /** True if other choices limit its options. */
  isLimited: boolean;
  /** True if it follows another choice. */
  follows: boolean;
}

/** A field that the form shows, given the choices before it. */
export interface AskedField {
  path: FieldPath;
  need: Need;
  begins: Section | undefined;
  /** How people enter it. */
  input: Exclude<Field, Choice> | OfferedChoice;
  /** True if a new value can change other fields, so the form must be redrawn. */
  reshapes: boolean;
  check: Check;
}

/** Returns the fields that the form shows for these choices, in order. */
export function askedFields(values: FormValues, offer: FormOffer): AskedField[] {
  return layOut(values, offer).asked;
}

/** Adds presets for choices that nobody made. The form shows them at first. */
export function withPresets(values: FormValues, offer: FormOffer): FormValues {
  return { ...values, ...layOut(values, offer).choices };
}

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
    const input = field.kind === 'choice' ? offeredChoice(field, given) : field;
    const check = checkOf(field, given);
    asked.push({ path, need, begins: field.begins, input, reshapes: read.has(field), check });
    if (field.kind !== 'choice') continue;
    const value = values[path];
    const choice =
      value !== undefined && check(value) === undefined ? value : presetOf(field, given);
    if (choice === undefined) continue;
    chosen.set(field, choice);
    choices[path] = choice;
  }
  return { asked, choices };
}

function offeredChoice({ limited, options, preset }: Choice, given: Given): OfferedChoice {
  const isWithheld = (option: string) => option === limited?.option && !limited.to.at(given);
  return {
    kind: 'choice',
    options: options.filter((option) => !isWithheld(option)),
    isLimited: limited !== undefined,
    follows: typeof preset === 'object',
  };
}

const presetOf = ({ preset }: Choice, given: Given): string | undefined =>
  typeof preset === 'object' ? preset.at(given) : preset;

const conversationId = matches(/^[CG][A-Z0-9]{2,}$/, { code: 'not_offered' });

/** Returns the check for this field's text. */
function checkOf(field: Field, given: Given): Check {
  switch (field.kind) {
    case 'line': {
      const { check = line(field.longest) } = field;
      return typeof check === 'function' ? check : check.at(given);
    }
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
    case 'database_names':
    case 'file':
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
      return [...resource.regions, resource.vpc];
    default:
      return resource.regions;
  }
}

const leadersOf = ({ preset }: Choice): Choice[] => (typeof preset === 'object' ? [preset] : []);

/** The fields whose values an entry needs after the form was drawn. */
function neededBy(field: Field): readonly Field[] {
  if (field.kind === 'lookup') return narrowedBy(field.resource);
  return field.kind === 'choice' ? leadersOf(field) : [];
}

const everyField = fieldPaths.map((path) => fields[path]);

/** The fields that others depend on. The form is redrawn when one of them changes. */
const read: ReadonlySet<unknown> = new Set(
  everyField.flatMap((field) => [
    ...field.need.reads,
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
 * Updates each choice that follows another one, if it still had that one's value when the form was
 * drawn.
 */
export function withFollowers(values: FormValues, drawn: FormValues): FormValues {
  const followed: FormValues = { ...values };
  for (const path of fieldPaths) {
    const field = fields[path];
    if (field.kind !== 'choice') continue;
    for (const leader of leadersOf(field)) {
      const before = valueIn(drawn, leader);
      const now = valueIn(values, leader);
      if (now !== undefined && now !== before && values[path] === before) followed[path] = now;
    }
  }
  return followed;
}

export const kindOf = (path: FieldPath): Field['kind'] => fields[path].kind;

/** What a field searches in the account, or `undefined` if it isn't a lookup. */
export function resourceOf(path: FieldPath): WantedResource | undefined {
  const field = fields[path];
  return field.kind === 'lookup' ? field.resource : undefined;
}

/** True if people may enter this text in a lookup without finding it there. */
export function canBeEntered(path: FieldPath, text: string): boolean {
  const field = fields[path];
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
  return field.kind === 'line' ? (field.spelling?.(text) ?? text) : text;
}

/**
 * Prepares typed text for checks and storage: trims it and converts its spelling. Secrets keep all
 * spaces, and names of databases keep all lines, because problems refer to line numbers.
 */
export function readTyped(path: FieldPath, typed: string): string {
  switch (fields[path].kind) {
    case 'secret':
      return typed;
    case 'database_names':
    case 'file':
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
      return undefined;
    default:
      return field satisfies never;
  }
}
