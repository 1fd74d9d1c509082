import { useState } from 'preact/hooks';
import { BotPanel } from './botPanel';
import { CloudPanel } from './cloudPanel';
import { usePage } from './page';
import { SlackPanel } from './slackPanel';
import { useWords } from './words';

const TABS = [
  ['cloud', CloudPanel],
  ['slack', SlackPanel],
  ['bot', BotPanel],
] as const;

/** What is behind the conversation: both services and the bot, and their faults. */
export function Workshop({
  isFolded,
  fold,
}: {
  readonly isFolded: boolean;
  readonly fold: (isFolded: boolean) => void;
}) {
  const { sections, control } = usePage();
  const words = useWords();
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
  if (isFolded) {
    return (
      <aside class="workshop folded" aria-label={words.behind}>
        <button type="button" class="unfold" onClick={() => fold(false)}>
          <span aria-hidden="true">◂</span> {words.unfold}
          {mistakes.length > 0 ? <span class="badge">{mistakes.length}</span> : null}
        </button>
      </aside>
    );
  }
  return (
    <aside class="workshop" aria-label={words.behind}>
      <Mistakes />
      {armed.length === 0 ? null : (
        <div class="armed" role="status">
          <strong>{words.willHappen}</strong>
          <ul>
            {armed.map((label) => (
              <li key={label}>{label}</li>
            ))}
          </ul>
          <button type="button" onClick={() => void control({ control: 'mend' })}>
            {words.mend}
          </button>
        </div>
      )}
      <div class="tabs-bar">
        <div class="tabs" role="tablist" aria-label={words.behind} onKeyDown={show} tabIndex={-1}>
          {TABS.map(([id]) => (
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
              {words.tabs[id]}
              {id === 'slack' && mistakes.length > 0 ? (
                <span class="badge">{mistakes.length}</span>
              ) : null}
            </button>
          ))}
        </div>
        <button type="button" class="fold" aria-label={words.fold} onClick={() => fold(true)}>
          ▸
        </button>
      </div>
      <div
        class="panel"
        id="workshop-panel"
        role="tabpanel"
        aria-labelledby={`tab-${open}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: people must reach a scrolling area with the keyboard
        tabIndex={0}
      >
        {TABS.map(([id, Panel]) => (id === open ? <Panel key={id} /> : null))}
      </div>
    </aside>
  );
}

/** The app's invalid calls, by Slack's errors. */
function Mistakes() {
  const { mistakes } = usePage().sections.machine;
  const words = useWords();
  const last = mistakes.at(-1);
  if (last === undefined) return null;
  return (
    <div class="mistake" role="alert">
      <strong>{words.mistake(mistakes.length)}</strong>
      <p>
        {last.where}: <code>{last.error}</code> {last.detail}
      </p>
    </div>
  );
}
