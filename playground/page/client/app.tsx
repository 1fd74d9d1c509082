import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { ALICE, DB_MIGRATIONS } from '../../slack/workspace/seed';
import type { Control, Deed, Outcome, Sections } from '../wire';
import { AppHome } from './appHome';
import { listen, sendControl, sendDeed } from './connection';
import { Conversation } from './conversation';
import { Modals } from './modals';
import { Notices, useNotices } from './notices';
import { type Page, PageContext, type Place } from './page';
import { Sidebar } from './sidebar';
import { Thread } from './thread';
import { TopBar } from './topBar';
import { Tour } from './tour';
import { Workshop } from './workshop';

const fromAddress = (): string => new URLSearchParams(location.search).get('as') ?? ALICE;

export function App() {
  const [userId, setUserId] = useState(fromAddress);
  const [sections, setSections] = useState<Sections>();
  const [place, setPlace] = useState<Place>({ kind: 'channel', id: DB_MIGRATIONS });
  const [thread, setThread] = useState<{ channel: string; ts: string }>();
  const notices = useNotices();
  const { add } = notices;

  useEffect(() => listen(userId, setSections), [userId]);

  const become = (next: string): void => {
    history.replaceState(null, '', `?as=${next}`);
    setSections(undefined);
    setThread(undefined);
    setPlace({ kind: 'channel', id: DB_MIGRATIONS });
    setUserId(next);
  };

  const perform = useCallback(
    async (deed: Deed): Promise<Outcome> => {
      const outcome = await sendDeed(userId, deed);
      if (outcome.kind === 'failed') add(failure(deed, outcome));
      return outcome;
    },
    [userId, add],
  );
  const control = useCallback(
    async (what: Control): Promise<void> => {
      const outcome = await sendControl(what);
      if (outcome.kind === 'failed') add(`That did not work: ${outcome.error}.`);
      if (what.control === 'reset') setThread(undefined);
    },
    [add],
  );

  const me = sections?.workspace.people.find(({ id }) => id === userId);
  const page = useMemo<Page | undefined>(() => {
    if (sections === undefined || me === undefined) return undefined;
    const goTo = (next: Place): void => {
      setThread(undefined);
      setPlace(next);
    };
    return { me, sections, perform, control, openThread: setThread, goTo };
  }, [sections, me, perform, control]);
  const name = sections?.workspace.app.name ?? 'Playground';
  useEffect(() => {
    document.title = me === undefined ? name : `${me.name} – ${name} playground`;
  }, [me, name]);
  if (page === undefined) return <p class="loading">Starting…</p>;

  return (
    <PageContext.Provider value={page}>
      <TopBar become={become} />
      <div class="columns">
        <Sidebar place={place}>
          <Tour become={become} />
        </Sidebar>
        <main class="talk" data-thread={thread !== undefined}>
          {place.kind === 'home' ? (
            <AppHome key={userId} />
          ) : (
            <Conversation key={`${userId}${place.id}`} channelId={place.id} />
          )}
          {thread === undefined ? null : <Thread key={thread.ts} root={thread} />}
        </main>
        <Workshop />
      </div>
      <Modals />
      <Notices {...notices} />
    </PageContext.Provider>
  );
}

function failure(deed: Deed, { error, detail }: Extract<Outcome, { kind: 'failed' }>): string {
  const more = detail === undefined ? '' : ` ${detail}`;
  if (deed.do === 'command')
    return `${deed.text.split(' ')[0]} failed with the error “${error}”.${more}`;
  return `Slack says: ${error}.${more}`;
}
