import type { Things } from '../account/holdings';
import type { DtsJob } from '../dts/dtsJob';
import type { Call } from './call';
import type { HoldFault, PlainFault } from './fault';
import type { FaultTarget } from './faultTarget';
import type { Hold } from './gate';
import type { NotYet, UntilOptions } from './waiters';

/** A running endpoint. */
export interface DtsEndpoint {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** `127.0.0.1:PORT`: what `httpProfile.endpoint` of the SDK takes. */
  readonly host: string;
  readonly port: number;
  /** Every HTTP request received, in order of arrival. */
  readonly calls: readonly Call[];
  /** Every job, by its id, oldest first. */
  readonly jobs: ReadonlyMap<string, DtsJob>;
  /**
   * Gives the account more databases, networks, machines, secrets and regions than it begins with.
   * One that is there already, by region and id or name, is replaced.
   */
  add(things: Partial<Things>): void;
  /** The calls of one action, in order of arrival. */
  callsOf(action: string): readonly Call[];
  /**
   * Plans a fault for the next `times` calls of an action; faults planned first come first. A call
   * meets at most one, once its body is complete. A hold yields its handle.
   */
  next(fault: HoldFault, target?: FaultTarget): Hold;
  next(fault: PlainFault, target?: FaultTarget): void;
  /** Forgets planned faults no call has met; calls already held stay held. */
  clearFaults(): void;
  /**
   * Waits until `probe` returns something other than undefined, null or false, and resolves with
   * it. It is asked at once and after every change of a call or of the jobs. Rejects, naming
   * `what`, when `timeoutMs` (5000) passes or the endpoint closes; also with what `probe` throws.
   */
  until<T>(probe: () => T | NotYet, options: UntilOptions): Promise<T>;
  /** Calls `listener` after every change of a call or of the jobs. Returns a function that ends it. */
  onChange(listener: () => void): () => void;
  /** Stops listening and destroys every connection, held ones too. Repeating it is harmless. */
  close(): Promise<void>;
}
