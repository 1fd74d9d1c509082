import type { Measurement } from '../domain/measure/measurement';

/** Takes what the parts of Ferry measure. */
export interface Metrics {
  measure(measurement: Measurement): void;
}
