import { isList, isObject, type Json, type JsonObject, objectAt, textAt } from '../json';
import type { Problems } from '../records/problems';
import { checkElement, checkImage } from './checkElement';
import { checkRichText } from './checkRichText';
import { checkPlan, checkTable, checkTaskCard } from './checkTasks';
import { anyText, checkStringAt, checkText, checkTextAt, plain } from './checkText';
import { slotsOf } from './slots';

export type Surface = 'message' | 'modal' | 'home';

const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };

const EVERYWHERE = [
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'video',
];

/** The surfaces of each type of block, from Slack's reference. */
const KNOWN: Readonly<Record<Surface, ReadonlySet<string>>> = {
  message: new Set([
    ...EVERYWHERE,
    'call',
    'card',
    'carousel',
    'container',
    'context_actions',
    'data_table',
    'file',
    'markdown',
    'plan',
    'table',
    'task_card',
  ]),
  modal: new Set([...EVERYWHERE, 'alert']),
  home: new Set([...EVERYWHERE, 'card', 'carousel']),
};

/** The blocks that a container accepts, on a surface that accepts containers. */
const IN_CONTAINER = new Set([...EVERYWHERE, 'file', 'table']);

const ALERT_LEVELS = ['default', 'info', 'warning', 'error', 'success'];

/**
 * Checks `blocks` against Slack's documented limits for the surface, and adds findings to
 * `problems`.
 */
export function checkBlocks(
  problems: Problems,
  blocks: Json | undefined,
  pointer: string,
  surface: Surface,
): void {
  if (!isList(blocks)) {
    problems.add(pointer, 'must be an array');
    return;
  }
  const most = MOST_BLOCKS[surface];
  if (blocks.length > most) problems.add(pointer, `no more than ${most} items allowed`);
  const tables = blocks.filter((block) => isObject(block) && textAt(block, 'type') === 'table');
  if (tables.length > 1) problems.add(pointer, 'only_one_table_allowed');
  const ids = new Set<string>();
  blocks.forEach((block, index) => {
    const at = `${pointer}/${index}`;
    if (!isObject(block)) {
      problems.add(at, 'must provide an object');
      return;
    }
    const id = textAt(block, 'block_id');
    if (id !== undefined && ids.has(id)) {
      problems.add(`${at}/block_id`, `block_id "${id}" already exists for another block`);
    }
    if (id !== undefined) ids.add(id);
    checkBlock(problems, block, at, KNOWN[surface]);
  });
}

function checkBlock(
  problems: Problems,
  block: JsonObject,
  at: string,
  known: ReadonlySet<string>,
): void {
  const type = textAt(block, 'type');
  if (type === undefined || !known.has(type)) {
    problems.add(`${at}/type`, `unsupported type: ${type ?? 'none'}`);
    return;
  }
  checkStringAt(problems, block, 'block_id', at, { max: 255, presence: 'optional' });
  checkActionIds(problems, block, at);
  if (type === 'section') checkSection(problems, block, at);
  else if (type === 'header') checkTextAt(problems, block, 'text', at, plain(150));
  else if (type === 'alert') checkAlert(problems, block, at);
  else if (type === 'container') checkContainer(problems, block, at);
  else if (type === 'plan') checkPlan(problems, block, at);
  else if (type === 'task_card') checkTaskCard(problems, block, at);
  else if (type === 'table') checkTable(problems, block, at);
  else if (type === 'actions') checkElements(problems, block, at, 25, 'actions');
  else if (type === 'context') checkContext(problems, block, at);
  else if (type === 'input') checkInput(problems, block, at);
  else if (type === 'image') {
    checkImage(problems, block, at);
    checkTextAt(problems, block, 'title', at, plain(2000, 'optional'));
  } else if (type === 'markdown') {
    checkStringAt(problems, block, 'text', at, { max: 12_000, presence: 'required' });
  } else if (type === 'rich_text') {
    if (!isList(block['elements'])) problems.add(at, 'missing required field: elements');
    checkRichText(problems, block, at);
  }
}

function checkAlert(problems: Problems, block: JsonObject, at: string): void {
  checkTextAt(problems, block, 'text', at, anyText(3000));
  const { level } = block;
  if (level !== undefined && !ALERT_LEVELS.some((each) => each === level)) {
    problems.add(`${at}/level`, `must be one of: ${ALERT_LEVELS.join(', ')}`);
  }
}

function checkContainer(problems: Problems, block: JsonObject, at: string): void {
  const presence = block['rich_text_title'] === undefined ? 'required' : 'optional';
  checkTextAt(problems, block, 'title', at, plain(150, presence));
  checkTextAt(problems, block, 'subtitle', at, anyText(150, 'optional'));
  const children = block['child_blocks'];
  if (!isList(children)) {
    problems.add(at, 'missing required field: child_blocks');
    return;
  }
  if (children.length > 10) problems.add(`${at}/child_blocks`, 'no more than 10 items allowed');
  children.forEach((child, index) => {
    const childAt = `${at}/child_blocks/${index}`;
    if (isObject(child)) checkBlock(problems, child, childAt, IN_CONTAINER);
    else problems.add(childAt, 'must provide an object');
  });
}

function checkActionIds(problems: Problems, block: JsonObject, at: string): void {
  const seen = new Set<string>();
  for (const { actionId } of slotsOf([{ ...block, block_id: 'any' }])) {
    if (seen.has(actionId))
      problems.add(at, `action_id "${actionId}" already exists in this block`);
    seen.add(actionId);
  }
}

function checkSection(problems: Problems, block: JsonObject, at: string): void {
  const fields = block['fields'];
  checkTextAt(
    problems,
    block,
    'text',
    at,
    anyText(3000, fields === undefined ? 'required' : 'optional'),
  );
  if (fields !== undefined) {
    if (!isList(fields) || fields.length === 0) problems.add(`${at}/fields`, 'must be an array');
    else {
      if (fields.length > 10) problems.add(`${at}/fields`, 'no more than 10 items allowed');
      fields.forEach((field, index) => {
        checkText(problems, field, `${at}/fields/${index}`, anyText(2000));
      });
    }
  }
  if (block['accessory'] !== undefined) {
    checkElement(problems, block['accessory'], `${at}/accessory`, 'accessory');
  }
}

function checkElements(
  problems: Problems,
  block: JsonObject,
  at: string,
  most: number,
  place: 'actions' | 'context',
): readonly Json[] {
  const elements = block['elements'];
  if (!isList(elements)) {
    problems.add(at, 'missing required field: elements');
    return [];
  }
  if (elements.length === 0) problems.add(`${at}/elements`, 'must have at least 1 item');
  if (elements.length > most) problems.add(`${at}/elements`, `no more than ${most} items allowed`);
  elements.forEach((element, index) => {
    checkElement(problems, element, `${at}/elements/${index}`, place);
  });
  return elements;
}

function checkContext(problems: Problems, block: JsonObject, at: string): void {
  checkElements(problems, block, at, 10, 'context').forEach((element, index) => {
    if (isObject(element) && textAt(element, 'type') !== 'image') {
      checkText(problems, element, `${at}/elements/${index}`, anyText(3000));
    }
  });
}

function checkInput(problems: Problems, block: JsonObject, at: string): void {
  checkTextAt(problems, block, 'label', at, plain(2000));
  checkTextAt(problems, block, 'hint', at, plain(2000, 'optional'));
  checkElement(problems, objectAt(block, 'element'), `${at}/element`, 'input');
}
