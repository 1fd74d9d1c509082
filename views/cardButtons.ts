import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  Overflow,
  PlainTextOption,
} from '@slack/types';
import { type ConsoleSite, consoleUrl } from '../src/domain/errors/consolePage';
import { type Again, adviceOn, type ConsolePage } from '../src/domain/errors/errorCodes';
import { explainedBy } from '../src/domain/errors/failureOf';
import { allowedOn, type JobOperation, jobOperations } from '../src/domain/job/job';
import { isDecidedByButton } from '../src/domain/request/intent';
import { operationIn } from '../src/domain/request/operationIn';
import {
  type OperationName,
  operationName,
  subjectOf,
} from '../src/domain/request/operations/operation';
import type { MigrationRequest } from '../src/domain/request/request';
import { longestKey, originKey } from '../src/domain/request/shown';
import { refusalOfStart } from '../src/domain/request/startApproval';
import { accepts } from '../src/domain/request/states';
import { cut } from '../src/domain/text/cut';
import type { Messages } from '../src/i18n/locales';
import type { OperationWords } from '../src/i18n/operationWords';
import { actionRow } from './message';
import { plainText } from './plainText';

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

/**
 * A request and its revision, as its buttons encode them. Idle jobs that earlier versions stored have
 * no origin.
 */
export const revisionOf = ({
  id,
  origin,
  revision,
}: Pick<MigrationRequest, 'id' | 'revision'> & { origin?: string | undefined }): string =>
  `${id}${origin === undefined ? '' : `.${originKey({ origin })}`}:${revision}`;

/** The button that shows everything about a request. */
export const detailsButton = ({ card }: Messages, request: MigrationRequest): Button =>
  button(detailsAction, card.details, revisionOf(request));

/** The value of a button that decides. The form that it opens may ask for the target's ID. */
const decidingValue = (request: MigrationRequest): string =>
  request.rule.confirmDestination
    ? `${revisionOf(request)}:${request.parameters.DstInfo.InstanceId}`
    : revisionOf(request);

/** The value of a button that ends something. By the time of the click, another operation may wait. */
const endingValue = (request: MigrationRequest): string =>
  `${revisionOf(request)}:${subjectOf(operationIn(request.state))}`;

const denyButton = ({ card }: Messages, request: MigrationRequest): Button => ({
  ...button(denyAction, card.deny, endingValue(request)),
  style: 'danger',
});

/**
 * The buttons that decide a pending request, and the one for its details. An operation on the job is
 * approved by its own button.
 */
export function decisionButtons(messages: Messages, request: MigrationRequest): Button[] {
  const { card } = messages;
  const { name } = operationIn(request.state);
  const others = [denyButton(messages, request), detailsButton(messages, request)];
  if (isDecidedByButton(name))
    return [...jobOperationButtons(messages, request, [name]), ...others];
  const approve: Button = {
    ...button(approveAction, card.approve, decidingValue(request)),
    style: 'primary',
  };
  return [...(refusalOfStart(request) === undefined ? [approve] : []), ...others];
}

/** The buttons that the state allows. Everyone may clone the request. */
export function cardButtons(
  messages: Messages,
  request: MigrationRequest,
  site: ConsoleSite,
): ActionsBlock[] {
  const { card } = messages;
  const { job, rule, state } = request;
  const value = revisionOf(request);
  const deciding = decidingValue(request);
  const ending = endingValue(request);
  const details = detailsButton(messages, request);
  const withdraw = withdrawButton(messages, request);
  const clone = button(cloneAction, card.clone, value);
  const { name } = operationIn(state);
  const isModification = name === 'modify_job';
  if (state.status === 'pending' && isDecidedByButton(name)) {
    return actionRow('decision', [
      ...decisionButtons(messages, request),
      menu(option(takeBackAction, card.takeBack, ending), option(cloneAction, card.clone, value)),
    ]);
  }
  switch (state.status) {
    case 'pending':
    case 'prepared': {
      const onJob =
        state.status === 'prepared' && job !== undefined
          ? allowedOn(job).filter((each) => each === 'check_job' || each === 'skip_check')
          : [];
      const isEarly = refusalOfStart(request) !== undefined;
      // These are not in the menu, because only a button can have a confirmation.
      const decisions = [...decisionButtons(messages, request), withdraw];
      const { inMenu, shown } = divide(onJob, mostButtons - decisions.length);
      return actionRow('decision', [
        ...jobOperationButtons(messages, request, shown),
        ...decisions,
        menu(
          ...operationOptions(messages, request, inMenu),
          ...(isEarly ? [] : [option(approveWithCommentAction, card.approveWithComment, deciding)]),
          option(isModification ? name : editAction, card.edit, value),
          ...(state.approvals.length === 0 ? [] : [option(takeBackAction, card.takeBack, ending)]),
          ...(rule.breakGlass.length === 0 || isModification || isEarly
            ? []
            : [option(breakGlassAction, card.breakGlass, deciding)]),
          option(cloneAction, card.clone, value),
        ),
      ]);
    }
    case 'approved':
      return actionRow('again', [
        details,
        ...(accepts(state, 'withdraw') ? [withdraw] : []),
        clone,
      ]);
    case 'failed': {
      const { again } = adviceOn(explainedBy(state.problem));
      return actionRow('again', [
        ...(isWorthRepeating(request, again)
          ? [button(tryAgainAction, card.tryFailedAgain, value)]
          : []),
        button(editAction, card.editAgain, value),
        details,
        clone,
      ]);
    }
    case 'unconfirmed':
      return [
        ...actionRow('jobs', jobButtons(messages, request)),
        ...actionRow('doubt', [...doubtButtons(messages, request), details, clone]),
      ];
    case 'created':
    case 'discarding':
      return actionRow('again', createdButtons(messages, request, site));
    case 'launching':
    case 'reconciling':
    case 'denied':
    case 'withdrawn':
    case 'expired':
      return actionRow('again', [details, clone]);
    default:
      return state satisfies never;
  }
}

