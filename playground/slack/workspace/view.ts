import type { JsonObject } from '../json';

export interface ViewRef {
  /** The view's id (V…). */
  readonly id: string;
}

/** Entered or chosen values. Keys are from `slotKey`, values as in `state.values`. */
export type Filled = Readonly<Record<string, JsonObject>>;

/** A modal or Home tab at one moment. A change makes a new one. */
export interface View extends ViewRef {
  readonly kind: 'modal' | 'home';
  readonly userId: string;
  readonly hash: string;
  /** The view from the app, with completed `blocks`. */
  readonly content: JsonObject;
  readonly blocks: readonly JsonObject[];
  readonly rootViewId: string;
  readonly previousViewId: string | null;
  readonly externalId: string;
  readonly filled: Filled;
  /** `state.values` as Slack would send them. */
  readonly values: StateValues;
}

/** block_id → action_id → `{type, …}`. */
export type StateValues = {
  readonly [blockId: string]: { readonly [actionId: string]: JsonObject };
};
