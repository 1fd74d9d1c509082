import { isList, isObject, type Json, textAt } from '../json';
import type { Problems } from '../records/problems';

/** Checks the texts in a rich text's elements, however deep: Slack refuses an empty one. */
export function checkRichText(problems: Problems, part: Json | undefined, pointer: string): void {
  if (isList(part)) {
    part.forEach((each, index) => {
      checkRichText(problems, each, `${pointer}/${index}`);
    });
  } else if (isObject(part)) {
    if (textAt(part, 'text') === '') {
      problems.add(`${pointer}/text`, 'must be more than 0 characters');
    }
    checkRichText(problems, part['elements'], `${pointer}/elements`);
  }
}
