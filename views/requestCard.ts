import { type ConsoleSite, consoleUrl } from '../src/domain/errors/consolePage';
import { type FollowedJob, missedSince } from '../src/domain/job/followed';
import { type JobStatus, mayBeStarted } from '../src/domain/job/job';
import { demandsOf } from '../src/domain/policy/demands';
import type { Rule } from '../src/domain/policy/policy';
import type { Approval } from '../src/domain/request/approval';
import { isByPolicy } from '../src/domain/request/automatic';
import { operationIn } from '../src/domain/request/operationIn';
import { missingOf, peopleIn } from '../src/domain/request/quorum';
import type { MigrationRequest, RequestState, RequestStatus } from '../src/domain/request/request';
import { isStartLost } from '../src/domain/request/startApproval';
import { approvalsIn, jobIdIn } from '../src/domain/request/states';
import type { Announced, WatchState } from '../src/domain/request/watch';
import { cut } from '../src/domain/text/cut';
import type { Messages } from '../src/i18n/locales';
import {
  code,
  inLine,
  join,
  link,
  type Part,
  person,
  quote,
  say,
  type Text,
} from '../src/i18n/text';
import { cardButtons } from './cardButtons';
import { riskLines, scopeLine, waitingLine, wayLine } from './glance';
import { type Message, messageText } from './message';
import { needed, stillNeeded } from './needed';
import { plainText } from './plainText';
import { preparedLines } from './preparedLines';
import { jobLabel } from './progress';
import { richText } from './richText';

const longestTitle = 150;
const longestReason = 300;

/**
 * The card of a request in its current state: the status in its title, then the facts for a
 * decision. A decided request takes two lines.
 */
export function buildRequestCard(
  messages: Messages,
  request: MigrationRequest,
  site: ConsoleSite,
): Message {
  const status = withLag(messages, request, buildStatus(messages, request, site));
  const { card } = messages;
  const { JobName } = request.parameters;
  return {
    text: messageText(card.summary(request.id, JobName, status)),
    blocks: [
      { type: 'header', text: plainText(titleOf(messages, request), longestTitle) },
      richText(
        ...linesOf(messages, request, site, status),
        ...(jobIdIn(request.state) === undefined ? [] : missingLine(messages, request)),
      ),
      ...cardButtons(messages, request, site),
    ],
  };
}

/** The mark and the status come first. The name is shortened if needed. */
function titleOf(messages: Messages, { id, job, parameters, state }: MigrationRequest): string {
  const { card } = messages;
  const isEmergency = approvalsIn(state).some(({ breakGlass }) => breakGlass !== undefined);
  const label = labelOf(messages, { job, state });
  const status = isEmergency ? card.emergencyLabel(label) : label;
  const mark = markOf({ job, state });
  const room = longestTitle - card.title(mark, id, '', status).length;
  return card.title(mark, id, cut(parameters.JobName, room), status);
}

/** The status in the title: the job's, once it exists. */
function labelOf(messages: Messages, { job, state }: Shown): string {
  const { card, job: words } = messages;
  const { name } = operationIn(state);
  if (name === 'create_job') {
    if (state.status === 'prepared') return preparedLabel(messages, { job, state });
    // The policy approved nothing: it lets the job be created before its approval.
    if (isByPolicy(state)) return card.label.launching;
    return job !== undefined && (state.status === 'created' || isKept({ job, state }))
      ? jobLabel(messages, job)
      : card.label[state.status];
  }
  switch (state.status) {
    case 'pending':
      return words.waits(name);
    case 'approved':
      // It waits for a launch window.
      return state.opensAt === undefined ? words.underWay[name] : card.label.approved;
    case 'launching':
      return words.underWay[name];
    default:
      return card.label[state.status];
  }
}

/** True for a job that isn't needed, and that Ferry doesn't delete because someone started it. */
const isKept = ({ job, state }: Shown): boolean =>
  state.status === 'discarding' && job !== undefined && mayBeStarted(job);

