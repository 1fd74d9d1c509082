import type { ModalView } from '@slack/types';
import {
  fieldPaths,
  usesAdvanced,
  withFollowers,
  withNewFields,
} from '../src/domain/migration/fields';
import {
  buildRequestForm,
  type FormMemory,
  type FormState,
  offerOf,
  readFormMemory,
  readNames,
  readNotices,
  readRequestForm,
  readWarnings,
  requestFormId,
} from '../views/requestForm';
import type { HandlerContext } from './context';
import { isSlackError } from './isSlackError';
import type { ActionArgs, Listener } from './listener';

/**
 * Redraws the form after a choice changed its fields. The new view keeps the block_id and action_id
 * of each remaining field, so Slack keeps their values, including later entries. The view's hash
 * prevents a late redraw from replacing a newer view, such as the answer to a submitted form.
 */
export function reshapeRequestForm(
  context: HandlerContext,
  inOrder: InOrder,
): Listener<ActionArgs> {
  return async ({ body, client }) => {
    const { view } = body;
    if (view?.callback_id !== requestFormId) return;
    const memory = readFormMemory(view.private_metadata);
    if (memory === undefined) return;
    const reshaped = reshape(context, { ...view, memory });
    await inOrder(view.id, view.hash, async (hash) => {
      try {
        const answer = await client.views.update({ view_id: view.id, hash, view: reshaped });
        return answer.view?.hash;
      } catch (error) {
        // A form that was submitted, closed or redrawn elsewhere needs no redraw. A person who
        // submits the unchanged form gets it back with the missing fields.
        if (!isSlackError(error, 'hash_conflict', 'not_found')) {
          context.log.warn('a form could not be redrawn', { user: body.user.id, error });
        }
        return undefined;
      }
    });
  };
}

/** The form after a choice. `memory` is from before it. Everything that the form shows stays. */
export function reshape(
  { messages, offer: offerNow }: Pick<HandlerContext, 'messages' | 'offer'>,
  {
    blocks,
    memory: { scope, warned, ...memory },
    state,
  }: { blocks: readonly unknown[]; memory: FormMemory; state: FormState },
): ModalView {
  const offer = offerNow();
  const chosen = readRequestForm(state);
  const followed = withFollowers(chosen, scope, offerOf(offer, memory));
  const isClosed = chosen.Advanced === undefined && usesAdvanced(followed, offerOf(offer, memory));
  const isChanged = fieldPaths.some((path) => followed[path] !== chosen[path]);
  return buildRequestForm(messages, {
    values: withNewFields(
      followed,
      offerOf(offer, memory),
      (path) => state.values[path] !== undefined,
    ),
    names: readNames(state),
    notices: readNotices(blocks),
    warnings: readWarnings(blocks, warned),
    offer,
    memory: { ...memory, follows: memory.follows + (isChanged || isClosed ? 1 : 0) },
  });
}

type InOrder = ReturnType<typeof oneAfterTheOther>;

/** The number of views whose hashes are kept. */
const mostViews = 500;

/**
 * Runs updates of one view in order. Each gets the hash of the view after the previous update, because
 * several choices may carry the same hash, from before the first update.
 */
export function oneAfterTheOther() {
  interface Known {
    /** All hashes of the view while it was redrawn here, the current one last. */
    hashes: readonly string[];
  }
  const last = new Map<string, Promise<Known>>();
  return async (
    viewId: string,
    hash: string,
    work: (hash: string) => Promise<string | undefined>,
  ): Promise<void> => {
    const previous = last.get(viewId);
    const mine = (async (): Promise<Known> => {
      const { hashes = [] } = (await previous) ?? {};
      const known = hashes.includes(hash) ? hashes : [hash];
      const after = await work(known.at(-1) ?? hash);
      return { hashes: after === undefined ? known : [...known, after] };
    })();
    last.delete(viewId);
    last.set(viewId, mine);
    const [oldest] = last.keys();
    if (last.size > mostViews && oldest !== undefined) last.delete(oldest);
    await mine;
  };
}
