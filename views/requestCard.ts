import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  KnownBlock,
  RichTextBlock,
} from '@slack/types';
import { type Again, adviceOn } from '../src/domain/errors/errorCodes';
import { explainedBy } from '../src/domain/errors/failureOf';
import { missingOf, peopleIn } from '../src/domain/request/quorum';
import type { Approval, MigrationRequest } from '../src/domain/request/request';
import type { Messages } from '../src/i18n/locales';
import { bold, join, person, quote, say, type Text } from '../src/i18n/text';
import { describeMigration } from './describeMigration';
import { mrkdwn } from './mrkdwn';
import { needed, stillNeeded } from './needed';
import { cut, plainText } from './plainText';
import { richText } from './richText';

export const approveAction = 'approve';
export const denyAction = 'deny';
export const approveWithCommentAction = 'approve_with_comment';
export const breakGlassAction = 'break_glass';
export const takeBackAction = 'take_back';
export const detailsAction = 'details';
export const editAction = 'edit';
export const withdrawAction = 'withdraw';
export const lookAgainAction = 'look_again';
export const tryAgainAction = 'try_again';
export const cloneAction = 'clone';
/** Followed by `_` and a number: action ids are unique within their block. */
export const chooseJobAction = 'choose_job';

/** A message as it goes to Slack: the blocks, and the text that notifications show. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
}

/** The card of a request in its present state. Buttons stand only while they can be used. */
export function buildRequestCard(messages: Messages, request: MigrationRequest): Message {
  const status = buildStatus(messages, request);
  const { card } = messages;
  const { JobName } = request.parameters;
  return {
    text: cut(mrkdwn(card.summary(request.id, JobName, status)), 4_000),
    blocks: [
      { type: 'header', text: plainText(card.title(request.id, JobName), 150) },
      facts(messages, request),
      richText(say`${statusMark[request.state.status]} ${status}`),
      ...buttons(messages, request),
    ],
  };
}

