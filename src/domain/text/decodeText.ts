/**
 * Decodes text without its byte order mark: UTF-8, or UTF-16 if a mark says so, as Windows writes
 * it. Returns `undefined` for other bytes, or if the text contains NUL.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encoding = marks.find(([first, second]) => bytes[0] === first && bytes[1] === second)?.[2];
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

const marks = [
  [0xff, 0xfe, 'utf-16le'],
  [0xfe, 0xff, 'utf-16be'],
] as const;
