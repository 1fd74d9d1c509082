import { useState } from 'preact/hooks';
import { Clock } from './clock';
import { usePage } from './page';
import { chooseTheme, rememberedTheme } from './theme';
import { askForTour } from './tour';

const STATES = {
  running: 'connected',
  starting: 'starting…',
  stopped: 'stopped',
} as const;

export function TopBar({ become }: { readonly become: (userId: string) => void }) {
  const { me, sections, control } = usePage();
  const { workspace, machine } = sections;
  const [theme, setTheme] = useState(rememberedTheme);
  const other = theme === 'light' ? 'dark' : 'light';
  const people = workspace.people.filter(({ id }) => id !== workspace.app.id);
  return (
    <header class="top">
      <h1>
        {workspace.app.name} <span>playground</span>
      </h1>
      <label class="who">
        <span>You are</span>
        <select
          aria-label="You are"
          value={me.id}
          onChange={(event) => become(event.currentTarget.value)}
        >
          {people.map(({ id, name, role }) => (
            <option key={id} value={id}>
              {name} – {role}
            </option>
          ))}
        </select>
      </label>
      <details class="menu">
        <summary>Another window</summary>
        <ul>
          {people.map(({ id, name, role }) => (
            <li key={id}>
              <a href={`?as=${id}`} target="_blank" rel="noreferrer">
                {name} <small>{role}</small>
              </a>
            </li>
          ))}
        </ul>
      </details>
      <Clock />
      <span class="status" data-state={machine.bot} role="status">
        {workspace.app.name} is {STATES[machine.bot]}
      </span>
      {machine.bot === 'stopped' ? (
        <button type="button" onClick={() => void control({ control: 'start' })}>
          Start it
        </button>
      ) : (
        <button type="button" onClick={() => void control({ control: 'kill' })}>
          Kill it
        </button>
      )}
      <span class="gap" />
      <button type="button" onClick={askForTour}>
        Tour
      </button>
      <button
        type="button"
        onClick={() => {
          chooseTheme(other);
          setTheme(other);
        }}
      >
        {other === 'dark' ? 'Dark' : 'Light'}
      </button>
      <button type="button" onClick={() => void control({ control: 'reset' })}>
        Reset
      </button>
    </header>
  );
}
