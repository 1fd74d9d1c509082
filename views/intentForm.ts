import type { InputBlock } from '@slack/types';
import { z } from 'zod';
import { longestWords, paragraphs } from '../src/domain/migration/checks';
import type { Intent } from '../src/domain/request/intent';
import type { Shown } from '../src/domain/request/shown';
import type { Messages } from '../src/i18n/locales';
import { type ButtonSubject, readButtonValue } from './cardButtons';
import { plainText } from './plainText';

/** What a form remembers about the button that opened it. */
const memory = z.object({
  subject: z.string(),
  channel: z.string().optional(),
  /** The first message of the thread with the button. */
  ts: z.string().optional(),
});
export type IntentMemory = z.infer<typeof memory>;

/** The `action_id` of each input. */
export const inputAction = 'value';
const reasonBlock = 'Reason';

/** The input for a reason, or for a comment, which is optional. */
export function reasonInput(
  label: string,
  hint: string,
  { optional = false }: { optional?: boolean } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: reasonBlock,
    optional,
    label: plainText(label),
    hint: plainText(hint),
    element: {
      type: 'plain_text_input',
      action_id: inputAction,
      multiline: true,
      max_length: longestWords,
    },
  };
}

interface Element {
  value?: string | null;
  selected_option?: { value?: string } | null;
  selected_options?: readonly { value?: string }[] | null;
}

/** A submitted form, as far as Ferry reads it. */
export interface SubmittedView {
  private_metadata: string;
  state: { values: Readonly<Record<string, Readonly<Record<string, Element>>>> };
}

/** What a person entered in the form of a button. */
interface Entries {
  subject: ButtonSubject;
  channel: string | undefined;
  shown: Shown;
  reason: string;
  element(block: string): Element | undefined;
}

/** Reads a submitted form. Returns `undefined` if no card's button opened it. */
export function readEntries({ private_metadata, state }: SubmittedView): Entries | undefined {
  const remembered = memory.safeParse(parseJson(private_metadata)).data;
  const subject = readButtonValue(remembered?.subject);
  if (subject === undefined) return undefined;
  const element = (block: string) => state.values[block]?.[inputAction];
  const reason = element(reasonBlock)?.value?.trim() ?? '';
  const { channel, ts } = remembered ?? {};
  const isKnown = channel !== undefined && ts !== undefined;
  const shown = { key: subject.key, message: isKnown ? { channel, ts } : undefined };
  return { subject, channel, shown, reason, element };
}

/** The errors of a reason or a comment, by block. */
export function reasonErrors(
  { decision, fieldProblem }: Messages,
  reason: string,
  isRequired: boolean,
): Record<string, string> {
  if (isRequired && reason === '') return { [reasonBlock]: decision.missing };
  const problem = paragraphs(longestWords)(reason);
  return problem === undefined ? {} : { [reasonBlock]: fieldProblem(problem) };
}

/** What the person intends to do with the request, or the errors by block. */
export type IntentRead =
  | { ok: true; requestId: number; shown: Shown; channel: string | undefined; intent: Intent }
  | { ok: false; errors: Record<string, string> };

export const readIntent = (
  { channel, shown, subject: { requestId } }: Entries,
  errors: Record<string, string>,
  intent: Intent,
): IntentRead =>
  Object.keys(errors).length > 0
    ? { ok: false, errors }
    : { ok: true, requestId, shown, channel, intent };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
