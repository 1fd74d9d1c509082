import { checkOptionList } from '../blocks/checkElement';
import { checkTextAt, plain } from '../blocks/checkText';
import type { OfferedOption } from '../blocks/enteredValue';
import { innerTextAt, isObject, type Json, type JsonObject, objectsAt, textAt } from '../json';
import { Problems } from '../records/problems';

/** An option as the person sees it, with the label of its group. */
export interface ShownOption extends OfferedOption {
  readonly description?: string;
  readonly group?: string;
}

export type Suggested =
  | {
      readonly kind: 'options';
      readonly options: readonly JsonObject[];
      readonly shown: readonly ShownOption[];
    }
  | { readonly kind: 'invalid'; readonly messages: readonly string[] };

/** Reads the answer to a block_suggestion: `options` or `option_groups`, 100 at most. */
export function suggestedOptions(response: Json | undefined): Suggested {
  const problems = new Problems();
  if (!isObject(response)) {
    problems.add('', 'must have options or option_groups');
    return { kind: 'invalid', messages: problems.messages };
  }
  const groups = objectsAt(response, 'option_groups');
  if (response['option_groups'] === undefined) {
    const options = response['options'];
    // An empty list means that the app found nothing.
    if (!Array.isArray(options) || options.length > 0) {
      checkOptionList(problems, options, '/options', 'external_select', 100);
    }
  } else if (groups.length > 100) {
    problems.add('/option_groups', 'no more than 100 items allowed');
  }
  groups.forEach((group, index) => {
    const at = `/option_groups/${index}`;
    checkTextAt(problems, group, 'label', at, plain(75));
    checkOptionList(problems, group['options'], `${at}/options`, 'external_select', 100);
  });
  if (problems.messages.length > 0) return { kind: 'invalid', messages: problems.messages };
  const listed = [{ ...response, label: undefined }, ...groups];
  return {
    kind: 'options',
    options: listed.flatMap((group) => objectsAt(group, 'options')),
    shown: listed.flatMap((group) =>
      objectsAt(group, 'options').map((option) => shownOption(option, innerTextAt(group, 'label'))),
    ),
  };
}

function shownOption(option: JsonObject, group: string | undefined): ShownOption {
  const description = innerTextAt(option, 'description');
  return {
    text: innerTextAt(option, 'text') ?? '',
    value: textAt(option, 'value') ?? '',
    ...(description === undefined ? {} : { description }),
    ...(group === undefined ? {} : { group }),
  };
}
