import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, DB_MIGRATIONS, type Message } from '../../playground/slack/index';
import { locales } from '../../src/i18n/locales';
import { plain, type Text } from '../../src/i18n/text';
import { type FormEntries, inFormOrder } from './aForm';
import { openForm } from './modal';
import type { TestFerry } from './startTestFerry';

/** The Chinese words that the tests expect: those of the catalogue, so that they change in one place. */
export const zh = locales['zh-CN'];

export const waiting = plain(zh.card.status.waiting(undefined));

/** What a text says before the first name, value or time in it. */
export function beginning(text: Text): string {
  const end = text.findIndex(({ kind }) => kind !== 'text');
  return plain(end === -1 ? text : text.slice(0, end));
}

/** What a text says after the name of the person, which is left out of it here. */
export const afterName = (text: Text): string => plain(text).trimStart();

/** Sends the example in a bot that speaks Chinese; the card. */
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
