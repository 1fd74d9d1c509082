import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { jobStatuses } from '../domain/job/job';
import { problemCodes } from '../domain/measure/measureChange';
import {
  attemptEnds,
  callEnds,
  deliveries,
  type Measurement,
  measuredDecisions,
  searchResults,
  slackMethods,
  waysToJob,
} from '../domain/measure/measurement';
import { operationName } from '../domain/request/operations/operation';
import { eventTypes } from '../domain/request/requestEvent';
import type { CredentialState } from '../ports/credentials';
import type { Metrics } from '../ports/metrics';
import type { Workload } from '../ports/workload';

/** What a scrape reads from other parts. */
export interface Readings {
  /** `undefined` if the database can't be read. */
  workload: Workload | undefined;
  /** False if the database doesn't say so in time. */
  takesWrites: boolean;
  keys: CredentialState;
}

export interface FerryMetrics extends Metrics {
  /** All metrics, in the format of Prometheus. */
  text(readings: Readings): Promise<string>;
  contentType: string;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * The metrics that Prometheus reads from `/metrics`. Labels come from fixed lists, never from a
 * person. All series start at zero, because Prometheus notices no increase in a series that is new.
 */
export function createMetrics(version: string): FerryMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const info = new Gauge({
    name: 'ferry_info',
    help: 'Always 1. The label is the version of Ferry.',
    labelNames: ['version'],
    registers,
  });
  info.set({ version }, 1);
  const measure = measuring(registers);
  const read = reading(registers);
  return {
    measure,
    text(readings) {
      read(readings);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

/** What this process measured. */
function measuring(registers: Registry[]): (measurement: Measurement) => void {
  const events = new Counter({
    name: 'ferry_events_total',
    help: 'Recorded events, by type.',
    labelNames: ['type'],
    registers,
  });
  const decided = new Histogram({
    name: 'ferry_decision_seconds',
    help: 'Time from a request, its last edit or a pressed operation to its decision, in seconds.',
    labelNames: ['operation', 'decision'],
    buckets: [minute, 5 * minute, 15 * minute, hour, 4 * hour, 8 * hour, day, 3 * day, 7 * day],
    registers,
  });
  const calls = new Histogram({
    name: 'ferry_operation_seconds',
    help: 'Duration of calls that change something at Tencent Cloud, in seconds, by operation and outcome.',
    labelNames: ['operation', 'outcome'],
    buckets: [0.1, 0.3, 1, 3, 10, 30, 60],
    registers,
  });
  const attempts = new Counter({
    name: 'ferry_operations_total',
    help: 'Attempts of operations that ended, by outcome.',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const problems = new Counter({
    name: 'ferry_problems_total',
    help: 'Attempts of operations that were not done, by code of the problem.',
    labelNames: ['code'],
    registers,
  });
  const searches = new Counter({
    name: 'ferry_reconciliations_total',
    help: 'Searches for the effect of a call without a clear response, by result.',
    labelNames: ['operation', 'result'],
    registers,
  });
  const jobs = new Histogram({
    name: 'ferry_quorum_to_job_seconds',
    help: 'Time from the last approval to the JobId, in seconds, including the wait for a launch window.',
    labelNames: ['how'],
    buckets: [0.5, 1, 2, 5, 10, 30, minute, 5 * minute, 15 * minute, hour, 12 * hour],
    registers,
  });
  const moves = new Counter({
    name: 'ferry_job_changes_total',
    help: 'Changes of the status of jobs, by new status.',
    labelNames: ['status'],
    registers,
  });
  const altered = new Counter({
    name: 'ferry_altered_records_total',
    help: 'Decisions and calls that were refused because the request differs from the audit log.',
    registers,
  });
  const acknowledged = new Histogram({
    name: 'ferry_slack_acknowledgement_seconds',
    help: 'Time from a delivery of Slack to its acknowledgement, in seconds. Slack allows three.',
    labelNames: ['delivery'],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 2, 3],
    registers,
  });
  const limited = new Counter({
    name: 'ferry_slack_rate_limited_total',
    help: 'Calls that Slack refused because there were too many, by method.',
    labelNames: ['method'],
    registers,
  });
  const connected = new Gauge({
    name: 'ferry_slack_connected',
    help: '1 while this process is connected to Slack, otherwise 0.',
    registers,
  });
  const connections = new Counter({
    name: 'ferry_slack_connections_total',
    help: 'Connections to Slack that this process opened. All but the first are reconnects.',
    registers,
  });

  for (const type of eventTypes) events.inc({ type }, 0);
  for (const operation of operationName.options) {
    for (const outcome of attemptEnds) attempts.inc({ operation, outcome }, 0);
    for (const outcome of callEnds) calls.zero({ operation, outcome });
    for (const result of searchResults) searches.inc({ operation, result }, 0);
    for (const decision of measuredDecisions) decided.zero({ operation, decision });
  }
  for (const how of waysToJob) jobs.zero({ how });
  for (const status of jobStatuses) moves.inc({ status }, 0);
  for (const code of problemCodes) problems.inc({ code }, 0);
  for (const delivery of deliveries) acknowledged.zero({ delivery });
  for (const method of slackMethods) limited.inc({ method }, 0);

  return (measurement) => {
    switch (measurement.kind) {
      case 'event':
        return events.inc({ type: measurement.type });
      case 'decided': {
        const { decision, operation, seconds } = measurement;
        return decided.observe({ operation, decision }, seconds);
      }
      case 'call_ended': {
        const { operation, outcome, seconds } = measurement;
        return calls.observe({ operation, outcome }, seconds);
      }
      case 'attempt_ended': {
        const { operation, outcome } = measurement;
        attempts.inc({ operation, outcome });
        return measurement.outcome === 'done'
          ? undefined
          : problems.inc({ code: measurement.code });
      }
      case 'searched': {
        const { operation, result } = measurement;
        return searches.inc({ operation, result });
      }
      case 'job_known':
        return jobs.observe({ how: measurement.how }, measurement.seconds);
      case 'job_moved':
        return moves.inc({ status: measurement.to });
      case 'record_altered':
        return altered.inc();
      case 'acknowledged':
        return acknowledged.observe({ delivery: measurement.delivery }, measurement.seconds);
      case 'slack_limit':
        return limited.inc({ method: measurement.method });
      case 'slack_connection':
        connected.set(measurement.isUp ? 1 : 0);
        return measurement.isUp ? connections.inc() : undefined;
      default:
        return measurement satisfies never;
    }
  };
}

/** What a scrape reads: facts that all processes with the same database share, and the keys. */
function reading(registers: Registry[]): (readings: Readings) => void {
  const database = new Gauge({
    name: 'ferry_database_up',
    help: '1 if this scrape could read the database, and Ferry can write to it, otherwise 0.',
    registers,
  });
  const requests = new Gauge({
    name: 'ferry_requests',
    help: 'Requests that have not ended, by state. All replicas report the same.',
    labelNames: ['state'],
    registers,
  });
  const jobs = new Gauge({
    name: 'ferry_jobs',
    help: 'Jobs that have not ended, by status. All replicas report the same.',
    labelNames: ['status'],
    registers,
  });
  const waiting = new Gauge({
    name: 'ferry_outbox_requests',
    help: 'Requests with changes that were not posted yet, by audience. All replicas report the same.',
    labelNames: ['audience'],
    registers,
  });
  const oldest = new Gauge({
    name: 'ferry_outbox_oldest_seconds',
    help: 'Age of the oldest event that was not posted yet, in seconds; 0 if there is none.',
    labelNames: ['audience'],
    registers,
  });
  const keysValid = new Gauge({
    name: 'ferry_keys_valid',
    help: '1 if this process has valid keys for Tencent Cloud, otherwise 0.',
    registers,
  });
  return ({ keys, takesWrites, workload }) => {
    keysValid.set(keys.isUsable ? 1 : 0);
    database.set(takesWrites && workload !== undefined ? 1 : 0);
    for (const gauge of [requests, jobs, waiting, oldest]) gauge.reset();
    if (workload === undefined) return;
    for (const { state, count } of workload.requests) requests.set({ state }, count);
    for (const { status, count } of workload.jobs) jobs.set({ status }, count);
    for (const { audience, count, oldestSeconds } of workload.outbox) {
      waiting.set({ audience }, count);
      oldest.set({ audience }, oldestSeconds);
    }
  };
}