/** The status of a job that waits for the approval of its start. */
export function preparedLabel(messages: Messages, { job, state }: Shown): string {
  const { unchecked } = messages.job.prepared;
  if (job === undefined) return unchecked;
  if (isStartLost({ job, state })) return jobLabel(messages, job);
  switch (job.status) {
    case 'creating':
    case 'created':
      return unchecked;
    case 'check_passed':
      return messages.card.label.prepared;
    default:
      return jobLabel(messages, job);
  }
}

type Shown = Pick<MigrationRequest, 'job' | 'state'>;

const isOfWatch = (state: RequestState | WatchState): state is WatchState =>
  state.status === 'watching' || state.status === 'unwatched';

function linesOf(
  messages: Messages,
  request: MigrationRequest,
  site: ConsoleSite,
  status: Text,
): Text[] {
  const way = wayLine(messages, request, site);
  switch (cardSize[request.state.status]) {
    case 'closed':
      return [way, status];
    case 'under_way':
      return [way, scopeLine(messages, request), status];
    case 'waiting':
      return [
        way,
        scopeLine(messages, request),
        isStartLost(request) ? status : waitingLine(messages, request, status),
        ...preparedLines(messages, request, (jobId) => jobPart(jobId, site)),
        [quote(cut(request.reason, longestReason))],
        ...riskLines(messages, request),
      ];
  }
}

/** The size of a card in each state. */
const cardSize = {
  pending: 'waiting',
  approved: 'under_way',
  launching: 'under_way',
  reconciling: 'under_way',
  unconfirmed: 'under_way',
  prepared: 'waiting',
  discarding: 'closed',
  created: 'closed',
  failed: 'closed',
  denied: 'closed',
  withdrawn: 'closed',
  expired: 'closed',
} as const satisfies Record<RequestStatus, 'waiting' | 'under_way' | 'closed'>;

/** Says that DTS doesn't know the job, as long as Ferry doesn't treat it as deleted. */
export function missingLine({ job: words }: Messages, { job }: Pick<Announced, 'job'>): Text[] {
  const since = missedSince(job);
  return since === undefined ? [] : [words.missing(since)];
}

/** Adds how far the target is behind, which decides when to cut over. */
function withLag({ job: words }: Messages, { job, state }: Shown, status: Text): Text {
  const isReady = state.status === 'created' && job?.status === 'ready_complete';
  const lag = isReady ? words.lag(job) : undefined;
  return lag === undefined ? status : say`${status} · ${words.progress.lag(lag)}`;
}

/** The status of a request in one sentence. */
export function buildStatus(
  messages: Messages,
  request: MigrationRequest,
  site?: ConsoleSite,
): Text {
  const { job, state } = request;
  const { status } = messages.card;
  switch (state.status) {
    case 'denied':
    case 'withdrawn':
      return status[state.status](state.by.userId);
    case 'expired':
      return status.expired(state.at);
    case 'discarding': {
      const id = jobPart(state.jobId, site);
      const { next } = state;
      const { prepared } = messages.job;
      const kept = isKept(request);
      if (next.status === 'approved') {
        return kept ? prepared.kept(id, true) : prepared.createsAgain(id);
      }
      const said = kept ? prepared.kept(id, false) : prepared.deletes(id);
      return prepared.ended(buildStatus(messages, { ...request, state: next }, site), said);
    }
  }
  const by = approvedBy(messages, state.approvals, request.rule);
  switch (state.status) {
    case 'pending':
    case 'prepared': {
      if (state.status === 'prepared' && isStartLost(request)) {
        const { lost, other } = messages.job.prepared;
        return inLine(other(jobPart(state.jobId, site), preparedLabel(messages, request)), lost);
      }
      const rule = demandsOf(request.rule, operationIn(state));
      const missing = missingOf(rule, state.approvals);
      const given = peopleIn(state.approvals);
      return given === 0
        ? status.waiting(needed(messages, rule))
        : status.partlyApproved(by, given, rule.required, stillNeeded(messages, missing));
    }
    case 'approved': {
      const { opensAt, retry, unverifiedSince } = state;
      const words = messages.operations[state.operation.name].status;
      if (unverifiedSince !== undefined) return words.unverified(by);
      if (opensAt !== undefined) return words.held(by, opensAt);
      return retry === undefined ? words.underWay(by) : words.retrying(by, retry.at);
    }
    case 'launching':
      return messages.operations[state.operation.name].status.underWay(by);
    case 'reconciling':
      return messages.operations[state.operation.name].status.searching(by);
    case 'created': {
      const id = jobPart(state.jobId, site);
      const said =
        job === undefined || !isStarted(job)
          ? status.created(by, id)
          : jobStatus(messages, by, id, job);
      const isIsolated = job?.billing === 'isolated' && job.status !== 'deleted';
      if (isIsolated) return messages.job.isolated(said);
      const { ExpectTime } = request.parameters.MigrateOption;
      return ExpectTime === undefined || (job !== undefined && mayBeStarted(job))
        ? said
        : messages.job.scheduled(said, ExpectTime);
    }
    case 'failed':
      return status.failed(by);
    case 'unconfirmed':
      return messages.operations[state.operation.name].status.unconfirmed(by);
    default:
      return state satisfies never;
  }
}

