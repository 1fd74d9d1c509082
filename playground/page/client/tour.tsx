import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ALICE, BOB } from '../../slack/workspace/seed';
import type { Sections } from '../wire';
import { type Page, type TourProgress, usePage } from './page';
import { useWords } from './words';

const KEY = 'tour';
/** The scene in which the person took the steps. */
const SCENE_KEY = 'tour-scene';
/** Long enough to see that a step is done. */
const PAUSE_MS = 1_500;
const ASKED = 'tour-asked-for';

interface Step {
  /** The person whose turn it is. */
  readonly as: string;
  readonly help?: (page: Page) => void;
  readonly isDone: (sections: Sections) => boolean;
}

/** The steps. `words` has their texts. */
const STEPS: readonly Step[] = [
  {
    as: ALICE,
    help: ({ sections, perform }) => {
      const channel = sections.workspace.channels.find(({ name }) => name === 'db-migrations');
      if (channel === undefined) return;
      const text = '/migrate new orders-to-shanghai';
      void perform({ do: 'command', channel: channel.id, text });
    },
    isDone: ({ views }) => views.modals.length > 0,
  },
  {
    as: ALICE,
    isDone: ({ messages }) =>
      messages.some(({ threadTs, blocks }) => threadTs === undefined && blocks.length > 0),
  },
  { as: BOB, isDone: ({ cloud }) => cloud.jobs.length > 0 },
  {
    as: ALICE,
    help: ({ control }) =>
      void control({
        control: 'breakCloud',
        action: 'CreateMigrateJob',
        fault: { kind: 'code', code: 'InternalError.DatabaseError' },
        times: 1,
      }),
    isDone: ({ cloud }) =>
      cloud.calls.some(({ action, jobId }) => action === 'CreateMigrateJob' && jobId === undefined),
  },
  { as: ALICE, isDone: ({ cloud }) => cloud.jobs.length > 1 },
];

/** Opens the tour at its first step. */
export function askForTour(): void {
  dispatchEvent(new Event(ASKED));
}

/** The person's place in the tour. The next step follows automatically. */
export function useTour(sections: Sections | undefined): TourProgress {
  const [at, setAt] = useState(() => Number(localStorage.getItem(KEY) ?? 0));
  const life = useRef<string | undefined>(undefined);
  const go = useCallback((next: number): void => {
    localStorage.setItem(KEY, String(next));
    setAt(next);
  }, []);
  useEffect(() => {
    const begin = (): void => go(0);
    addEventListener(ASKED, begin);
    return () => removeEventListener(ASKED, begin);
  }, [go]);
  const now = sections?.machine.life;
  useEffect(() => {
    if (now === undefined) return;
    const isOver = life.current !== undefined && now !== life.current;
    // Another scene is empty. A tour that was ended earlier does not come back with the next visit.
    const isOther = localStorage.getItem(SCENE_KEY) !== now;
    if (isOver || (isOther && Number(localStorage.getItem(KEY) ?? 0) < STEPS.length)) go(0);
    localStorage.setItem(SCENE_KEY, now);
    life.current = now;
  }, [now, go]);
  const isDone = sections !== undefined && STEPS[at]?.isDone(sections) === true;
  const isLast = at === STEPS.length - 1;
  useEffect(() => {
    if (!isDone || isLast) return undefined;
    const timer = setTimeout(() => go(at + 1), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [isDone, isLast, at, go]);
  return { at, go };
}

/**
 * The step of the tour. While a modal is open, it is drawn inside the modal, so that nothing covers
 * it.
 */
export function Tour() {
  const page = usePage();
  const words = useWords();
  const { become, tour, sections } = page;
  const { at, go } = tour;
  const step = STEPS[at];
  const said = words.tourSteps[at];
  if (step === undefined || said === undefined) return null;
  const isDone = step.isDone(sections);
  const isLast = at === STEPS.length - 1;
  const { as, help } = step;
  const person = sections.workspace.people.find(({ id }) => id === as);
  return (
    <section class="tour" aria-label={words.tourName}>
      <h2>{said.title}</h2>
      <p>{said.text}</p>
      <p class="done" role="status">
        {isDone ? words.done : ''}
      </p>
      <div class="row">
        {as === page.me.id || person === undefined ? null : (
          <button type="button" onClick={() => become(as)}>
            {words.become(person.name)}
          </button>
        )}
        {help === undefined || sections.views.modals.length > 0 ? null : (
          <button type="button" onClick={() => help(page)}>
            {said.help}
          </button>
        )}
      </div>
      <div class="row">
        <button type="button" onClick={() => go(STEPS.length)}>
          {words.endTour}
        </button>
        <span class="gap" />
        {at === 0 ? null : (
          <button type="button" onClick={() => go(at - 1)}>
            {words.back}
          </button>
        )}
        <button
          type="button"
          class="kit-button"
          data-style={isDone ? 'primary' : undefined}
          onClick={() => go(at + 1)}
        >
          {isLast ? words.finish : words.next}
        </button>
      </div>
    </section>
  );
}
