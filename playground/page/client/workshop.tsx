import { useState } from 'preact/hooks';
import { BotPanel } from './botPanel';
import { CloudPanel } from './cloudPanel';
import { usePage } from './page';
import { SlackPanel } from './slackPanel';

const TABS = [
  ['cloud', 'Tencent Cloud', CloudPanel],
  ['slack', 'Slack', SlackPanel],
  ['bot', 'Bot', BotPanel],
] as const;

/** What is behind the conversation: both services and the bot, and what can go wrong with them. */
export function Workshop() {
  const { sections, control } = usePage();
  const [open, setOpen] = useState<(typeof TABS)[number][0]>('cloud');
  const { armed, mistakes } = sections.machine;
  const show = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = TABS.findIndex(([id]) => id === open);
    const next = TABS[(at + step + TABS.length) % TABS.length];
    if (next === undefined) return;
    setOpen(next[0]);
    document.getElementById(`tab-${next[0]}`)?.focus();
  };
  return (
    <aside class="workshop" aria-label="Behind the scenes">
      <Mistakes />
      {armed.length === 0 ? null : (
        <div class="armed" role="status">
          <strong>Will happen next</strong>
          <ul>
            {armed.map((label) => (
              <li key={label}>{label}</li>
            ))}
          </ul>
          <button type="button" onClick={() => void control({ control: 'mend' })}>
            Let it be
          </button>
        </div>
      )}
      <div
        class="tabs"
        role="tablist"
        aria-label="Behind the scenes"
        onKeyDown={show}
        tabIndex={-1}
      >
        {TABS.map(([id, name]) => (
          <button
            type="button"
            key={id}
            role="tab"
            id={`tab-${id}`}
            aria-selected={open === id}
            aria-controls="workshop-panel"
            tabIndex={open === id ? 0 : -1}
            onClick={() => setOpen(id)}
          >
            {name}
            {id === 'slack' && mistakes.length > 0 ? (
              <span class="badge">{mistakes.length}</span>
            ) : null}
          </button>
        ))}
      </div>
      <div
        class="panel"
        id="workshop-panel"
        role="tabpanel"
        aria-labelledby={`tab-${open}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
        tabIndex={0}
      >
        {TABS.map(([id, , Panel]) => (id === open ? <Panel key={id} /> : null))}
      </div>
    </aside>
  );
}

/** What the app sent that Slack refuses, by Slack's own names. */
function Mistakes() {
  const { mistakes } = usePage().sections.machine;
  const last = mistakes.at(-1);
  if (last === undefined) return null;
  return (
    <div class="mistake" role="alert">
      <strong>
        The app sent something wrong{mistakes.length > 1 ? `, ${mistakes.length} times` : ''}
      </strong>
      <p>
        {last.where}: <code>{last.error}</code> {last.detail}
      </p>
    </div>
  );
}
