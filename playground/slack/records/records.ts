import type { Json, JsonObject } from '../json';

export type TokenKind = 'bot' | 'app' | 'none' | 'unknown';

/** How a Web API call was answered. `fault`: by a planned fault; `applied`: after its effect. */
export type CallAnswer =
  | { readonly kind: 'pending' }
  | { readonly kind: 'ok'; readonly body: JsonObject }
  | { readonly kind: 'error'; readonly error: string; readonly body: JsonObject }
  | { readonly kind: 'fault'; readonly fault: string; readonly applied: boolean };

export interface Call {
  readonly method: string;
  /** Arguments with their JSON strings parsed, without the token. */
  readonly args: JsonObject;
  /** The workspace's clock on arrival, ms. */
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
      /** Real time, ms. */
      readonly afterMs: number;
      readonly response: Json | undefined;
    }
  /** Acknowledged after the person had been told of a failure. */
  | { readonly kind: 'late'; readonly afterMs: number; readonly response: Json | undefined }
  | { readonly kind: 'failed'; readonly error: string };

export interface Delivery {
  readonly kind: DeliveryKind;
  readonly via: 'socket' | 'http';
  /** Empty over HTTP. */
  readonly envelopeId: string;
  /** 0 for the first, then one more for each retry of an event. */
  readonly attempt: number;
  /** 0 for the delivery itself, 1… for the copies of `redeliverNext`. */
  readonly copy: number;
  readonly at: number;
  readonly payload: JsonObject;
  outcome: DeliveryOutcome;
}

/** Something the app did that Slack would have refused or shown as an error. */
export interface Mistake {
  /** Where: a Web API method, `acknowledgement` or `response_url`. */
  readonly where: string;
  readonly error: string;
  readonly detail: string;
}
