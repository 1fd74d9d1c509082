import { useState } from 'preact/hooks';
import { optionsOf, type Slot, slotKey } from '../../slack/blocks/slots';
import { innerTextAt, isObject, type JsonObject, objectAt, textAt } from '../../slack/json';
import type { Entry } from '../wire';
import { ConfirmDialog } from './confirmDialog';
import { Control } from './control';
import { usePage } from './page';
import { useSurface } from './surface';
import { Text } from './text';
import { useWords } from './words';

/** An element that acts as soon as it is used: in actions blocks and next to sections. */
export function Element({ slot }: { readonly slot: Slot }) {
  const { element, blockId, actionId } = slot;
  const surface = useSurface();
  const [isBusy, setIsBusy] = useState(false);
  const [asked, setAsked] = useState<{ readonly choice: Entry | undefined }>();
  const confirm = objectAt(element, 'confirm');

  const send = async (choice: Entry | undefined): Promise<void> => {
    setIsBusy(true);
    await surface.click(blockId, actionId, choice);
    setIsBusy(false);
  };
  const use = (choice?: Entry): void => {
    if (confirm === undefined) void send(choice);
    else setAsked({ choice });
  };
  return (
    <>
      <Acting slot={slot} isBusy={isBusy} use={use} />
      {asked === undefined || !isObject(confirm) ? null : (
        <ConfirmDialog
          confirm={confirm}
          answered={(isConfirmed) => {
            setAsked(undefined);
            if (isConfirmed) void send(asked.choice);
          }}
        />
      )}
    </>
  );
}

function Acting({
  slot,
  isBusy,
  use,
}: {
  readonly slot: Slot;
  readonly isBusy: boolean;
  readonly use: (choice?: Entry) => void;
}) {
  const { element, type } = slot;
  const surface = useSurface();
  if (type === 'button' || type === 'workflow_button') {
    return (
      <button
        type="button"
        class="kit-button"
        data-style={textAt(element, 'style')}
        aria-label={textAt(element, 'accessibility_label')}
        aria-busy={isBusy}
        onClick={() => use()}
      >
        <Text of={objectAt(element, 'text')} />
      </button>
    );
  }
  if (type === 'overflow') return <Overflow element={element} use={use} />;
  const label = innerTextAt(element, 'placeholder') ?? type;
  const chosen = surface.chosen[slotKey(slot.blockId, slot.actionId)];
  return <Control slot={slot} label={label} chosen={chosen} enter={(entry) => use(entry)} />;
}

function Overflow({
  element,
  use,
}: {
  readonly element: JsonObject;
  readonly use: (choice: Entry) => void;
}) {
  const { sections } = usePage();
  const words = useWords();
  return (
    <details class="menu overflow">
      <summary aria-label={words.moreOf(sections.workspace.app.name)}>…</summary>
      <ul>
        {optionsOf(element).map((option) => {
          const value = textAt(option, 'value') ?? '';
          return (
            <li key={value}>
              <button
                type="button"
                onClick={(event) => {
                  event.currentTarget.closest('details')?.removeAttribute('open');
                  use(value);
                }}
              >
                <Text of={objectAt(option, 'text')} />
              </button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
