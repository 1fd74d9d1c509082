import type { Slot } from '../blocks/slots';
import type { JsonObject } from '../json';

const CARRIED = ['text', 'value', 'style', 'url', 'placeholder', 'confirm'];
const INITIALS = [
  'initial_option',
  'initial_options',
  'initial_user',
  'initial_users',
  'initial_channel',
  'initial_conversation',
  'initial_date',
  'initial_time',
  'initial_date_time',
];

/** An item of `actions[]` without `action_ts`. `value` is the state value of the choice. */
export function actionOf(slot: Slot, value: JsonObject = {}): JsonObject {
  const kept = [...(slot.type === 'button' ? CARRIED : CARRIED.slice(4)), ...INITIALS]
    .filter((key) => slot.element[key] !== undefined)
    .map((key) => [key, slot.element[key]] as const);
  return {
    ...Object.fromEntries(kept),
    ...value,
    type: slot.type,
    action_id: slot.actionId,
    block_id: slot.blockId,
  };
}
