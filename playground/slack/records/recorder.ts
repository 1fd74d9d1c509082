import { type Json, stringsIn } from '../json';
import type { Changes } from '../workspace/changes';
import type { Call, Delivery, Mistake } from './records';

/** Records everything between the app and the workspace. */
export class Recorder {
  readonly calls: Call[] = [];
  readonly deliveries: Delivery[] = [];
  readonly mistakes: Mistake[] = [];
  readonly #sentByApp: { raw: string; decoded: Json | undefined }[] = [];

  constructor(private readonly changes: Changes) {}

  call(call: Call): Call {
    this.calls.push(call);
    this.changes.announce();
    return call;
  }

  delivery(delivery: Delivery): Delivery {
    this.deliveries.push(delivery);
    this.changes.announce();
    return delivery;
  }

  mistake(where: string, error: string, detail = ''): void {
    this.mistakes.push({ where, error, detail });
    this.changes.announce();
  }

  /** Records raw text from the app, and its decoded value. */
  sent(raw: string, decoded: Json | undefined): void {
    this.#sentByApp.push({ raw, decoded });
  }

  /** Drops the records except mistakes, so that a long run doesn't fill the memory. */
  forget(): void {
    for (const list of [this.calls, this.deliveries, this.#sentByApp]) {
      list.length = 0;
    }
  }

  everything(): string {
    return this.#sentByApp.map(({ raw, decoded }) => `${raw}\n${stringsIn(decoded)}`).join('\n');
  }

  /** The last few calls and deliveries, one per line, for error messages. */
  recently(): string {
    const calls = this.calls.slice(-6).map(({ method, answer }) => {
      const how = answer.kind === 'error' ? answer.error : answer.kind;
      return `${method} (${how})`;
    });
    const deliveries = this.deliveries.slice(-4).map(({ kind, outcome }) => {
      const how = outcome.kind === 'failed' ? outcome.error : outcome.kind;
      return `${kind} (${how})`;
    });
    const mistakes = this.mistakes.slice(-3).map(({ where, error }) => `${where}: ${error}`);
    return [
      `last calls: ${calls.join(', ') || 'none'}`,
      `last deliveries: ${deliveries.join(', ') || 'none'}`,
      ...(mistakes.length > 0 ? [`mistakes: ${mistakes.join(', ')}`] : []),
    ].join('; ');
  }
}
