import type {
  InputBlock,
  KnownBlock,
  ModalView,
  PlainTextInput,
  PlainTextOption,
} from '@slack/types';
import { z } from 'zod';
import type { FieldProblems } from '../src/domain/form/form';
import type { Resource } from '../src/domain/form/resource';
import { longestWords, unixSeconds } from '../src/domain/migration/checks';
import {
  type AskedField,
  askedFields,
  type FieldPath,
  type FormOffer,
  type FormValues,
  fieldPaths,
  fixedInJob,
  kindOf,
  type OfferedChoice,
  rememberedPaths,
  type Section,
  switchedOn,
  typedHere,
  usesAdvanced,
  withPresets,
} from '../src/domain/migration/fields';
import { parseReference, secretPaths } from '../src/domain/secrets/secretReference';
import { cut } from '../src/domain/text/cut';
import { harmless } from '../src/domain/text/typedText';
import type { Messages } from '../src/i18n/locales';
import { inLine, plain } from '../src/i18n/text';
import { plainText } from './plainText';

export const requestFormId = 'request_form';

/**
 * The action_id of each input. The block_id, which is the field's path, distinguishes inputs. Slack
 * keeps an entry as long as block_id and action_id stay. If an element must get a value other than
 * the entered one, its action_id gets a suffix.
 */
export const valueAction = 'value';

/** Forms that an earlier version opened have `ofJob`, or nothing, instead of the purpose. */
const editedRequest = z
  .object({
    requestId: z.int(),
    key: z.string().optional(),
    revision: z.int(),
    purpose: z.enum(['edit', 'modify_job']).exactOptional(),
    ofJob: z.boolean().exactOptional(),
  })
  .transform(({ ofJob, purpose = ofJob === true ? 'modify_job' : 'edit', ...edited }) => ({
    ...edited,
    purpose,
  }));

/** What the form remembers between views. Slack allows 3,000 characters. */
const formMemory = z.object({
  /** How often the form itself changed a field's value. */
  follows: z.int(),
  /** The warnings that the person accepted, as `concernKey`s. */
  seen: z.array(z.string()),
  /** The warnings that the form shows, as `concernKey`s. */
  warned: z.array(z.string()).default([]),
  /** The request whose list of databases is used if the field is empty, and a hash of the list. */
  objectsOf: z
    .object({ requestId: z.int(), count: z.int(), hash: z.string().default('') })
    .exactOptional(),
  /** The request to edit, or its job, and the revision that the person saw. */
  edits: editedRequest.exactOptional(),
  /** The secrets that were typed before, and that Slack doesn't keep. */
  typedBefore: z.array(z.enum(secretPaths)).exactOptional(),
  /** The channel in which `/migrate` was used. */
  askedIn: z.string().exactOptional(),
  /** The values of fields for lookups and followers when the form was drawn. */
  scope: z.partialRecord(z.enum(rememberedPaths), z.string()),
});
export type FormMemory = z.infer<typeof formMemory>;

/** The part of the memory that doesn't follow from what is drawn. */
export type Remembered = Omit<FormMemory, 'scope' | 'warned'>;

/** The content of a form. */
export interface FormDrawing {
  /** The initial values of the fields. Typed secrets among them are not drawn. */
  values: FormValues;
  offer: FormOffer;
  /** Shown in place of the introduction. */
  notices?: readonly Notice[];
  warnings?: readonly Warning[];
  /** The names of selected resources, by field. */
  names?: FieldNames;
  memory?: Partial<Remembered>;
}

/** The names that lists showed for the selected values. */
export type FieldNames = Readonly<Partial<Record<FieldPath, string>>>;

/** Words above the form. */
export interface Notice {
  words: string;
}

/** Words above a field and at the end of the form, where a person accepts all warnings. */
export interface Warning {
  about: FieldPath;
  /** Its `concernKey`. */
  key: string;
  words: string;
}

