const COLOURS = 6;

/** A person's initials on an individual color. */
export function Avatar({ name, isApp }: { readonly name: string; readonly isApp: boolean }) {
  const initials = name
    .split(' ')
    .map((word) => [...word][0] ?? '')
    .join('')
    .slice(0, 2);
  const sum = [...name].reduce((before, letter) => before + (letter.codePointAt(0) ?? 0), 0);
  return (
    <span class="avatar" data-colour={isApp ? 'app' : sum % COLOURS} aria-hidden="true">
      {initials}
    </span>
  );
}
