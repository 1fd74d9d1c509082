import type { Log } from '../ports/log';
import { answer, type HttpServer, type Route, startHttpServer } from './httpServer';

/** Why the port can't be opened. */
export type ListenProblem =
  | { kind: 'port_taken'; port: number }
  | { kind: 'port_forbidden'; port: number }
  | { kind: 'host_unusable'; host: string };

export type Listening = { ok: true; server: HttpServer } | { ok: false; problem: ListenProblem };

/**
 * Opens the HTTP port for health checks, metrics and `routes`. Rejects if listening fails for a
 * reason that is not a `ListenProblem`.
 */
export async function listen(
  address: { host: string | undefined; port: number },
  parts: {
    log: Log;
    /** Ferry's version, which `/healthz` returns. */
    version: string;
    /** All metrics as text. */
    metrics: { text(): Promise<string>; contentType: string };
    routes: readonly Route[];
    /** More about the state, in one line, for `/readyz`. */
    note(): string | undefined;
    /** Resolves to what keeps Ferry from working at the moment, if anything does. */
    obstacle(): Promise<string | undefined>;
  },
): Promise<Listening> {
  const { log, metrics, note, obstacle, routes, version } = parts;
  const all: Route[] = [
    {
      method: 'GET',
      path: '/healthz',
      async handle(_, response) {
        answer(response, 200, `ok ${version}`);
      },
    },
    {
      method: 'GET',
      path: '/readyz',
      async handle(_, response) {
        const found = await obstacle();
        const lines = [found ?? 'ready', note()].filter((line) => line !== undefined);
        answer(response, found === undefined ? 200 : 503, lines.join('\n'));
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      async handle(_, response) {
        answer(response, 200, await metrics.text(), metrics.contentType);
      },
    },
    ...routes,
  ];
  try {
    const onError = (error: unknown, path?: string): void =>
      log.error('a request failed', { ...(path === undefined ? {} : { path }), error });
    return { ok: true, server: await startHttpServer(address, all, onError) };
  } catch (error) {
    const problem = listenProblem(error, address);
    if (problem === undefined) throw error;
    return { ok: false, problem };
  }
}

/** Why listening failed, if it is one of the usual reasons. */
export function listenProblem(
  error: unknown,
  { host, port }: { host: string | undefined; port: number },
): ListenProblem | undefined {
  const code: unknown = Reflect.get(Object(error), 'code');
  if (code === 'EADDRINUSE') return { kind: 'port_taken', port };
  if (code === 'EACCES') return { kind: 'port_forbidden', port };
  const hostCodes: readonly unknown[] = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'];
  return host !== undefined && hostCodes.includes(code)
    ? { kind: 'host_unusable', host }
    : undefined;
}
