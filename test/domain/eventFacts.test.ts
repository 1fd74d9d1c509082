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
  [{ type: 'reminded', number: 2 }, { number: 2 }],
  [
    { type: 'reminded', operation: 'stop_job', number: 2 },
    { operation: 'stop_job', number: 2 },
  ],
  ...(['unverified', 'look_again'] as const).map((type): [EventPayload, object] => [
    ...([{ type, operation: 'create_job' }, { operation: 'create_job' }] as const),
  ]),
  [
    { type: 'try_again', operation: 'create_job', after: 'failed', voided: 0 },
    { operation: 'create_job' },
  ],
  [
    { type: 'held', operation: 'create_job', until },
    { operation: 'create_job', until },
  ],
  [{ type: 'reminder_held', until }, { until }],
  [
    { type: 'launched', operation: 'create_job', attempt: 2 },
    { operation: 'create_job', attempt: 2 },
  ],
  [
    { type: 'answer_lost', operation: 'create_job', doubt },
    { operation: 'create_job', code: 'no_answer' },
  ],
  [
    { type: 'looked', operation: 'create_job', found: 2 },
    { operation: 'create_job', found: 2 },
  ],
  [
    { type: 'automatic', operation: 'check_job', rule: 'a' },
    { operation: 'check_job', rule: 'a' },
  ],
  [{ type: 'not_automatic', operation: 'check_job' }, { operation: 'check_job' }],
  [
    { type: 'not_automatic', operation: 'start_job', missed: new Date('2026-05-04T10:00:00Z') },
    { operation: 'start_job', missed: '2026-05-04T10:00:00.000Z' },
  ],
  [
    { type: 'operated', operation: 'stop_job', how: 'found' },
    { operation: 'stop_job', how: 'found' },
  ],
  [
    {
      ...{ type: 'job_moved', from: 'running', to: 'failed', said: foreign, elsewhere: true },
      ...{ operation: 'stop_job', error: foreign },
    },
    { operation: 'stop_job', from: 'running', to: 'failed' },
  ],
  [{ type: 'channel_lost', problem: 'archived' }, { problem: 'archived' }],
  [
    { type: 'attempt_refused', action: 'approve', refusal: { code: 'own_request' } },
    { action: 'approve', code: 'own_request' },
  ],
  [
    { type: 'watched', jobId: 'dts-1', region: 'ap-guangzhou' },
    { job: 'dts-1', region: 'ap-guangzhou' },
  ],
  [{ type: 'job_idle', since: until }, {}],
  [{ type: 'requested' }, {}],
  [{ type: 'edited', differences: [], voided: 1 }, {}],
  [{ type: 'unwatched' }, {}],
  [{ type: 'unwatched', createdBy: 7 }, { createdBy: 7 }],
])('the log has the facts of an event, without foreign words: %j', (event, facts) => {
  expect(eventFacts(event)).toEqual(facts);
});
