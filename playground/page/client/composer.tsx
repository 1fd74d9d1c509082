import { useEffect, useRef, useState } from 'preact/hooks';
import { usePage } from './page';
import { useWords } from './words';

/** The input for messages and slash commands. */
export function Composer({
  channelId,
  threadTs,
  label,
}: {
  readonly channelId: string;
  readonly threadTs?: string;
  readonly label: string;
}) {
  const { sections, perform } = usePage();
  const words = useWords();
  const field = useRef<HTMLInputElement>(null);
  const isForm = sections.views.modals.length > 0;
  // As in Slack, people can type at once.
  useEffect(() => {
    if (threadTs === undefined && !isForm) field.current?.focus();
  }, [threadTs, isForm]);
  const { commands } = sections.workspace;
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [isHidden, setIsHidden] = useState(false);
  const isCommand = text.startsWith('/') && threadTs === undefined;
  const fitting =
    isCommand && !text.includes(' ')
      ? commands.filter(({ command }) => command.startsWith(text.toLowerCase()))
      : [];
  const isOpen = fitting.length > 0 && !isHidden;
  const listId = `commands-${channelId}-${threadTs ?? ''}`;

  const complete = (command: string | undefined): void => {
    if (command !== undefined) setText(`${command} `);
  };
  const send = (): void => {
    const said = text.trim();
    if (said === '') return;
    setText('');
    const thread = threadTs === undefined ? {} : { threadTs };
    void perform(
      isCommand
        ? { do: 'command', channel: channelId, text: said }
        : { do: 'say', channel: channelId, text: said, ...thread },
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = fitting[at]?.command;
    if (event.key === 'Escape') setIsHidden(true);
    else if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt(Math.max(0, Math.min(fitting.length - 1, at + step)));
    } else if (isOpen && event.key === 'Tab' && !event.shiftKey) {
      event.preventDefault();
      complete(chosen);
    } else if (event.key === 'Enter' && isOpen && chosen !== text) {
      event.preventDefault();
      complete(chosen);
    }
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="commands" id={listId} role="listbox" aria-label={words.commands} hidden={!isOpen}>
        {fitting.map(({ command, description, usage }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the focused field receives the keys
          <div
            key={command}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => complete(command)}
          >
            <strong>{command}</strong> <code>{usage}</code>
            <small>{description}</small>
          </div>
        ))}
      </div>
      {threadTs === undefined ? <Shortcuts /> : null}
      <input
        ref={field}
        type="text"
        role="combobox"
        autocomplete="off"
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen ? `${listId}-${at}` : undefined}
        placeholder={threadTs === undefined ? words.orCommands(label) : label}
        value={text}
        onInput={(event) => {
          setAt(0);
          setIsHidden(false);
          setText(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <button type="submit" class="kit-button" data-style="primary" aria-label={words.send}>
        ➤
      </button>
    </form>
  );
}

function Shortcuts() {
  const { sections, perform } = usePage();
  const words = useWords();
  return (
    <details class="menu up">
      <summary aria-label={words.shortcuts}>⚡</summary>
      <ul>
        {sections.workspace.shortcuts.map(({ name, callbackId, description }) => (
          <li key={callbackId}>
            <button
              type="button"
              onClick={(event) => {
                event.currentTarget.closest('details')?.removeAttribute('open');
                void perform({ do: 'shortcut', callbackId });
              }}
            >
              {name}
              <small>{description}</small>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
