import type { IncomingMessage } from 'node:http';

/** A request body: all of it, too large to keep, or broken off. */
export type Body =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'brokenOff' };

/**
 * Reads a body to its end, keeping at most `limit` bytes. One that is larger is read all the same:
 * a client still sending would see a reset in place of the answer.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks = [];
    });
    request.on('end', () => {
      resolve(
        size > limit ? { kind: 'tooLarge' } : { kind: 'whole', bytes: Buffer.concat(chunks) },
      );
    });
    request.on('error', () => resolve({ kind: 'brokenOff' }));
    request.on('close', () => resolve({ kind: 'brokenOff' }));
  });
}
