import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  KnownBlock,
  Overflow,
  PlainTextOption,
} from '@slack/types';
import { type ConsoleSite, consoleUrl } from '../src/domain/errors/consolePage';
import { type Again, adviceOn, type ConsolePage } from '../src/domain/errors/errorCodes';
import { explainedBy } from '../src/domain/errors/failureOf';
import type { FollowedJob } from '../src/domain/job/followed';
import { allowedOn, type JobOperation, type JobStatus, jobOperations } from '../src/domain/job/job';
import { demandsOf } from '../src/domain/policy/demands';
import type { Rule } from '../src/domain/policy/policy';
import { isByPolicy } from '../src/domain/request/automatic';
import { operationIn } from '../src/domain/request/operationIn';
import { missingOf, peopleIn } from '../src/domain/request/quorum';
import type {
  Approval,
  MigrationRequest,
  RequestState,
  RequestStatus,
} from '../src/domain/request/request';
import { refusalOfStart } from '../src/domain/request/startApproval';
import { accepts, approvalsIn } from '../src/domain/request/states';
import type { Announced, WatchState } from '../src/domain/request/watch';
import type { Messages } from '../src/i18n/locales';
import { code, join, link, type Part, person, quote, say, type Text } from '../src/i18n/text';
import { riskLines, scopeLine, waitingLine, wayLine } from './glance';
import { mrkdwn } from './mrkdwn';
import { needed, stillNeeded } from './needed';
import { cut, plainText } from './plainText';
import { preparedLines } from './preparedLines';
import { richText } from './richText';

const approveAction = 'approve';
const denyAction = 'deny';
const approveWithCommentAction = 'approve_with_comment';
const breakGlassAction = 'break_glass';
const takeBackAction = 'take_back';
const detailsAction = 'details';
export const editAction = 'edit';
const withdrawAction = 'withdraw';
const lookAgainAction = 'look_again';
export const tryAgainAction = 'try_again';
const cloneAction = 'clone';
/** Followed by `_` and a number, because action IDs must be unique within their block. */
export const chooseJobAction = 'choose_job';
/** The menu of a card, whose entries replace buttons. */
export const menuAction = 'more';
export const openConsoleAction = 'open_console';

/** What a card offers, as a button or in its menu. */
export const cardActions = [
  approveAction,
  denyAction,
  approveWithCommentAction,
  breakGlassAction,
  takeBackAction,
  detailsAction,
  editAction,
  withdrawAction,
  lookAgainAction,
  tryAgainAction,
  cloneAction,
  ...jobOperations,
] as const;
export type CardAction = (typeof cardActions)[number];

