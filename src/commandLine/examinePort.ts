import { createServer } from 'node:net';
import { type ListenProblem, listenProblem } from '../operations/listen';

/** `ferry`: the port is taken by a Ferry that responds there. */
export type PortState =
  | { kind: 'free' }
  | { kind: 'ferry'; version: string }
  | { kind: 'problem'; problem: ListenProblem };

/** Checks whether Ferry could listen at the address. Opens the port for a moment. */
export async function examinePort(address: {
  host: string | undefined;
  port: number;
}): Promise<PortState> {
  const { host, port } = address;
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
    });
    await new Promise((resolve) => server.close(resolve));
    return { kind: 'free' };
  } catch (error) {
    const problem = listenProblem(error, address);
    if (problem === undefined) throw error;
    const version = problem.kind === 'port_taken' ? await ferryAt(host, port) : undefined;
    return version === undefined ? { kind: 'problem', problem } : { kind: 'ferry', version };
  }
}

async function ferryAt(host: string | undefined, port: number): Promise<string | undefined> {
  const name = host === undefined || /^(0\.0\.0\.0|::)$/.test(host) ? '127.0.0.1' : host;
  try {
    const url = `http://${name.includes(':') ? `[${name}]` : name}:${port}/healthz`;
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(2_000) });
    return /^ok (\d+\.\d+\.\d+\S*)$/.exec((await response.text()).trim())?.[1];
  } catch {
    return undefined;
  }
}
