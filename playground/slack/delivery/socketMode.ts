import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { isObject, type Json, parseJson, textAt } from '../json';
import type { Faults } from '../records/faults';
import type { Recorder } from '../records/recorder';
import type { DeliveryKind } from '../records/records';
import type { Method } from '../webApi/method';
import type { Changes } from '../workspace/changes';
import type { IdMaker } from '../workspace/idMaker';
import { APP_ID } from '../workspace/seed';
import type { Outgoing, Receipt, Transport } from './transport';

const PING_EVERY_MS = 5000;
const MOST_CONNECTIONS = 10;
const PATIENCE_MS = 500;

export type DisconnectReason =
  | 'warning'
  | 'refresh_requested'
  | 'link_disabled'
  | 'too_many_websockets';

/** Controls the app's Socket Mode connections in a test. */
export interface SocketControl {
  readonly connections: number;
  /** Sends a `disconnect` frame on each connection, then closes it. */
  disconnect(reason?: DisconnectReason): void;
  /**
   * Sends a raw frame on each connection: text, or bytes as a binary frame. Resolves when the app has
   * read it, or when the connection is closed.
   */
  sendFrame(frame: string | Uint8Array): Promise<void>;
  /** Drops all connections without a closing frame. */
  drop(): void;
  /** The next `times` calls of apps.connections.open fail: with HTTP 500, or an error's name. */
  refuse(times: number, error?: string): void;
}

/** The WebSocket side of Socket Mode; envelopes go round the connections. */
export class SocketMode implements Transport, SocketControl {
  readonly via = 'socket';
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #open: WebSocket[] = [];
  readonly #pending = new Map<string, ((receipt: Receipt) => void)[]>();
  readonly #pings: NodeJS.Timeout;
  #turn = 0;

