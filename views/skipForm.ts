import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import {
  asksForeignKeys,
  type ForeignKeyOption,
  foreignKeyOptions,
  type SkippableItem,
  type SkippedChecks,
} from '../src/domain/job/job';
import { longestWords, paragraphs } from '../src/domain/migration/checks';
import type { Messages } from '../src/i18n/locales';
import { code, type Text } from '../src/i18n/text';
import { readButtonValue } from './cardButtons';
import { type DecisionMemory, readMemory, type ViewState } from './decisionForm';
import { packBlocks } from './packBlocks';
import { cut, plainText } from './plainText';

export const skipFormId = 'skip_check_form';

const action = 'value';
const blocks = { items: 'StepIds', foreignKeys: 'ForeignKeyFlag', reason: 'Reason' } as const;

/** Slack's limit. Items that don't fit are offered once these are skipped. */
const mostItems = 10;
const longestOption = 75;
const mostFacts = 6;
const mostRisks = 4;

/**
 * Asks which items of a check DTS should skip, and why. `before`: what an earlier approver chose.
 */
export function buildSkipForm(
  messages: Messages,
  remembered: DecisionMemory,
  facts: readonly Text[],
  items: readonly SkippableItem[],
  before: SkippedChecks | undefined,
): ModalView {
  const { decision, job } = messages;
  const words = job.skip;
  const offered = items.slice(0, mostItems);
  const options = offered.map(
    ({ id, name }): PlainTextOption => ({
      text: plainText(cut(name, longestOption)),
      value: id,
    }),
  );
  // There is nothing to choose.
  const isChosen = before !== undefined || options.length === 1;
  const choice: InputBlock = {
    type: 'input',
    block_id: blocks.items,
    label: plainText(words.items),
    element: {
      type: 'checkboxes',
      action_id: action,
      options,
      ...(isChosen ? { initial_options: options } : {}),
    },
  };
  const keyOptions = foreignKeyOptions.map(
    (value): PlainTextOption => ({ text: plainText(words.foreignKeyOptions[value]), value }),
  );
  const initial = keyOptions.find(({ value }) => value === before?.foreignKeys);
  const foreignKeys: InputBlock = {
    type: 'input',
    block_id: blocks.foreignKeys,
    optional: offered.length > 1,
    label: plainText(words.foreignKeys),
    element: {
      type: 'radio_buttons',
      action_id: action,
      options: keyOptions,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
  const reason: InputBlock = {
    type: 'input',
    block_id: blocks.reason,
    label: plainText(decision.reason),
    hint: plainText(decision.hint),
    element: {
      type: 'plain_text_input',
      action_id: action,
      multiline: true,
      max_length: longestWords,
    },
  };
  const risks = offered.map(({ name, skipRisk }) => words.risk(code(name), code(skipRisk)));
  return {
    type: 'modal',
    callback_id: skipFormId,
    private_metadata: JSON.stringify(remembered),
    title: plainText(words.title),
    submit: plainText(words.submit),
    close: plainText(decision.cancel),
    blocks: [
      ...packBlocks(facts, mostFacts).blocks,
      ...packBlocks(risks, mostRisks).blocks,
      choice,
      ...(asksForeignKeys(offered) ? [foreignKeys] : []),
      reason,
    ],
  };
}

export type SkipRead =
  | {
      ok: true;
      requestId: number;
      revision: number;
      channel: string | undefined;
      items: readonly string[];
      foreignKeys: ForeignKeyOption | undefined;
      reason: string;
    }
  | { ok: false; errors: Record<string, string> };

/** Reads a submitted form. Returns `undefined` if no card's button opened it. */
export function readSkipForm(
  { decision, fieldProblem, job }: Messages,
  view: { private_metadata: string; state: ViewState },
): SkipRead | undefined {
  const remembered = readMemory(view.private_metadata);
  const subject = remembered && readButtonValue(remembered.subject);
  if (remembered === undefined || subject === undefined) return undefined;
  const entered = (block: string) => view.state.values[block]?.[action];
  const reason = entered(blocks.reason)?.value?.trim() ?? '';
  const items = (entered(blocks.items)?.selected_options ?? []).flatMap(({ value }) =>
    value === undefined ? [] : [value],
  );
  const key = entered(blocks.foreignKeys)?.selected_option?.value;
  const foreignKeys = foreignKeyOptions.find((each) => each === key);
  const errors: Record<string, string> = {};
  const problem = paragraphs(longestWords)(reason);
  if (reason === '') errors[blocks.reason] = decision.missing;
  if (problem !== undefined) errors[blocks.reason] = fieldProblem(problem);
  if (items.length === 0) errors[blocks.items] = job.skip.noItems;
  if (foreignKeys === undefined && asksForeignKeys(items.map((id) => ({ id })))) {
    errors[blocks.foreignKeys] = job.skip.noForeignKeys;
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const { requestId, revision } = subject;
  return { ok: true, requestId, revision, channel: remembered.channel, items, foreignKeys, reason };
}
