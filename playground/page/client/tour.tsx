import { useEffect, useState } from 'preact/hooks';
import { ALICE, BOB } from '../../slack/workspace/seed';
import type { Sections } from '../wire';
import { type Page, usePage } from './page';

const KEY = 'tour';
/** Long enough to see that a step is done. */
const PAUSE_MS = 1_500;
const ASKED = 'tour-asked-for';

interface Step {
  readonly title: string;
  readonly text: string;
  /** Whose turn it is. */
  readonly as: string;
  readonly help?: { readonly label: string; readonly give: (page: Page) => void };
  readonly isDone: (sections: Sections) => boolean;
}

const bodies = ({ messages }: Sections): string => JSON.stringify(messages);

const STEPS: readonly Step[] = [
  {
    title: '1. Ask',
    as: ALICE,
    text: 'You are Alice. Type /migrate new orders-to-shanghai in #db-migrations, or press the button: the form opens, filled in from a preset.',
    help: {
      label: 'Type it for me',
      give: ({ sections, perform }) => {
        const channel = sections.workspace.channels.find(({ name }) => name === 'db-migrations');
        if (channel === undefined) return;
        const text = '/migrate new orders-to-shanghai';
        void perform({ do: 'command', channel: channel.id, text });
      },
    },
    isDone: ({ views }) => views.modals.length > 0,
  },
  {
    title: '2. Get it wrong, then right',
    as: ALICE,
    text: 'Change the source port to 70000, pick the secret orders-source as the password, give a reason, and send: the mistake is named at its field. Put 10301 there and send again.',
    isDone: ({ messages }) =>
      messages.some(({ threadTs, blocks }) => threadTs === undefined && blocks.length > 0),
  },
  {
    title: '3. Approve',
    as: BOB,
    text: 'Alice may not approve her own request; try it, then become Bob, who is a DBA, and press Approve. The job appears in the Tencent Cloud panel.',
    isDone: ({ cloud }) => cloud.jobs.length > 0,
  },
  {
    title: '4. Break it',
    as: ALICE,
    text: 'Plan a bad answer for the next CreateMigrateJob with the button, then clone the request as Alice, send it, and approve it as Bob.',
    help: {
      label: 'Plan InternalError.DatabaseError',
      give: ({ control }) =>
        void control({
          control: 'breakCloud',
          action: 'CreateMigrateJob',
          fault: { kind: 'code', code: 'InternalError.DatabaseError' },
          times: 1,
        }),
    },
    isDone: ({ cloud }) =>
      cloud.calls.some(({ action, jobId }) => action === 'CreateMigrateJob' && jobId === undefined),
  },
  {
    title: '5. Recover',
    as: BOB,
    text: 'The thread explains the error, and says what to do next and who can do it. As Bob, press Try again on the card: the job is created after all.',
    isDone: (sections) => sections.cloud.jobs.length > 1 && bodies(sections).length > 0,
  },
];

/** Opens the tour at its first step. */
export function askForTour(): void {
  dispatchEvent(new Event(ASKED));
}

export function Tour({ become }: { readonly become: (userId: string) => void }) {
  const page = usePage();
  const [at, setAt] = useState(() => Number(localStorage.getItem(KEY) ?? 0));
  const [life] = useState(page.sections.machine.life);
  const go = (next: number): void => {
    localStorage.setItem(KEY, String(next));
    setAt(next);
  };
  useEffect(() => {
    const begin = (): void => go(0);
    addEventListener(ASKED, begin);
    return () => removeEventListener(ASKED, begin);
  }, []);
  const now = page.sections.machine.life;
  useEffect(() => {
    if (now !== life) go(0);
  }, [now, life]);

  const step = STEPS[at];
  const isDone = step?.isDone(page.sections) === true;
  const isLast = at === STEPS.length - 1;
  useEffect(() => {
    if (!isDone || isLast) return undefined;
    const timer = setTimeout(() => go(at + 1), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [isDone, isLast, at]);
  if (step === undefined) return null;
  const { title, text, as, help } = step;
  const person = page.sections.workspace.people.find(({ id }) => id === as);
  return (
    <section class="tour" aria-label="Guided tour">
      <h2>{title}</h2>
      <p>{text}</p>
      <p class="done" role="status">
        {isDone ? '✓ Done' : ''}
      </p>
      <div class="row">
        {as === page.me.id || person === undefined ? null : (
          <button type="button" onClick={() => become(as)}>
            Become {person.name}
          </button>
        )}
        {help === undefined ? null : (
          <button type="button" onClick={() => help.give(page)}>
            {help.label}
          </button>
        )}
        <span class="gap" />
        <button type="button" onClick={() => go(STEPS.length)}>
          End the tour
        </button>
        {at === 0 ? null : (
          <button type="button" onClick={() => go(at - 1)}>
            Back
          </button>
        )}
        <button
          type="button"
          class="kit-button"
          data-style={isDone ? 'primary' : undefined}
          onClick={() => go(at + 1)}
        >
          {isLast ? 'Finish' : 'Next'}
        </button>
      </div>
    </section>
  );
}
