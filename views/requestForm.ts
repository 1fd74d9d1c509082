import type {
  InputBlock,
  KnownBlock,
  ModalView,
  PlainTextInput,
  PlainTextOption,
} from '@slack/types';
import { z } from 'zod';
import type { FieldProblems } from '../src/domain/form/form';
import {
  type AskedField,
  askedFields,
  type FieldPath,
  type FormOffer,
  type FormValues,
  fieldPaths,
  withPresets,
} from '../src/domain/migration/fields';
import { secretPaths } from '../src/domain/secrets/secretReference';
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
  /** The source engine that the destination's followed last. */
  engine: z.string(),
  /** How often the form itself chose the destination's engine. */
  follows: z.int(),
  /** What the person was shown as unusual and may keep, as `noticeKey`s. */
  seen: z.array(z.string()),
  /** The request whose list of databases is used where none is given. */
  objectsOf: z.object({ requestId: z.int(), count: z.int() }).exactOptional(),
  /** The request that the form changes, as it was seen. */
  edits: z.object({ requestId: z.int(), revision: z.int() }).exactOptional(),
  /** Where `/migrate` was used. */
  askedIn: z.string().exactOptional(),
  /** Where look-ups look. */
  scope: z.partialRecord(
    z.enum([
      'SrcDatabaseType',
      'DstDatabaseType',
      'SrcInfo.Region',
      'DstInfo.Region',
      'SrcInfo.VpcId',
    ]),
    z.string(),
  ),
});
export type FormMemory = z.infer<typeof formMemory>;
export type LookUpScope = FormMemory['scope'];

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
    engine: values.SrcDatabaseType ?? '',
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
    blocks.push(...(heading(messages, field.path) ?? []));
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

function scopeOf(values: FormValues): LookUpScope {
  const scope: LookUpScope = {};
  for (const path of formMemory.shape.scope.keyType.options) {
    const value = values[path];
    if (value !== undefined && value.length <= 100) scope[path] = value;
  }
  return scope;
}

/** Where a part of the form begins. */
function heading({ form }: Messages, path: FieldPath): KnownBlock[] | undefined {
  const header = (text: string): KnownBlock => ({ type: 'header', text: plainText(text) });
  switch (path) {
    case 'SrcDatabaseType':
      return [header(form.sections.from)];
    case 'DstDatabaseType':
      return [
        header(form.sections.to),
        { type: 'context', elements: [plainText(form.destinationIsTencentDb)] },
      ];
    case 'MigrateOption.MigrateObject':
      return [header(form.sections.objects)];
    case 'MigrateOption.MigrateType':
      return [header(form.sections.how)];
    case 'MigrateOption.RunMode':
      return [header(form.sections.when)];
    default:
      return undefined;
  }
}

/** Fields whose choice changes which others there are, or where those look things up. */
const shaping: ReadonlySet<FieldPath> = new Set([
  'SrcDatabaseType',
  'SrcAccessType',
  'SrcNodeType',
  'SrcInfo.Supplier',
  'SrcInfo.Region',
  'SrcInfo.VpcId',
  'SrcInfo.EngineVersion',
  ...secretPaths.map((path) => `${path}.Source` as const),
  'MigrateOption.ExternParams.SrcAuthFlag',
  'DstDatabaseType',
  'DstInfo.Region',
  'MigrateOption.MigrateObject',
  'MigrateOption.MigrateType',
  'MigrateOption.ConsistencyType',
  'MigrateOption.RunMode',
] satisfies FieldPath[]);

/** Fields that are picked from what the account has. */
const lookedUp: ReadonlySet<FieldPath> = new Set([
  'SrcInfo.Region',
  'SrcInfo.InstanceId',
  'SrcInfo.CvmInstanceId',
  'SrcInfo.UniqDcgId',
  'SrcInfo.UniqVpnGwId',
  'SrcInfo.CcnId',
  'SrcInfo.VpcId',
  'SrcInfo.SubnetId',
  ...secretPaths.map((path) => `${path}.Reference` as const),
  'DstInfo.Region',
  'DstInfo.InstanceId',
] satisfies FieldPath[]);

const numbers: ReadonlySet<FieldPath> = new Set([
  'SrcInfo.Port',
  'MigrateOption.ConsistencyParams.SelectRowsPerTable',
  'MigrateOption.ConsistencyParams.TablesSelectAll',
  'MigrateOption.ConsistencyParams.TablesSelectCount',
  'MigrateOption.ExternParams.ClientOutputBufferHardLimit',
  'MigrateOption.ExternParams.ClientOutputBufferSoftLimit',
  'MigrateOption.ExternParams.ClientOutputBufferPersistTime',
  'MigrateOption.ExternParams.ReplBacklogSize',
  'MigrateOption.ExternParams.ReplTimeout',
] satisfies FieldPath[]);

