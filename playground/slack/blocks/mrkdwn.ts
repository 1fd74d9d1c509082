/** A piece of mrkdwn, as Slack reads it. */
export type MrkdwnToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'user'; readonly id: string; readonly label?: string }
  | { readonly kind: 'channel'; readonly id: string; readonly label?: string }
  | { readonly kind: 'group'; readonly id: string; readonly label?: string }
  | { readonly kind: 'broadcast'; readonly range: 'channel' | 'here' | 'everyone' }
  | { readonly kind: 'date'; readonly label: string }
  | { readonly kind: 'link'; readonly url: string; readonly label?: string };

/** Splits mrkdwn at its control sequences. The rest is text with decoded entities. */
export function parseMrkdwn(source: string): readonly MrkdwnToken[] {
  const tokens: MrkdwnToken[] = [];
  let from = 0;
  for (const match of source.matchAll(/<([^<>\n]+)>/g)) {
    const token = control(match[1] ?? '');
    if (token === undefined) continue;
    if (match.index > from) tokens.push(plainToken(source.slice(from, match.index)));
    tokens.push(token);
    from = match.index + match[0].length;
  }
  if (from < source.length) tokens.push(plainToken(source.slice(from)));
  return tokens;
}

function plainToken(source: string): MrkdwnToken {
  return { kind: 'text', text: unescapeMrkdwn(source) };
}

/** Decodes Slack's three entities. */
function unescapeMrkdwn(source: string): string {
  return source.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

function control(inner: string): MrkdwnToken | undefined {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? {} : { label: unescapeMrkdwn(inner.slice(bar + 1)) };
  if (/^@[UW][A-Z0-9]+$/.test(target)) return { kind: 'user', id: target.slice(1), ...label };
  if (/^#[CDG][A-Z0-9]+$/.test(target)) return { kind: 'channel', id: target.slice(1), ...label };
  if (target.startsWith('!')) return special(target.slice(1), label.label);
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
    return { kind: 'link', url: unescapeMrkdwn(target), ...label };
  }
  return undefined;
}

function special(target: string, label: string | undefined): MrkdwnToken | undefined {
  const labelled = label === undefined ? {} : { label };
  if (target === 'channel' || target === 'here' || target === 'everyone') {
    return { kind: 'broadcast', range: target };
  }
  if (target === 'group') return { kind: 'broadcast', range: 'channel' };
  const group = /^subteam\^(S[A-Z0-9]+)$/.exec(target)?.[1];
  if (group !== undefined) return { kind: 'group', id: group, ...labelled };
  return target.startsWith('date^') ? { kind: 'date', label: label ?? target } : undefined;
}
