import { eventFacts } from '../../src/domain/measure/eventFacts';
import type { LaunchProblem } from '../../src/domain/request/launchOutcome';
import type { EventPayload } from '../../src/domain/request/requestEvent';

const foreign = 'words of a person or server';
const lapsed = [{ userId: 'U1', because: 'author' }] as const;
const until = new Date('2026-05-04T10:00:00Z');
const problem: LaunchProblem = {
  ...{ kind: 'refused', code: 'InternalError', message: foreign, requestId: 'r' },
};
const doubt = { kind: 'no_answer', detail: foreign } as const;
const found = [{ jobId: 'dts-1', createTime: '2026-05-04 18:00:00' }];

it.each<[EventPayload, object]>([
  [
    { type: 'stray_job', attempt: 2, jobId: 'dts-9' },
    { attempt: 2, job: 'dts-9' },
  ],
  [{ type: 'denied', operation: 'stop_job', reason: foreign }, { operation: 'stop_job' }],
  [{ type: 'denied', reason: foreign }, {}],
  [{ type: 'break_glass', reason: foreign }, {}],
  [
    { type: 'approved', count: 1, required: 2, comment: foreign },
    { approvals: 1, required: 2 },
  ],
  [{ type: 'approvals_lapsed', lapsed, reopened: true }, { lapsed: 1 }],
  [
    { type: 'rule_changed', from: 'a', to: 'b', voided: 0, lapsed, reopened: false },
    { rule: 'b', lapsed: 1 },
  ],
  [
    { type: 'failed', operation: 'create_job', problem },
    { operation: 'create_job', code: 'InternalError' },
  ],
  [
    { type: 'postponed', operation: 'create_job', attempt: 1, problem, until },
    { operation: 'create_job', attempt: 1, code: 'InternalError', until },
  ],
  [
    { type: 'unconfirmed', operation: 'create_job', doubt, found },
    { operation: 'create_job', code: 'no_answer', found: 1 },
  ],
  [
    { type: 'created', how: 'answered', jobId: 'dts-1', requestId: 'r' },
    { how: 'answered', job: 'dts-1', tencentRequestId: 'r' },
  ],
  [
    { type: 'created', how: 'found', jobId: 'dts-1' },
    { how: 'found', job: 'dts-1' },
  ],
])('the log has the facts of an event, without foreign words: %j', (event, facts) => {
  expect(eventFacts(event)).toEqual(facts);
});
