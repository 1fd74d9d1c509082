import type { Rule } from '../src/domain/policy/policy';
import type { Missing } from '../src/domain/request/quorum';
import type { PayloadOf } from '../src/domain/request/requestEvent';
import type { Messages } from '../src/i18n/locales';
import type { Text } from '../src/i18n/text';
import { listPeople } from './listPeople';

/** The approvals that a rule requires; `undefined` if any single one is enough. */
export const needed = (messages: Messages, { oneFromEach, required }: Rule): Text | undefined =>
  required === 1 && oneFromEach.length === 0
    ? undefined
    : messages.card.needed(required, namesOf(messages, oneFromEach));

/**
 * The approvals that a request still needs. It is at least one: if the policy now requires fewer,
 * the next approval decides.
 */
export const stillNeeded = (messages: Messages, { count, lists }: Missing): Text =>
  messages.card.stillNeeded(
    lists.length === 0 ? Math.max(1, count) : count,
    namesOf(messages, lists),
  );

const namesOf = (messages: Messages, lists: Missing['lists']): Text[] =>
  lists.map((list) => listPeople(messages, list));

type Counted = PayloadOf<'approved' | 'taken_back'>;

/**
 * The number of approvals after an event, such as `1 of 2`. It is empty if it would say nothing:
 * one approval is required, there are more than required, or enough people approved but a list is
 * missing.
 */
export function tallyOf(messages: Messages, { count, required, ...event }: Counted): Text {
  const isEnough = event.type === 'approved' && event.isEnough === true;
  const fits = isEnough ? count === required : count < required;
  return required > 1 && fits ? messages.card.tally(count, required) : [];
}

/** What is still missing after an event, if its tally doesn't say so. */
export function leftMissing(messages: Messages, event: Counted): Text | undefined {
  const { missing } = event;
  return missing === undefined || (missing.lists.length === 0 && event.required > 1)
    ? undefined
    : messages.thread.stillMissing(stillNeeded(messages, missing));
}

/** Says that a person approved, what is still missing, and that a comment follows. */
export function approvedLine(messages: Messages, by: string, event: PayloadOf<'approved'>): Text {
  const { thread } = messages;
  const tally = tallyOf(messages, event);
  const missing = leftMissing(messages, event);
  return event.comment === undefined
    ? thread.approved(by, tally, missing)
    : thread.approvedSaying(by, tally, missing);
}
