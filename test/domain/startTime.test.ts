import type { FollowedJob } from '../../src/domain/job/followed';
import type { JobStatus } from '../../src/domain/job/job';
import type { Approval } from '../../src/domain/request/approval';
import type { Intent } from '../../src/domain/request/intent';
import { creation, type Operation } from '../../src/domain/request/operations/operation';
import type { InState, MigrationRequest, RequestState } from '../../src/domain/request/request';
import { risksOf } from '../../src/domain/request/risks';
import { hasMissedStart } from '../../src/domain/request/startTime';
import { waitFrom } from '../../src/domain/request/waiting';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { type ActorFacts, decideAs } from '../support/decideAs';

const now = new Date('2026-05-04T10:00:00Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

const rule = aRule({ required: 2, breakGlass: [{ kind: 'user', userId: 'U1' }] });
const approver: ActorFacts = {
  ...{ userId: 'U1', name: 'One', standing: 'member', listed: 'yes', from: [] },
  today: { rule, approvers: new Map() },
};
const jobIn = (status: JobStatus): FollowedJob => ({
  ...{ api: '2021-12-06', status, said: status, steps: [], errors: [] },
  ...{ since: now, seenAt: now },
});

/** A request whose job starts an hour after `now`. */
function timed(state: RequestState, job: FollowedJob | undefined = undefined): MigrationRequest {
  const { parameters } = aDraft({
    'MigrateOption.RunMode': '2',
    'MigrateOption.ExpectTime': String(minutes(60).getTime() / 1_000),
  });
  return aRequest({ rule, parameters, secrets: {}, askedAt: now, state, job });
}

const created: InState<'created'> = { status: 'created', approvals: [], jobId: 'dts-1', at: now };
const prepared: InState<'prepared'> = {
  ...{ status: 'prepared', approvals: [], jobId: 'dts-1', at: now, since: now, reminders: 0 },
};
const approvedAt = (at: Date): Approval => ({
  ...{ by: { userId: 'U1', name: 'One' }, at, revision: 1, from: [], confirmed: true },
});
const failedAfter = (...approvals: Approval[]): InState<'failed'> => ({
  ...{ status: 'failed', approvals, problem: { kind: 'not_sent', detail: '' }, at: minutes(62) },
});
const approved = (...approvals: Approval[]): InState<'approved'> => ({
  ...{ status: 'approved', operation: creation, approvals, attempts: 0 },
});
const starting = (...approvals: Approval[]): InState<'approved'> => ({
  ...approved(...approvals),
  operation: { name: 'start_job', from: created, before: 'check_passed' },
});
const waitingFor = (operation: Operation) => waitFrom(rule, now, operation);
const onJob = { from: created, before: 'running' } as const;
const { observed, parameters, reason, revisedBy, secrets } = timed(created);
const previous = { observed, parameters, reason, revisedBy, rule, secrets };

const destination = aDraft().parameters.DstInfo.InstanceId;
const approve = { type: 'approve', revision: 1, destination } as const;
const emergency = { type: 'break_glass', revision: 1, reason: 'fire', destination } as const;
const tryAgain = { type: 'try_again', revision: 1 } as const;
const changing = { name: 'modify_job', ...onJob, previous } as const;

const refused = {
  ok: false,
  refusal: { code: 'start_time_passed', at: minutes(60) },
};

describe('a start time that passes while a request waits', () => {
  it.each<[string, MigrationRequest, Intent]>([
    ['an approval', timed(waitingFor(creation)), approve],
    ['an emergency approval', timed(waitingFor(creation)), emergency],
    ['the approval of a start', timed(prepared, jobIn('check_passed')), approve],
    ['the approval of a change', timed(waitingFor(changing), jobIn('check_passed')), approve],
    ['a retry', timed(failedAfter(approvedAt(now))), tryAgain],
  ])('prevents %s from that moment on', (_, request, intent) => {
    const at = (time: Date) => decideAs(request, approver, intent, time);
    expect(at(new Date(minutes(60).getTime() - 1))).toMatchObject({ ok: true });
    expect(at(minutes(60))).toEqual(refused);
    expect(at(minutes(600))).toEqual(refused);
  });

  it.each<[string, MigrationRequest, Intent]>([
    [
      'an operation on the job',
      timed(waitingFor({ name: 'stop_job', ...onJob }), jobIn('running')),
      { type: 'stop_job', revision: 1 },
    ],
    ['a denial', timed(waitingFor(creation)), { type: 'deny', revision: 1, reason: 'late' }],
    ['a job that someone started in the console', timed(prepared, jobIn('running')), approve],
    [
      'another person who presses Start',
      timed(
        waitingFor({ name: 'start_job', from: created, before: 'check_passed' }),
        jobIn('check_passed'),
      ),
      { type: 'start_job', revision: 1 },
    ],
    ['a request that began to wait later', timed(waitFrom(rule, minutes(61))), approve],
    [
      'a job that was prepared later',
      timed({ ...prepared, since: minutes(61) }, jobIn('check_passed')),
      approve,
    ],
    [
      'a retry after a later approval',
      timed(failedAfter(approvedAt(now), approvedAt(minutes(61)))),
      tryAgain,
    ],
    ['a retry of what the policy approved', timed(failedAfter()), tryAgain],
  ])('does not concern %s', (_, request, intent) => {
    expect(decideAs(request, approver, intent, minutes(62))).toMatchObject({ ok: true });
  });

  it('is compared with the submission if the state was stored without a time', () => {
    const { since: _, ...stored } = waitFrom(rule, now);
    const request = timed(stored);
    expect(decideAs(request, approver, approve, minutes(62))).toEqual(refused);
    const later = { ...request, askedAt: minutes(61) };
    expect(decideAs(later, approver, approve, minutes(62))).toMatchObject({ ok: true });
  });
});

it.each([
  [59, []],
  [60, [{ kind: 'odd', oddity: { code: 'time_has_passed' } }]],
])(
  'a card warns of a start time that had passed when the edited request began to wait: %s minutes',
  (since, risks) => {
    expect(risksOf(timed(waitFrom(rule, minutes(since))))).toEqual(risks);
  },
);

it.each<[string, RequestState, boolean]>([
  ['after its approval', approved(approvedAt(now)), true],
  ['after its first approval', approved(approvedAt(now), approvedAt(minutes(61))), false],
  ['after the policy approved it', approved(), false],
  ['after someone pressed Start', starting(approvedAt(now)), true],
  ['before someone pressed Start', starting(approvedAt(minutes(61))), false],
  ['before the policy starts the job', starting(), true],
  ['while another call is under way', created, false],
])('an approved request has missed a start time that passed %s: %#', (_, state, isMissed) => {
  expect(hasMissedStart(timed(state), minutes(62))).toBe(isMissed);
  expect(hasMissedStart(timed(state), minutes(59))).toBe(false);
});
