import type { Json, JsonObject } from '../json';
import type { DeliveryKind } from '../records/records';

/** A payload for the app. */
export interface Payload {
  readonly kind: DeliveryKind;
  readonly body: JsonObject;
}

export interface Outgoing extends Payload {
  readonly envelopeId: string;
  /** Counts retries of events from 0. */
  readonly attempt: number;
  readonly retryReason: string;
}

export type Receipt =
  | { readonly kind: 'acknowledged'; readonly response: Json | undefined }
  | { readonly kind: 'failed'; readonly error: string };

/**
 * A way to send payloads to the app. An acknowledgement may never come, so the sender needs a
 * timeout.
 */
export interface Transport {
  readonly via: 'socket' | 'http';
  send(outgoing: Outgoing): Promise<Receipt>;
}
