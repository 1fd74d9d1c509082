import type { InputBlock, ModalView } from '@slack/types';
import { isJobOperation } from '../src/domain/job/job';
import type { Intent } from '../src/domain/request/intent';
import type { Messages } from '../src/i18n/locales';
import type { Text } from '../src/i18n/text';
import { operationOf, readButtonValue } from './cardButtons';
import {
  type IntentMemory,
  type IntentRead,
  inputAction,
  readEntries,
  readIntent,
  reasonErrors,
  reasonInput,
  type SubmittedView,
} from './intentForm';
import { packBlocks } from './packBlocks';
import { plainText } from './plainText';

/** Decisions that need more than a click: a reason, or the target. */
export const decisions = ['approve', 'break_glass', 'deny', 'resume_job'] as const;
export type DecisionName = (typeof decisions)[number];

export const decisionFormId = (decision: DecisionName): string => `${decision}_form`;

const blocks = {
  destination: 'DstInfo.InstanceId',
  option: 'ResumeOption',
} as const;

/** How a redis job can be resumed, the harmless option first. */
const redisOptions = ['overwrite', 'clearData'] as const;

/** The most blocks about the request. */
const mostFacts = 6;

/** Asks what a decision needs in addition to the click. */
export function buildDecisionForm(
  messages: Messages,
  decision: DecisionName,
  remembered: IntentMemory,
  facts: readonly Text[],
): ModalView {
  const { decision: words } = messages;
  const subject = readButtonValue(remembered.subject);
  const isApproval = decision === 'approve';
  const reason = reasonInput(
    isApproval ? words.comment : words.reason,
    decision === 'break_glass' ? words.breakGlassHint : words.hint,
    { optional: isApproval },
  );
  const confirmation: InputBlock = {
    type: 'input',
    block_id: blocks.destination,
    label: plainText(words.destination),
    hint: plainText(words.destinationHint),
    element: { type: 'plain_text_input', action_id: inputAction, max_length: 100 },
  };
  const { resume } = messages.job;
  const option: InputBlock = {
    type: 'input',
    block_id: blocks.option,
    label: plainText(resume.option),
    hint: plainText(resume.hint),
    element: {
      type: 'radio_buttons',
      action_id: inputAction,
      options: redisOptions.map((value) => ({ text: plainText(resume.options[value]), value })),
    },
  };
  const operation = subject && operationOf(subject).operation;
  const isOnJob = decision === 'deny' && operation !== undefined && isJobOperation(operation);
  const titles = decision === 'resume_job' ? resume : words[isOnJob ? 'denyOperation' : decision];
  const asksDestination = decision !== 'deny' && subject?.about !== undefined;
  return {
    type: 'modal',
    callback_id: decisionFormId(decision),
    private_metadata: JSON.stringify(remembered),
    title: plainText(titles.title),
    submit: plainText(titles.submit),
    close: plainText(words.cancel),
    blocks: [
      ...packBlocks(facts, mostFacts).blocks,
      ...(decision === 'resume_job' ? [option] : []),
      ...(asksDestination ? [confirmation] : []),
      ...(decision === 'resume_job' ? [] : [reason]),
    ],
  };
}

/** Reads a submitted form. Returns `undefined` if no card's button opened it. */
export function readDecisionForm(
  messages: Messages,
  decision: DecisionName,
  view: SubmittedView,
): IntentRead | undefined {
  const entries = readEntries(view);
  if (entries === undefined) return undefined;
  const { element, reason, subject } = entries;
  const destination = element(blocks.destination)?.value?.trim() ?? '';
  const isConfirmed =
    decision === 'deny' || subject.about === undefined || subject.about === destination;
  const errors = {
    ...reasonErrors(messages, reason, decision === 'break_glass' || decision === 'deny'),
    ...(isConfirmed ? {} : { [blocks.destination]: messages.decision.otherDestination }),
  };
  const { revision } = subject;
  const intent = (): Intent => {
    switch (decision) {
      case 'approve':
        return { type: 'approve', revision, comment: reason, destination };
      case 'break_glass':
        return { type: 'break_glass', revision, reason, destination };
      case 'deny':
        return { type: 'deny', revision, reason, ...operationOf(subject) };
      case 'resume_job': {
        const chosen = element(blocks.option)?.selected_option?.value;
        const option = redisOptions.find((each) => each === chosen) ?? 'normal';
        return { type: 'resume_job', revision, option, destination };
      }
      default:
        return decision satisfies never;
    }
  };
  return readIntent(entries, errors, intent());
}
