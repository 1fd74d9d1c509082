import { distance } from 'fastest-levenshtein';

/** Returns the candidate that `word` most likely means, if one is similar enough. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  return nearestFew(word, candidates, 1)[0];
}

/** Returns at most `count` candidates that `word` may mean, the nearest first. */
export function nearestFew<Candidate extends string>(
  word: string,
  candidates: readonly Candidate[],
  count: number,
): Candidate[] {
  const typed = word.toLowerCase();
  const mostEdits = Math.max(1, Math.floor(typed.length / 3));
  return candidates
    .map((candidate) => ({ candidate, edits: distance(typed, candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= mostEdits)
    .sort((one, other) => one.edits - other.edits)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}
