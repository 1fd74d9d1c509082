import type { MigrationRequest } from '../../src/domain/request/request';
import type { Shown } from '../../src/domain/request/shown';
import { refusalOfShown } from '../../src/workflow/refusalOfShown';
import { aRequest } from '../support/aRequest';
import { fail } from '../support/fail';

const card = { channel: 'C1', ts: '1.1', digest: 'd' };
const at = (channel: string, ts: string): Shown => ({ key: undefined, message: { channel, ts } });

/** What a person meets who acts on a message. The channel has the card of the request, or none. */
const refusalFor = (
  shown: Shown | undefined,
  altered: MigrationRequest['altered'] = [],
  { posted }: { posted: typeof card | undefined } = { posted: card },
) =>
  refusalOfShown(
    {
      announcements: {
        find: async (id, audience) =>
          id === 7 && audience === 'channel'
            ? { toldSeq: 0, card: posted, sending: undefined, seenVersion: 0, holdUntil: undefined }
            : fail(),
      },
    },
    aRequest({ id: 7, origin: 'V7.a', altered }),
    shown,
  );

const other = { code: 'other_database', requestId: 7 };
const noMessage = { message: undefined };
it.each<
  [string, Awaited<ReturnType<typeof refusalFor>> | typeof other, Parameters<typeof refusalFor>]
>([
  ['nothing was shown', undefined, [undefined]],
  ['the key is the request’s', undefined, [{ key: 'V7-a', ...noMessage }]],
  ['the key is another one', other, [{ key: 'V8-a', ...noMessage }]],
  ['the key is another one below the same card', other, [{ key: 'V8-a', message: card }]],
  [
    'the key is the request’s in another channel',
    undefined,
    [{ key: 'V7-a', message: { channel: 'C2', ts: '2.2' } }],
  ],
  ['a form or the Home tab shows no key', undefined, [{ key: undefined, ...noMessage }]],
  ['it is the card without a key', undefined, [at('C1', '1.1')]],
  ['it is another message of the channel without a key', other, [at('C1', '2.2')]],
  ['it is a message of another channel without a key', other, [at('C2', '1.1')]],
  ['the request has no card yet', other, [at('C1', '1.1'), [], { posted: undefined }]],
  ['it is a direct message without a key', undefined, [at('D1', '2.2')]],
  ['the origin may have been altered', undefined, [{ key: 'V8-a', ...noMessage }, ['request']]],
  ['another part was altered', other, [{ key: 'V8-a', ...noMessage }, ['parameters']]],
])('if %s, the answer is %j', async (_, refusal, about) => {
  expect(await refusalFor(...about)).toEqual(refusal);
});
