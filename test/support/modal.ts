import { ALICE, type Person, type SlackWorkspace } from '../../playground/slack/index';
import { acceptBlock } from '../../views/requestForm';
import { en } from './words';

/** Opens the form as a person who may have another modal open. */
export async function openForm(slack: SlackWorkspace, by = ALICE): Promise<Person> {
  const person = slack.as(by);
  const before = person.view()?.id;
  await person.shortcut('request_migration');
  const isOpen = () => person.view() !== undefined && person.view()?.id !== before;
  await slack.until(isOpen, { what: 'the form' });
  return person;
}

export function modalText(slack: SlackWorkspace, person: Person): string {
  const view = person.view();
  if (view === undefined) throw new Error('the modal is gone');
  return slack.render(view);
}

/** The fields of the form in front, in order. */
export function fieldsShown(person: Person): string[] {
  const blocks = person.view()?.blocks ?? [];
  return blocks.filter(({ type }) => type === 'input').map((block) => String(block['block_id']));
}

/** Accepts the warnings that the form shows. */
export const acceptWarnings = (person: Person) => person.fill({ [acceptBlock]: ['on'] });

/** Submits the form. Returns the text of the modal afterwards, or the problems by field. */
export async function sendForm(
  slack: SlackWorkspace,
  person: Person,
): Promise<string | Readonly<Record<string, string>>> {
  const sent = await person.submit();
  if (sent.result === 'errors') return sent.errors;
  if (sent.result !== 'updated') throw new Error(`not sent: ${JSON.stringify(sent)}`);
  return slack.until(
    () => {
      const text = modalText(slack, person);
      return !text.includes(en.sent.sending) && text;
    },
    { what: 'the answer in the modal' },
  );
}
