import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { ALICE, DB_MIGRATIONS } from '../../slack/workspace/seed';
import type { Control, Deed, Outcome, Sections } from '../wire';
import { wordsFor } from '../words';
import { AppHome } from './appHome';
import { type Connection, GONE, listen, sendControl, sendDeed } from './connection';
import { Conversation } from './conversation';
import { Modals } from './modals';
import { Notices, type NoticeText, useNotices } from './notices';
import { type Page, PageContext, type Place } from './page';
import { Sidebar } from './sidebar';
import { Thread } from './thread';
import { TopBar } from './topBar';
import { Tour, useTour } from './tour';
import { Workshop } from './workshop';

const fromAddress = (): string => new URLSearchParams(location.search).get('as') ?? ALICE;

export function App() {
  const [userId, setUserId] = useState(fromAddress);
  const [sections, setSections] = useState<Sections>();
  const [connection, setConnection] = useState<Connection>('live');
  const [place, setPlace] = useState<Place>({ kind: 'channel', id: DB_MIGRATIONS });
  const [thread, setThread] = useState<{ channel: string; ts: string }>();
  const [isFolded, fold] = useState(() => innerWidth < 1200);
  const notices = useNotices();
  const { add } = notices;

  const tour = useTour(sections);
  const me = sections?.workspace.people.find(({ id }) => id === userId);
  const words = wordsFor(me?.locale ?? navigator.language);

  useEffect(() => listen(userId, setSections, setConnection), [userId]);

  const become = useCallback((next: string): void => {
    history.replaceState(null, '', `?as=${next}`);
    setSections(undefined);
    setThread(undefined);
    setPlace({ kind: 'channel', id: DB_MIGRATIONS });
    setUserId(next);
  }, []);

  const perform = useCallback(
    async (deed: Deed): Promise<Outcome> => {
      const outcome = await sendDeed(userId, deed);
      if (outcome.kind === 'failed') add(failure(words, deed, outcome));
      return outcome;
    },
    [userId, add, words],
  );
  const control = useCallback(
    async (what: Control): Promise<void> => {
      const outcome = await sendControl(what);
      if (outcome.kind === 'failed') {
        add({ by: 'playground', text: playgroundError(words, outcome.error) });
      }
      if (what.control === 'reset') setThread(undefined);
    },
    [add, words],
  );

  const page = useMemo<Page | undefined>(() => {
    if (sections === undefined || me === undefined) return undefined;
    const goTo = (next: Place): void => {
      setThread(undefined);
      setPlace(next);
    };
    const isGone = connection === 'gone';
    return { me, sections, isGone, perform, control, openThread: setThread, goTo, become, tour };
  }, [sections, me, connection, perform, control, become, tour.at]);
  const name = sections?.workspace.app.name ?? 'Playground';
  useEffect(() => {
    document.title = me === undefined ? name : `${me.name} – ${name} playground`;
  }, [me, name]);
  if (connection === 'unknown') {
    return (
      <p class="loading" role="alert">
        {words.nobody(userId)} <a href="/">{words.asAlice}</a>
      </p>
    );
  }
  if (page === undefined) {
    return <p class="loading">{connection === 'gone' ? words.gone : words.starting}</p>;
  }

  return (
    <PageContext.Provider value={page}>
      <TopBar />
      <div class="columns" data-folded={isFolded}>
        <Sidebar place={place}>{page.sections.views.modals.length === 0 ? <Tour /> : null}</Sidebar>
        <main class="talk" data-thread={thread !== undefined}>
          {place.kind === 'home' ? (
            <AppHome key={userId} />
          ) : (
            <Conversation key={`${userId}${place.id}`} channelId={place.id} />
          )}
          {thread === undefined ? null : <Thread key={thread.ts} root={thread} />}
        </main>
        <Workshop isFolded={isFolded} fold={fold} />
      </div>
      <Modals />
      <Notices {...notices} />
    </PageContext.Provider>
  );
}

const playgroundError = (words: ReturnType<typeof wordsFor>, error: string): string =>
  error === GONE ? words.gone : words.pageError(error);

/** Errors of the person's client are the playground's own; all others come from Slack. */
function failure(
  words: ReturnType<typeof wordsFor>,
  deed: Deed,
  { error, detail }: Extract<Outcome, { kind: 'failed' }>,
): NoticeText {
  if (detail !== undefined)
    return { by: 'playground', text: `${words.pageError(error)} ${detail}` };
  if (error.startsWith('http_') || error === GONE) {
    return { by: 'playground', text: playgroundError(words, error) };
  }
  if (deed.do !== 'command') return { by: 'slack', text: words.slackError(error) };
  const [name = ''] = deed.text.split(' ');
  const text =
    error === 'unknown_command' ? words.unknownCommand(name) : words.commandFailed(name, error);
  return { by: 'slack', text };
}
