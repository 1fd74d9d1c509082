import { type Slot, slotValue } from '../../slack/blocks/slots';
import { innerTextAt, listAt, numberAt, objectAt, textAt } from '../../slack/json';
import type { About } from './about';
import { useSurface } from './surface';

/** A text or number. Typed text stays in the page until the form is submitted or changes. */
export function TextField({ slot, about }: { readonly slot: Slot; readonly about: About }) {
  const { form, values } = useSurface();
  const { element, type } = slot;
  const key = `${slot.blockId}/${slot.actionId}`;
  const held = values[slot.blockId]?.[slot.actionId] ?? slotValue(slot, {});
  const rich = objectAt(held, 'rich_text_value');
  const known =
    textAt(held, 'value') ?? (rich === undefined ? '' : plainOf(listAt(rich, 'elements')));
  const props = {
    id: about.id,
    name: slot.blockId,
    value: form?.drafts[key] ?? known,
    placeholder: innerTextAt(element, 'placeholder'),
    minLength: numberAt(element, 'min_length'),
    maxLength: numberAt(element, 'max_length'),
    autofocus: element['focus_on_load'] === true,
    autocomplete: 'off',
    'aria-describedby': about.describedBy,
    'aria-invalid': about.isWrong,
    'aria-required': about.isRequired,
  } as const;
  if (element['multiline'] === true || type === 'rich_text_input') {
    return (
      <textarea
        {...props}
        rows={3}
        onInput={(event) => form?.type(key, event.currentTarget.value)}
      />
    );
  }
  return (
    <input
      {...props}
      type="text"
      inputMode={type === 'number_input' ? 'numeric' : undefined}
      onInput={(event) => form?.type(key, event.currentTarget.value)}
    />
  );
}

function plainOf(elements: readonly unknown[]): string {
  return elements
    .map((element) => {
      if (typeof element !== 'object' || element === null) return '';
      const text = Reflect.get(element, 'text');
      const inner = Reflect.get(element, 'elements');
      return typeof text === 'string' ? text : Array.isArray(inner) ? plainOf(inner) : '';
    })
    .join('');
}
