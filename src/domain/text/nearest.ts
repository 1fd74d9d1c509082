import { distance } from 'fastest-levenshtein';

/** Returns the candidate that `word` most likely means, if one is similar enough. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  return nearestFew(word, candidates, 1)[0] ?? onlyWith(word, candidates);
}

/** The only candidate that contains a word. */
function onlyWith(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.trim().toLowerCase();
  const [only, ...others] = candidates.filter((each) => each.toLowerCase().includes(typed));
  return typed.length > 1 && others.length === 0 ? only : undefined;
}

/** Returns at most `count` candidates that `word` may mean, the nearest first. */
export function nearestFew<Candidate extends string>(
  word: string,
  candidates: readonly Candidate[],
  count: number,
): Candidate[] {
  const typed = word.toLowerCase();
  const swapped = swaps(typed);
  /** Two letters in the wrong order are one typo. */
  const editsTo = (candidate: string): number =>
    Math.min(distance(typed, candidate), ...swapped.map((each) => distance(each, candidate) + 1));
  const mostEdits = Math.max(1, Math.floor(typed.length / 3));
  return candidates
    .map((candidate) => ({ candidate, edits: editsTo(candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= mostEdits)
    .sort((one, other) => one.edits - other.edits)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** A word with each two adjacent letters swapped. */
const swaps = (word: string): string[] =>
  Array.from(
    { length: Math.max(0, word.length - 1) },
    (_, at) => `${word.slice(0, at)}${word.charAt(at + 1)}${word.charAt(at)}${word.slice(at + 2)}`,
  );
