import type { IdMaker } from '../workspace/idMaker';

interface Trigger {
  readonly userId: string;
  readonly issuedAt: number;
  exchanged: boolean;
}

export type Exchange =
  | { readonly kind: 'granted'; readonly userId: string }
  | {
      readonly kind: 'refused';
      readonly error: 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';
    };

/** `trigger_id`s, valid once for a limited time of the workspace's clock. */
export class Triggers {
  readonly #issued = new Map<string, Trigger>();

  constructor(
    private readonly ids: IdMaker,
    private readonly now: () => number,
    private readonly lifeMs: number,
  ) {}

  issue(userId: string): string {
    const id = `${this.#issued.size + 100_001}.${this.now().toString().slice(-9)}.${this.ids.secret()}`;
    this.#issued.set(id, { userId, issuedAt: this.now(), exchanged: false });
    return id;
  }

  exchange(id: string): Exchange {
    const trigger = this.#issued.get(id);
    if (trigger === undefined) return { kind: 'refused', error: 'invalid_trigger_id' };
    if (trigger.exchanged) return { kind: 'refused', error: 'exchanged_trigger_id' };
    if (this.now() - trigger.issuedAt > this.lifeMs) {
      return { kind: 'refused', error: 'expired_trigger_id' };
    }
    trigger.exchanged = true;
    return { kind: 'granted', userId: trigger.userId };
  }
}
