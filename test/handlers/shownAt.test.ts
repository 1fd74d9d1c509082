import type { BlockAction } from '@slack/bolt';
import { shownAt } from '../../handlers/shownAt';
import type { ButtonSubject } from '../../views/cardButtons';

type Place = Pick<BlockAction, 'channel' | 'message'>;

const subject: ButtonSubject = { requestId: 7, key: 'k', revision: 2, about: undefined };
const channel = { id: 'C1', name: 'migrations' };
const card = { type: 'message' as const, ts: '1.2' };

it.each<[string, Place, { channel: string; ts: string } | undefined]>([
  ['a card', { channel, message: card }, { channel: 'C1', ts: '1.2' }],
  [
    'a reply, in the thread of the card',
    { channel, message: { ...card, ts: '3.4', thread_ts: '1.2' } },
    { channel: 'C1', ts: '1.2' },
  ],
  ['a view', {}, undefined],
  ['a message of an unknown channel', { message: card }, undefined],
  ['a channel without a message', { channel }, undefined],
])('a button in %s is shown there, with its key', (_, place, message) => {
  expect(shownAt(subject, place)).toEqual({ key: 'k', message });
});
