import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Route {
  method: 'GET' | 'POST';
  path: string;
  /** Answers the request, or resolves to a refusal without reading the rest of the body. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<HttpError | undefined>;
}

export interface HttpError {
  status: number;
  words: string;
}

/** Limits for clients, which haven't proved their identity yet. */
const limits = {
  connections: 128,
  headersMs: 5_000,
  requestMs: 10_000,
  /**
   * Longer than load balancers keep an idle connection, so that they close it before Ferry does.
   */
  idleMs: 65_000,
};

/** How long pending answers may take when the server stops. */
const lastAnswersMs = 1_000;
/** How long the rest of a refused request is read and discarded. */
const lingerMs = 500;

const notFound: HttpError = { status: 404, words: 'not found' };
const internalError: HttpError = { status: 500, words: 'internal error' };

export interface HttpServer {
  port: number;
  stop(): Promise<void>;
}

/**
 * The process's only HTTP port, for health, metrics and, in HTTP mode, Slack's requests. Without a
 * `host`, it listens on all addresses. Rejects if it can't listen. If a handler fails, the answer
 * is 500.
 */
export async function startHttpServer(
  { host, port }: { host: string | undefined; port: number },
  routes: readonly Route[],
  onError: (error: unknown, path?: string) => void,
): Promise<HttpServer> {
  let open = 0;
  /** The connections with a request that isn't answered yet. */
  const busy = new WeakSet<Socket>();
  const isCrowded = (): boolean => open > limits.connections / 2;
  // Idle connections make room before the limit is reached, because a dropped click is lost.
  const makeRoom = (): void => {
    if (isCrowded()) server.closeIdleConnections();
  };
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleMs,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => {
      const { socket } = request;
      // A packet can have thousands of requests, and Node would keep the answers to all in memory.
      if (busy.has(socket)) {
        socket.destroy();
        return;
      }
      busy.add(socket);
      response.once('close', () => busy.delete(socket));
      if (isCrowded()) response.shouldKeepAlive = false;
      response.once('close', makeRoom);
      const path = (request.url ?? '/').split('?', 1)[0];
      // Some load balancers check with HEAD. Node leaves out the body.
      const method = request.method === 'HEAD' ? 'GET' : request.method;
      const route = routes.find((known) => known.path === path && known.method === method);
      if (route === undefined) {
        refuse(request, response, notFound);
        return;
      }
      const handle = async (): Promise<void> => {
        const refusal = await route.handle(request, response);
        if (refusal !== undefined) refuse(request, response, refusal);
      };
      handle().catch((error: unknown) => {
        onError(error, route.path);
        if (!response.headersSent) refuse(request, response, internalError);
      });
    },
  );
  server.maxConnections = limits.connections;
  server.on('connection', (socket) => {
    open += 1;
    socket.once('close', () => {
      open -= 1;
    });
    makeRoom();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => resolve());
  });
  server.on('error', (error) => onError(error));
  const address: AddressInfo | string | null = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        // A request that never ends must not delay the stop.
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

/**
 * Answers a request whose body wasn't read, and closes its connection. The rest of the body is
 * discarded for a moment, because closing at once could destroy the answer in transit.
 */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, words }: HttpError,
): void {
  const body = `${words}\n`;
  response.writeHead(status, {
    connection: 'close',
    'content-length': Buffer.byteLength(body),
    'content-type': 'text/plain; charset=utf-8',
  });
  response.write(body);
  const close = (): void => {
    clearTimeout(cut);
    response.end();
  };
  const cut = setTimeout(close, lingerMs);
  request.once('end', close).once('close', close).resume();
}