/** The buttons for a job: what DTS allows now, and the console if there is room for it. */
function createdButtons(
  messages: Messages,
  request: MigrationRequest,
  site: ConsoleSite,
): ActionsBlock['elements'] {
  const { card } = messages;
  const { job, state } = request;
  const details = detailsButton(messages, request);
  const allowed =
    job === undefined ? [] : allowedOn(job).filter((operation) => accepts(state, operation));
  const console = consoleButton(messages, 'dts', site);
  const { inMenu, shown } = divide(allowed, mostButtons - 1);
  const operations = jobOperationButtons(messages, request, shown);
  const value = revisionOf(request);
  return operations.length === 0
    ? [console, details, button(cloneAction, card.clone, value)]
    : [
        ...operations,
        ...(operations.length < mostButtons - 1 ? [console] : []),
        details,
        menu(
          ...operationOptions(messages, request, inMenu),
          ...(operations.length < mostButtons - 1
            ? []
            : [{ text: console.text, value: openConsoleAction, url: consoleUrl('dts', site) }]),
          option(cloneAction, card.clone, value),
        ),
      ];
}

/** The most buttons next to the menu. */
const mostButtons = 4;
/** Slack's limit. `/migrate clone` replaces the last entry of a full menu. */
const mostEntries = 5;

/** The operations that move to the menu first. The others ask for a confirmation. */
const menuFirst: readonly JobOperation[] = ['skip_check', 'modify_job', 'check_job', 'pause_job'];

/** Divides operations on the job into buttons and entries of the menu. */
function divide(
  operations: readonly JobOperation[],
  room: number,
): Record<'shown' | 'inMenu', readonly JobOperation[]> {
  const movable = menuFirst.filter((each) => operations.includes(each));
  const inMenu = movable.slice(0, Math.max(0, operations.length - room));
  return { shown: operations.filter((each) => !inMenu.includes(each)), inMenu };
}

const operationOptions = (
  { job }: Messages,
  request: MigrationRequest,
  operations: readonly JobOperation[],
): PlainTextOption[] =>
  operations.map((operation) => option(operation, job.button[operation], revisionOf(request)));

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
export const deleteIdleJobAction = 'delete_job';

/**
 * The button that deletes the idle job of a request, outside of the request's thread. It stays when
 * somebody starts the job.
 */
export const deleteIdleJobButton = (
  { job }: Messages,
  request: Parameters<typeof revisionOf>[0],
): Button => ({
  ...button(`${deleteIdleJobAction}_${request.id}`, job.deleteOf(request.id), revisionOf(request)),
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
export function doubtButtons({ card, operations }: Messages, request: MigrationRequest): Button[] {
  const { state } = request;
  const { again, confirmAgain } = operations[operationIn(state).name];
  const value = revisionOf(request);
  // A confirmation may be open while the next call is made.
  const call = state.status === 'unconfirmed' ? `${value}:${state.attempt}` : value;
  return [
    button(lookAgainAction, card.lookAgain, value),
    {
      ...button(tryAgainAction, again, call),
      style: 'danger',
      confirm: confirm(confirmAgain),
    },
  ];
}

export function withdrawButton({ card, job }: Messages, request: MigrationRequest): Button {
  const isModification = operationIn(request.state).name === 'modify_job';
  return {
    ...button(withdrawAction, card.withdraw, endingValue(request)),
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
  options: options.slice(0, mostEntries),
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
  const [, name, rest] = value?.match(/^([a-z_]+):(.+)$/) ?? [];
  const action = cardActions.find((each) => each === name);
  return action === undefined || rest === undefined ? undefined : { action, value: rest };
}

function confirm(words: OperationWords['confirmAgain']): ConfirmationDialog {
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
  /** Buttons of earlier versions have none. */
  key: string | undefined;
  revision: number;
  /** A job to choose, the target to confirm, the operation to end, or the call to repeat. */
  about: string | undefined;
}

const subjectPattern = new RegExp(
  String.raw`^(\d{1,9})(?:\.([\w-]{1,${longestKey}}))?:(\d{1,9})(?::([\w-]{1,64}))?$`,
);

/** Reads a button's value. Returns `undefined` if it isn't from a card's button. */
export function readButtonValue(value: string | undefined): ButtonSubject | undefined {
  const [, id, key, revision, about] = value?.match(subjectPattern) ?? [];
  return id === undefined || revision === undefined
    ? undefined
    : { requestId: Number(id), key, revision: Number(revision), about };
}

/** The operation that a button's subject names, if it names one. */
export function operationOf({ about }: ButtonSubject): { operation?: OperationName } {
  const { data } = operationName.safeParse(about);
  return data === undefined ? {} : { operation: data };
}
