import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Deliverer } from './delivery/deliverer';
import { HttpDelivery } from './delivery/httpDelivery';
import { Payloads } from './delivery/payloads';
import { ResponseUrls } from './delivery/responseUrls';
import { SocketMode } from './delivery/socketMode';
import { Timers } from './delivery/timers';
import type { Transport } from './delivery/transport';
import { Waiting } from './people/until';
import { Faults } from './records/faults';
import { Recorder } from './records/recorder';
import { ALL_SCOPES, type DeliveryMode, type SlackOptions } from './slackOptions';
import { readBody, writeJson } from './webApi/body';
import { FileDownloads } from './webApi/fileDownloads';
import { allMethods } from './webApi/methods/allMethods';
import { WebApi } from './webApi/webApi';
import { SlackWorkspace } from './workspace/slackWorkspace';
import { World } from './workspace/world';

/**
 * Starts a Slack workspace on 127.0.0.1.
 *
 * @throws Error (EADDRINUSE…) if the port isn't available
 */
export async function startSlack(options: SlackOptions = {}): Promise<SlackWorkspace> {
  const { port = 0, now = Date.now, ackTimeoutMs = 3000, triggerLifeMs = 3000 } = options;
  const scopes = new Set<string>(options.scopes ?? ALL_SCOPES);
  const server = createServer();
  const baseUrl = (): string =>
    options.publicUrl ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world = new World(now, baseUrl, triggerLifeMs);
  const { ids, changes } = world;
  const recorder = new Recorder(changes);
  const faults = new Faults();
  const timers = new Timers();
  const waiting = new Waiting(changes, () => recorder.recently());
  const socket = new SocketMode({
    ...{ ids, changes, recorder, faults },
    leavesTcpOpen: options.leavesTcpOpen ?? false,
  });
  const apiUrl = (): string => `${baseUrl()}/api/`;
  const responseUrls = new ResponseUrls({ world, recorder, faults, ids, baseUrl });
  const methods = { ...allMethods, 'apps.connections.open': socket.method };
  const webApi = new WebApi({ world, recorder, faults, timers, methods, scopes, apiUrl });
  const downloads = new FileDownloads({ world, recorder, faults, timers, scopes });

  let transport: Transport = socket;
  let http: HttpDelivery | undefined;
  const deliverTo = (mode: DeliveryMode): void => {
    http?.close();
    http = mode.mode === 'http' ? new HttpDelivery(mode.requestUrl, recorder) : undefined;
    transport = http ?? socket;
  };
  deliverTo(options.delivery ?? { mode: 'socket' });

  const deliverer = new Deliverer({
    transport: () => transport,
    recorder,
    timers,
    now,
    announce: () => changes.announce(),
    ackTimeoutMs,
    eventRetryDelaysMs: options.redelivery?.eventRetryDelaysMs ?? [0, 60_000, 300_000],
  });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const { pathname } = url;
    const body = await readBody(request);
    if (pathname.startsWith('/api/')) {
      await webApi.handle(pathname.slice('/api/'.length), request, body, response);
    } else if (/^\/(commands|actions)\//.test(pathname)) {
      const answer = responseUrls.handle(pathname, body);
      writeJson(response, answer.status, answer.body);
    } else if (request.method === 'GET' && downloads.isFor(url)) {
      await downloads.handle(url, request, response);
    } else writeJson(response, 404, { ok: false, error: 'not_found' });
  };
  server.on('request', (request, response) => {
    serve(request, response).catch((error: unknown) => {
      // Either the client disconnected, or this server has a bug, which must be visible.
      if (!request.readableAborted) recorder.mistake('playground', 'internal_error', String(error));
      if (!response.headersSent) writeJson(response, 500, { ok: false, error: 'internal_error' });
    });
  });
  socket.attach(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });

  const close = async (): Promise<void> => {
    deliverer.close();
    waiting.close();
    timers.clear();
    http?.close();
    await socket.close();
    server.closeAllConnections();
    if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
  };

  return new SlackWorkspace({
    world,
    recorder,
    deliverer,
    payloads: new Payloads(world, responseUrls),
    responseUrls,
    offered: new Map(),
    chosen: new Map(),
    tellsMessages: options.tellsMessages ?? false,
    commands: options.commands,
    apiUrl: apiUrl(),
    faults,
    socket,
    waiting,
    deliverTo,
    close,
  });
}
