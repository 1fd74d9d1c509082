/**
 * Whether the whole of `text` is what `pattern` describes. `*` stands for any characters but `/`,
 * none among them; everything else stands for itself. Takes no longer for any pattern than for
 * looking its pieces up one after the other.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const wanted = pattern.split('/');
  const parts = text.split('/');
  return (
    wanted.length === parts.length &&
    wanted.every((piece, index) => matchesPart(piece, parts[index] ?? ''))
  );
}

function matchesPart(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return first === text;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last) || end < first.length) return false;
  let at = first.length;
  for (const piece of rest) {
    // The first place is the best one: it leaves the most for what follows.
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= end;
}
