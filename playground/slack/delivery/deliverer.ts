import { randomUUID } from 'node:crypto';
import type { Json } from '../json';
import type { Recorder } from '../records/recorder';
import type { Delivery, DeliveryKind, DeliveryOutcome } from '../records/records';
import type { Timers } from './timers';
import type { Outgoing, Payload, Receipt, Transport } from './transport';

/** The result of a person's action, as far as the person can see. */
export type Acknowledgement =
  | {
      readonly ok: true;
      /** Real time, in ms. */
      readonly afterMs: number;
      readonly response: Json | undefined;
    }
  /** `operation_timeout`, `dispatch_failed`, `http_service_error`, `http_client_error`, `unknown_command`. */
  | { readonly ok: false; readonly error: string };

export interface RedeliveryOptions {
  /** Sends all copies at once, instead of each after the one before was settled. */
  readonly concurrently?: boolean;
  /** Whether copies have the first one's envelope ID (`same`, the default) or new ones. */
  readonly envelope?: 'same' | 'new';
  /** Waits for a delivery of this kind; by default, any except `blockSuggestion`. */
  readonly kind?: DeliveryKind;
}

export interface Delivered {
  readonly first: Promise<Acknowledgement>;
  /** Settles once the copies are settled too. */
  readonly all: Promise<void>;
}

type Plan = RedeliveryOptions & { readonly times: number };

/** Sends payloads to the app, enforces timeouts, retries events, and repeats deliveries. */
export class Deliverer {
  #planned: Plan | undefined;
  #closed = false;

  constructor(
    private readonly parts: {
      readonly transport: () => Transport;
      readonly recorder: Recorder;
      readonly timers: Timers;
      readonly now: () => number;
      readonly announce: () => void;
      readonly ackTimeoutMs: number;
      /** Delays before each retry of an event that wasn't acknowledged, in real ms. */
      readonly eventRetryDelaysMs: readonly number[];
    },
  ) {}

  redeliverNext(times: number, options: RedeliveryOptions = {}): void {
    this.#planned = { ...options, times };
  }

  deliver(payload: Payload): Delivered {
    const plan = this.#takePlan(payload.kind);
    const envelopeId = randomUUID();
    const send = (copy: number): Promise<Acknowledgement> =>
      this.#send(payload, {
        copy,
        attempt: 0,
        envelopeId: plan?.envelope === 'new' && copy > 0 ? randomUUID() : envelopeId,
      });
    const first = send(0);
    const copies = Array.from({ length: plan?.times ?? 0 }, (_, index) => index + 1);
    const all =
      plan?.concurrently === true
        ? Promise.all([first, ...copies.map(send)]).then(() => undefined)
        : copies.reduce<Promise<unknown>>((before, copy) => before.then(() => send(copy)), first);
    if (payload.kind === 'event') void this.#retry(payload, first, envelopeId);
    return { first, all: all.then(() => undefined) };
  }

  #takePlan(kind: DeliveryKind): Plan | undefined {
    const plan = this.#planned;
    if (plan === undefined) return undefined;
    const fits = plan.kind === undefined ? kind !== 'blockSuggestion' : plan.kind === kind;
    if (!fits) return undefined;
    this.#planned = undefined;
    return plan;
  }

  async #retry(
    payload: Payload,
    first: Promise<Acknowledgement>,
    envelopeId: string,
  ): Promise<void> {
    let last = await first;
    for (const [index, delay] of this.parts.eventRetryDelaysMs.entries()) {
      if (last.ok || this.#closed) return;
      await this.parts.timers.wait(delay);
      if (this.#closed) return;
      last = await this.#send(payload, {
        copy: 0,
        attempt: index + 1,
        envelopeId,
        retryReason: last.error === 'operation_timeout' ? 'http_timeout' : 'http_error',
      });
    }
  }

  /** Ends the waits and all retries. */
  close(): void {
    this.#closed = true;
  }

  async #send(
    payload: Payload,
    how: Pick<Outgoing, 'attempt' | 'envelopeId'> & {
      readonly copy: number;
      readonly retryReason?: string;
    },
  ): Promise<Acknowledgement> {
    const { recorder, timers, ackTimeoutMs, announce } = this.parts;
    const transport = this.parts.transport();
    const { envelopeId, attempt, copy, retryReason = '' } = how;
    const delivery = recorder.delivery({
      kind: payload.kind,
      via: transport.via,
      envelopeId: transport.via === 'socket' ? envelopeId : '',
      attempt,
      copy,
      at: this.parts.now(),
      payload: payload.body,
      outcome: { kind: 'waiting' },
    });
    const start = performance.now();
    const receipt = transport
      .send({ ...payload, envelopeId, attempt, retryReason })
      .then((received) => {
        delivery.outcome = outcomeOf(received, delivery, performance.now() - start);
        announce();
        return received;
      });
    const late: Receipt = { kind: 'failed', error: 'operation_timeout' };
    const settled = await timers.within(receipt, ackTimeoutMs, late);
    if (delivery.outcome.kind === 'waiting' && settled.kind === 'failed') {
      delivery.outcome = settled;
      announce();
    }
    if (settled.kind === 'failed') return { ok: false, error: settled.error };
    return { ok: true, afterMs: performance.now() - start, response: settled.response };
  }
}

function outcomeOf(receipt: Receipt, delivery: Delivery, afterMs: number): DeliveryOutcome {
  if (receipt.kind === 'failed') {
    return delivery.outcome.kind === 'failed' ? delivery.outcome : receipt;
  }
  const kind = delivery.outcome.kind === 'failed' ? 'late' : 'acknowledged';
  return { kind, afterMs, response: receipt.response };
}
