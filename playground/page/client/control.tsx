import { heldBy, optionsOf, type Slot, slotValue } from '../../slack/blocks/slots';
import { innerTextAt, type JsonObject, objectAt, objectsAt, textAt } from '../../slack/json';
import type { Entry, ShownOption } from '../wire';
import type { About, ChosenProps } from './about';
import { Combobox } from './combobox';
import { DateField } from './dateField';
import { FileField } from './fileField';
import { usePage } from './page';
import { useSurface } from './surface';
import { Text } from './text';
import { useWords } from './words';

interface ControlProps {
  readonly slot: Slot;
  readonly label: string;
  readonly about?: About;
  /** The selection, if the app's view doesn't contain it. */
  readonly chosen?: Entry | undefined;
  readonly enter: (entry: Entry) => void;
}

/** An element with a selection. */
export function Control({ slot, label, about, chosen, enter }: ControlProps) {
  const surface = useSurface();
  const { type, blockId, actionId } = slot;
  const own: About = about ?? {
    id: `${surface.name}-${blockId}-${actionId}`,
    label,
    describedBy: undefined,
    isWrong: false,
    isRequired: false,
  };
  const known = surface.values[blockId]?.[actionId] ?? slotValue(slot, {});
  const value = typeof chosen === 'string' ? chosenOption(slot, chosen) : known;
  if (type === 'radio_buttons' || type === 'checkboxes') {
    return <Choices slot={slot} about={own} value={value} enter={enter} />;
  }
  if (/^(date|time|datetime)picker$/.test(type)) {
    return <DateField slot={slot} about={own} value={value} enter={enter} />;
  }
  if (type === 'file_input')
    return <FileField slot={slot} about={own} value={value} enter={enter} />;
  if (/_select$/.test(type)) return <Select slot={slot} about={own} value={value} enter={enter} />;
  return <p class="unknown">The playground does not draw elements of type {type}.</p>;
}

function chosenOption({ type, element }: Slot, chosen: string): JsonObject {
  const option = optionsOf(element).find((each) => textAt(each, 'value') === chosen);
  return { type, [heldBy(type).field]: option ?? chosen };
}

function Choices({ slot, about, value, enter }: ChosenProps) {
  const isOne = slot.type === 'radio_buttons';
  const one = objectAt(value, 'selected_option');
  const selected = (
    isOne ? (one === undefined ? [] : [one]) : objectsAt(value, 'selected_options')
  ).map((option) => textAt(option, 'value') ?? '');
  return (
    <fieldset
      class="choices"
      aria-labelledby={`${about.id}-label`}
      aria-describedby={about.describedBy}
    >
      {optionsOf(slot.element).map((option) => {
        const own = textAt(option, 'value') ?? '';
        const description = objectAt(option, 'description');
        return (
          <label key={own}>
            <input
              type={isOne ? 'radio' : 'checkbox'}
              name={about.id}
              checked={selected.includes(own)}
              onChange={(event) => {
                if (isOne) enter(own);
                else if (event.currentTarget.checked) enter([...selected, own]);
                else enter(selected.filter((each) => each !== own));
              }}
            />
            <span>
              <Text of={objectAt(option, 'text')} />
              {description === undefined ? null : (
                <small>
                  <Text of={description} />
                </small>
              )}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function Select({ slot, about, value, enter }: ChosenProps) {
  const { form } = useSurface();
  const named = useNamed();
  const words = useWords();
  const { type, element } = slot;
  const { field, many } = heldBy(type);
  const held = value[field];
  const items = Array.isArray(held) ? held : held === null || held === undefined ? [] : [held];
  const selected = items.map((item) => asOption(item, named));
  const isExternal = /external_select$/.test(type);
  const listed = named(type) ?? optionsOf(element).map((option) => asOption(option, named));
  const key = `${slot.blockId}/${slot.actionId}`;
  return (
    <Combobox
      about={about}
      placeholder={innerTextAt(element, 'placeholder') ?? words.choose}
      selected={selected}
      isMany={many}
      search={
        isExternal && form !== undefined
          ? { by: 'app', find: (query) => form.suggest(key, query) }
          : { by: 'page', options: listed }
      }
      choose={(options) => {
        const entries = options.map(({ text, value: own }) =>
          isExternal ? { text, value: own } : own,
        );
        enter(many ? entries : (entries[0] ?? null));
      }}
    />
  );
}

function asOption(
  item: unknown,
  named: (type: string) => readonly ShownOption[] | undefined,
): ShownOption {
  if (typeof item === 'object' && item !== null) {
    const option = item as JsonObject;
    const description = innerTextAt(option, 'description');
    return {
      text: innerTextAt(option, 'text') ?? '',
      value: textAt(option, 'value') ?? '',
      ...(description === undefined ? {} : { description }),
    };
  }
  const value = String(item);
  const known = [...(named('users_select') ?? []), ...(named('channels_select') ?? [])];
  return known.find((each) => each.value === value) ?? { text: value, value };
}

/** The options of selects for people and channels; `undefined` for other types. */
function useNamed(): (type: string) => readonly ShownOption[] | undefined {
  const { people, channels } = usePage().sections.workspace;
  return (type) => {
    if (/users_select$/.test(type))
      return people.map(({ id, name }) => ({ text: name, value: id }));
    if (!/(channels|conversations)_select$/.test(type)) return undefined;
    return channels.map(({ id, name }) => ({ text: `#${name}`, value: id }));
  };
}
