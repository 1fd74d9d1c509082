import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, DB_MIGRATIONS, type Message } from '../../playground/slack/index';
import { type FormEntries, inFormOrder } from './aForm';
import { openForm } from './modal';
import type { TestFerry } from './startTestFerry';

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
