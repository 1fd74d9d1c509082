import type {
  InputBlock,
  KnownBlock,
  ModalView,
  PlainTextInput,
  PlainTextOption,
} from '@slack/types';
import { z } from 'zod';
import type { FieldProblems } from '../src/domain/form/form';
import { longestWords } from '../src/domain/migration/checks';
import {
  type AskedField,
  askedFields,
  type FieldPath,
  type FormOffer,
  type FormValues,
  fieldPaths,
  kindOf,
  type OfferedChoice,
  rememberedPaths,
  type Section,
  withPresets,
} from '../src/domain/migration/fields';
import { harmless } from '../src/domain/text/typedText';
import type { Messages } from '../src/i18n/locales';
import { plainText } from './plainText';

export const requestFormId = 'request_form';

/**
 * Each input's element has this action_id: its block_id, the field's path, tells it apart. Slack keeps
 * what was entered in an element as long as block_id and action_id stay; one that has to take another
 * value than a person entered gets a suffix.
 */
export const valueAction = 'value';

/** What the form remembers from one view to the next. Slack takes 3,000 characters. */
export const formMemory = z.object({
  /** How often the form itself changed a choice that follows another one. */
  follows: z.int(),
  /** What the person was shown as unusual and may keep, as `noticeKey`s. */
  seen: z.array(z.string()),
  /** The request whose list of databases is used where none is given. */
  objectsOf: z.object({ requestId: z.int(), count: z.int() }).exactOptional(),
  /** The request that the form changes, as it was seen. */
  edits: z.object({ requestId: z.int(), revision: z.int() }).exactOptional(),
  /** Where `/migrate` was used. */
  askedIn: z.string().exactOptional(),
  /** What the fields held when the form was drawn that lookups and followers need. */
  scope: z.partialRecord(z.enum(rememberedPaths), z.string()),
});
export type FormMemory = z.infer<typeof formMemory>;

/** What a form is drawn from. */
export interface FormDrawing {
  /** What the fields hold at first; what was typed as a secret is never among it. */
  values: FormValues;
  offer: FormOffer;
  /** What stands above the first field instead of the introduction. */
  notices?: readonly string[];
  memory?: Partial<Omit<FormMemory, 'scope'>>;
}

/**
 * The form for a request: the fields that the choices leave a place for, in the order in which a DBA
 * thinks.
 */
export function buildRequestForm(messages: Messages, drawing: FormDrawing): ModalView {
  const { form } = messages;
  const { notices = [] } = drawing;
  const offer = offerOf(drawing.offer, drawing.memory ?? {});
  const values = withPresets(drawing.values, offer);
  const memory: FormMemory = {
    follows: 0,
    seen: [],
    ...drawing.memory,
    scope: scopeOf(values),
  };
  const blocks: KnownBlock[] = (notices.length === 0 ? [form.intro] : notices).map((notice) => ({
    type: 'section',
    text: plainText(notice, 3_000),
  }));
  for (const field of askedFields(values, offer)) {
    if (field.begins !== undefined) blocks.push(...heading(messages, field.begins));
    blocks.push(drawField(messages, field, values[field.path], memory));
  }
  return {
    type: 'modal',
    callback_id: requestFormId,
    private_metadata: JSON.stringify(memory),
    title: plainText(memory.edits === undefined ? form.title : form.titleOfEdit),
    submit: plainText(form.submit),
    close: plainText(form.cancel),
    blocks,
  };
}

/** What a form asks: a channel only for a new request, where Slack named none. */
export function offerOf(
  { asksChannel = false, ...offer }: FormOffer,
  { askedIn, edits }: Pick<Partial<FormMemory>, 'askedIn' | 'edits'>,
): FormOffer {
  const isOpen = askedIn === undefined && edits === undefined;
  return { ...offer, asksChannel: asksChannel && isOpen };
}

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

