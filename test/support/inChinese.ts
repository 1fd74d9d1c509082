import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, DB_MIGRATIONS, type Message } from '../../playground/slack/index';
import { locales } from '../../src/i18n/locales';
import { plain, type Text } from '../../src/i18n/text';
import { type FormEntries, inFormOrder } from './aForm';
import { openForm } from './modal';
import type { TestFerry } from './startTestFerry';

/** The Chinese words that tests expect, from the catalogue, so that they change in one place. */
export const zh = locales['zh-CN'];

export const waiting = plain(zh.card.status.waiting(undefined));

/** The text before its first name, value or time. */
export function beginning(text: Text): string {
  const end = text.findIndex(({ kind }) => kind !== 'text');
  return plain(end === -1 ? text : text.slice(0, end));
}

/** The text after a person's name, which is omitted here. */
export const afterName = (text: Text): string => plain(text).trimStart();

/** Submits the example to a bot that uses Chinese. Returns the card. */
export async function requestInChinese(
  { slack }: TestFerry,
  by = ALICE,
  changes: FormEntries = {},
): Promise<Message> {
  const cards = () =>
    slack.messages(DB_MIGRATIONS).filter(({ onlyFor, threadTs }) => !threadTs && !onlyFor);
  const before = cards().length;
  const person = await openForm(slack, by);
  await fillForm(slack, person, inFormOrder({ ...exampleForm, ...changes }));
  const sent = await person.submit();
  if (sent.result !== 'updated') throw new Error(`not sent: ${JSON.stringify(sent)}`);
  return slack.until(() => cards()[before], { what: 'the card' });
}
