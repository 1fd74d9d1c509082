import type { Call } from './call';
import type { HoldFault, PlainFault } from './fault';
import type { FaultTarget } from './faultTarget';
import type { Gate } from './gate';

/** A planned fault. A hold includes its gate. */
export type PlannedFault =
  | { readonly kind: 'plain'; readonly fault: PlainFault }
  | {
      readonly kind: 'held';
      readonly fault: HoldFault;
      readonly gate: Gate;
    };

interface Waiting {
  readonly planned: PlannedFault;
  readonly fits: (call: Call) => boolean;
  left: number;
}

/** Planned faults. They are used in order, separately for each action. */
export class FaultQueue {
  readonly #waiting = new Map<string, Waiting[]>();

  add(planned: PlannedFault, target: FaultTarget): void {
    const { action = 'CreateMigrateJob', times = 1, fits = () => true } = target;
    if (!(times >= 1)) throw new RangeError(`times must be at least 1, not ${times}`);
    const line = this.#waiting.get(action) ?? [];
    line.push({ planned, fits, left: times });
    this.#waiting.set(action, line);
  }

  /** The fault for `call`, whose body is complete. Taking it uses it once. */
  take(call: Call): PlannedFault | undefined {
    const line = call.action === undefined ? undefined : this.#waiting.get(call.action);
    const first = line?.find(({ fits }) => fits(call));
    if (line === undefined || first === undefined) return undefined;
    first.left -= 1;
    if (first.left < 1) line.splice(line.indexOf(first), 1);
    return first.planned;
  }

  clear(): void {
    this.#waiting.clear();
  }
}
