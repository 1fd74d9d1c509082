import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  KnownBlock,
  RichTextBlock,
} from '@slack/types';
import type { MigrationRequest } from '../src/domain/request';
import type { Messages } from '../src/i18n/locales';
import { bold, person, say, type Text } from '../src/i18n/text';
import { describeMigration } from './describeMigration';
import { mrkdwn } from './mrkdwn';
import { cut, plainText } from './plainText';
import { richText, withQuote } from './richText';

export const approveAction = 'approve';
export const denyAction = 'deny';
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
      { type: 'header', text: plainText(cut(card.title(request.id, JobName), 150)) },
      facts(messages, request),
      richText(say`${statusMark[request.state.status]} ${status}`),
      ...buttons(messages, request),
    ],
  };
}

/** Where a request stands, in a sentence. */
export function buildStatus(
  messages: Messages,
  { state, requiredApprovals }: MigrationRequest,
): Text {
  const { status } = messages.card;
  if (state.status === 'denied') return status.denied(state.by.userId);
  const by = state.approvals.map((approval) => approval.by.userId);
  switch (state.status) {
    case 'pending':
      return by.length === 0
        ? status.waiting(requiredApprovals)
        : status.partlyApproved(by, requiredApprovals);
    case 'approved':
      return state.retry === undefined ? status.creating(by) : status.retrying(by, state.retry.at);
    case 'launching':
      return status.creating(by);
    case 'reconciling':
      return status.looking(by);
    case 'created':
      return status.created(by, state.jobId);
    case 'failed':
      return status.failed(by);
    case 'unconfirmed':
      return status.unconfirmed(by);
    default:
      return state satisfies never;
  }
}

const statusMark = {
  pending: '🟡',
  approved: '🔵',
  launching: '🔵',
  reconciling: '🟠',
  created: '🟢',
  failed: '🔴',
  unconfirmed: '🟠',
  denied: '⚪',
} as const satisfies Record<MigrationRequest['state']['status'], string>;

function facts(messages: Messages, request: MigrationRequest): RichTextBlock {
  const { card } = messages;
  return withQuote(
    [
      say`${bold(card.requester)} ${person(request.requester.userId)}`,
      ...describeMigration(messages, request),
      say`${bold(card.why)}`,
    ],
    request.reason,
  );
}

/** The buttons that the state allows, and no others. Anybody may ask for the same again. */
function buttons({ card }: Messages, request: MigrationRequest): ActionsBlock[] {
  const value = `${request.id}:${request.revision}`;
  const clone = button(cloneAction, card.clone, value);
  switch (request.state.status) {
    case 'pending':
      return [
        {
          type: 'actions',
          block_id: 'decision',
          elements: [
            { ...button(approveAction, card.approve, value), style: 'primary' },
            { ...button(denyAction, card.deny, value), style: 'danger' },
            clone,
          ],
        },
      ];
    case 'unconfirmed':
      return [
        {
          type: 'actions',
          block_id: 'doubt',
          elements: [
            button(lookAgainAction, card.lookAgain, value),
            ...request.state.found
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
              confirm: confirm(card),
            },
            clone,
          ],
        },
      ];
    default:
      return [{ type: 'actions', block_id: 'again', elements: [clone] }];
  }
}

/** An actions block holds 25 elements. */
const mostJobs = 20;

function button(action: string, text: string, value: string): Button {
  return { type: 'button', action_id: action, text: plainText(text), value };
}

function confirm({ confirmTryAgain: words }: Messages['card']): ConfirmationDialog {
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
  jobId: string | undefined;
}

/** Reads a button's value; `undefined` for anything that no button of a card carries. */
export function readButtonValue(value: string | undefined): ButtonSubject | undefined {
  const [, id, revision, jobId] =
    /^(\d{1,9}):(\d{1,9})(?::([\w-]{1,64}))?$/.exec(value ?? '') ?? [];
  return id === undefined || revision === undefined
    ? undefined
    : { requestId: Number(id), revision: Number(revision), jobId };
}
