import type { TextProblem } from '../../domain/text/typedText';

/** What is wrong with typed text, as a predicate: “内容${…}。” The character itself is never shown. */
export function textProblem(problem: TextProblem): string {
  switch (problem.code) {
    case 'forbidden_character':
      return character(problem);
    case 'too_many_spaces':
      return `连续空格超过 ${problem.max} 个，请删减`;
    case 'too_many_empty_lines':
      return `连续空行超过 ${problem.max} 行，请删减`;
    case 'too_many_marks':
      return `组合符号前没有字符，或一个字符上的组合符号超过 ${problem.max} 个，请删除`;
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
      return `含有换行或制表符（${codePoint}），请删除`;
    case 'control':
      return `含有控制字符 ${codePoint}，请删除`;
    case 'direction':
      return `含有改变文字方向的字符 ${codePoint}，请删除`;
    case 'invisible':
      return `含有不可见字符 ${codePoint}，请删除`;
    case 'space':
      return `含有特殊空格 ${codePoint}，请改用普通空格`;
    case 'unassigned':
      return `含有 Unicode 未分配的字符 ${codePoint}，请删除`;
    default:
      return kind satisfies never;
  }
}
