import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { slotsOf } from '../../slack/blocks/slots';
import { innerTextAt, type JsonObject, objectAt } from '../../slack/json';
import type { Outcome, View } from '../wire';
import { Blocks } from './blocks';
import { usePage } from './page';
import { SurfaceContext } from './surface';
import { Text } from './text';
import { Tour } from './tour';
import { viewSurface } from './viewSurface';
import { useWords } from './words';

/** The modal in front. Those below it wait. */
export function Modals() {
  const { modals } = usePage().sections.views;
  const top = modals.at(-1);
  return top === undefined ? null : <Modal key={top.id} view={top} depth={modals.length} />;
}

function Modal({ view, depth }: { readonly view: View; readonly depth: number }) {
  const { sections, perform } = usePage();
  const words = useWords();
  const { app } = sections.workspace;
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [trouble, setTrouble] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('.input input, .input textarea')?.focus();
  }, []);

  // An input that disappeared and returned is empty, as it is for the app.
  const { blocks } = view;
  useEffect(() => {
    const keys = new Set(slotsOf(blocks).map(({ blockId, actionId }) => `${blockId}/${actionId}`));
    setDrafts((before) => pick(before, (key) => keys.has(key)));
  }, [blocks]);

  const show = (outcome: Outcome): void => {
    const marked = outcome.kind === 'marked' ? outcome.errors : {};
    setErrors(marked);
    setTrouble(outcome.kind === 'failed' ? outcome.error : undefined);
    const [first] = slotsOf(blocks).filter(({ blockId }) => marked[blockId] !== undefined);
    if (first === undefined) return;
    const field = document.getElementById(`${view.id}-${first.blockId}-${first.actionId}`);
    field?.focus();
    field?.closest('.input')?.scrollIntoView({ block: 'center' });
  };
  const submit = async (): Promise<void> => {
    setIsBusy(true);
    const outcome = await perform({ do: 'submit', view: view.id, entries: drafts });
    setIsBusy(false);
    show(outcome);
  };
  const surface = useMemo(
    () =>
      viewSurface(
        view,
        async (deed) => {
          const outcome = await perform(deed);
          if (outcome.kind === 'marked') setErrors(outcome.errors);
          return outcome;
        },
        drafts,
        errors,
        (key, text) => setDrafts((before) => ({ ...before, [key]: text })),
      ),
    [view, perform, drafts, errors],
  );
  const title = innerTextAt(view.content, 'title') ?? '';
  const dismiss = (): void => void perform({ do: 'dismiss' });
  return (
    <dialog
      class="modal"
      ref={dialog}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        dismiss();
      }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (objectAt(view.content, 'submit') !== undefined && !isBusy) void submit();
        }}
      >
        <header>
          <h2>
            <small>{app.name}</small> <Text of={objectAt(view.content, 'title')} />
          </h2>
          {depth > 1 ? <span class="depth">{words.depth(depth)}</span> : null}
          <button type="button" class="plain" aria-label={words.close} onClick={dismiss}>
            ✕
          </button>
        </header>
        {trouble === undefined ? null : (
          <p class="trouble" role="alert">
            {words.trouble} <code>{trouble}</code>
          </p>
        )}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: people must reach a scrolling area with the keyboard */}
        <section class="modal-body" tabIndex={0} aria-label={words.fields}>
          <SurfaceContext.Provider value={surface}>
            <Blocks blocks={blocks} />
          </SurfaceContext.Provider>
        </section>
        <Buttons content={view.content} isBusy={isBusy} dismiss={dismiss} depth={depth} />
      </form>
      <Tour />
    </dialog>
  );
}

function Buttons({
  content,
  isBusy,
  dismiss,
  depth,
}: {
  readonly content: JsonObject;
  readonly isBusy: boolean;
  readonly dismiss: () => void;
  readonly depth: number;
}) {
  const words = useWords();
  const close = innerTextAt(content, 'close') ?? (depth > 1 ? words.back : words.cancel);
  const send = objectAt(content, 'submit');
  return (
    <footer>
      <button type="button" onClick={dismiss}>
        {close}
      </button>
      {send === undefined ? null : (
        <button type="submit" class="kit-button" data-style="primary" aria-busy={isBusy}>
          <Text of={send} />
        </button>
      )}
    </footer>
  );
}

function pick(
  from: Readonly<Record<string, string>>,
  isKept: (key: string) => boolean,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => isKept(key)));
}
