import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../ports/metrics';

export interface FerryMetrics extends Metrics {
  slackConnected(isUp: boolean): void;
  /** All metrics, in the format of Prometheus. */
  text(): Promise<string>;
  contentType: string;
}

/**
 * The metrics that Prometheus reads from `/metrics`. Labels come from fixed lists, never from a
 * person.
 */
export function createMetrics(): FerryMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'ferry_events_total',
    help: 'Recorded events, by type.',
    labelNames: ['type'],
    registers: [registry],
  });
  const operations = new Histogram({
    name: 'ferry_operation_seconds',
    help: 'Duration of calls that change something at Tencent Cloud, in seconds, by operation and outcome.',
    labelNames: ['operation', 'outcome'],
    buckets: [0.1, 0.3, 1, 3, 10, 30, 60],
    registers: [registry],
  });
  const connected = new Gauge({
    name: 'ferry_slack_connected',
    help: '1 while this process is connected to Slack, otherwise 0.',
    registers: [registry],
  });
  return {
    event: (type) => events.inc({ type }),
    operationTook: (operation, seconds, outcome) =>
      operations.observe({ operation, outcome }, seconds),
    slackConnected: (isUp) => connected.set(isUp ? 1 : 0),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
