import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { DtsEndpoint } from './dtsEndpoint';
import { type DtsOptions, policyOf } from './dtsOptions';
import type { HoldFault, PlainFault } from './fault';
import type { FaultTarget } from './faultTarget';
import { createGate, type Hold } from './gate';
import { LoopbackDts } from './loopbackDts';

/**
 * Starts an endpoint on 127.0.0.1 that verifies, validates and records requests: DTS 2018-03-30
 * and 2021-12-06, whose jobs run in memory by the endpoint's clock, and the services of the form's lookups (`services.ts`). All regions
 * and services share the endpoint; each region sees only its own things.
 *
 * Point the SDK at it with `httpProfile: { protocol: 'http://', endpoint: dts.host }`.
 *
 * Rejects if the port isn't available (EADDRINUSE, EACCES).
 */
export async function startDts(options: DtsOptions = {}): Promise<DtsEndpoint> {
  const dts = new LoopbackDts(policyOf(options), options.now ?? Date.now);
  const server = createServer((request, response) => void dts.serve(request, response));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  let closed: Promise<void> | undefined;

  function next(fault: HoldFault, target?: FaultTarget): Hold;
  function next(fault: PlainFault, target?: FaultTarget): void;
  function next(fault: HoldFault | PlainFault, target: FaultTarget = {}): Hold | undefined {
    if (fault.kind !== 'hold') {
      dts.faults.add({ kind: 'plain', fault }, target);
      return undefined;
    }
    const gate = createGate();
    dts.faults.add({ kind: 'held', fault, gate }, target);
    return gate.hold;
  }

  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    calls: dts.calls,
    get jobs() {
      return dts.jobs;
    },
    controls: dts.controls,
    keys: dts.issuer,
    add: (things) => dts.holdings.add(things),
    callsOf: (action) => dts.calls.filter((call) => call.action === action),
    next,
    clearFaults: () => dts.faults.clear(),
    until: (probe, untilOptions) => dts.waiters.until(probe, untilOptions, () => summary(dts)),
    onChange: (listener) => dts.waiters.subscribe(listener),
    close: () => {
      closed ??= stop(server, dts);
      return closed;
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP port');
  return address.port;
}

async function stop(server: Server, dts: LoopbackDts): Promise<void> {
  dts.shut();
  const ended = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await ended;
}

function summary(dts: LoopbackDts): string {
  const last = dts.calls
    .slice(-5)
    .map((call) => `${call.action ?? call.path} ${call.verdict.kind}`);
  return `${dts.calls.length} calls so far${last.length === 0 ? '' : `, the last: ${last.join(', ')}`}`;
}
