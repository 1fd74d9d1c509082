import type { Message } from '../../views/message';
import { platformError } from './platformError';

/** Slack's errors for blocks that it doesn't accept. */
const refusedLayouts = ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long'];

/**
 * Posts a message. If Slack refuses its layout, which no retry changes, only its text is posted,
 * without buttons, so that it doesn't hold up the messages after it.
 */
export async function postWords(
  message: Message,
  post: (content: Message | Pick<Message, 'text'>) => Promise<unknown>,
): Promise<void> {
  try {
    await post(message);
  } catch (error) {
    if (!refusedLayouts.some((name) => name === platformError(error))) throw error;
    await post({ text: message.text });
  }
}
