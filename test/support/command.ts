import { DB_MIGRATIONS, type Message, type SlackWorkspace } from '../../playground/slack/index';

/** Runs `/migrate` with these words. Resolves to the answer that only this person sees. */
export const command = (
  slack: SlackWorkspace,
  userId: string,
  words: string,
  channel = DB_MIGRATIONS,
): Promise<Message> =>
  slack.answerTo(userId, (person) => person.command(channel, '/migrate', words), {
    what: `an answer to /migrate ${words}`,
  });