/** True if anything was done with the job since its creation. */
const isStarted = ({ status }: FollowedJob): boolean =>
  status !== 'creating' && status !== 'created';

function jobStatus(messages: Messages, by: Text, id: Part, job: FollowedJob): Text {
  const label = jobLabel(messages, job);
  return messages.job.status(by, id, label, job.status === 'ready_run' ? job.runsAt : undefined);
}

/** A job's ID, as a link if its console is known. */
export const jobPart = (jobId: string, site: ConsoleSite | undefined): Part =>
  site === undefined ? code(jobId) : link(consoleUrl('dts', site), jobId);

/** The approvers, or the policy. An emergency approval is marked. */
export function approvedBy(
  { card, listSeparator }: Messages,
  approvals: readonly Approval[],
  rule: Pick<Rule, 'name'>,
): Text {
  if (approvals.length === 0) return card.byPolicy(rule.name);
  return join(
    approvals.map(({ by, breakGlass }) =>
      breakGlass === undefined ? [person(by.userId)] : card.brokeGlass(by.userId),
    ),
    listSeparator,
  );
}

const statusMark = {
  pending: '🟡',
  approved: '🔵',
  launching: '🔵',
  reconciling: '🟠',
  prepared: '🟡',
  discarding: '🟠',
  // Someone still has to start the job.
  created: '🟡',
  failed: '🔴',
  unconfirmed: '🟠',
  denied: '⚪',
  withdrawn: '⚪',
  expired: '⚪',
} as const satisfies Record<MigrationRequest['state']['status'], string>;

/** The mark of a request or a watch, which is the job's once the job exists. */
export function markOf({ job, state }: Pick<Announced, 'job' | 'state'>): string {
  if (isOfWatch(state)) return jobMark[job?.status ?? 'unknown'];
  return (state.status === 'created' || state.status === 'prepared') && job !== undefined
    ? jobMark[job.status]
    : statusMark[state.status];
}

const jobMark = {
  creating: '🟡',
  created: '🟡',
  checking: '🔵',
  check_passed: '🟡',
  check_failed: '🔴',
  ready_run: '🔵',
  running: '🔵',
  ready_complete: '🟡',
  completing: '🔵',
  success: '🟢',
  pausing: '🔵',
  paused: '🟡',
  resumable_error: '🔴',
  resuming: '🔵',
  stopping: '🔵',
  canceled: '⚪',
  failed: '🔴',
  error: '🔴',
  unknown: '🟠',
  other: '🟠',
  deleted: '⚪',
} as const satisfies Record<JobStatus, string>;
