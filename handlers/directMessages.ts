import type { Text } from '../src/i18n/text';
import type { HandlerContext } from './context';
import type { ButtonArgs, Listener } from './listener';
import { placeOf, sendEphemeral } from './sendEphemeral';

/** Turns a person's direct messages on or off. Returns the reply. */
export async function setMessages(
  { log, messages, setMuted }: HandlerContext,
  userId: string,
  wanted: boolean,
  command: string,
): Promise<Text> {
  try {
    const isMuted = await setMuted(!wanted);
    return !isMuted ? messages.direct.unmuted(command) : messages.direct.muted(command);
  } catch (error) {
    log.error('a choice about direct messages could not be stored', { user: userId, error });
    return messages.trouble.action;
  }
}

/** The button below each direct message. */
export function muteOnButton(context: HandlerContext): Listener<ButtonArgs> {
  return async ({ body, client }) => {
    const recipient = { userId: body.user.id, ...placeOf(body) };
    const words = await setMessages(context, recipient.userId, false, '/migrate');
    await sendEphemeral(client, context, recipient, words);
  };
}
