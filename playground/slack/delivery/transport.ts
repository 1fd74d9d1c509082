import type { Json, JsonObject } from '../json';
import type { DeliveryKind } from '../records/records';

/** Something to tell the app. */
export interface Payload {
  readonly kind: DeliveryKind;
  readonly body: JsonObject;
}

export interface Outgoing extends Payload {
  readonly envelopeId: string;
  /** Retries of events count up from 0. */
  readonly attempt: number;
  readonly retryReason: string;
}

export type Receipt =
  | { readonly kind: 'acknowledged'; readonly response: Json | undefined }
  | { readonly kind: 'failed'; readonly error: string };

/** A way to the app. A receipt may never come: who sends keeps the time. */
export interface Transport {
  readonly via: 'socket' | 'http';
  send(outgoing: Outgoing): Promise<Receipt>;
}