/** The checkbox that a person selects to submit a form with warnings. */
export const acceptBlock = 'Warnings';

/**
 * The form for a request, with the fields that the choices need, in the order in which a DBA
 * thinks.
 */
export function buildRequestForm(messages: Messages, drawing: FormDrawing): ModalView {
  const { form } = messages;
  const { names = {}, notices = [], warnings = [] } = drawing;
  const offer = offerOf(drawing.offer, drawing.memory ?? {});
  const isOpen = drawing.values.Advanced === switchedOn || usesAdvanced(drawing.values, offer);
  const { Advanced: _, ...others } = withPresets(drawing.values, offer);
  const values = isOpen ? { ...others, Advanced: switchedOn } : others;
  const memory: FormMemory = {
    follows: 0,
    seen: [],
    ...drawing.memory,
    warned: warnings.map(({ key }) => key),
    scope: scopeOf(values),
  };
  const shown = askedFields(values, offer).filter(({ isAdvanced }) => isOpen || !isAdvanced);
  const blocks: KnownBlock[] = [
    ...(warnings.length === 0 ? [] : [{ type: 'section', text: plainText(form.look) } as const]),
    ...(warnings.length + notices.length === 0 ? [{ words: form.intro }] : notices).map(
      ({ words }, index) => ({
        type: 'section' as const,
        block_id: `notice/${index}`,
        text: plainText(words, longestNotice),
      }),
    ),
  ];
  for (const field of shown) {
    const { begins, path } = field;
    if (begins !== undefined) blocks.push(...heading(messages, begins));
    warnings.forEach(({ about, words }, index) => {
      if (about !== path) return;
      const text = plainText(`${warningMark}${words}`, longestNotice);
      blocks.push({ type: 'section', block_id: `warning/${index}/${path}`, text });
    });
    blocks.push(drawField(messages, field, { values, names, memory }));
  }
  if (warnings.length > 0) blocks.push(...acceptance(messages, warnings, memory));
  return {
    type: 'modal',
    callback_id: requestFormId,
    private_metadata: JSON.stringify(memory),
    title: plainText(titleOf(messages, memory)),
    submit: plainText(form.submit),
    close: plainText(form.cancel),
    blocks,
  };
}

function titleOf({ form }: Messages, { edits }: FormMemory): string {
  if (edits === undefined) return form.title;
  return edits.purpose === 'modify_job' ? form.titleOfJob : form.titleOfEdit;
}

/** What a form asks. A channel is only needed for a new request for which Slack named none. */
export function offerOf(
  { asksChannel = false, ...offer }: FormOffer,
  { askedIn, edits, typedBefore }: Pick<Partial<FormMemory>, 'askedIn' | 'edits' | 'typedBefore'>,
): FormOffer {
  const isOpen = askedIn === undefined && edits === undefined;
  return {
    ...offer,
    asksChannel: asksChannel && isOpen,
    ...(typedBefore === undefined ? {} : { typedBefore }),
  };
}

const longestNotice = 3_000;
const warningMark = '⚠ ';

const drawnWords = z.object({ block_id: z.string(), text: z.object({ text: z.string() }) });

/** The notices that a view shows, so that the next one can keep them. */
export function readNotices(blocks: readonly unknown[]): Notice[] {
  return blocks.flatMap((block): Notice[] => {
    const { data } = drawnWords.safeParse(block);
    return data?.block_id.startsWith('notice/') ? [{ words: data.text.text }] : [];
  });
}

/** The warnings that a view shows above its fields, so that the next one can keep them. */
export function readWarnings(blocks: readonly unknown[], warned: readonly string[]): Warning[] {
  return blocks.flatMap((block): Warning[] => {
    const { data } = drawnWords.safeParse(block);
    const [, index, path] = /^warning\/(\d+)\/(.+)$/.exec(data?.block_id ?? '') ?? [];
    const about = fieldPaths.find((each) => each === path);
    const key = warned[Number(index)];
    return data === undefined || about === undefined || key === undefined
      ? []
      : [{ about, key, words: data.text.text.slice(warningMark.length) }];
  });
}

