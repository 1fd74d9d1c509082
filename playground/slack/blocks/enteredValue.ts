import { isList, isObject, type Json, type JsonObject, listAt, numberAt, textAt } from '../json';
import { ValueRefused } from '../people/personErrors';
import { extensionOf } from '../workspace/files';
import type { World } from '../workspace/world';
import { heldBy, optionsOf, type Slot } from './slots';

/**
 * The entries that `fill` accepts: text, an option's value, Unix seconds, IDs, and lists of these.
 * `null` clears.
 */
export type Entry = string | number | null | OfferedOption | readonly (string | OfferedOption)[];

/** An option of an external select, by its plain text and value. */
export interface OfferedOption {
  readonly text: string;
  readonly value: string;
}

/**
 * The state value of an input after a person entered `entry`.
 *
 * @param offered the options of the last suggestion for the input
 * @throws ValueRefused if the client wouldn't accept it
 */
export function enteredValue(
  slot: Slot,
  entry: Entry,
  offered: readonly JsonObject[],
  world: World,
): JsonObject {
  const { type, element } = slot;
  const held = heldBy(type);
  const where = `${slot.blockId}/${slot.actionId} (${type})`;
  if (entry === null || entry === '') return { type, [held.field]: held.many ? [] : null };
  if (held.many) {
    if (!isList(entry)) throw new ValueRefused(`${where} takes a list`);
    const most =
      type === 'file_input'
        ? (numberAt(element, 'max_files') ?? 10)
        : (numberAt(element, 'max_selected_items') ?? Number.POSITIVE_INFINITY);
    if (entry.length > most) throw new ValueRefused(`${where} takes ${most} at most`);
    const chosen = entry.map((each) => chosenValue(slot, each as Entry, offered, world, where));
    return { type, [held.field]: chosen };
  }
  return { type, [held.field]: chosenValue(slot, entry, offered, world, where) };
}

function chosenValue(
  { type, element }: Slot,
  entry: Entry,
  offered: readonly JsonObject[],
  world: World,
  where: string,
): Json {
  if (/external_select$/.test(type)) return offeredOption(entry, offered, where);
  if (/static_select$|^checkboxes$|^radio_buttons$|^overflow$/.test(type)) {
    const option = optionsOf(element).find((each) => textAt(each, 'value') === entry);
    if (option === undefined) throw new ValueRefused(`${where} offers no ${JSON.stringify(entry)}`);
    return option;
  }
  if (type === 'datetimepicker') {
    if (typeof entry === 'number' && Number.isInteger(entry) && String(entry).length === 10) {
      return entry;
    }
    throw new ValueRefused(`${where} takes whole Unix seconds of 10 digits`);
  }
  if (typeof entry !== 'string') throw new ValueRefused(`${where} takes text`);
  if (/users_select$/.test(type)) {
    const user = world.user(entry);
    if (user === undefined || user.deleted) throw new ValueRefused(`${where}: no user ${entry}`);
  } else if (/(channels|conversations)_select$/.test(type)) {
    if (world.channel(entry) === undefined) throw new ValueRefused(`${where}: no channel ${entry}`);
  } else if (type === 'datepicker' && !/^\d{4}-\d{2}-\d{2}$/.test(entry)) {
    throw new ValueRefused(`${where} takes YYYY-MM-DD`);
  } else if (type === 'timepicker' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(entry)) {
    throw new ValueRefused(`${where} takes HH:mm`);
  } else if (type === 'file_input') return uploadedFile(element, entry, world, where);
  else if (type === 'rich_text_input') return richText(entry);
  else if (type.endsWith('_input')) checkLength(element, entry, where);
  return entry;
}

function offeredOption(entry: Entry, offered: readonly JsonObject[], where: string): JsonObject {
  const wanted = isObject(entry) ? textAt(entry, 'value') : entry;
  const option = offered.find((each) => textAt(each, 'value') === wanted);
  if (option !== undefined) return option;
  if (isObject(entry)) {
    const text = textAt(entry, 'text') ?? '';
    return { text: { type: 'plain_text', text, emoji: true }, value: textAt(entry, 'value') };
  }
  throw new ValueRefused(`${where}: the last suggestion offered no ${JSON.stringify(entry)}`);
}

/** 10 MB: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
const MOST_BYTES = 10_000_000;

/** The client accepts files up to `MOST_BYTES` whose extension is in `filetypes`. */
function uploadedFile(element: JsonObject, id: string, world: World, where: string): JsonObject {
  const file = world.files.get(id);
  if (file === undefined) throw new ValueRefused(`${where}: no file ${id}`);
  const types = listAt(element, 'filetypes');
  if (types.length > 0 && !types.includes(extensionOf(file.name))) {
    throw new ValueRefused(`${where} takes no ${file.name}, only ${types.join(', ')}`);
  }
  if (file.content.length > MOST_BYTES) {
    throw new ValueRefused(`${where} takes ${MOST_BYTES} bytes at most`);
  }
  return world.files.describe(file);
}

function checkLength(element: JsonObject, entry: string, where: string): void {
  const isText = textAt(element, 'type') === 'plain_text_input';
  const max = numberAt(element, 'max_length') ?? (isText ? 3000 : Number.POSITIVE_INFINITY);
  const min = numberAt(element, 'min_length') ?? 0;
  if (entry.length > max) {
    throw new ValueRefused(`${where} takes ${max} characters at most, not ${entry.length}`);
  }
  if (entry.length < min) {
    throw new ValueRefused(`${where} takes ${min} characters at least, not ${entry.length}`);
  }
}

function richText(text: string): JsonObject {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  return { type: 'rich_text', elements: [section] };
}
