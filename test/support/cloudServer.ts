import { createServer, type Server } from 'node:http';
import { listenLocally } from './listenLocally';

export interface CloudServer {
  host: string;
  /** The action and body of each call, in order. */
  calls: { action: string; body: unknown }[];
  /** The version and the region of each call, in the same order. */
  places: { version: string; region: string; language: string }[];
  /** The `Authorization` header of each call, in the same order. */
  authorizations: string[];
  /** The token of temporary keys of each call, in the same order. */
  tokens: (string | undefined)[];
  /** Sets the responses of an action, in order. The last one is repeated. */
  answer(action: string, ...responses: object[]): void;
  stop(): void;
}

/** A server that returns the responses that a test sets, for shapes that DTS seldom returns. */
export async function startCloudServer(): Promise<CloudServer> {
  const calls: CloudServer['calls'] = [];
  const places: CloudServer['places'] = [];
  const authorizations: string[] = [];
  const tokens: CloudServer['tokens'] = [];
  const planned = new Map<string, object[]>();
  const server: Server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const action = String(request.headers['x-tc-action']);
    calls.push({ action, body: JSON.parse(Buffer.concat(chunks).toString() || '{}') });
    const header = (name: string) => String(request.headers[`x-tc-${name}`]);
    const [version, region] = [header('version'), header('region')];
    places.push({ version, region, language: header('language') });
    authorizations.push(String(request.headers.authorization));
    const token = request.headers['x-tc-token'];
    tokens.push(typeof token === 'string' ? token : undefined);
    const responses = planned.get(action) ?? [];
    const [next] = responses.length > 1 ? responses.splice(0, 1) : responses;
    const refused = { Error: { Code: 'InternalError', Message: 'no response is set' } };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ Response: { RequestId: 'r1', ...(next ?? refused) } }));
  });
  const port = await listenLocally(server);
  return {
    host: `127.0.0.1:${port}`,
    calls,
    places,
    authorizations,
    tokens,
    answer: (action, ...responses) => void planned.set(action, responses),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