  constructor(
    private readonly parts: {
      readonly ids: IdMaker;
      readonly changes: Changes;
      readonly recorder: Recorder;
      readonly faults: Faults;
      readonly leavesTcpOpen: boolean;
    },
  ) {
    this.#pings = setInterval(() => {
      for (const socket of this.#open) socket.ping('Ping from playground');
    }, PING_EVERY_MS);
  }

  /** `apps.connections.open`: a URL good for one connection. */
  readonly method: Method = {
    token: 'app',
    scopes: [],
    run: ({ apiUrl }) => {
      const ticket = this.parts.ids.secret();
      this.#tickets.add(ticket);
      const base = apiUrl.replace(/^http/, 'ws').replace(/api\/$/, '');
      return { ok: true, url: `${base}link/?ticket=${ticket}&app_id=${APP_ID}` };
    },
  };

  /** Accepts the WebSocket handshakes of `server`. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    if (this.parts.leavesTcpOpen) leaveOpen(socket);
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#welcome(connection));
  }

  #welcome(connection: WebSocket): void {
    connection.on('error', () => connection.terminate());
    connection.on('message', (data) => this.#hear(String(data)));
    connection.on('close', () => {
      const index = this.#open.indexOf(connection);
      if (index >= 0) this.#open.splice(index, 1);
      this.parts.changes.announce();
    });
    if (this.connections >= MOST_CONNECTIONS) {
      this.#sayGoodbye(connection, 'too_many_websockets');
      return;
    }
    this.#open.push(connection);
    const hello = {
      type: 'hello',
      num_connections: this.connections,
      debug_info: { host: 'playground', build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: APP_ID },
    };
    connection.send(JSON.stringify(hello));
    this.parts.changes.announce();
  }

  #hear(raw: string): void {
    const frame = parseJson(raw);
    this.parts.recorder.sent(raw, frame);
    if (!isObject(frame)) return;
    const envelopeId = textAt(frame, 'envelope_id') ?? '';
    const waiting = this.#pending.get(envelopeId);
    const settle = waiting?.shift();
    if (waiting?.length === 0) this.#pending.delete(envelopeId);
    if (settle === undefined) {
      this.parts.recorder.mistake('acknowledgement', 'unknown_envelope', envelopeId);
    } else settle({ kind: 'acknowledged', response: unwrapped(frame['payload']) });
  }

  send(outgoing: Outgoing): Promise<Receipt> {
    const connection = this.#next();
    if (connection === undefined) {
      return Promise.resolve({ kind: 'failed', error: 'dispatch_failed' });
    }
    return new Promise((resolve) => {
      const waiting = this.#pending.get(outgoing.envelopeId) ?? [];
      waiting.push(resolve);
      this.#pending.set(outgoing.envelopeId, waiting);
      const retries =
        outgoing.kind === 'event'
          ? { retry_attempt: outgoing.attempt, retry_reason: outgoing.retryReason }
          : {};
      connection.send(
        JSON.stringify({
          envelope_id: outgoing.envelopeId,
          type: envelopeType(outgoing.kind),
          payload: outgoing.body,
          accepts_response_payload: TAKES_RESPONSE.has(outgoing.kind),
          ...retries,
        }),
      );
    });
  }

  #next(): WebSocket | undefined {
    const ready = this.#ready();
    this.#turn += 1;
    return ready[this.#turn % ready.length];
  }

  get connections(): number {
    return this.#ready().length;
  }

  /** A connection that got a `disconnect` frame receives nothing more. */
  #ready(): readonly WebSocket[] {
    return this.#open.filter(({ readyState }) => readyState === WebSocket.OPEN);
  }

  disconnect(reason: DisconnectReason = 'refresh_requested'): void {
    for (const connection of [...this.#open]) this.#sayGoodbye(connection, reason);
  }

  #sayGoodbye(connection: WebSocket, reason: DisconnectReason): void {
    const debug = { host: 'playground' };
    connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: debug }));
    connection.close(1000);
  }

  async sendFrame(frame: string | Uint8Array): Promise<void> {
    const read = this.#ready().map((connection) => {
      connection.send(frame);
      return this.#answersPing(connection);
    });
    await Promise.all(read);
  }

  /** An app reads frames in order, so its answer to a ping shows that it has read all earlier ones. */
  #answersPing(connection: WebSocket): Promise<void> {
    const mark = this.parts.ids.secret();
    return new Promise((resolve) => {
      const ended = (): void => {
        connection.off('pong', heard);
        connection.off('close', ended);
        resolve();
      };
      const heard = (data: Buffer): void => {
        if (String(data) === mark) ended();
      };
      connection.on('pong', heard);
      connection.on('close', ended);
      connection.ping(mark);
    });
  }

  drop(): void {
    for (const connection of [...this.#open]) connection.terminate();
  }

  refuse(times: number, error?: string): void {
    const fault =
      error === undefined
        ? ({ kind: 'status', status: 500 } as const)
        : ({ kind: 'error', error } as const);
    this.parts.faults.next('apps.connections.open', fault, times);
  }

  /** Closes all connections. Those that don't answer within 500 ms are dropped. */
  async close(): Promise<void> {
    clearInterval(this.#pings);
    this.#tickets.clear();
    const closed = this.#open.map(
      (connection) =>
        new Promise<void>((resolve) => {
          const cut = setTimeout(() => connection.terminate(), PATIENCE_MS);
          connection.on('close', () => {
            clearTimeout(cut);
            resolve();
          });
          connection.close(1001);
        }),
    );
    await Promise.all(closed);
    this.#server.close();
  }
}

/** Ends a connection only after the app has ended it. */
export function leaveOpen(socket: Duplex): void {
  socket.end = () => socket;
  socket.once('end', () => socket.destroy());
}

const TAKES_RESPONSE: ReadonlySet<DeliveryKind> = new Set([
  'command',
  'viewSubmission',
  'blockSuggestion',
]);

function envelopeType(kind: DeliveryKind): string {
  if (kind === 'command') return 'slash_commands';
  return kind === 'event' ? 'events_api' : 'interactive';
}

/** Clients send `{}` if there is no payload. */
function unwrapped(payload: Json | undefined): Json | undefined {
  return isObject(payload) && Object.keys(payload).length === 0 ? undefined : payload;
}
