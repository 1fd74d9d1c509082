import { isList, isObject, type Json, type JsonObject, textAt } from '../json';

const CONTAINED = ['accessory', 'element', 'elements', 'actions', 'child_blocks'];
const WITHOUT_ACTION = new Set(['image', 'plain_text', 'mrkdwn', 'card']);

/**
 * Completes blocks as Slack does: every block gets a `block_id`, every interactive element an
 * `action_id` (new ones each time), and text objects get their defaults.
 */
export function completeBlocks(
  blocks: readonly JsonObject[],
  newId: () => string,
): readonly JsonObject[] {
  return blocks.map((block) => {
    const type = textAt(block, 'type');
    const completed = isRich(type) ? block : withDefaults(withActionIds(block, type, newId));
    return { type: block['type'], block_id: textAt(block, 'block_id') ?? newId(), ...completed };
  });
}

function isRich(type: string | undefined): boolean {
  return type === 'rich_text' || type === 'table' || type === 'data_table';
}

function withActionIds(
  block: JsonObject,
  type: string | undefined,
  newId: () => string,
): JsonObject {
  if (type === 'context') return block;
  const changed: Record<string, Json | undefined> = { ...block };
  for (const key of CONTAINED) {
    const value = block[key];
    if (isList(value)) changed[key] = value.map((each) => withActionId(each, newId));
    else if (isObject(value)) changed[key] = withActionId(value, newId);
  }
  return changed;
}

function withActionId(element: Json, newId: () => string): Json {
  if (!isObject(element)) return element;
  const type = textAt(element, 'type');
  if (type === undefined || WITHOUT_ACTION.has(type) || isRich(type)) return element;
  return { ...element, action_id: textAt(element, 'action_id') ?? newId() };
}

function withDefaults(value: JsonObject): JsonObject {
  const entries = Object.entries(value).map(([key, inner]): [string, Json | undefined] => [
    key,
    defaulted(inner),
  ]);
  const copy: JsonObject = Object.fromEntries(entries);
  if (copy['type'] === 'plain_text' && typeof copy['text'] === 'string') {
    return { ...copy, emoji: copy['emoji'] ?? true };
  }
  if (copy['type'] === 'mrkdwn' && typeof copy['text'] === 'string') {
    return { ...copy, verbatim: copy['verbatim'] ?? false };
  }
  return copy;
}

function defaulted(value: Json | undefined): Json | undefined {
  if (isList(value)) return value.map((each) => defaulted(each) ?? null);
  if (!isObject(value) || isRich(textAt(value, 'type'))) return value;
  return withDefaults(value);
}
