import { isList, isObject, type Json, type JsonObject, objectAt, objectsAt, textAt } from '../json';
import type { Problems } from '../records/problems';
import { anyText, checkStringAt, checkTextAt, plain } from './checkText';
import { optionsOf } from './slots';

export type Place = 'accessory' | 'actions' | 'input' | 'context';

const SELECTS = ['static', 'external', 'users', 'conversations', 'channels'].flatMap((source) => [
  `${source}_select`,
  `multi_${source}_select`,
]);
const PICKERS = [...SELECTS, 'checkboxes', 'radio_buttons', 'datepicker', 'timepicker'];

const ALLOWED: Readonly<Record<Place, ReadonlySet<string>>> = {
  accessory: new Set([...PICKERS, 'button', 'overflow', 'image', 'workflow_button']),
  actions: new Set([
    ...PICKERS,
    'button',
    'overflow',
    'datetimepicker',
    'workflow_button',
    'rich_text_input',
  ]),
  input: new Set([
    ...PICKERS,
    'datetimepicker',
    'plain_text_input',
    'number_input',
    'email_text_input',
    'url_text_input',
    'rich_text_input',
    'file_input',
  ]),
  context: new Set(['image', 'plain_text', 'mrkdwn']),
};

/** Checks one block element against Slack's rules for its type and place. */
export function checkElement(
  problems: Problems,
  element: Json | undefined,
  pointer: string,
  place: Place,
): void {
  if (!isObject(element)) {
    problems.add(pointer, 'must provide an object');
    return;
  }
  const type = textAt(element, 'type');
  if (type === undefined || !ALLOWED[place].has(type)) {
    problems.add(`${pointer}/type`, `unsupported type: ${type ?? 'none'}`);
    return;
  }
  checkStringAt(problems, element, 'action_id', pointer, { max: 255, presence: 'optional' });
  checkTextAt(problems, element, 'placeholder', pointer, plain(150, 'optional'));
  checkConfirm(problems, element, pointer);
  if (type === 'button' || type === 'workflow_button') checkButton(problems, element, pointer);
  else if (type === 'image') checkImage(problems, element, pointer);
  else if (type === 'plain_text_input') checkTextInput(problems, element, pointer);
  else if (type === 'number_input') checkNumberInput(problems, element, pointer);
  else if (type === 'file_input') checkFileInput(problems, element, pointer);
  else if (/static_select$|^checkboxes$|^radio_buttons$|^overflow$/.test(type)) {
    checkOptions(problems, element, type, pointer);
  } else if (type.endsWith('picker')) checkPicker(problems, element, type, pointer);
}

function checkConfirm(problems: Problems, element: JsonObject, pointer: string): void {
  if (element['confirm'] === undefined) return;
  const confirm = objectAt(element, 'confirm');
  const at = `${pointer}/confirm`;
  if (confirm === undefined) {
    problems.add(at, 'must provide an object');
    return;
  }
  checkTextAt(problems, confirm, 'title', at, plain(100, 'optional'));
  checkTextAt(problems, confirm, 'text', at, anyText(300));
  checkTextAt(problems, confirm, 'confirm', at, plain(30, 'optional'));
  checkTextAt(problems, confirm, 'deny', at, plain(30, 'optional'));
  checkStyle(problems, confirm, at);
}

function checkStyle(problems: Problems, from: JsonObject, pointer: string): void {
  const style = from['style'];
  if (style !== undefined && style !== 'primary' && style !== 'danger') {
    problems.add(`${pointer}/style`, 'must be one of: primary, danger');
  }
}

function checkButton(problems: Problems, element: JsonObject, pointer: string): void {
  checkTextAt(problems, element, 'text', pointer, plain(75));
  checkStringAt(problems, element, 'value', pointer, { max: 2000, presence: 'optional' });
  checkStringAt(problems, element, 'url', pointer, { max: 3000, presence: 'optional' });
  checkStringAt(problems, element, 'accessibility_label', pointer, {
    max: 75,
    presence: 'optional',
  });
  checkStyle(problems, element, pointer);
  const url = textAt(element, 'url');
  if (url !== undefined && !/^[a-z][a-z0-9+.-]*:\S+$/i.test(url)) {
    problems.add(`${pointer}/url`, 'must be a valid URL');
  }
}

export function checkImage(problems: Problems, element: JsonObject, pointer: string): void {
  checkStringAt(problems, element, 'alt_text', pointer, { max: 2000, presence: 'required' });
  if (element['slack_file'] === undefined) {
    checkStringAt(problems, element, 'image_url', pointer, { max: 3000, presence: 'required' });
  }
}

function checkTextInput(problems: Problems, element: JsonObject, pointer: string): void {
  const range = (key: string, min: number): number | undefined => {
    const value = element[key];
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= 3000) {
      return value;
    }
    problems.add(`${pointer}/${key}`, `must be an integer from ${min} to 3000`);
    return undefined;
  };
  const min = range('min_length', 0);
  const max = range('max_length', 1);
  if (min !== undefined && max !== undefined && min > max) {
    problems.add(`${pointer}/min_length`, 'must not be more than max_length');
  }
  checkStringAt(problems, element, 'initial_value', pointer, {
    max: max ?? 3000,
    presence: 'optional',
  });
}

