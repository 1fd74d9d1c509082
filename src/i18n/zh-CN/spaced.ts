import { say, type Text } from '../text';

const isChinese = (text: string): boolean => /^\p{Script=Han}$/u.test(text);
const isLatin = (text: string): boolean => /^[!-~]$/.test(text);

/**
 * Puts a space between Chinese and Latin characters at the edges of values, which may be either.
 * Values stay unchanged.
 */
export function spaced(strings: TemplateStringsArray, ...values: readonly string[]): string {
  return strings.reduce((text, literal, index) =>
    joined(joined(text, values[index - 1] ?? ''), literal),
  );
}

/** The same for a text after Chinese words. Names and values in it need a space. */
export function spacedText(words: string, text: Text): Text {
  const [first] = text;
  const isWord = first?.kind === 'text' && isChinese(first.text.slice(0, 1));
  return say`${words}${isWord ? '' : ' '}${text}`;
}

function joined(left: string, right: string): string {
  const [last = ''] = left.slice(-1);
  const [first = ''] = right;
  const isSeam = (isChinese(last) && isLatin(first)) || (isLatin(last) && isChinese(first));
  return `${left}${isSeam ? ' ' : ''}${right}`;
}
