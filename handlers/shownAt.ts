import type { BlockAction } from '@slack/bolt';
import type { Shown } from '../src/domain/request/shown';
import type { ButtonSubject } from '../views/cardButtons';

/** Where a person pressed the button of a request. */
export function shownAt(
  { key }: ButtonSubject,
  { channel, message }: Pick<BlockAction, 'channel' | 'message'>,
): Shown {
  const thread: unknown = message?.['thread_ts'];
  const ts = typeof thread === 'string' ? thread : message?.ts;
  const isKnown = channel !== undefined && ts !== undefined;
  return { key, message: isKnown ? { channel: channel.id, ts } : undefined };
}
