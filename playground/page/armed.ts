import type { SlackWorkspace } from '../slack/index';
import type { DtsEndpoint, Fault } from '../tencentcloud/index';

interface Plan {
  readonly label: string;
  /** How many calls have used it. */
  readonly met: () => number;
  readonly times: number;
}

/** Planned faults that no call has met yet. */
export class Armed {
  #plans: readonly Plan[] = [];

  cloud(dts: DtsEndpoint, label: string, fault: Fault, times: number): void {
    const met = (): number => dts.calls.filter((call) => call.fault === fault).length;
    this.#plans = [...this.#plans, { label, met, times }];
  }

  slack(slack: SlackWorkspace, label: string, method: string, times: number): void {
    const faulted = (): number =>
      slack.callsOf(method).filter(({ answer }) => answer.kind === 'fault').length;
    const before = faulted();
    this.#plans = [...this.#plans, { label, met: () => faulted() - before, times }];
  }

  watch(label: string, hasHappened: () => boolean): void {
    this.#plans = [...this.#plans, { label, met: () => (hasHappened() ? 1 : 0), times: 1 }];
  }

  forget(): void {
    this.#plans = [];
  }

  get labels(): readonly string[] {
    return this.#plans
      .filter(({ met, times }) => met() < times)
      .map(({ label, met, times }) => (times === 1 ? label : `${label} (${times - met()} left)`));
  }
}
