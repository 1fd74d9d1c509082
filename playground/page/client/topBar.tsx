import { useState } from 'preact/hooks';
import { Clock } from './clock';
import { ConfirmDialog } from './confirmDialog';
import { usePage } from './page';
import { chooseTheme, rememberedTheme } from './theme';
import { askForTour } from './tour';
import { useWords } from './words';

export function TopBar() {
  const { me, sections, isGone, control, become } = usePage();
  const words = useWords();
  const [isResetting, setIsResetting] = useState(false);
  const { workspace, machine } = sections;
  const [theme, setTheme] = useState(rememberedTheme);
  const other = theme === 'light' ? 'dark' : 'light';
  const people = workspace.people.filter(({ id }) => id !== workspace.app.id);
  return (
    <header class="top">
      <h1>
        {words.name(workspace.app.name)[0]}
        <span>{words.name(workspace.app.name)[1]}</span>
      </h1>
      <label class="who">
        <span>{words.youAre}</span>
        <select
          aria-label={words.youAre}
          value={me.id}
          onChange={(event) => become(event.currentTarget.value)}
        >
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name} – {roleOf(words, id)}
            </option>
          ))}
        </select>
      </label>
      <details class="menu">
        <summary>{words.anotherWindow}</summary>
        <ul>
          {people.map(({ id, name }) => (
            <li key={id}>
              <a href={`?as=${id}`} target="_blank" rel="noreferrer">
                {name} <small>{roleOf(words, id)}</small>
              </a>
            </li>
          ))}
        </ul>
      </details>
      <Clock />
      <span class="status" data-state={isGone ? 'gone' : machine.bot} role="status">
        {isGone ? words.gone : words.status[machine.bot](workspace.app.name)}
      </span>
      {machine.bot === 'stopped' ? (
        <button type="button" onClick={() => void control({ control: 'start' })}>
          {words.start}
        </button>
      ) : (
        <button type="button" onClick={() => void control({ control: 'kill' })}>
          {words.kill}
        </button>
      )}
      <span class="gap" />
      <details class="menu right">
        <summary>{words.differs}</summary>
        <section class="steps" aria-label={words.differsTitle}>
          <h2>{words.differsTitle}</h2>
          <ul>
            {words.differences.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </section>
      </details>
      <button type="button" onClick={askForTour}>
        {words.tour}
      </button>
      <button
        type="button"
        onClick={() => {
          chooseTheme(other);
          setTheme(other);
        }}
      >
        {words[other]}
      </button>
      <button type="button" onClick={() => setIsResetting(true)}>
        {words.reset}
      </button>
      {isResetting ? (
        <ConfirmDialog
          confirm={{
            title: plain(words.resetTitle),
            text: plain(words.resetText),
            confirm: plain(words.resetConfirm),
            deny: plain(words.cancel),
            style: 'danger',
          }}
          answered={(isConfirmed) => {
            setIsResetting(false);
            if (isConfirmed) void control({ control: 'reset' });
          }}
        />
      ) : null}
    </header>
  );
}

const plain = (text: string) => ({ type: 'plain_text', text });

function roleOf({ roles }: ReturnType<typeof useWords>, id: string): string | undefined {
  return new Map(Object.entries(roles)).get(id);
}
