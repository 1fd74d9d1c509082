/** The one of `known` that `text` was probably meant to be: at most a third of it differs. */
export function nearest(text: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(text.length / 3)) + 1;
  for (const candidate of known) {
    const changes = changesBetween(text.toLowerCase(), candidate.toLowerCase());
    if (changes < fewest) {
      fewest = changes;
      best = candidate;
    }
  }
  return best;
}

/** How many letters must be put in, taken out or changed to make one text of the other. */
function changesBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...one].entries()) {
    const current = [row + 1];
    for (let column = 1; column <= other.length; column += 1) {
      const change = (above[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1);
      const insert = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(change, insert, (above[column] ?? 0) + 1));
    }
    above = current;
  }
  return above[other.length] ?? 0;
}
