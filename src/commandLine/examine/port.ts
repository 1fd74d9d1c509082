import { createServer } from 'node:net';
import { describeListening } from '../../describeProblems';
import { type ListenProblem, listenProblem } from '../../operations/listen';
import type { Examined } from './examined';
import { type Finding, fine, wrong } from './finding';

export async function examinePort({ config, messages }: Examined): Promise<Finding[]> {
  const { host, locale, port } = config;
  const words = messages.doctor.port;
  const state = await portAt({ host, port });
  switch (state.kind) {
    case 'free':
      return [fine('port', words.free(port))];
    case 'ferry':
      return [fine('port', words.ferry(port, state.version))];
    case 'problem':
      return [wrong('port', describeListening(state.problem, locale))];
    default:
      return state satisfies never;
  }
}

/** `ferry`: the port is taken by a Ferry that responds there. */
type PortState =
  | { kind: 'free' }
  | { kind: 'ferry'; version: string }
  | { kind: 'problem'; problem: ListenProblem };

/** Checks whether Ferry could listen at the address. Opens the port for a moment. */
async function portAt(address: { host: string | undefined; port: number }): Promise<PortState> {
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