function checkNumberInput(problems: Problems, element: JsonObject, pointer: string): void {
  if (typeof element['is_decimal_allowed'] !== 'boolean') {
    problems.add(pointer, 'missing required field: is_decimal_allowed');
  }
  for (const key of ['min_value', 'max_value', 'initial_value']) {
    const value = element[key];
    if (value === undefined) continue;
    if (typeof value !== 'string') problems.add(`${pointer}/${key}`, 'must be a string');
    else if (!Number.isFinite(Number(value)) || value.trim() === '') {
      problems.add(`${pointer}/${key}`, 'must be a number');
    }
  }
  const min = Number(textAt(element, 'min_value') ?? Number.NaN);
  const max = Number(textAt(element, 'max_value') ?? Number.NaN);
  if (min > max) problems.add(`${pointer}/max_value`, 'must not be less than min_value');
}

function checkFileInput(problems: Problems, element: JsonObject, pointer: string): void {
  const { filetypes, max_files: most } = element;
  const isTypes = isList(filetypes) && filetypes.every((each) => typeof each === 'string');
  if (filetypes !== undefined && !isTypes) {
    problems.add(`${pointer}/filetypes`, 'must be an array of strings');
  }
  const isMost = Number.isInteger(most) && Number(most) >= 1 && Number(most) <= 10;
  if (most !== undefined && !isMost) {
    problems.add(`${pointer}/max_files`, 'must be an integer from 1 to 10');
  }
}

const PICKER_INITIAL: Readonly<
  Record<string, readonly [key: string, shape: RegExp, says: string]>
> = {
  datepicker: ['initial_date', /^\d{4}-\d{2}-\d{2}$/, 'must be YYYY-MM-DD'],
  timepicker: ['initial_time', /^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:mm'],
  datetimepicker: ['initial_date_time', /^\d{10}$/, 'must be a 10 digit Unix timestamp'],
};

function checkPicker(problems: Problems, element: JsonObject, type: string, pointer: string): void {
  const rule = PICKER_INITIAL[type];
  if (rule === undefined) return;
  const [key, shape, says] = rule;
  const value = element[key];
  if (value === undefined) return;
  const rightType = typeof value === (type === 'datetimepicker' ? 'number' : 'string');
  if (!rightType || !shape.test(String(value))) problems.add(`${pointer}/${key}`, says);
}

function mostOptions(type: string): number {
  if (type === 'overflow') return 5;
  return type.endsWith('select') ? 100 : 10;
}

function checkOptions(
  problems: Problems,
  element: JsonObject,
  type: string,
  pointer: string,
): void {
  const most = mostOptions(type);
  const grouped = element['option_groups'];
  if (grouped !== undefined && type.endsWith('select')) {
    if (element['options'] !== undefined) {
      problems.add(pointer, 'options and option_groups cannot both be provided');
    }
    checkCount(problems, grouped, `${pointer}/option_groups`, 100);
    objectsAt(element, 'option_groups').forEach((group, index) => {
      const at = `${pointer}/option_groups/${index}`;
      checkTextAt(problems, group, 'label', at, plain(75));
      checkOptionList(problems, group['options'], `${at}/options`, type, most);
    });
  } else checkOptionList(problems, element['options'], `${pointer}/options`, type, most);
  const initial = objectAt(element, 'initial_option');
  const initials = initial === undefined ? objectsAt(element, 'initial_options') : [initial];
  const offered = optionsOf(element).map(identity);
  if (initials.some((option) => !offered.includes(identity(option)))) {
    problems.add(pointer, 'initial option must exactly match one of the provided options');
  }
}

function identity(option: JsonObject): string {
  return JSON.stringify([textAt(option, 'value'), objectAt(option, 'text')?.['text']]);
}

function checkCount(problems: Problems, value: Json | undefined, at: string, most: number): void {
  if (!isList(value)) problems.add(at, 'must be an array');
  else if (value.length === 0) problems.add(at, 'must have at least 1 item');
  else if (value.length > most) problems.add(at, `no more than ${most} items allowed`);
}

/** Checks a list of options: how many, and each one's text (75), value (150), description (75). */
export function checkOptionList(
  problems: Problems,
  options: Json | undefined,
  pointer: string,
  type: string,
  most: number,
): void {
  checkCount(problems, options, pointer, most);
  if (!isList(options)) return;
  const rule = type === 'checkboxes' || type === 'radio_buttons' ? anyText : plain;
  options.forEach((option, index) => {
    const at = `${pointer}/${index}`;
    if (!isObject(option)) {
      problems.add(at, 'must provide an object');
      return;
    }
    checkTextAt(problems, option, 'text', at, rule(75));
    checkTextAt(problems, option, 'description', at, rule(75, 'optional'));
    const presence = type === 'overflow' ? 'optional' : 'required';
    checkStringAt(problems, option, 'value', at, { max: 150, presence });
  });
}