function drawField(
  messages: Messages,
  field: AskedField,
  value: string | undefined,
  memory: FormMemory,
): InputBlock {
  const { path, need, reshapes } = field;
  const hint = hintOf(messages, field, memory);
  return {
    type: 'input',
    block_id: path,
    label: plainText(messages.form.labels[path]),
    ...(hint === undefined ? {} : { hint: plainText(hint) }),
    ...(need === 'required' ? {} : { optional: true }),
    ...(reshapes ? { dispatch_action: true } : {}),
    element: drawElement(messages, field, value, memory),
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
    ? `${hint} ${form.keepsObjects(objectsOf.requestId, objectsOf.count)}`
    : hint;
}

function drawElement(
  messages: Messages,
  { path, input }: AskedField,
  value: string | undefined,
  { follows }: FormMemory,
): InputBlock['element'] {
  const { choose, search } = messages.form;
  switch (input.kind) {
    case 'choice':
      return drawChoice(messages, path, input, value, follows);
    case 'lookup':
      return {
        type: 'external_select',
        action_id: valueAction,
        min_query_length: 0,
        placeholder: plainText(search),
        ...(value === undefined || value.length > longestValue
          ? {}
          : { initial_option: { text: plainText(value, 75), value } }),
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
      const at = /^[1-9]\d{9}$/.test(value ?? '') ? { initial_date_time: Number(value) } : {};
      return { type: 'datetimepicker', action_id: valueAction, ...at };
    }
    case 'file': {
      const filetypes = [...input.filetypes];
      return { type: 'file_input', action_id: valueAction, filetypes, max_files: 1 };
    }
    case 'number': {
      const initial = /^\d+$/.test(value ?? '') ? { initial_value: value ?? '' } : {};
      const action_id = valueAction;
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

/** Whether a text input takes it. */
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

function drawChoice(
  messages: Messages,
  path: FieldPath,
  choice: OfferedChoice,
  value: string | undefined,
  follows: number,
): InputBlock['element'] {
  const words: Partial<Record<FieldPath, Readonly<Record<string, string>>>> = messages.options;
  const options: PlainTextOption[] = choice.options.map((each) => ({
    text: plainText(words[path]?.[each] ?? each),
    value: each,
  }));
  const initial = options.find((option) => option.value === value);
  return {
    type: 'static_select',
    action_id: choiceAction(choice, follows),
    placeholder: plainText(messages.form.choose),
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

/** A choice that the form itself changes is a new element to Slack. */
function choiceAction({ follows: isFollower, isLimited, options }: OfferedChoice, follows: number) {
  if (isFollower && follows > 0) return `${valueAction}_${follows}`;
  return isLimited ? `${valueAction}_${options.join('')}` : valueAction;
}

const held = z
  .object({
    value: z.string().nullish(),
    selected_option: z.object({ value: z.string() }).nullish(),
    selected_date_time: z.number().nullish(),
    selected_conversation: z.string().nullish(),
  })
  .transform(
    ({ value, selected_option: option, selected_date_time: at, selected_conversation }) => {
      const chosen = option?.value === noOption ? undefined : option?.value;
      const time = typeof at === 'number' ? String(at) : undefined;
      return value ?? chosen ?? selected_conversation ?? time;
    },
  );

/** What Slack takes as the value of an option, in characters. */
export const longestValue = 150;

/** The option that stands where a list has none: choosing it chooses nothing. */
export const noOption = '-';

/** A form as Slack hands it back: block_id -> action_id -> what was entered. */
export interface FormState {
  values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What the form holds, by field path; files apart. */
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

const fileHeld = z.object({ files: z.array(z.object({ id: z.string() })).nullish() });

/** The id of the file with databases and tables, where one was attached. */
export function readAttachedFile(state: FormState): string | undefined {
  const uploads = fieldPaths.filter((path) => kindOf(path) === 'file');
  for (const element of uploads.flatMap((path) => Object.values(state.values[path] ?? {}))) {
    const [file] = fileHeld.safeParse(element).data?.files ?? [];
    if (file !== undefined) return file.id;
  }
  return undefined;
}

/** Whether the view shows every field that its choices ask for. */
export function isComplete(state: FormState, values: FormValues, offer: FormOffer): boolean {
  return askedFields(values, offer).every(({ path }) => state.values[path] !== undefined);
}

/** What the form remembered, or nothing where it is not a form's. */
export function readFormMemory(metadata: string): FormMemory | undefined {
  try {
    return formMemory.safeParse(JSON.parse(metadata)).data;
  } catch {
    return undefined;
  }
}

/** Inline errors by block_id, as `response_action: errors` takes them. */
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
