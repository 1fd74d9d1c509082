import { useEffect, useRef } from 'preact/hooks';
import { innerTextAt, type JsonObject, objectAt, textAt } from '../../slack/json';
import { Text } from './text';
import { useWords } from './words';

/** The question that an element asks before it acts. */
export function ConfirmDialog({
  confirm,
  answered,
}: {
  readonly confirm: JsonObject;
  readonly answered: (isConfirmed: boolean) => void;
}) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const title = innerTextAt(confirm, 'title') ?? words.sure;
  return (
    <dialog
      class="modal confirm"
      ref={dialog}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        answered(false);
      }}
    >
      <h2>{title}</h2>
      <div class="modal-body">
        <Text of={objectAt(confirm, 'text')} />
      </div>
      <footer>
        <button type="button" onClick={() => answered(false)}>
          {innerTextAt(confirm, 'deny') ?? words.cancel}
        </button>
        <button
          type="button"
          class="kit-button"
          data-style={textAt(confirm, 'style') ?? 'primary'}
          onClick={() => answered(true)}
        >
          {innerTextAt(confirm, 'confirm') ?? words.yes}
        </button>
      </footer>
    </dialog>
  );
}
