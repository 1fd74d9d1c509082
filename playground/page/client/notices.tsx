import { useCallback, useState } from 'preact/hooks';
import { useWords } from './words';

/** A notice, and whether Slack's client would show it too. */
export interface NoticeText {
  readonly by: 'slack' | 'playground';
  readonly text: string;
}

interface Notice extends NoticeText {
  readonly id: number;
}

/** Long enough to read two sentences. */
const SHOWN_MS = 8_000;

/** Short messages for the person at the page, which disappear. */
export function useNotices() {
  const [list, setList] = useState<readonly Notice[]>([]);
  const remove = useCallback((id: number) => {
    setList((before) => before.filter((each) => each.id !== id));
  }, []);
  const add = useCallback(
    (notice: NoticeText) => {
      const id = Date.now() + Math.random();
      setList((before) => [...before.slice(-2), { ...notice, id }]);
      setTimeout(() => remove(id), SHOWN_MS);
    },
    [remove],
  );
  return { list, add, remove };
}

export function Notices({ list, remove }: Omit<ReturnType<typeof useNotices>, 'add'>) {
  const words = useWords();
  return (
    <div class="notices" role="alert">
      {list.map(({ id, by, text }) => (
        <div class="notice" data-by={by} key={id}>
          <span>
            <strong>{by === 'slack' ? words.slackSays : words.playgroundSays}</strong> {text}
          </span>
          <button
            type="button"
            class="plain"
            aria-label={words.dismissNotice}
            onClick={() => remove(id)}
          >
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
