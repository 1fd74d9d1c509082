import type { Things } from '../account/holdings';
import type { DtsJob } from '../dts/dtsJob';
import type { Call } from './call';
import type { HoldFault, PlainFault } from './fault';
import type { FaultTarget } from './faultTarget';
import type { Hold } from './gate';
import type { KeyIssuer } from './issuedKeys';
import type { JobControls } from './jobControls';
import type { NotYet, UntilOptions } from './waiters';

/** A running endpoint. */
export interface DtsEndpoint {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** `127.0.0.1:PORT`, for `httpProfile.endpoint` of the SDK. */
  readonly host: string;
  readonly port: number;
  /** All HTTP requests in order of arrival. */
  readonly calls: readonly Call[];
  /** All jobs by ID, oldest first, as they are at the time of the endpoint's clock. */
  readonly jobs: ReadonlyMap<string, DtsJob>;
  /** Simulates failed checks, errors, lag, and people in the console. */
  readonly controls: JobControls;
  /**
   * Adds databases, networks, machines, secrets and regions to the account. Existing ones with the
   * same region and ID or name are replaced.
   */
  add(things: Partial<Things>): void;
  /** Issues and revokes temporary keys. */
  readonly keys: Pick<KeyIssuer, 'issue' | 'revokeAll' | 'everIssued'>;
  /** The calls of one action in order of arrival. */
  callsOf(action: string): readonly Call[];
  /**
   * Plans a fault for the next `times` calls of an action. Faults are used in order, at most one
   * per call, once the call's body is complete. A hold returns its handle.
   */
  next(fault: HoldFault, target?: FaultTarget): Hold;
  next(fault: PlainFault, target?: FaultTarget): void;
  /** Removes planned faults that no call has used. Held calls stay held. */
  clearFaults(): void;
  /**
   * Resolves to the first result of `probe` other than undefined, null or false. `probe` is called
   * at once and after every change of a call or job. Rejects with `what` after `timeoutMs` (5000)
   * or if the endpoint closes, and if `probe` throws.
   */
  until<T>(probe: () => T | NotYet, options: UntilOptions): Promise<T>;
  /**
   * Calls `listener` after every change of a call or job. Returns a function that ends the
   * subscription.
   */
  onChange(listener: () => void): () => void;
  /**
   * Stops listening and destroys all connections, including held ones. It may be called repeatedly.
   */
  close(): Promise<void>;
}
