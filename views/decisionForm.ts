import type { InputBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { type JobOperation, jobOperations, type ResumeOption } from '../src/domain/job/job';
import { longestWords, paragraphs } from '../src/domain/migration/checks';
import { type OperationName, operationName } from '../src/domain/request/operations/operation';
import type { Messages } from '../src/i18n/locales';
import type { Text } from '../src/i18n/text';
import { readButtonValue } from './cardButtons';
import { packBlocks } from './packBlocks';
import { plainText } from './plainText';

/** Decisions that need more than a click: a reason, or the target. */
export const decisions = ['approve', 'break_glass', 'deny', 'resume_job'] as const;
export type DecisionName = (typeof decisions)[number];

export const decisionFormId = (decision: DecisionName): string => `${decision}_form`;

const action = 'value';
const blocks = {
  reason: 'Reason',
  destination: 'DstInfo.InstanceId',
  option: 'ResumeOption',
} as const;

/** How a redis job can be resumed, the harmless option first. */
const redisOptions = ['overwrite', 'clearData'] as const;

/** The most blocks about the request. */
const mostFacts = 6;

/** What the form remembers about the button that opened it. */
const memory = z.object({ subject: z.string(), channel: z.string().optional() });
export type DecisionMemory = z.infer<typeof memory>;

/** The operation on a job that a button concerns; `undefined` for a whole request. */
const operationIn = (about: string | undefined): JobOperation | undefined =>
  jobOperations.find((each) => each === about);

/** Asks what a decision needs in addition to the click. */
export function buildDecisionForm(
  messages: Messages,
  decision: DecisionName,
  remembered: DecisionMemory,
  facts: readonly Text[],
): ModalView {
  const { decision: words } = messages;
  const about = readButtonValue(remembered.subject)?.about;
  const isApproval = decision === 'approve';
  const reason: InputBlock = {
    type: 'input',
    block_id: blocks.reason,
    optional: isApproval,
    label: plainText(isApproval ? words.comment : words.reason),
    hint: plainText(decision === 'break_glass' ? words.breakGlassHint : words.hint),
    element: {
      type: 'plain_text_input',
      action_id: action,
      multiline: true,
      max_length: longestWords,
    },
  };
  const confirmation: InputBlock = {
    type: 'input',
    block_id: blocks.destination,
    label: plainText(words.destination),
    hint: plainText(words.destinationHint),
    element: { type: 'plain_text_input', action_id: action, max_length: 100 },
  };
  const { resume } = messages.job;
  const option: InputBlock = {
    type: 'input',
    block_id: blocks.option,
    label: plainText(resume.option),
    hint: plainText(resume.hint),
    element: {
      type: 'radio_buttons',
      action_id: action,
      options: redisOptions.map((value) => ({ text: plainText(resume.options[value]), value })),
    },
  };
  const isOnJob = decision === 'deny' && operationIn(about) !== undefined;
  const titles = decision === 'resume_job' ? resume : words[isOnJob ? 'denyOperation' : decision];
  const asksDestination = decision !== 'deny' && about !== undefined;
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

/** Reads what a form remembers; `undefined` if another kind of form wrote it. */
export const readMemory = (metadata: string): DecisionMemory | undefined =>
  memory.safeParse(parseJson(metadata)).data;

export interface ViewState {
  values: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            value?: string | null;
            selected_option?: { value?: string } | null;
            selected_options?: readonly { value?: string }[] | null;
          }
        >
      >
    >
  >;
}

export type DecisionRead =
  | {
      ok: true;
      requestId: number;
      revision: number;
      /** The reason or the comment. */
      words: string;
      destination: string | undefined;
      channel: string | undefined;
      /** How the job is resumed. */
      option: ResumeOption;
      /** What is denied. */
      operation: OperationName | undefined;
    }
  | { ok: false; errors: Record<string, string> };

/** Reads a submitted form. Returns `undefined` if no card's button opened it. */
export function readDecisionForm(
  { decision: words, fieldProblem }: Messages,
  decision: DecisionName,
  view: { private_metadata: string; state: ViewState },
): DecisionRead | undefined {
  const remembered = readMemory(view.private_metadata);
  const subject = remembered && readButtonValue(remembered.subject);
  if (subject === undefined) return undefined;
  const entered = (block: string) => view.state.values[block]?.[action]?.value?.trim() ?? '';
  const said = entered(blocks.reason);
  const destination = entered(blocks.destination);
  const { requestId, revision, about } = subject;
  const errors: Record<string, string> = {};
  const problem = paragraphs(longestWords)(said);
  const needsReason = decision === 'break_glass' || decision === 'deny';
  if (needsReason && said === '') errors[blocks.reason] = words.missing;
  if (problem !== undefined) errors[blocks.reason] = fieldProblem(problem);
  if (decision !== 'deny' && about !== undefined && about !== destination) {
    errors[blocks.destination] = words.otherDestination;
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const channel = remembered?.channel;
  const chosen = view.state.values[blocks.option]?.[action]?.selected_option?.value;
  const option = redisOptions.find((each) => each === chosen) ?? 'normal';
  const operation = decision === 'deny' ? operationName.safeParse(about).data : undefined;
  return { ok: true, requestId, revision, words: said, destination, channel, option, operation };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
