import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { IssuedKeys } from '../endpoint/issuedKeys';

/** A response instead of the keys, or none at all. */
export type MetadataFault =
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'silence' };

export interface MetadataService {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  /** The paths of all requests. */
  readonly paths: readonly string[];
  /** The response to all requests until it is set to `undefined`. */
  fault: MetadataFault | undefined;
  close(): Promise<void>;
}

const folder = '/latest/meta-data/cam/security-credentials/';

/**
 * Starts the part of a CVM's metadata service that returns the keys of its role:
 * https://cloud.tencent.com/document/product/213/4934
 * @param role the CVM's role; `undefined` if it has none
 */
export async function startMetadata(
  role: string | undefined,
  issue: (seconds: number) => IssuedKeys,
  lifeSeconds = 21_600,
): Promise<MetadataService> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    paths.push(path);
    const { fault } = service;
    if (fault !== undefined) answerWith(fault, response);
    else if (role === undefined) response.writeHead(404).end('not found');
    else if (path === folder) response.end(role);
    else if (path === folder + role) response.end(JSON.stringify(keysOf(issue(lifeSeconds))));
    else response.writeHead(404).end('not found');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const service: MetadataService = {
    url: `http://127.0.0.1:${port}/`,
    paths,
    fault: undefined,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return service;
}

function answerWith(fault: MetadataFault, response: ServerResponse): void {
  if (fault.kind === 'status') response.writeHead(fault.status).end(fault.body ?? '');
  if (fault.kind === 'redirect') response.writeHead(302, { location: fault.to }).end();
}

const keysOf = ({ expiredTime, secretId, secretKey, token }: IssuedKeys) => ({
  TmpSecretId: secretId,
  TmpSecretKey: secretKey,
  ExpiredTime: expiredTime,
  Expiration: new Date(expiredTime * 1000).toISOString(),
  Token: token,
  Code: 'Success',
});
