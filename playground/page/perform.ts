import {
  type Acknowledgement,
  CannotAct,
  NoSuchButton,
  NoSuchInput,
  type Person,
  type SlackWorkspace,
  type Submission,
  ValueRefused,
} from '../slack/index';
import type { Deed, Entry, Outcome } from './wire';

const DONE: Outcome = { kind: 'done' };

/** Carries out a person's action from the page. */
export async function perform(slack: SlackWorkspace, userId: string, deed: Deed): Promise<Outcome> {
  try {
    return await attempt(slack.as(userId), deed);
  } catch (error) {
    const isExpected = [CannotAct, NoSuchButton, NoSuchInput, ValueRefused].some(
      (kind) => error instanceof kind,
    );
    if (!isExpected || !(error instanceof Error)) throw error;
    return { kind: 'failed', error: error.name, detail: error.message };
  }
}

async function attempt(person: Person, deed: Deed): Promise<Outcome> {
  switch (deed.do) {
    case 'command': {
      const [name = '', ...rest] = deed.text.split(' ');
      return acknowledged(await person.command(deed.channel, name, rest.join(' ').trim()));
    }
    case 'shortcut':
      return acknowledged(await person.shortcut(deed.callbackId));
    case 'say':
      person.say(deed.channel, deed.text, deed.threadTs);
      return DONE;
    case 'openHome':
      return acknowledged(await person.openHome());
    case 'click': {
      const { target, blockId, actionId, choice } = deed;
      const chosen = choice === undefined ? {} : { choice };
      return acknowledged(await person.click(target, actionId, { blockId, ...chosen }));
    }
    case 'fill':
      return fill(person, deed.view, deed.entries);
    case 'suggest': {
      const { view, key, query } = deed;
      return { kind: 'options', options: await person.suggest(key, query, { id: view }) };
    }
    case 'upload': {
      const content = Buffer.from(deed.base64, 'base64');
      return { kind: 'uploaded', fileId: person.upload({ name: deed.name, content }) };
    }
    case 'submit': {
      if (person.view()?.id !== deed.view) throw new CannotAct('this modal is not in front');
      const filled = await fill(person, deed.view, deed.entries);
      return filled.kind === 'done' ? submitted(await person.submit()) : filled;
    }
    case 'dismiss':
      await person.dismiss();
      return DONE;
    default:
      return deed satisfies never;
  }
}

/** Enters values one by one, so that a refused one is marked at its field. */
async function fill(
  person: Person,
  view: string,
  entries: Readonly<Record<string, Entry>>,
): Promise<Outcome> {
  for (const [key, entry] of Object.entries(entries)) {
    try {
      const acknowledgements = await person.fill({ [key]: entry }, { id: view });
      const failed = acknowledgements.map(acknowledged).find(({ kind }) => kind === 'failed');
      if (failed !== undefined) return failed;
    } catch (error) {
      // A choice may have removed the field and its value.
      if (error instanceof NoSuchInput) continue;
      if (!(error instanceof ValueRefused)) throw error;
      const [blockId = key] = key.split('/');
      return { kind: 'marked', errors: { [blockId]: error.message } };
    }
  }
  return DONE;
}

function acknowledged(acknowledgement: Acknowledgement): Outcome {
  return acknowledgement.ok ? DONE : { kind: 'failed', error: acknowledgement.error };
}

function submitted(submission: Submission): Outcome {
  switch (submission.result) {
    case 'incomplete': {
      const marks = submission.blocks.map((id) => [id, 'Please complete this field.'] as const);
      return { kind: 'marked', errors: Object.fromEntries(marks) };
    }
    case 'errors':
      return { kind: 'marked', errors: submission.errors };
    case 'failed':
      return { kind: 'failed', error: submission.error };
    default:
      return DONE;
  }
}
