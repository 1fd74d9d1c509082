import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import {
  asksForeignKeys,
  foreignKeyOptions,
  type SkippableItem,
  type SkippedChecks,
} from '../src/domain/job/job';
import { cut } from '../src/domain/text/cut';
import type { Messages } from '../src/i18n/locales';
import { code, type Text } from '../src/i18n/text';
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

export const skipFormId = 'skip_check_form';

const blocks = { items: 'StepIds', foreignKeys: 'ForeignKeyFlag' } as const;

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
  remembered: IntentMemory,
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
      action_id: inputAction,
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
      action_id: inputAction,
      options: keyOptions,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
  const reason = reasonInput(decision.reason, decision.hint);
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

/** Reads a submitted form. Returns `undefined` if no card's button opened it. */
export function readSkipForm(messages: Messages, view: SubmittedView): IntentRead | undefined {
  const entries = readEntries(view);
  if (entries === undefined) return undefined;
  const { element, reason, subject } = entries;
  const items = (element(blocks.items)?.selected_options ?? []).flatMap(({ value }) =>
    value === undefined ? [] : [value],
  );
  const key = element(blocks.foreignKeys)?.selected_option?.value;
  const foreignKeys = foreignKeyOptions.find((each) => each === key);
  const asksKeys = asksForeignKeys(items.map((id) => ({ id })));
  const { noForeignKeys, noItems } = messages.job.skip;
  const errors = {
    ...reasonErrors(messages, reason, true),
    ...(items.length === 0 ? { [blocks.items]: noItems } : {}),
    ...(asksKeys && foreignKeys === undefined ? { [blocks.foreignKeys]: noForeignKeys } : {}),
  };
  return readIntent(entries, errors, {
    ...{ type: 'skip_check', revision: subject.revision, items, reason },
    ...(asksKeys && foreignKeys !== undefined ? { foreignKeys } : {}),
  });
}
