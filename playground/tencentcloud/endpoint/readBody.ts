import type { IncomingMessage } from 'node:http';

/** A request body: complete, too large, or interrupted. */
export type Body =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'brokenOff' };

/**
 * Reads a body to its end, keeping at most `limit` bytes. A larger body is read completely too,
 * because a client that is still sending would see a reset instead of the response.
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
