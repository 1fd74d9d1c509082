import { isObject, type Json, type JsonObject, objectAt, objectsAt, textAt } from '../json';
import { Problems } from '../records/problems';
import { checkBlocks } from './checkBlocks';
import { checkStringAt, checkTextAt, plain } from './checkText';

export type ViewVerdict =
  | { readonly kind: 'valid'; readonly content: JsonObject }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'invalid'; readonly messages: readonly string[] };

const MOST_BYTES = 250 * 1024;

/** Checks a method's view argument. */
export function checkView(view: Json | undefined, kind: 'modal' | 'home'): ViewVerdict {
  const problems = new Problems();
  if (!isObject(view)) {
    problems.add('/view', 'must provide an object');
    return { kind: 'invalid', messages: problems.messages };
  }
  if (Buffer.byteLength(JSON.stringify(view)) > MOST_BYTES) return { kind: 'tooLarge' };
  if (textAt(view, 'type') !== kind) problems.add('/view/type', `must be ${kind}`);
  if (kind === 'modal') checkFrame(problems, view);
  checkStringAt(problems, view, 'private_metadata', '/view', { max: 3000, presence: 'optional' });
  checkStringAt(problems, view, 'callback_id', '/view', { max: 255, presence: 'optional' });
  checkStringAt(problems, view, 'external_id', '/view', { max: 255, presence: 'optional' });
  checkBlocks(problems, view['blocks'], '/view/blocks', kind);
  const focused = objectsAt(view, 'blocks').filter(
    (block) => objectAt(block, 'element')?.['focus_on_load'] === true,
  );
  if (focused.length > 1) problems.add('/view/blocks', 'only one element can be focused on load');
  return problems.messages.length === 0
    ? { kind: 'valid', content: view }
    : { kind: 'invalid', messages: problems.messages };
}

function checkFrame(problems: Problems, view: JsonObject): void {
  checkTextAt(problems, view, 'title', '/view', plain(24));
  checkTextAt(problems, view, 'submit', '/view', plain(24, 'optional'));
  checkTextAt(problems, view, 'close', '/view', plain(24, 'optional'));
  const takesInput = objectsAt(view, 'blocks').some((block) => textAt(block, 'type') === 'input');
  if (takesInput && objectAt(view, 'submit') === undefined) {
    problems.add('/view', 'missing required field: submit (the view has an input block)');
  }
}
