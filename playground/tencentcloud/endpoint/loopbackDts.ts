import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Holdings } from '../account/holdings';
import { seed } from '../account/seed';
import { advance } from '../dts/advance';
import type { FailingCheck, MutableJob } from '../dts/dtsJob';
import type { Answer } from './answer';
import type { MutableCall } from './call';
import type { EndpointPolicy } from './endpointPolicy';
import { envelope } from './envelope';
import type { PlainFault } from './fault';
import { FaultQueue, type PlannedFault } from './faultQueue';
import { KeyIssuer } from './issuedKeys';
import { createJobControls, type JobControls } from './jobControls';
import { openCall } from './openCall';
import { play } from './play';
import { type EndpointState, MAX_BODY_BYTES, processRequest } from './processRequest';
import { RateLimiter } from './rateLimiter';
import { type Body, readBody } from './readBody';
import { readParameters } from './readParameters';
import { refusal } from './refusal';
import { Waiters } from './waiters';

type ReadableBody = Exclude<Body, { kind: 'brokenOff' }>;

/** A request in progress: its record, what arrived, and where the response goes. */
interface Exchange {
  readonly call: MutableCall;
  readonly body: ReadableBody;
  readonly response: ServerResponse;
}

/** The endpoint without its socket: accepts requests, keeps records, applies faults. */
export class LoopbackDts {
  readonly calls: MutableCall[] = [];
  readonly controls: JobControls;
  readonly #jobs = new Map<string, MutableJob>();
  readonly holdings = new Holdings();
  readonly faults = new FaultQueue();
  readonly waiters = new Waiters();
  readonly issuer: KeyIssuer;
  readonly #state: EndpointState;
  readonly #now: () => number;
  readonly #closing = new AbortController();
  readonly #closed: Promise<void>;

  constructor(policy: EndpointPolicy, now: () => number) {
    this.#now = now;
    const { holdings } = this;
    this.issuer = new KeyIssuer(now);
    const jobs = this.#jobs;
    const plannedFailures: FailingCheck[] = [];
    const forbidden = new Set<string>();
    holdings.add(seed);
    this.#state = {
      ...{ policy, limiter: new RateLimiter() },
      ...{ jobs, plannedFailures, holdings, forbidden, issuer: this.issuer },
    };
    this.controls = createJobControls({
      ...{ jobs, plannedFailures, forbidden, pace: policy.pace, now },
      changed: () => this.waiters.changed(),
    });
    this.#closed = new Promise((resolve) => {
      this.#closing.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** All jobs by ID, oldest first, as they are now. */
  get jobs(): ReadonlyMap<string, MutableJob> {
    const nowMs = this.#now();
    for (const job of this.#jobs.values()) advance(job, nowMs, this.#state.policy.pace);
    return this.#jobs;
  }

  /** Records and serves one request. Never rejects. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = openCall(request, this.calls.length, this.#now());
    this.calls.push(call);
    this.#follow(call, response);
    this.waiters.changed();
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body.kind === 'brokenOff') return;
    if (body.kind === 'whole') call.rawBody = body.bytes.toString('utf8');
    call.body = readParameters(call.method, call.path, call.rawBody);
    const planned = this.faults.take(call);
    call.fault = planned?.fault;
    this.waiters.changed();
    const exchange = { call, body, response };
    try {
      if (planned === undefined) this.#reply(exchange);
      else if (await this.#delay(planned, call)) this.#replyWith(planned, exchange);
    } catch (error) {
      // A bug in this endpoint is reported to the client, because nobody else would notice.
      this.#answer(exchange, refusal('InternalError', String(error)));
    }
    this.waiters.changed();
  }

  /** Ends everything: drops held and delayed calls, and rejects waits. */
  shut(): void {
    this.#closing.abort();
    this.waiters.failAll('the endpoint closed');
  }

  #follow(call: MutableCall, response: ServerResponse): void {
    // Writing to a client that has disconnected isn't the endpoint's error.
    response.on('error', () => {});
    response.on('finish', () => {
      call.exchange = 'answered';
      this.waiters.changed();
    });
    response.on('close', () => {
      if (call.exchange === 'open') {
        call.exchange = this.#closing.signal.aborted ? 'cut' : 'clientGone';
      }
      this.waiters.changed();
    });
  }

  /** Resolves to true when the call may continue, or to false if the endpoint has closed. */
  async #delay(planned: PlannedFault, call: MutableCall): Promise<boolean> {
    const { signal } = this.#closing;
    if (planned.kind === 'held') {
      await Promise.race([planned.gate.pass(call), this.#closed]);
    } else if (planned.fault.kind === 'slow') {
      await delay(planned.fault.ms, undefined, { signal }).catch(() => {});
    }
    return !signal.aborted;
  }

  #replyWith(planned: PlannedFault, exchange: Exchange): void {
    if (planned.kind === 'held' || planned.fault.kind === 'slow') this.#reply(exchange);
    else this.#fail(planned.fault, exchange);
  }

  #reply(exchange: Exchange): void {
    this.#answer(exchange, this.#process(exchange));
  }

  #answer({ call, response }: Exchange, answer: Answer): void {
    call.verdict =
      answer.kind === 'accepted'
        ? { kind: 'accepted' }
        : { kind: 'refused', code: answer.code, message: answer.message };
    send(call, response, answer);
  }

  #fail(fault: Exclude<PlainFault, { kind: 'slow' }>, exchange: Exchange): void {
    const { call, response } = exchange;
    const processed = isAfter(fault) ? this.#process(exchange) : undefined;
    call.verdict = { kind: 'faulted', fault };
    if (fault.kind === 'code') {
      send(
        call,
        response,
        refusal(fault.code, fault.message ?? `The planned error ${fault.code}.`),
      );
      return;
    }
    if (fault.kind === 'answer') {
      send(call, response, { kind: 'accepted', fields: fault.fields });
      return;
    }
    if (fault.kind === 'reset') call.exchange = 'cut';
    play(fault, response, envelope(processed ?? { kind: 'accepted', fields: {} }));
  }

  #process({ call, body }: Exchange): Answer {
    const answer = processRequest(call, body, this.#state, this.#now());
    if (answer.kind === 'accepted') call.jobId = answer.jobId;
    return answer;
  }
}

function isAfter(fault: PlainFault): boolean {
  return 'when' in fault && fault.when === 'after';
}

function send(call: MutableCall, response: ServerResponse, answer: Answer): void {
  const traceId = call.headers['x-tc-traceid'];
  response.writeHead(200, {
    'Content-Type': 'application/json',
    ...(traceId === undefined ? {} : { 'X-TC-TraceId': traceId }),
  });
  response.end(envelope(answer));
}
