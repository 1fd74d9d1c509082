/**
 * Text for people, before it is known where it will stand. What came from a person or a server is
 * only ever a `text` part, so that it reaches Slack as literal text, however it is rendered.
 */
export type Part =
  | { kind: 'text'; text: string; bold?: true }
  | { kind: 'code'; text: string }
  | { kind: 'person'; userId: string }
  | { kind: 'group'; groupId: string }
  | { kind: 'channel'; channelId: string }
  | { kind: 'moment'; at: Date };

export type Text = readonly Part[];

type Piece = string | number | Part | Text;

/** Composes text: strings and numbers stay literal, parts and texts are taken in as they are. */
export function say(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Text {
  return strings.flatMap((literal, index) => {
    const piece = pieces[index];
    return [...toParts(literal), ...(piece === undefined ? [] : toParts(piece))];
  });
}

function toParts(piece: Piece): Text {
  if (typeof piece === 'string') return piece === '' ? [] : [{ kind: 'text', text: piece }];
  if (typeof piece === 'number') return [{ kind: 'text', text: String(piece) }];
  return 'kind' in piece ? [piece] : piece;
}

export const bold = (text: string): Part => ({ kind: 'text', text, bold: true });
export const code = (text: string): Part => ({ kind: 'code', text });
export const person = (userId: string): Part => ({ kind: 'person', userId });
export const group = (groupId: string): Part => ({ kind: 'group', groupId });
export const channel = (channelId: string): Part => ({ kind: 'channel', channelId });
export const moment = (at: Date): Part => ({ kind: 'moment', at });

/** `2026-11-24 09:30 UTC`: for places that cannot show a reader's own time. */
export function utc(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Texts one after the other, `separator` between them. */
export function join(texts: readonly Text[], separator: string): Text {
  return texts.flatMap((text, index) => (index === 0 ? text : [...toParts(separator), ...text]));
}
