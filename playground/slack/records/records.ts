import type { Json, JsonObject } from '../json';

export type TokenKind = 'bot' | 'app' | 'none' | 'unknown';

/**
 * How a Web API call was answered. `fault`: by a planned fault. `applied`: after it took effect.
 */
export type CallAnswer =
  | { readonly kind: 'pending' }
  | { readonly kind: 'ok'; readonly body: JsonObject }
  | { readonly kind: 'error'; readonly error: string; readonly body: JsonObject }
  | { readonly kind: 'fault'; readonly fault: string; readonly applied: boolean };

export interface Call {
  readonly method: string;
  /** The arguments without the token, with their JSON strings parsed. */
  readonly args: JsonObject;
  /** When the call arrived by the workspace's clock, in ms. */
  readonly at: number;
  readonly token: TokenKind;
  readonly rawBody: string;
  answer: CallAnswer;
}

export type DeliveryKind =
  | 'command'
  | 'shortcut'
  | 'messageShortcut'
  | 'blockActions'
  | 'viewSubmission'
  | 'viewClosed'
  | 'blockSuggestion'
  | 'event';

export type DeliveryOutcome =
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'acknowledged';
      /** Real time, in ms. */
      readonly afterMs: number;
      readonly response: Json | undefined;
    }
  /** Acknowledged after the person saw a failure. */
  | { readonly kind: 'late'; readonly afterMs: number; readonly response: Json | undefined }
  | { readonly kind: 'failed'; readonly error: string };

export interface Delivery {
  readonly kind: DeliveryKind;
  readonly via: 'socket' | 'http';
  /** Empty over HTTP. */
  readonly envelopeId: string;
  /** 0 at first, then counted up with each retry of an event. */
  readonly attempt: number;
  /** 0 for the delivery itself, 1 and more for copies by `redeliverNext`. */
  readonly copy: number;
  readonly at: number;
  readonly payload: JsonObject;
  outcome: DeliveryOutcome;
}

/** An action of the app that Slack would refuse or show as an error. */
export interface Mistake {
  /** A Web API method, `acknowledgement` or `response_url`. */
  readonly where: string;
  readonly error: string;
  readonly detail: string;
}
