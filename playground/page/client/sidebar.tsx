import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { channelTitle, type Place, usePage } from './page';
import { useWords } from './words';

/** Channels and the app, with their unread messages. */
export function Sidebar({
  place,
  children,
}: {
  readonly place: Place;
  readonly children?: ComponentChildren;
}) {
  const { me, sections, goTo, perform } = usePage();
  const words = useWords();
  const { channels, app, team } = sections.workspace;
  const unread = useUnread(place);
  const direct = channels.find(({ kind, name }) => kind === 'direct' && name === me.id);
  const row = (id: string, label: string, count: number) => (
    <li key={id}>
      <button
        type="button"
        class="channel"
        aria-current={place.kind === 'channel' && place.id === id ? 'page' : undefined}
        data-unread={count > 0}
        onClick={() => goTo({ kind: 'channel', id })}
      >
        <span>{label}</span>
        {count > 0 ? (
          <span class="badge">
            {count}
            <span class="visually-hidden"> {words.newOnes}</span>
          </span>
        ) : null}
      </button>
    </li>
  );
  return (
    <nav class="side" aria-label={words.channels}>
      <div class="places">
        <p class="team">{team}</p>
        <h2>{words.channels}</h2>
        <ul>
          {channels.map(({ id, name, kind }) =>
            kind === 'direct' ? null : row(id, channelTitle(name, kind), unread(id)),
          )}
        </ul>
        <h2>{words.apps}</h2>
        <ul>
          <li>
            <button
              type="button"
              class="channel"
              aria-current={place.kind === 'home' ? 'page' : undefined}
              onClick={() => {
                goTo({ kind: 'home' });
                void perform({ do: 'openHome' });
              }}
            >
              {words.home(app.name)}
            </button>
          </li>
          {direct === undefined
            ? null
            : row(direct.id, words.messagesOf(app.name), unread(direct.id))}
        </ul>
      </div>
      {children}
    </nav>
  );
}

/** Counts other people's messages in a channel since it was last opened. */
function useUnread(place: Place): (channelId: string) => number {
  const { me, sections } = usePage();
  const seen = useRef(new Map<string, string>());
  const [begun] = useState(() => sections.messages.at(-1)?.ts ?? '');
  const here = place.kind === 'channel' ? place.id : undefined;
  const newest = sections.messages.filter(({ channel }) => channel === here).at(-1)?.ts;
  useEffect(() => {
    if (here !== undefined && newest !== undefined) seen.current.set(here, newest);
  }, [here, newest]);
  return (channelId) => {
    if (channelId === here) return 0;
    const since = seen.current.get(channelId) ?? begun;
    return sections.messages.filter(
      ({ channel, ts, user }) => channel === channelId && ts > since && user !== me.id,
    ).length;
  };
}
