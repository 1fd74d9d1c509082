import { type JsonObject, textAt } from '../json';
import type { View } from '../workspace/view';
import { isEmptyValue, slotsOf, slotValue } from './slots';

/** The block_ids that the client marks on Submit: required and empty, or a number out of range. */
export function incompleteInputs(view: View): readonly string[] {
  return slotsOf(view.blocks)
    .filter(({ place }) => place === 'input')
    .filter((slot) => {
      const value = slotValue(slot, view.filled);
      if (isEmptyValue(value)) return slot.block['optional'] !== true;
      return slot.type === 'number_input' && !isFit(slot.element, textAt(value, 'value') ?? '');
    })
    .map(({ blockId }) => blockId);
}

function isFit(element: JsonObject, entered: string): boolean {
  const value = Number(entered);
  if (!Number.isFinite(value) || entered.trim() === '') return false;
  if (element['is_decimal_allowed'] === false && !Number.isInteger(value)) return false;
  const min = Number(textAt(element, 'min_value') ?? Number.NEGATIVE_INFINITY);
  const max = Number(textAt(element, 'max_value') ?? Number.POSITIVE_INFINITY);
  return value >= min && value <= max;
}
