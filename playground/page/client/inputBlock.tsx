import { slotsOf } from '../../slack/blocks/slots';
import { innerTextAt, type JsonObject, objectAt } from '../../slack/json';
import { Control } from './control';
import { useSurface } from './surface';
import { Text } from './text';
import { TextField } from './textField';
import { useWords } from './words';

const TYPED = /^(plain_text|number|email_text|url_text|rich_text)_input$/;

/** An input of a form with its label, hint and error. */
export function InputBlock({ block }: { readonly block: JsonObject }) {
  const { name, errors, form } = useSurface();
  const words = useWords();
  const [slot] = slotsOf([block]);
  if (slot === undefined || form === undefined) return null;
  const id = `${name}-${slot.blockId}-${slot.actionId}`;
  const label = innerTextAt(block, 'label') ?? '';
  const error = errors[slot.blockId];
  const hint = objectAt(block, 'hint');
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(error === undefined ? [] : [`${id}-error`]),
  ].join(' ');
  const about = {
    id,
    label,
    describedBy: described === '' ? undefined : described,
    isWrong: error !== undefined,
    isRequired: block['optional'] !== true,
  };
  const isGroup = slot.type === 'radio_buttons' || slot.type === 'checkboxes';
  const Label = isGroup ? 'span' : 'label';
  const key = `${slot.blockId}/${slot.actionId}`;
  return (
    <div class="input" data-block={slot.blockId} data-wrong={error !== undefined}>
      <Label class="label" id={`${id}-label`} {...(isGroup ? {} : { for: id })}>
        {label}
        {about.isRequired ? null : <span class="optional">{words.optional}</span>}
      </Label>
      {TYPED.test(slot.type) ? (
        <TextField slot={slot} about={about} />
      ) : (
        <Control
          slot={slot}
          label={label}
          about={about}
          enter={(entry) => void form.enter(key, entry)}
        />
      )}
      {error === undefined ? null : (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          <Text of={hint} />
        </p>
      )}
    </div>
  );
}
