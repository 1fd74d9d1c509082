/**
 * True if `pattern` matches the whole of `text`. `*` matches any characters except `/`, including
 * none; other characters match themselves. The time is linear for any pattern.
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
    // The first match leaves the most text for the next pieces.
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= end;
}
