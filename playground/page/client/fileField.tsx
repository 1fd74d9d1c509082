import { useState } from 'preact/hooks';
import { listAt, numberAt, objectsAt, textAt } from '../../slack/json';
import type { ChosenProps } from './about';
import { useSurface } from './surface';
import { useWords } from './words';

/** Files that are uploaded as soon as they are selected. */
export function FileField({ slot, about, value, enter }: ChosenProps) {
  const { form } = useSurface();
  const words = useWords();
  const [isBusy, setIsBusy] = useState(false);
  const files = objectsAt(value, 'files');
  const ids = files.map((file) => textAt(file, 'id') ?? '');
  const types = listAt(slot.element, 'filetypes').map((type) => `.${String(type)}`);
  const add = async (chosen: readonly File[]): Promise<void> => {
    if (form === undefined || chosen.length === 0) return;
    setIsBusy(true);
    const uploaded = await Promise.all(chosen.map((file) => form.upload(file)));
    setIsBusy(false);
    enter([...ids, ...uploaded.filter((id) => id !== undefined)]);
  };
  return (
    <div class="files" aria-busy={isBusy}>
      <input
        id={about.id}
        type="file"
        accept={types.join(',')}
        multiple={(numberAt(slot.element, 'max_files') ?? 10) > 1}
        aria-describedby={about.describedBy}
        aria-invalid={about.isWrong}
        onChange={(event) => {
          const input = event.currentTarget;
          void add([...(input.files ?? [])]).then(() => {
            input.value = '';
          });
        }}
      />
      {files.map((file) => {
        const name = textAt(file, 'name') ?? '';
        return (
          <span class="chip" key={textAt(file, 'id')}>
            {name}
            <button
              type="button"
              aria-label={words.remove(name)}
              onClick={() => enter(ids.filter((id) => id !== textAt(file, 'id')))}
            >
              ✕
            </button>
          </span>
        );
      })}
    </div>
  );
}
