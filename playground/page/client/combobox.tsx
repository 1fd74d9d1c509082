import { useEffect, useRef, useState } from 'preact/hooks';
import type { ShownOption } from '../wire';
import type { About } from './about';
import { useWords } from './words';

type Search =
  | { readonly by: 'page'; readonly options: readonly ShownOption[] }
  | { readonly by: 'app'; readonly find: (query: string) => Promise<readonly ShownOption[]> };

interface ComboboxProps {
  readonly about: About;
  readonly placeholder: string;
  readonly selected: readonly ShownOption[];
  readonly isMany: boolean;
  readonly search: Search;
  readonly choose: (options: readonly ShownOption[]) => void;
}

/** A list with a search. The closed field shows the selection. */
export function Combobox(props: ComboboxProps) {
  const { about, placeholder, selected, isMany, search, choose } = props;
  const words = useWords();
  const [query, setQuery] = useState<string>();
  const [at, setAt] = useState(0);
  const [found, isSearching] = useFound(search, query);
  const isOpen = query !== undefined;
  const listId = `${about.id}-list`;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, isOpen]);
  const [only] = selected;
  const closedText = isMany ? '' : (only?.text ?? '');

  const open = (): void => {
    if (isOpen) return;
    setAt(0);
    setQuery('');
  };
  const take = (option: ShownOption | undefined): void => {
    setQuery(undefined);
    if (option === undefined) return;
    if (!isMany) choose([option]);
    else if (!selected.some(({ value }) => value === option.value)) choose([...selected, option]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (!isOpen) open();
      else setAt(Math.max(0, Math.min(found.length - 1, at + step)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (isOpen) take(found[at]);
      else open();
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      setQuery(undefined);
    } else if (event.key === 'Backspace' && !isOpen && !isMany && !about.isRequired) choose([]);
  };
  return (
    <div class="combobox">
      {isMany
        ? selected.map((option) => (
            <span class="chip" key={option.value}>
              {option.text}
              <button
                type="button"
                aria-label={words.remove(option.text)}
                onClick={() => choose(selected.filter(({ value }) => value !== option.value))}
              >
                ✕
              </button>
            </span>
          ))
        : null}
      <input
        id={about.id}
        type="text"
        role="combobox"
        autocomplete="off"
        aria-label={about.label}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && found.length > 0 ? `${listId}-${at}` : undefined}
        aria-describedby={about.describedBy}
        aria-invalid={about.isWrong}
        aria-required={about.isRequired}
        placeholder={isOpen && closedText !== '' ? closedText : placeholder}
        value={query ?? closedText}
        onClick={open}
        onInput={(event) => {
          setAt(0);
          setQuery(event.currentTarget.value);
        }}
        onBlur={() => setQuery(undefined)}
        onKeyDown={onKeyDown}
      />
      {!isMany && !isOpen && only !== undefined && !about.isRequired ? (
        <button
          type="button"
          class="clear"
          aria-label={words.clear(about.label)}
          onClick={() => choose([])}
        >
          ✕
        </button>
      ) : null}
      <div
        class="options"
        id={listId}
        role="listbox"
        aria-label={about.label}
        hidden={!isOpen}
        ref={list}
      >
        {found.map((option, index) => [
          option.group === undefined || option.group === found[index - 1]?.group ? null : (
            <p class="group" key={`group ${option.group}`} role="presentation">
              {option.group}
            </p>
          ),
          // biome-ignore lint/a11y/useKeyWithClickEvents: the focused field receives the keys
          <div
            key={option.value}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            data-chosen={selected.some(({ value }) => value === option.value)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(option)}
          >
            {option.text}
            {option.description === undefined ? null : <small>{option.description}</small>}
          </div>,
        ])}
        {found.length > 0 ? null : (
          <div role="option" tabIndex={-1} aria-selected="false" aria-disabled="true">
            {isSearching ? words.searching : words.nothingFound}
          </div>
        )}
      </div>
    </div>
  );
}

const PAUSE_MS = 150;

/** The options that match the query: searched here, or requested when the person pauses. */
function useFound(
  search: Search,
  query: string | undefined,
): readonly [found: readonly ShownOption[], isSearching: boolean] {
  const [offered, setOffered] = useState<{ query: string; options: readonly ShownOption[] }>();
  const isAsked = search.by === 'app' && query !== undefined;
  useEffect(() => {
    if (search.by !== 'app' || query === undefined) return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void search.find(query).then((options) => {
        if (isCurrent) setOffered({ query, options });
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [query, search.by]);
  if (search.by === 'page') {
    const wanted = (query ?? '').toLowerCase();
    return [search.options.filter(({ text }) => text.toLowerCase().includes(wanted)), false];
  }
  const isSearching = isAsked && offered?.query !== query;
  return [isSearching ? [] : (offered?.options ?? []), isSearching];
}
