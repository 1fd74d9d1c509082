/**
 * Text for people, independent of where it is shown. Text from a person or a server is a `code` or
 * `quote` part, so it reaches Slack literally and is set off from Ferry's words.
 */
export type Part =
  | { kind: 'text'; text: string; bold?: true }
  /** A value or a name, set off from the words around it. */
  | { kind: 'code'; text: string }
  /** Words from elsewhere, on separate lines. */
  | { kind: 'quote'; text: string }
  | { kind: 'person'; userId: string }
  | { kind: 'group'; groupId: string }
  | { kind: 'channel'; channelId: string }
  /** `ago`: shown as the time that has passed for the reader. */
  | { kind: 'moment'; at: Date; ago?: true }
  /** Always a link of Slack's. */
  | { kind: 'link'; url: string; text: string };

export type Text = readonly Part[];

type Piece = string | number | Part | Text;

/** Composes text. Strings and numbers stay literal, parts and texts are inserted unchanged. */
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
export const quote = (text: string): Part => ({ kind: 'quote', text });
export const person = (userId: string): Part => ({ kind: 'person', userId });
export const group = (groupId: string): Part => ({ kind: 'group', groupId });
export const channel = (channelId: string): Part => ({ kind: 'channel', channelId });
export const moment = (at: Date): Part => ({ kind: 'moment', at });
export const ago = (at: Date): Part => ({ kind: 'moment', at, ago: true });
export const link = (url: string, text: string): Part => ({ kind: 'link', url, text });

/** Puts texts after each other, with spaces. Chinese punctuation includes its space. */
export const inLine = (first: Piece, ...rest: readonly Piece[]): Text =>
  rest.reduce(
    (before: Text, next) =>
      /[：。]$/.test(plain(before)) ? say`${before}${next}` : say`${before} ${next}`,
    toParts(first),
  );

export const labelled = (label: string, rest: Piece): Text => inLine(bold(label), rest);

/** Converts text for a terminal. Slack IDs stay IDs. */
export function plain(text: Text): string {
  return text
    .map((part) => {
      switch (part.kind) {
        case 'text':
        case 'code':
        case 'quote':
        case 'link':
          return part.text;
        case 'person':
          return part.userId;
        case 'group':
          return part.groupId;
        case 'channel':
          return part.channelId;
        case 'moment':
          return utc(part.at);
        default:
          return part satisfies never;
      }
    })
    .join('');
}

/** `2026-11-24 09:30 UTC`, for places that can't show the reader's own time. */
export function utc(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function join(texts: readonly Text[], separator: string): Text {
  return texts.flatMap((text, index) => (index === 0 ? text : [...toParts(separator), ...text]));
}
