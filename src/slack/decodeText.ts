/**
 * The text in `bytes`, without a byte order mark: UTF-8, or UTF-16 where a mark says so, as Windows
 * writes it. Undefined when it is neither, or holds NUL, which no text does.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encoding = marks.find(([first, second]) => bytes[0] === first && bytes[1] === second)?.[2];
  try {
    const text = new TextDecoder(encoding ?? 'utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

const marks = [
  [0xff, 0xfe, 'utf-16le'],
  [0xfe, 0xff, 'utf-16be'],
] as const;