/** Repeats the warnings at the end, with the checkbox that accepts them. */
function acceptance(
  { form }: Messages,
  warnings: readonly Warning[],
  { seen, warned }: FormMemory,
): KnownBlock[] {
  const list = [form.warnings(warnings.length), ...warnings.map(({ words }) => `• ${words}`)];
  const text = harmless(`${warningMark}${list.join('\n')}`, 'paragraphs');
  return [
    { type: 'section', text: { type: 'plain_text', text: cut(text, longestNotice), emoji: false } },
    {
      type: 'input',
      block_id: acceptBlock,
      label: plainText(form.accept),
      // Not required, because a person who corrected the fields has nothing to accept.
      optional: true,
      element: {
        type: 'checkboxes',
        // Other warnings have to be accepted again.
        action_id: `${valueAction}_${seen.length}_${warned.length}`,
        options: [{ text: plainText(form.accepted, 75), value: switchedOn }],
      },
    },
  ];
}

/** True if the person accepts the warnings that the form shows. */
export const acceptsWarnings = ({ values }: FormState): boolean =>
  Object.values(values[acceptBlock] ?? {}).some(
    (element) => held.safeParse(element).data === switchedOn,
  );

function scopeOf(values: FormValues): FormMemory['scope'] {
  const scope: FormMemory['scope'] = {};
  for (const path of rememberedPaths) {
    const value = values[path];
    if (value !== undefined && value.length <= 100) scope[path] = value;
  }
  return scope;
}

function heading({ form }: Messages, section: Section): KnownBlock[] {
  const notes: Partial<Record<Section, string>> = form.sectionNotes;
  const note = notes[section];
  const blocks: KnownBlock[] = [{ type: 'header', text: plainText(form.sections[section]) }];
  if (note !== undefined) blocks.push({ type: 'context', elements: [plainText(note)] });
  return blocks;
}

/** The contents of the form's fields. */
interface Contents {
  values: FormValues;
  names: FieldNames;
  memory: FormMemory;
}

function drawField(messages: Messages, field: AskedField, contents: Contents): InputBlock {
  const { path, need, reshapes } = field;
  const hint = hintOf(messages, field, contents.memory);
  return {
    type: 'input',
    block_id: path,
    label: plainText(messages.form.labels[path]),
    ...(hint === undefined ? {} : { hint: plainText(hint) }),
    ...(need === 'required' ? {} : { optional: true }),
    ...(reshapes ? { dispatch_action: true } : {}),
    element: drawElement(messages, field, contents),
  };
}

function hintOf(
  { form }: Messages,
  { path, input }: AskedField,
  { objectsOf }: FormMemory,
): string | undefined {
  const hints: Partial<Record<FieldPath, string>> = form.hints;
  const hint = hints[path];
  return input.kind === 'database_names' && objectsOf !== undefined
    ? plain(inLine(hint ?? '', form.keepsObjects(objectsOf.requestId, objectsOf.count)))
    : hint;
}

