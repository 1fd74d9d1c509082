import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Route {
  method: 'GET' | 'POST';
  path: string;
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

/** How long answers that are under way may take when the server stops. */
const lastAnswersMs = 1_000;

export interface HttpServer {
  port: number;
  stop(): Promise<void>;
}

/**
 * The process's only HTTP port: health, metrics and, in HTTP mode, Slack's requests. Rejects when
 * the port is taken. A handler that fails answers 500; the process lives on.
 */
export async function startHttpServer(
  port: number,
  routes: readonly Route[],
  onError: (error: unknown) => void,
): Promise<HttpServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    const route = routes.find((known) => known.path === path && known.method === request.method);
    if (route === undefined) {
      answer(response, 404, 'not found');
      return;
    }
    void (async () => route.handle(request, response))().catch((error: unknown) => {
      onError(error);
      if (!response.headersSent) answer(response, 500, 'internal error');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve());
  });
  server.on('error', onError);
  const address: AddressInfo | string | null = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        // A request that never ends must not hold up the stop.
        const cut = setTimeout(() => server.closeAllConnections(), lastAnswersMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

export function answer(
  response: ServerResponse,
  status: number,
  body: string,
  contentType = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'content-type': contentType });
  response.end(`${body}\n`);
}
