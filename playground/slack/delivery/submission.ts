import { checkView } from '../blocks/checkView';
import { slotsOf } from '../blocks/slots';
import { isObject, type JsonObject, objectAt, textAt } from '../json';
import type { Recorder } from '../records/recorder';
import type { View } from '../workspace/view';
import type { World } from '../workspace/world';
import type { Acknowledgement } from './deliverer';

/** What a person sees after Submit. */
export type Submission =
  /** The client marks these blocks, and nothing was delivered. */
  | { readonly result: 'incomplete'; readonly blocks: readonly string[] }
  /** The modal closed. One below it may be visible again. */
  | { readonly result: 'closed' }
  | { readonly result: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly result: 'updated'; readonly view: View }
  | { readonly result: 'pushed'; readonly view: View }
  /** The modal stays, with a banner that something went wrong. */
  | { readonly result: 'failed'; readonly error: string };

/** Applies the acknowledgement of a view_submission. */
export function applySubmission(
  world: World,
  recorder: Recorder,
  submitted: View,
  acknowledgement: Acknowledgement,
): Submission {
  if (!acknowledgement.ok) return { result: 'failed', error: acknowledgement.error };
  const { response } = acknowledgement;
  const failed = (error: string, detail = ''): Submission => {
    recorder.mistake('acknowledgement', error, detail);
    return { result: 'failed', error };
  };
  if (!isObject(response)) {
    world.views.close(submitted.id);
    return { result: 'closed' };
  }
  const action = textAt(response, 'response_action');
  switch (action) {
    case undefined:
      world.views.close(submitted.id);
      return { result: 'closed' };
    case 'clear':
      world.views.clear(submitted.userId);
      return { result: 'closed' };
    case 'errors':
      return shownErrors(submitted, objectAt(response, 'errors') ?? {}, failed);
    case 'update':
    case 'push': {
      const verdict = checkView(response['view'], 'modal');
      if (verdict.kind === 'tooLarge') return failed('view_too_large');
      if (verdict.kind === 'invalid') {
        return failed('invalid_arguments', verdict.messages.join('; '));
      }
      const outcome =
        action === 'push'
          ? world.views.push(submitted.userId, verdict.content)
          : world.views.update(submitted, verdict.content, undefined);
      if (outcome.kind === 'refused') return failed(outcome.error);
      return { result: action === 'push' ? 'pushed' : 'updated', view: outcome.view };
    }
    default:
      return failed('invalid_response_action', action);
  }
}

function shownErrors(
  submitted: View,
  errors: JsonObject,
  failed: (error: string, detail?: string) => Submission,
): Submission {
  const inputs = slotsOf(submitted.blocks)
    .filter(({ place }) => place === 'input')
    .map(({ blockId }) => blockId);
  const unknown = Object.keys(errors).filter((blockId) => !inputs.includes(blockId));
  if (unknown.length > 0) return failed('unknown_block_in_errors', unknown.join(', '));
  if (Object.keys(errors).length === 0) return failed('no_errors');
  const shown = Object.entries(errors).map(([key, value]) => [key, String(value)] as const);
  return { result: 'errors', errors: Object.fromEntries(shown) };
}
