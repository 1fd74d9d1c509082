import { createServer } from 'node:http';
import { listenLocally } from './listenLocally';

/** A call of the Web API, or an answer to a response URL (`respond`). */
export interface WebCall {
  method: string;
  body: Readonly<Record<string, unknown>>;
}

/** A Slack Web API that accepts every call, whatever it contains, and keeps it. */
export interface WebApi {
  /** Ends with a slash. */
  url: string;
  responseUrl: string;
  /** All calls, in order. */
  calls: WebCall[];
  /** Refuses the next call of a method. */
  refuse(method: string, error: string): void;
  stop(): void;
}

/** The view ID of every modal. */
export const openedView = 'VOPENED';

const answers: Readonly<Record<string, object>> = {
  'views.open': { view: { id: openedView, hash: 'opened' } },
  'views.update': { view: { id: openedView, hash: 'updated' } },
};

export async function startWebApi(): Promise<WebApi> {
  const calls: WebCall[] = [];
  const refusals = new Map<string, string[]>();
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const method = request.url?.split('/').at(-1) ?? '';
    calls.push({ method, body: bodyIn(Buffer.concat(chunks).toString()) });
    const error = refusals.get(method)?.shift();
    const answer = error === undefined ? { ok: true, ...answers[method] } : { ok: false, error };
    if (error !== undefined && method === 'respond') response.statusCode = 500;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
  const port = await listenLocally(server);
  const root = `http://127.0.0.1:${port}`;
  return {
    url: `${root}/api/`,
    responseUrl: `${root}/respond`,
    calls,
    refuse: (method, error) => void refusals.set(method, [...(refusals.get(method) ?? []), error]),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Slack's client sends a form whose structured values are JSON; an answer is JSON. Bolt adds the
 * workspace's ID.
 */
function bodyIn(text: string): Record<string, unknown> {
  if (text.startsWith('{')) return JSON.parse(text);
  const fields = new URLSearchParams(text);
  fields.delete('team_id');
  return Object.fromEntries(
    [...fields].map(([name, value]) => [name, /^[[{]/.test(value) ? JSON.parse(value) : value]),
  );
}
