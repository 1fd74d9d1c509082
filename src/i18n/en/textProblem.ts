import type { TextProblem } from '../../domain/text/typedText';

/**
 * What is wrong with typed text, as a predicate: “This ${…}.” The character itself is never shown.
 */
export function textProblem(problem: TextProblem): string {
  switch (problem.code) {
    case 'forbidden_character':
      return character(problem);
    case 'too_many_spaces':
      return `contains more than ${problem.max} spaces in a row; remove some`;
    case 'too_many_empty_lines':
      return `contains more than ${problem.max} empty lines in a row; remove some`;
    case 'too_many_marks':
      return `contains a combining mark without a letter, or more than ${problem.max} on one letter; remove it`;
    default:
      return problem satisfies never;
  }
}

function character({
  kind,
  codePoint,
}: Extract<TextProblem, { code: 'forbidden_character' }>): string {
  switch (kind) {
    case 'line_break':
      return `contains a line break or tab (${codePoint}); remove it`;
    case 'control':
      return `contains the control character ${codePoint}; remove it`;
    case 'direction':
      return `contains ${codePoint}, which changes the direction of text; remove it`;
    case 'invisible':
      return `contains the invisible character ${codePoint}; remove it`;
    case 'space':
      return `contains ${codePoint}, which only looks like a space; use an ordinary space`;
    case 'unassigned':
      return `contains ${codePoint}, which has no meaning in Unicode; remove it`;
    default:
      return kind satisfies never;
  }
}