/** A message for Slack: the blocks, and the text for notifications. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
}

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
  const status = buildStatus(messages, request, site);
  const { card } = messages;
  const { JobName } = request.parameters;
  return {
    text: cut(mrkdwn(card.summary(request.id, JobName, status)), 4_000),
    blocks: [
      { type: 'header', text: plainText(titleOf(messages, request), longestTitle) },
      richText(...linesOf(messages, request, site, status)),
      ...buttons(messages, request, site),
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
function labelOf({ card, job: words }: Messages, { job, state }: Shown): string {
  const { name } = operationIn(state);
  if (name === 'create_job') {
    if (state.status === 'prepared') return preparedLabel({ card, job: words }, job);
    // The policy approved nothing: it lets the job be created before its approval.
    if (isByPolicy(state)) return card.label.launching;
    return state.status === 'created' && job !== undefined
      ? job.status === 'other'
        ? job.said
        : words.label[job.status]
      : card.label[state.status];
  }
  switch (state.status) {
    case 'pending':
      return words.waits(name);
    case 'approved':
    case 'launching':
      return words.underWay[name];
    default:
      return card.label[state.status];
  }
}

/** The status of a job that waits for the approval of its start. */
function preparedLabel(
  { card, job: words }: Pick<Messages, 'card' | 'job'>,
  job: FollowedJob | undefined,
): string {
  switch (job?.status) {
    case undefined:
    case 'creating':
    case 'created':
      return words.prepared.unchecked;
    case 'check_passed':
      return card.label.prepared;
    case 'other':
      return job?.said ?? '';
    default:
      return words.label[job?.status ?? 'other'];
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
        waitingLine(messages, request, status),
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
      return next.status === 'approved'
        ? messages.job.prepared.createsAgain(id)
        : say`${buildStatus(messages, { ...request, state: next }, site)}. ${messages.job.prepared.deletes(id)}`;
    }
  }
  const by = approvedBy(messages, state.approvals, request.rule);
  switch (state.status) {
    case 'pending':
    case 'prepared': {
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
      return job === undefined || !isStarted(job)
        ? status.created(by, id)
        : jobStatus(messages, by, id, job);
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

function jobStatus({ job: words }: Messages, by: Text, id: Part, job: FollowedJob): Text {
  const label = job.status === 'other' ? cut(job.said, 60) : words.label[job.status];
  const said = words.status(by, id, label);
  const isWaiting = job.status === 'ready_run' && job.runsAt !== undefined;
  return isWaiting && job.runsAt !== undefined ? say`${said} ${words.startsAt(job.runsAt)}` : said;
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

/**
 * True if the call can be repeated and may succeed. A failed request no longer has typed secrets;
 * stored ones are read again.
 */
export const isWorthRepeating = (
  { secrets }: Pick<MigrationRequest, 'secrets'>,
  again: Again,
): boolean =>
  again !== 'after_edit' &&
  again !== 'never' &&
  Object.values(secrets).every(({ kind }) => kind !== 'typed');

/** A request and its revision, as its buttons encode them. */
export const revisionOf = ({ id, revision }: Pick<MigrationRequest, 'id' | 'revision'>): string =>
  `${id}:${revision}`;

/** The button that shows everything about a request. */
export const detailsButton = ({ card }: Messages, request: MigrationRequest): Button =>
  button(detailsAction, card.details, revisionOf(request));

/** The value of a button that decides. The form that it opens may ask for the target's ID. */
const decidingValue = (request: MigrationRequest): string =>
  request.rule.confirmDestination
    ? `${revisionOf(request)}:${request.parameters.DstInfo.InstanceId}`
    : revisionOf(request);

/** The buttons that decide a pending request, and the one for its details. */
export function decisionButtons(messages: Messages, request: MigrationRequest): Button[] {
  const { card } = messages;
  const approve: Button = {
    ...button(approveAction, card.approve, decidingValue(request)),
    style: 'primary',
  };
  return [
    ...(refusalOfStart(request) === undefined ? [approve] : []),
    { ...button(denyAction, card.deny, revisionOf(request)), style: 'danger' },
    detailsButton(messages, request),
  ];
}

/** The buttons that the state allows. Everyone may clone the request. */
function buttons(messages: Messages, request: MigrationRequest, site: ConsoleSite): ActionsBlock[] {
  const { card } = messages;
  const { job, rule, state } = request;
  const value = revisionOf(request);
  const deciding = decidingValue(request);
  const details = detailsButton(messages, request);
  const withdraw = withdrawButton(messages, request);
  const clone = button(cloneAction, card.clone, value);
  const row = (block: string, ...elements: ActionsBlock['elements']): ActionsBlock => ({
    type: 'actions',
    block_id: block,
    elements,
  });
  const { name } = operationIn(state);
  const isModification = name === 'modify_job';
  if (state.status === 'pending' && name !== 'create_job' && !isModification) {
    return [
      row(
        'decision',
        ...jobOperationButtons(messages, request, [name]),
        { ...button(denyAction, card.deny, value), style: 'danger' },
        details,
        menu(option(takeBackAction, card.takeBack, value), option(cloneAction, card.clone, value)),
      ),
    ];
  }
  switch (state.status) {
    case 'pending':
    case 'prepared': {
      const onJob =
        state.status === 'prepared' && job !== undefined
          ? allowedOn(job).filter((each) => each === 'check_job' || each === 'skip_check')
          : [];
      const isEarly = refusalOfStart(request) !== undefined;
      return [
        row(
          'decision',
          ...jobOperationButtons(messages, request, onJob),
          ...decisionButtons(messages, request),
          // Not in the menu, because only a button can have a confirmation.
          withdraw,
          menu(
            ...(isEarly
              ? []
              : [option(approveWithCommentAction, card.approveWithComment, deciding)]),
            option(isModification ? name : editAction, card.edit, value),
            option(cloneAction, card.clone, value),
            ...(state.approvals.length === 0 ? [] : [option(takeBackAction, card.takeBack, value)]),
            ...(rule.breakGlass.length === 0 || isModification || isEarly
              ? []
              : [option(breakGlassAction, card.breakGlass, deciding)]),
          ),
        ),
      ];
    }
    case 'approved':
      return [row('again', details, ...(accepts(state, 'withdraw') ? [withdraw] : []), clone)];
    case 'failed': {
      const { again } = adviceOn(explainedBy(state.problem));
      return [
        row(
          'again',
          ...(isWorthRepeating(request, again)
            ? [button(tryAgainAction, card.tryFailedAgain, value)]
            : []),
          button(editAction, card.editAgain, value),
          details,
          clone,
        ),
      ];
    }
    case 'unconfirmed':
      return [
        ...(state.found.length === 0 ? [] : [row('jobs', ...jobButtons(messages, request))]),
        row('doubt', ...doubtButtons(messages, request), details, clone),
      ];
    case 'created':
    case 'discarding':
      return [createdRow(messages, request, site)];
    case 'launching':
    case 'reconciling':
    case 'denied':
    case 'withdrawn':
    case 'expired':
      return [row('again', details, clone)];
    default:
      return state satisfies never;
  }
}

/** What DTS allows with the job now. With fewer such buttons, there is room for the console's. */
function createdRow(
  messages: Messages,
  request: MigrationRequest,
  site: ConsoleSite,
): ActionsBlock {
  const { card } = messages;
  const { job, state } = request;
  const details = detailsButton(messages, request);
  const allowed =
    job === undefined ? [] : allowedOn(job).filter((operation) => accepts(state, operation));
  const console = consoleButton(messages, 'dts', site);
  const operations = jobOperationButtons(messages, request, allowed);
  const value = revisionOf(request);
  const elements =
    operations.length === 0
      ? [console, details, button(cloneAction, card.clone, value)]
      : [
          ...operations,
          ...(operations.length < mostButtons - 1 ? [console] : []),
          details,
          menu(
            ...(operations.length < mostButtons - 1
              ? []
              : [{ text: console.text, value: openConsoleAction, url: consoleUrl('dts', site) }]),
            option(cloneAction, card.clone, value),
          ),
        ];
  return { type: 'actions', block_id: 'again', elements };
}

const mostButtons = 4;

/** The buttons of operations on the job. Dangerous ones say what they mean before they act. */
function jobOperationButtons(
  { job: words }: Messages,
  request: MigrationRequest,
  operations: readonly JobOperation[],
): Button[] {
  const { job, parameters } = request;
  const value = revisionOf(request);
  return operations.map((operation): Button => {
    const plain = button(operation, words.button[operation], value);
    switch (operation) {
      case 'start_job':
        return { ...plain, style: 'primary' };
      case 'complete_job': {
        const lag = job === undefined ? undefined : words.lag(job);
        return {
          ...plain,
          style: 'primary',
          confirm: { ...confirm(words.confirm.complete_job(lag)), style: 'primary' },
        };
      }
      case 'stop_job':
      case 'delete_job':
        return { ...plain, style: 'danger', confirm: confirm(words.confirm[operation]) };
      case 'resume_job':
        // The form asks what to do with the target.
        return parameters.DstDatabaseType === 'redis'
          ? button(operation, words.button[operation], `${value}:${parameters.DstInfo.InstanceId}`)
          : plain;
      default:
        return plain;
    }
  });
}

/** Followed by `_` and the number of the request whose idle job the button deletes. */
export const deleteJobAction = 'delete_job';

/** The button that deletes the idle job of a request, outside of the request's thread. */
export const deleteIdleJobButton = (
  { job }: Messages,
  request: Pick<MigrationRequest, 'id' | 'revision'>,
): Button => ({
  ...button(`${deleteJobAction}_${request.id}`, job.deleteOf(request.id), revisionOf(request)),
  style: 'danger',
  confirm: confirm(job.confirm.delete_job),
});

/** Buttons for the jobs of which one may be the request's. */
export function jobButtons({ card }: Messages, request: MigrationRequest): Button[] {
  const { state } = request;
  if (state.status !== 'unconfirmed') return [];
  return state.found
    .slice(0, mostJobs)
    .map(({ jobId }, index) =>
      button(
        `${chooseJobAction}_${index}`,
        cut(card.chooseJob(jobId), 75),
        `${revisionOf(request)}:${jobId}`,
      ),
    );
}

/** An approver's options for an unknown outcome, whichever jobs were found. */
export function doubtButtons({ card }: Messages, request: MigrationRequest): Button[] {
  const value = revisionOf(request);
  return [
    button(lookAgainAction, card.lookAgain, value),
    {
      ...button(tryAgainAction, card.tryAgain, value),
      style: 'danger',
      confirm: confirm(card.confirmTryAgain),
    },
  ];
}

export function withdrawButton({ card, job }: Messages, request: MigrationRequest): Button {
  const isModification = operationIn(request.state).name === 'modify_job';
  return {
    ...button(withdrawAction, card.withdraw, revisionOf(request)),
    confirm: confirm(isModification ? job.confirm.withdraw : card.confirmWithdraw),
  };
}

/** Home limits the total number of blocks. */
const mostJobs = 10;

export function button(action: string, text: string, value: string): Button {
  return { type: 'button', action_id: action, text: plainText(text), value };
}

/** A link to the console, which the client opens without Ferry. */
export function consoleButton(
  { explanations }: Messages,
  page: ConsolePage,
  site: ConsoleSite,
): Button {
  const text = plainText(explanations.console[page]);
  return { type: 'button', action_id: openConsoleAction, text, url: consoleUrl(page, site) };
}

const menu = (...options: PlainTextOption[]): Overflow => ({
  type: 'overflow',
  action_id: menuAction,
  options,
});

/**
 * A menu entry that replaces a button. Its value is the action, a colon, and the button's value.
 */
const option = (action: CardAction, text: string, value: string): PlainTextOption => ({
  text: plainText(text),
  value: `${action}:${value}`,
});

/** The button that a menu entry replaces; `undefined` for other values. */
export function readMenuValue(
  value: string | undefined,
): { action: CardAction; value: string } | undefined {
  const [, name, rest] = /^([a-z_]+):(.+)$/.exec(value ?? '') ?? [];
  const action = cardActions.find((each) => each === name);
  return action === undefined || rest === undefined ? undefined : { action, value: rest };
}

function confirm(words: Messages['card']['confirmTryAgain']): ConfirmationDialog {
  return {
    title: plainText(words.title),
    text: plainText(words.text),
    confirm: plainText(words.yes),
    deny: plainText(words.no),
    style: 'danger',
  };
}

/** The subject of a card's button. */
export interface ButtonSubject {
  requestId: number;
  revision: number;
  /** A job to choose, or the target to confirm. */
  about: string | undefined;
}

/** Reads a button's value. Returns `undefined` if it isn't from a card's button. */
export function readButtonValue(value: string | undefined): ButtonSubject | undefined {
  const [, id, revision, about] =
    /^(\d{1,9}):(\d{1,9})(?::([\w-]{1,64}))?$/.exec(value ?? '') ?? [];
  return id === undefined || revision === undefined
    ? undefined
    : { requestId: Number(id), revision: Number(revision), about };
}
