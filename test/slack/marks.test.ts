import type { RequestEvent } from '../../src/domain/request/requestEvent';
import { findMarked, metadataOf, since } from '../../src/slack/marks';
import { aRequest } from '../support/aRequest';

it('searches from a minute before the time of the event, because clocks differ', () => {
  expect(since(new Date(1_700_000_000_500))).toBe('1699999940.5');
});

it("marks a message with the request's origin and the event's number, or 0 for the card", () => {
  const request = aRequest({ origin: 'V9' });
  expect(metadataOf('card', request)).toEqual({
    ...{ event_type: 'card', event_payload: { origin: 'V9', event: 0 } },
  });
  const event: RequestEvent = {
    requestId: request.id,
    seq: 3,
    at: new Date(),
    revision: 1,
    by: request.requester,
    payload: { type: 'withdrawn' },
  };
  expect(metadataOf('reply', request, event)).toEqual({
    ...{ event_type: 'reply', event_payload: { origin: 'V9', event: 3 } },
  });
});

const message = (ts: string, event_type: string, event_payload: Record<string, unknown>) => ({
  ts,
  bot_id: 'B1',
  metadata: { event_type, event_payload },
});
const wanted = { request: 7, seq: 2 };
const mark = { event_type: 'mark', event_payload: wanted };

/** Pages of a channel as Slack returns them, and the requested cursors. */
function pages(...all: readonly unknown[]) {
  const cursors: unknown[] = [];
  const read = async (cursor: { cursor?: string; limit: number }) => {
    cursors.push(cursor);
    return all[cursors.length - 1];
  };
  return { cursors, read };
}
const next = (next_cursor: string) => ({ response_metadata: { next_cursor } });

it('finds the message with the mark and the whole payload', async () => {
  const { read } = pages({
    messages: [
      { ts: '1' },
      // Every app may copy a mark, and the app of a person posts as the person.
      { ...message('1.1', 'mark', wanted), bot_id: 'B2' },
      { ...message('1.2', 'mark', wanted), bot_id: undefined },
      message('2', 'other', wanted),
      message('3', 'mark', { ...wanted, request: 8 }),
      message('4', 'mark', { ...wanted, seq: 3 }),
      message('5', 'mark', { request: 7 }),
      message('6', 'mark', { ...wanted, more: 'x' }),
      message('7', 'mark', wanted),
    ],
  });
  expect((await findMarked('B1', mark, read))?.ts).toBe('6');
});

it('reads one page after another until the message is found', async () => {
  const { cursors, read } = pages(
    { messages: [], ...next('a') },
    { messages: [message('1', 'mark', { request: 1 })], ...next('b') },
    { messages: [message('2', 'mark', wanted)], ...next('c') },
  );
  expect((await findMarked('B1', mark, read))?.ts).toBe('2');
  expect(cursors).toEqual([
    { limit: 200 },
    { limit: 200, cursor: 'a' },
    { limit: 200, cursor: 'b' },
  ]);
});

it.each([[{}], [next('')], [{ response_metadata: {} }]])(
  'finds nothing after the last page, which ends with %j',
  async (end) => {
    const { cursors, read } = pages({ messages: [], ...next('a') }, { messages: [], ...end });
    expect(await findMarked('B1', mark, read)).toBeUndefined();
    expect(cursors).toHaveLength(2);
  },
);
