import type { Entry, Outcome, View } from '../wire';
import type { Page } from './page';
import type { Form, Surface } from './surface';

/** A view with active blocks. Drafts and errors belong to modals. */
export function viewSurface(
  view: View,
  perform: Page['perform'],
  drafts: Readonly<Record<string, string>> = {},
  errors: Readonly<Record<string, string>> = {},
  type: Form['type'] = () => {},
): Surface {
  const { id } = view;
  const enter = (key: string, entry: Entry): Promise<Outcome> =>
    perform({ do: 'fill', view: id, entries: { ...drafts, [key]: entry } });
  return {
    name: id,
    values: view.values,
    errors,
    chosen: {},
    click: (blockId, actionId, choice) => {
      const more = choice === undefined ? {} : { choice };
      return perform({ do: 'click', target: { id }, blockId, actionId, ...more });
    },
    form: {
      drafts,
      type,
      enter,
      async suggest(key, query) {
        const outcome = await perform({ do: 'suggest', view: id, key, query });
        return outcome.kind === 'options' ? outcome.options : [];
      },
      async upload(file) {
        const bytes = new Uint8Array(await file.arrayBuffer());
        const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
        const outcome = await perform({ do: 'upload', name: file.name, base64 });
        return outcome.kind === 'uploaded' ? outcome.fileId : undefined;
      },
    },
  };
}