/** The longest text, in characters, where it is one line; the others take what Slack takes. */
const lengths: Partial<Record<FieldPath, number>> = {
  JobName: 128,
  'SrcInfo.RdsInstanceId': 64,
  'SrcInfo.AccessKey': 256,
  'SrcInfo.Ip': 253,
  'SrcInfo.User': 128,
  'SrcInfo.Password': 256,
  'MigrateOption.ExternParams.SrcAuthDatabase': 64,
  'DstInfo.User': 128,
  'DstInfo.Password': 256,
};

/** What Slack takes in a text input. */
const longestText = 3_000;

function drawField(
  messages: Messages,
  field: AskedField,
  value: string | undefined,
  memory: FormMemory,
): InputBlock {
  const { path, need } = field;
  const { labels, hints } = messages.form;
  const known = new Map<string, string>(Object.entries(hints)).get(path);
  const { objectsOf } = memory;
  const hint =
    path === 'DatabaseInfo' && objectsOf !== undefined
      ? `${known} ${messages.form.keepsObjects(objectsOf.requestId, objectsOf.count)}`
      : known;
  return {
    type: 'input',
    block_id: path,
    label: plainText(labels[path]),
    ...(hint === undefined ? {} : { hint: plainText(hint) }),
    ...(need === 'required' ? {} : { optional: true }),
    ...(shaping.has(path) ? { dispatch_action: true } : {}),
    element: drawElement(messages, field, value, memory),
  };
}

function drawElement(
  messages: Messages,
  { path, options }: AskedField,
  value: string | undefined,
  { follows }: FormMemory,
): InputBlock['element'] {
  if (options !== undefined) return drawChoice(messages, path, options, value, follows);
  if (lookedUp.has(path)) {
    return {
      type: 'external_select',
      action_id: valueAction,
      min_query_length: 0,
      placeholder: plainText(messages.form.search),
      ...(value === undefined || value.length > longestValue
        ? {}
        : { initial_option: { text: plainText(value, 75), value } }),
    };
  }
  if (path === 'Channel') {
    return {
      type: 'conversations_select',
      action_id: valueAction,
      default_to_current_conversation: true,
      filter: { include: ['public', 'private'] },
      placeholder: plainText(messages.form.choose),
      ...(value === undefined ? {} : { initial_conversation: value }),
    };
  }
  if (path === 'MigrateOption.ExpectTime') {
    const at = /^[1-9]\d{9}$/.test(value ?? '') ? { initial_date_time: Number(value) } : {};
    return { type: 'datetimepicker', action_id: valueAction, ...at };
  }
  if (path === 'DatabaseInfo.File') {
    const filetypes = ['txt', 'text', 'json', 'csv', 'sql'];
    return { type: 'file_input', action_id: valueAction, filetypes, max_files: 1 };
  }
  if (numbers.has(path)) {
    const initial = /^\d+$/.test(value ?? '') ? { initial_value: value ?? '' } : {};
    return { type: 'number_input', action_id: valueAction, is_decimal_allowed: false, ...initial };
  }
  return drawText(path, value);
}

/** Whether a text input takes it. */
export const fitsTextInput = (text: string): boolean => text.length <= longestText;

function drawText(path: FieldPath, value: string | undefined): PlainTextInput {
  const length = lengths[path];
  const fits = value !== undefined && value !== '' && value.length <= (length ?? longestText);
  const isSecret = secretPaths.some((secret) => secret === path);
  return {
    type: 'plain_text_input',
    action_id: valueAction,
    max_length: length ?? longestText,
    ...(length === undefined ? { multiline: true } : {}),
    ...(fits && !isSecret ? { initial_value: value } : {}),
  };
}

type ChoicePath = keyof Messages['options'];

function drawChoice(
  messages: Messages,
  path: FieldPath,
  values: readonly string[],
  value: string | undefined,
  follows: number,
): InputBlock['element'] {
  const labels = isChoice(messages, path) ? Object.entries(messages.options[path]) : [];
  const options: PlainTextOption[] = values.map((each) => ({
    text: plainText(labels.find(([offered]) => offered === each)?.[1] ?? each),
    value: each,
  }));
  const initial = options.find((option) => option.value === value);
  return {
    type: 'static_select',
    action_id: choiceAction(path, values, follows),
    placeholder: plainText(messages.form.choose),
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

const isChoice = (messages: Messages, path: string): path is ChoicePath => path in messages.options;

/** A choice that the form has to change itself is a new element to Slack. */
function choiceAction(path: FieldPath, values: readonly string[], follows: number): string {
  if (path === 'DstDatabaseType' && follows > 0) return `${valueAction}_${follows}`;
  if (path === 'MigrateOption.IsOverrideRoot') return `${valueAction}_${values.join('')}`;
  return valueAction;
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
  for (const element of Object.values(state.values['DatabaseInfo.File'] ?? {})) {
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
