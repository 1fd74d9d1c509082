import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, DB_MIGRATIONS, type Message } from '../../playground/slack/index';
import { openForm } from './modal';
import type { TestFerry } from './startTestFerry';

/** Sends the example in a bot that speaks Chinese; the card. */
export async function requestInChinese({ slack }: TestFerry, by = ALICE): Promise<Message> {
  const cards = () => slack.messages(DB_MIGRATIONS).filter(({ threadTs }) => !threadTs);
  const before = cards().length;
  const person = await openForm(slack, by);
  await fillForm(slack, person, exampleForm);
  await person.submit();
  return slack.until(() => cards()[before], { what: 'the card' });
}
