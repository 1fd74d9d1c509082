import type { FaultTarget, HoldFault, PlainFault } from './fault';
import type { Gate } from './gate';

/** A fault ready to be played: a hold comes with its gate. */
export type PlannedFault =
  | { readonly kind: 'plain'; readonly fault: PlainFault }
  | {
      readonly kind: 'held';
      readonly fault: HoldFault;
      readonly gate: Gate;
    };

/** Faults waiting for calls, first planned first met, each action on its own. */
export class FaultQueue {
  readonly #waiting = new Map<string, { readonly planned: PlannedFault; left: number }[]>();

  add(planned: PlannedFault, { action = 'CreateMigrateJob', times = 1 }: FaultTarget): void {
    if (!(times >= 1)) throw new RangeError(`times must be at least 1, not ${times}`);
    const line = this.#waiting.get(action) ?? [];
    line.push({ planned, left: times });
    this.#waiting.set(action, line);
  }

  /** The fault the next call of `action` meets; using it up counts as one time. */
  take(action: string | undefined): PlannedFault | undefined {
    const line = action === undefined ? undefined : this.#waiting.get(action);
    const head = line?.[0];
    if (line === undefined || head === undefined) return undefined;
    head.left -= 1;
    if (head.left < 1) line.shift();
    return head.planned;
  }

  clear(): void {
    this.#waiting.clear();
  }
}
