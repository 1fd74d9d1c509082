import { type JsonObject, listAt, objectAt, objectsAt, textAt } from '../json';
import type { StateValues } from '../workspace/view';

/** An interactive element and its place in a surface. */
export interface Slot {
  readonly blockId: string;
  readonly actionId: string;
  readonly type: string;
  readonly element: JsonObject;
  readonly block: JsonObject;
  readonly place: 'input' | 'section' | 'actions';
}

/** Elements without a value. They act, and aren't in `state.values`. */
const STATELESS = new Set([
  'button',
  'overflow',
  'image',
  'workflow_button',
  'icon_button',
  'feedback_buttons',
]);

export function isStateful(slot: Slot): boolean {
  return !STATELESS.has(slot.type);
}

/** The elements of `blocks` that have an `action_id`, in order. */
export function slotsOf(blocks: readonly JsonObject[]): readonly Slot[] {
  return blocks.flatMap((block): readonly Slot[] => {
    const type = textAt(block, 'type');
    if (type === 'input') return slot(block, objectAt(block, 'element'), 'input');
    if (type === 'section') return slot(block, objectAt(block, 'accessory'), 'section');
    if (type === 'actions' || type === 'context_actions') {
      return objectsAt(block, 'elements').flatMap((element) => slot(block, element, 'actions'));
    }
    if (type === 'card') {
      return objectsAt(block, 'actions').flatMap((element) => slot(block, element, 'actions'));
    }
    if (type === 'carousel') return slotsOf(objectsAt(block, 'elements'));
    if (type === 'container') return slotsOf(objectsAt(block, 'child_blocks'));
    return [];
  });
}

function slot(
  block: JsonObject,
  element: JsonObject | undefined,
  place: Slot['place'],
): readonly Slot[] {
  if (element === undefined) return [];
  const actionId = textAt(element, 'action_id');
  const blockId = textAt(block, 'block_id');
  const type = textAt(element, 'type');
  if (actionId === undefined || blockId === undefined || type === undefined) return [];
  return [{ blockId, actionId, type, element, block, place }];
}

export function slotKey(blockId: string, actionId: string): string {
  return `${blockId}\n${actionId}`;
}

/** The `state.values` of a surface: entries that are still valid, otherwise the initial values. */
export function stateValues(
  blocks: readonly JsonObject[],
  filled: Readonly<Record<string, JsonObject>>,
): StateValues {
  const values: Record<string, Record<string, JsonObject>> = {};
  for (const each of slotsOf(blocks).filter(isStateful)) {
    const block = values[each.blockId] ?? {};
    block[each.actionId] = slotValue(each, filled);
    values[each.blockId] = block;
  }
  return values;
}

/** The value of one element in `state.values`. */
export function slotValue(slot: Slot, filled: Readonly<Record<string, JsonObject>>): JsonObject {
  const entered = filled[slotKey(slot.blockId, slot.actionId)];
  return entered !== undefined &&
    textAt(entered, 'type') === slot.type &&
    stillOffered(slot, entered)
    ? entered
    : initialValue(slot.element);
}

function stillOffered(slot: Slot, entered: JsonObject): boolean {
  if (!('options' in slot.element) && !('option_groups' in slot.element)) return true;
  const offered = new Set(optionsOf(slot.element).map((option) => textAt(option, 'value')));
  const one = objectAt(entered, 'selected_option');
  const chosen = one === undefined ? objectsAt(entered, 'selected_options') : [one];
  return chosen.every((option) => offered.has(textAt(option, 'value')));
}

/** The options of a select, radio button, checkbox or overflow menu, with groups flattened. */
export function optionsOf(element: JsonObject): readonly JsonObject[] {
  return [
    ...objectsAt(element, 'options'),
    ...objectsAt(element, 'option_groups').flatMap((group) => objectsAt(group, 'options')),
  ];
}

function initialValue(element: JsonObject): JsonObject {
  const type = textAt(element, 'type') ?? '';
  const held = heldBy(type);
  if (held.many) return { type, [held.field]: listAt(element, held.initial) };
  return { type, [held.field]: element[held.initial] ?? null };
}

interface Held {
  /** The name of the state value's field. */
  readonly field: string;
  /** The name of the element's field with the initial value. */
  readonly initial: string;
  readonly many: boolean;
}

const one = (field: string, initial: string): Held => ({ field, initial, many: false });
const many = (field: string, initial: string): Held => ({ field, initial, many: true });

const HELD: ReadonlyMap<string, Held> = new Map([
  ['static_select', one('selected_option', 'initial_option')],
  ['external_select', one('selected_option', 'initial_option')],
  ['radio_buttons', one('selected_option', 'initial_option')],
  ['users_select', one('selected_user', 'initial_user')],
  ['conversations_select', one('selected_conversation', 'initial_conversation')],
  ['channels_select', one('selected_channel', 'initial_channel')],
  ['datepicker', one('selected_date', 'initial_date')],
  ['timepicker', one('selected_time', 'initial_time')],
  ['datetimepicker', one('selected_date_time', 'initial_date_time')],
  ['rich_text_input', one('rich_text_value', 'initial_value')],
  ['checkboxes', many('selected_options', 'initial_options')],
  ['multi_static_select', many('selected_options', 'initial_options')],
  ['multi_external_select', many('selected_options', 'initial_options')],
  ['multi_users_select', many('selected_users', 'initial_users')],
  ['multi_conversations_select', many('selected_conversations', 'initial_conversations')],
  ['multi_channels_select', many('selected_channels', 'initial_channels')],
  ['file_input', many('files', 'initial_files')],
]);

/** Where an element of `type` keeps its value. Text inputs use `value`. */
export function heldBy(type: string): Held {
  return HELD.get(type) ?? one('value', 'initial_value');
}

/** True if a state value is empty. */
export function isEmptyValue(value: JsonObject): boolean {
  const held = value[heldBy(textAt(value, 'type') ?? '').field];
  return (
    held === null || held === undefined || held === '' || (Array.isArray(held) && held.length === 0)
  );
}
