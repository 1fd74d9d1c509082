import { useCallback, useState } from 'preact/hooks';

interface Notice {
  readonly id: number;
  readonly text: string;
}

/** Short messages to the person at the page, until they are put away. */
export function useNotices() {
  const [list, setList] = useState<readonly Notice[]>([]);
  const add = useCallback((text: string) => {
    setList((before) => [...before.slice(-2), { id: (before.at(-1)?.id ?? 0) + 1, text }]);
  }, []);
  const remove = useCallback((id: number) => {
    setList((before) => before.filter((each) => each.id !== id));
  }, []);
  return { list, add, remove };
}

export function Notices({ list, remove }: Omit<ReturnType<typeof useNotices>, 'add'>) {
  return (
    <div class="notices" role="alert">
      {list.map(({ id, text }) => (
        <div class="notice" key={id}>
          <span>{text}</span>
          <button type="button" class="plain" aria-label="Dismiss" onClick={() => remove(id)}>
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
