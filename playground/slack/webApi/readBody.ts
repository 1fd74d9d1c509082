import type { IncomingMessage } from 'node:http';

/** The whole body as UTF-8 text; rejects when the client leaves midway. */
export async function readBody(from: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of from) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
