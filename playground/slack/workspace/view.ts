import type { JsonObject } from '../json';

export interface ViewRef {
  /** The view's id (V…). */
  readonly id: string;
}

/** What was entered or chosen: keys of `slotKey`, values as in `state.values`. */
export type Filled = Readonly<Record<string, JsonObject>>;

/** A modal or a Home tab as it stood at one moment; a later change makes a new one. */
export interface View extends ViewRef {
  readonly kind: 'modal' | 'home';
  readonly userId: string;
  readonly hash: string;
  /** The view as the app sent it, its `blocks` completed with ids. */
  readonly content: JsonObject;
  readonly blocks: readonly JsonObject[];
  readonly rootViewId: string;
  readonly previousViewId: string | null;
  readonly externalId: string;
  readonly filled: Filled;
  /** `state.values` as Slack sends them now. */
  readonly values: StateValues;
}

/** block_id → action_id → `{type, …}`. */
export type StateValues = {
  readonly [blockId: string]: { readonly [actionId: string]: JsonObject };
};