/** Where a request stands, in a sentence. */
export function buildStatus(messages: Messages, { rule, state }: MigrationRequest): Text {
  const { status } = messages.card;
  switch (state.status) {
    case 'denied':
    case 'withdrawn':
      return status[state.status](state.by.userId);
    case 'expired':
      return status.expired(state.at);
  }
  const by = approvedBy(messages, state.approvals);
  switch (state.status) {
    case 'pending': {
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
    case 'created':
      return status.created(by, state.jobId);
    case 'failed':
      return status.failed(by);
    case 'unconfirmed':
      return messages.operations[state.operation.name].status.unconfirmed(by);
    default:
      return state satisfies never;
  }
}

/** Who approved; somebody who did so alone is marked. */
function approvedBy({ card, listSeparator }: Messages, approvals: readonly Approval[]): Text {
  return join(
    approvals.map(({ by, breakGlass }) =>
      breakGlass === undefined ? [person(by.userId)] : card.brokeGlass(by.userId),
    ),
    listSeparator,
  );
}

export const statusMark = {
  pending: '🟡',
  approved: '🔵',
  launching: '🔵',
  reconciling: '🟠',
  created: '🟢',
  failed: '🔴',
  unconfirmed: '🟠',
  denied: '⚪',
  withdrawn: '⚪',
  expired: '⚪',
} as const satisfies Record<MigrationRequest['state']['status'], string>;

function facts(messages: Messages, request: MigrationRequest): RichTextBlock {
  const { card } = messages;
  return richText(
    say`${bold(card.requester)} ${person(request.requester.userId)}`,
    ...describeMigration(messages, request),
    say`${bold(card.why)}`,
    [quote(request.reason)],
  );
}

/**
 * Whether the same call can be made again and may then go better. What was typed is erased once a
 * request has failed; what is kept elsewhere is read again.
 */
export const isWorthRepeating = (
  { secrets }: Pick<MigrationRequest, 'secrets'>,
  again: Again,
): boolean =>
  again !== 'after_edit' &&
  again !== 'never' &&
  Object.values(secrets).every(({ kind }) => kind !== 'typed');

/** A request and its revision, as a button of it says. */
export const revisionOf = ({ id, revision }: Pick<MigrationRequest, 'id' | 'revision'>): string =>
  `${id}:${revision}`;

/** The button that shows everything about a request. */
export const detailsButton = ({ card }: Messages, request: MigrationRequest): Button =>
  button(detailsAction, card.details, revisionOf(request));

/** What a deciding button stands for: the form that it opens may ask for the destination's id. */
const decidingValue = (request: MigrationRequest): string =>
  request.rule.confirmDestination
    ? `${revisionOf(request)}:${request.parameters.DstInfo.InstanceId}`
    : revisionOf(request);

/** The buttons with which a pending request is decided, and its details. */
export function decisionButtons(messages: Messages, request: MigrationRequest): Button[] {
  const { card } = messages;
  return [
    { ...button(approveAction, card.approve, decidingValue(request)), style: 'primary' },
    { ...button(denyAction, card.deny, revisionOf(request)), style: 'danger' },
    detailsButton(messages, request),
  ];
}

/** The buttons that the state allows, and no others. Anybody may ask for the same again. */
function buttons(messages: Messages, request: MigrationRequest): ActionsBlock[] {
  const { card } = messages;
  const { rule, state } = request;
  const value = revisionOf(request);
  const deciding = decidingValue(request);
  const details = detailsButton(messages, request);
  const withdraw = withdrawButton(messages, request);
  const clone = button(cloneAction, card.clone, value);
  const row = (block: string, ...elements: Button[]): ActionsBlock => ({
    type: 'actions',
    block_id: block,
    elements,
  });
  switch (state.status) {
    case 'pending':
      return [
        row(
          'decision',
          ...decisionButtons(messages, request),
          button(approveWithCommentAction, card.approveWithComment, deciding),
          ...(state.approvals.length === 0 ? [] : [button(takeBackAction, card.takeBack, value)]),
          ...(rule.breakGlass.length === 0
            ? []
            : [button(breakGlassAction, card.breakGlass, deciding)]),
        ),
        row('again', button(editAction, card.edit, value), withdraw, clone),
      ];
    case 'approved':
      return [row('again', details, withdraw, clone)];
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
        row(
          'doubt',
          button(lookAgainAction, card.lookAgain, value),
          ...state.found
            .slice(0, mostJobs)
            .map(({ jobId }, index) =>
              button(
                `${chooseJobAction}_${index}`,
                cut(card.chooseJob(jobId), 75),
                `${value}:${jobId}`,
              ),
            ),
          {
            ...button(tryAgainAction, card.tryAgain, value),
            style: 'danger',
            confirm: confirm(card.confirmTryAgain),
          },
          details,
          clone,
        ),
      ];
    case 'launching':
    case 'reconciling':
    case 'created':
    case 'denied':
    case 'withdrawn':
    case 'expired':
      return [row('again', details, clone)];
    default:
      return state satisfies never;
  }
}

export function withdrawButton({ card }: Messages, { id, revision }: MigrationRequest): Button {
  return {
    ...button(withdrawAction, card.withdraw, `${id}:${revision}`),
    confirm: confirm(card.confirmWithdraw),
  };
}

/** An actions block holds 25 elements. */
const mostJobs = 20;

export function button(action: string, text: string, value: string): Button {
  return { type: 'button', action_id: action, text: plainText(text), value };
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

/** What a button of a card stands for. */
export interface ButtonSubject {
  requestId: number;
  revision: number;
  /** A job to choose, or the destination that has to be confirmed. */
  about: string | undefined;
}

/** Reads a button's value; `undefined` for anything that no button of a card carries. */
export function readButtonValue(value: string | undefined): ButtonSubject | undefined {
  const [, id, revision, about] =
    /^(\d{1,9}):(\d{1,9})(?::([\w-]{1,64}))?$/.exec(value ?? '') ?? [];
  return id === undefined || revision === undefined
    ? undefined
    : { requestId: Number(id), revision: Number(revision), about };
}