function drawElement(
  messages: Messages,
  field: AskedField,
  { values, names, memory: { edits, follows } }: Contents,
): InputBlock['element'] {
  const { choose, search } = messages.form;
  const { path, input } = field;
  const value = values[path];
  const isFixed = edits?.purpose === 'modify_job' && fixedInJob.some((each) => each === path);
  if (isFixed && value !== undefined && (input.kind === 'choice' || input.kind === 'lookup')) {
    return drawFixed(messages, path, value, names[path]);
  }
  switch (input.kind) {
    case 'choice':
      return drawChoice(messages, field, input, value, follows);
    case 'switch': {
      const on = { text: plainText(messages.form.showAdvanced), value: switchedOn };
      return {
        type: 'checkboxes',
        action_id: ownValue(follows),
        options: [on],
        ...(value === switchedOn ? { initial_options: [on] } : {}),
      };
    }
    case 'secret_origin':
    case 'lookup':
      return {
        type: 'external_select',
        action_id: valueAction,
        min_query_length: 0,
        placeholder: plainText(search),
        ...(value === undefined || value.length > longestValue
          ? {}
          : { initial_option: initialOption(messages, path, value, names[path]) }),
      };
    case 'conversation':
      return {
        type: 'conversations_select',
        action_id: valueAction,
        default_to_current_conversation: true,
        filter: { include: ['public', 'private'] },
        placeholder: plainText(choose),
        ...(value === undefined ? {} : { initial_conversation: value }),
      };
    case 'date_time': {
      const isTime = value !== undefined && unixSeconds(value) === undefined;
      const at = isTime ? { initial_date_time: Number(value) } : {};
      return { type: 'datetimepicker', action_id: valueAction, ...at };
    }
    case 'file': {
      const filetypes = [...input.filetypes];
      return { type: 'file_input', action_id: valueAction, filetypes, max_files: 1 };
    }
    case 'number': {
      const isNumber = value !== undefined && /^\d+$/.test(value);
      const initial = isNumber ? { initial_value: value } : {};
      const action_id = field.follows ? ownValue(follows) : valueAction;
      return { type: 'number_input', action_id, is_decimal_allowed: false, ...initial };
    }
    case 'line':
      return drawText({ max_length: input.longest }, value);
    case 'secret':
      return drawText({ max_length: input.longest }, undefined);
    case 'paragraphs':
    case 'lines':
      return drawText({ max_length: input.longest, multiline: true }, value);
    case 'database_names':
      return drawText({ max_length: longestWords, multiline: true }, value);
    default:
      return input satisfies never;
  }
}

/** True if the text fits in a text input. */
export const fitsTextInput = (text: string): boolean => text.length <= longestWords;

function drawText(
  size: { max_length: number; multiline?: true },
  value: string | undefined,
): PlainTextInput {
  const fits = value !== undefined && value !== '' && value.length <= size.max_length;
  return {
    type: 'plain_text_input',
    action_id: valueAction,
    ...size,
    ...(fits ? { initial_value: value } : {}),
  };
}

/** The only value that the field can have. */
function drawFixed(
  messages: Messages,
  path: FieldPath,
  value: string,
  name: string | undefined,
): InputBlock['element'] {
  const only =
    name === undefined ? optionOf(messages, path, value) : { text: plainText(name, 75), value };
  return { type: 'static_select', action_id: valueAction, options: [only], initial_option: only };
}

