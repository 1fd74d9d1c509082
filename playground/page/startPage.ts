import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pagePeople } from '../cast';
import { Armed } from './armed';
import { bundleClient } from './bundle';
import { applyControl } from './control';
import { Live } from './live';
import { perform } from './perform';
import { Scene, type SceneParts } from './scene';
import { sectionsOf } from './sections';
import { control, deed } from './wire';

export interface RunningPage {
  readonly url: string;
  close(): Promise<void>;
}

/** A file of ten megabytes in base64. */
const MOST_BYTES = 15_000_000;

/** Nothing is loaded from or sent to another server. */
const GUARDS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/**
 * Starts the scene and its page on 127.0.0.1. Rejects with the bot's output if the bot cannot start.
 *
 * @param client the folder of the page's sources
 */
export async function startPage(
  parts: SceneParts,
  client: string,
  port: number,
): Promise<RunningPage> {
  const files = await bundleClient(client);
  const index = readFileSync(join(client, 'index.html'));
  let armed = new Armed();
  let scene = await Scene.begin(parts);
  const live = new Live((userId) => sectionsOf(scene, armed, userId));
  scene.onChange(() => live.changed());

  const reset = async (): Promise<void> => {
    const last = scene;
    armed = new Armed();
    scene = await Scene.begin(parts);
    scene.onChange(() => live.changed());
    live.changed();
    await last.end();
  };

  const act = async (path: string, userId: string, body: unknown): Promise<unknown> => {
    if (path === '/deeds') {
      const read = deed.safeParse(body);
      return read.success ? perform(scene.slack, userId, read.data) : undefined;
    }
    const read = control.safeParse(body);
    if (!read.success) return undefined;
    if (read.data.control === 'reset') await reset();
    else {
      const outcome = await applyControl(scene, armed, read.data);
      live.changed();
      return outcome;
    }
    live.changed();
    return { kind: 'done' };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOwn(request)) return answer(response, 403, { error: 'another origin' });
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = url.pathname;
    const userId = url.searchParams.get('as') ?? '';
    if (request.method === 'GET') {
      const file = files.get(path);
      if (path === '/') send(response, 'text/html; charset=utf-8', index);
      else if (file !== undefined) send(response, file.type, file.content);
      else if (path === '/live' && pagePeople.has(userId)) live.open(userId, response);
      else answer(response, 404, { error: 'not found' });
      return;
    }
    const isKnown = path === '/controls' || (path === '/deeds' && pagePeople.has(userId));
    if (request.method !== 'POST' || !isKnown) return answer(response, 404, { error: 'not found' });
    const outcome = await act(path, userId, await readJson(request));
    if (outcome === undefined) answer(response, 400, { error: 'not understood' });
    else answer(response, 200, outcome);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // The input may contain a password, so only the error's name is sent.
      const name = error instanceof Error ? error.name : 'Error';
      if (response.headersSent) response.destroy();
      else answer(response, 500, { error: name });
    });
  });
  const close = async (): Promise<void> => {
    live.close();
    server.close();
    server.closeAllConnections();
    await scene.end();
  };
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const output = await scene.connected();
    if (output !== undefined) throw new Error(output);
  } catch (error) {
    await close();
    throw error;
  }
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;

  return {
    url: `http://127.0.0.1:${taken}/`,
    close,
  };
}

/**
 * True if the request comes from a page of this server. Another site could reach it by another host
 * name.
 */
function isOwn({ headers, method }: IncomingMessage): boolean {
  const host = headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return false;
  if (method !== 'POST') return true;
  const isJson = headers['content-type'] === 'application/json';
  return isJson && (headers.origin === undefined || headers.origin === `http://${host}`);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MOST_BYTES) return undefined;
    chunks.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, type: string, content: Uint8Array): void {
  response.writeHead(200, { ...GUARDS, 'content-type': type }).end(content);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...GUARDS, 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
