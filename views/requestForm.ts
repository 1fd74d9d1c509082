import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import {
  type FieldPath,
  type FieldProblems,
  type FormValues,
  fieldPaths,
} from '../src/domain/migration';
import type { Messages } from '../src/i18n/locales';
import { plainText } from './plainText';

export const requestFormId = 'request_form';

/** Each input's element has the same action_id: its block_id, the field's path, tells it apart. */
const valueAction = 'value';

/** The view of a form as Slack hands it back: block_id -> action_id -> what was entered. */
export interface FormState {
  values: Record<
    string,
    Record<string, { value?: string | null; selected_option?: { value?: string } | null }>
  >;
}

type ChoicePath = keyof Messages['options'];

/**
 * The form for a new request. Fields stand in the order in which a DBA thinks: name, from where,
 * to where, what, when, why.
 *
 * @param values what the fields hold at first; never a password
 * @param again why a form that was sent comes back, and the job name that may be kept when it is sent
 *   once more although it is taken
 */
export function buildRequestForm(
  messages: Messages,
  values: Omit<FormValues, 'SrcInfo.Password'>,
  again?: { notice: string; nameToKeep?: string },
): ModalView {
  const { form } = messages;
  const typed = (path: FieldPath, more: TypedOptions = {}) =>
    typedField(messages, path, path === 'SrcInfo.Password' ? undefined : values[path], more);
  const chosen = (path: ChoicePath) => chosenField(messages, path, values[path]);
  const blocks: KnownBlock[] = [
    { type: 'section', text: plainText(again?.notice ?? form.intro) },
    typed('JobName', { maxLength: 128 }),
    { type: 'header', text: plainText(form.from) },
    chosen('SrcDatabaseType'),
    chosen('SrcAccessType'),
    chosen('SrcInfo.Supplier'),
    typed('SrcInfo.Ip', { maxLength: 253 }),
    typed('SrcInfo.Port', { number: true }),
    typed('SrcInfo.User', { maxLength: 128 }),
    typed('SrcInfo.Password', { maxLength: 256 }),
    typed('SrcInfo.Region', { maxLength: 40 }),
    { type: 'header', text: plainText(form.to) },
    { type: 'context', elements: [plainText(form.destinationIsTencentDb)] },
    chosen('DstDatabaseType'),
    typed('DstInfo.InstanceId', { maxLength: 64 }),
    typed('DstInfo.Region', { maxLength: 40 }),
    { type: 'header', text: plainText(form.what) },
    chosen('MigrateOption.MigrateObject'),
    chosen('MigrateOption.MigrateType'),
    chosen('MigrateOption.ConsistencyType'),
    chosen('MigrateOption.IsOverrideRoot'),
    chosen('MigrateOption.RunMode'),
    typed('Reason', { maxLength: 3000, multiline: true }),
  ];
  return {
    type: 'modal',
    callback_id: requestFormId,
    private_metadata: again?.nameToKeep ?? '',
    title: plainText(form.title),
    submit: plainText(form.submit),
    close: plainText(form.cancel),
    blocks,
  };
}

/** What the form holds, by field path. The destination is always a TencentDB instance. */
export function readRequestForm(state: FormState): FormValues {
  const values: FormValues = { DstAccessType: 'cdb' };
  for (const path of fieldPaths) {
    const element = state.values[path]?.[valueAction];
    const value = element?.value ?? element?.selected_option?.value;
    if (value !== undefined && value !== null) values[path] = value;
  }
  return values;
}

/** Inline errors by block_id, as `response_action: errors` takes them. */
export function buildFormErrors(
  messages: Messages,
  problems: FieldProblems,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([path, problem]) => [path, messages.fieldProblem(problem)]),
  );
}

interface TypedOptions {
  maxLength?: number;
  multiline?: boolean;
  number?: boolean;
}

function typedField(
  messages: Messages,
  path: FieldPath,
  value: string | undefined,
  { maxLength, multiline, number }: TypedOptions,
): InputBlock {
  const initial = value === undefined || value === '' ? {} : { initial_value: value };
  return {
    ...frame(messages, path),
    element:
      number === true
        ? {
            type: 'number_input',
            action_id: valueAction,
            is_decimal_allowed: false,
            ...initial,
          }
        : {
            type: 'plain_text_input',
            action_id: valueAction,
            ...(maxLength === undefined ? {} : { max_length: maxLength }),
            ...(multiline === undefined ? {} : { multiline }),
            ...initial,
          },
  };
}

function chosenField(messages: Messages, path: ChoicePath, value: string | undefined): InputBlock {
  const options: PlainTextOption[] = Object.entries(messages.options[path]).map(
    ([option, label]) => ({ text: plainText(label), value: option }),
  );
  const initial = options.find((option) => option.value === value);
  return {
    ...frame(messages, path),
    element: {
      type: 'static_select',
      action_id: valueAction,
      placeholder: plainText(messages.form.choose),
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

function frame(messages: Messages, path: FieldPath): Omit<InputBlock, 'element'> {
  const { labels, hints } = messages.form;
  const hint = new Map<string, string>(Object.entries(hints)).get(path);
  return {
    type: 'input',
    block_id: path,
    label: plainText(labels[path]),
    ...(hint === undefined ? {} : { hint: plainText(hint) }),
  };
}