function drawChoice(
  messages: Messages,
  { path, follows: isFollower }: AskedField,
  { isLimited, options: offered }: OfferedChoice,
  value: string | undefined,
  follows: number,
): InputBlock['element'] {
  const options = offered.map((each) => optionOf(messages, path, each));
  const initial = options.find((option) => option.value === value);
  const limited = isLimited ? `${valueAction}_${offered.length}` : valueAction;
  return {
    type: 'static_select',
    action_id: isFollower ? ownValue(follows) : limited,
    placeholder: plainText(messages.form.choose),
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

function optionOf(messages: Messages, path: FieldPath, value: string): PlainTextOption {
  const words: Partial<Record<FieldPath, Readonly<Record<string, string>>>> = messages.options;
  return { text: plainText(words[path]?.[value] ?? value, 75), value };
}

/** The option for a secret that is typed into the form. */
export const typedOption = (messages: Messages, path: FieldPath): PlainTextOption =>
  optionOf(messages, path, typedHere);

const initialOption = (
  messages: Messages,
  path: FieldPath,
  value: string,
  name = secretName(value),
): PlainTextOption =>
  value === typedHere ? typedOption(messages, path) : { text: plainText(name, 75), value };

/** A stored secret by name and version. Other values stay unchanged. */
export function secretName(value: string): string {
  const reference = parseReference(value);
  if (reference === undefined) return value;
  const { name } = reference;
  return reference.kind === 'env' ? name : `${cut(name, 50)} · ${reference.version}`;
}

/** A resource by name and ID. */
export const nameOf = ({ id, name }: Pick<Resource, 'id' | 'name'>): string =>
  name === '' || name === id ? id : `${cut(name, 74 - id.length - 3)} (${id})`;

/** The names of the form's resources. */
export const namesOf = (found: Readonly<Partial<Record<FieldPath, Resource>>>): FieldNames =>
  Object.fromEntries(
    Object.entries(found).map(([path, resource]) => [path, nameOf(resource)] as const),
  );

/** A field whose value the form changes is a new element for Slack. */
const ownValue = (follows: number): string =>
  follows === 0 ? valueAction : `${valueAction}_${follows}`;

const held = z
  .object({
    value: z.string().nullish(),
    selected_option: z.object({ value: z.string() }).nullish(),
    selected_options: z.array(z.object({ value: z.string() })).nullish(),
    selected_date_time: z.number().nullish(),
    selected_conversation: z.string().nullish(),
  })
  .transform(({ value, selected_date_time: at, selected_conversation, ...options }) => {
    const option = options.selected_option ?? options.selected_options?.[0];
    const chosen = option?.value === noOption ? undefined : option?.value;
    const time = typeof at === 'number' ? String(at) : undefined;
    return value ?? chosen ?? selected_conversation ?? time;
  });

/** The longest value of an option in Slack, in characters. */
export const longestValue = 150;

/** The option of an empty list. Selecting it is treated as no selection. */
export const noOption = '-';

/** A submitted form: block_id -> action_id -> entry. */
export interface FormState {
  values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The values of a form by field path, without files. */
export function readRequestForm(state: FormState): FormValues {
  const values: FormValues = {};
  for (const path of fieldPaths) {
    for (const element of Object.values(state.values[path] ?? {})) {
      const value = held.safeParse(element).data;
      if (value !== undefined) values[path] = value;
    }
  }
  return values;
}

const named = z.object({
  selected_option: z.object({ text: z.object({ text: z.string() }), value: z.string() }),
});

/** The names of selected values, as the lists showed them. */
export function readNames(state: FormState): FieldNames {
  const names: Partial<Record<FieldPath, string>> = {};
  for (const path of fieldPaths) {
    for (const element of Object.values(state.values[path] ?? {})) {
      const { data } = named.safeParse(element);
      if (data !== undefined) names[path] = data.selected_option.text.text;
    }
  }
  return names;
}

const fileHeld = z.object({ files: z.array(z.object({ id: z.string() })).nullish() });

/** The ID of the file with databases and tables, if there is one. */
export function readAttachedFile(state: FormState): string | undefined {
  const uploads = fieldPaths.filter((path) => kindOf(path) === 'file');
  for (const element of uploads.flatMap((path) => Object.values(state.values[path] ?? {}))) {
    const [file] = fileHeld.safeParse(element).data?.files ?? [];
    if (file !== undefined) return file.id;
  }
  return undefined;
}

/** True if the view shows every field that its choices need. Hidden fields have initial values. */
export function isComplete(state: FormState, values: FormValues, offer: FormOffer): boolean {
  return askedFields(values, offer).every(
    ({ isAdvanced, need, path, preset }) =>
      state.values[path] !== undefined ||
      (isAdvanced && (need !== 'required' || preset !== undefined)),
  );
}

/** What the form remembered; `undefined` if the view isn't a form. */
export function readFormMemory(metadata: string): FormMemory | undefined {
  try {
    return formMemory.safeParse(JSON.parse(metadata)).data;
  } catch {
    return undefined;
  }
}

/** Inline errors by block_id, for `response_action: errors`. */
export function buildFormErrors(
  messages: Messages,
  problems: FieldProblems,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([path, problem]) => [
      path,
      harmless(messages.fieldProblem(problem), 'line'),
    ]),
  );
}
