import { SocketModeReceiver } from '@slack/bolt';
import { slackLogger } from '../../src/slack/log';
import { guardFrames } from '../../src/slack/socketFrames';

/** A client of Slack's library whose own handler of frames is replaced by a record. */
function begin() {
  const warnings: string[] = [];
  const passed: unknown[][] = [];
  const log = {
    info: () => {},
    warn: (message: string) => void warnings.push(message),
    error: () => {},
  };
  const { client } = new SocketModeReceiver({
    appToken: 'xapp-only-for-tests',
    logger: slackLogger(log, 'socket'),
  });
  client.removeAllListeners('ws_message');
  client.on('ws_message', (...received: unknown[]) => void passed.push(received));
  client.on('connected', () => {});
  const ends: (string | undefined)[] = [];
  guardFrames(client, log, (reason) => void ends.push(reason));
  return {
    ends,
    passed,
    warnings,
    send: (data: unknown) => client.emit('ws_message', data, false),
  };
}

const envelope = { envelope_id: 'e1' };
const command = { command: '/migrate', text: '', user_id: 'U1', team_id: 'T1' };
const click = { type: 'block_actions', user: { id: 'U1' }, team: { id: 'T1' } };
const event = (type: string) => ({ ...envelope, type: 'events_api', payload: { event: { type } } });

it.each<[string, object]>([
  ['a greeting', { type: 'hello' }],
  ['a command', { ...envelope, type: 'slash_commands', payload: command }],
  ['a click', { ...envelope, type: 'interactive', payload: click }],
  ['an event', event('app_home_opened')],
])('passes %s on as it is', (_, frame) => {
  const { passed, send, warnings } = begin();
  send(JSON.stringify(frame));
  expect(passed).toEqual([[JSON.stringify(frame), false]]);
  expect(warnings).toEqual([]);
});

it.each<[unknown, string | undefined]>([
  ['warning', undefined],
  ['refresh_requested', undefined],
  [undefined, undefined],
  ['link_disabled', 'link_disabled'],
  ['too_many_websockets', 'too_many_websockets'],
  ['a sentence', undefined],
  [7, undefined],
])(
  'reports an announced end, on which the library would drop what still arrives: %j',
  (reason, said) => {
    const { ends, passed, send, warnings } = begin();
    send(JSON.stringify({ type: 'disconnect', reason }));
    expect({ ends, passed, warnings }).toEqual({ ends: [said], passed: [], warnings: [] });
  },
);

it.each<[string, unknown]>([
  ['bytes', Buffer.from('{"type":"hello"}')],
  ['text that is no JSON', 'hello'],
  ['JSON without a type', '{}'],
  ['an unknown type', JSON.stringify({ ...envelope, type: 'ws_message', payload: {} })],
  ['a command without an envelope', JSON.stringify({ type: 'slash_commands', payload: command })],
  ['an event without an envelope', '{"type":"events_api","payload":{"event":{"type":"a"}}}'],
  ['a button without an envelope', JSON.stringify({ type: 'interactive', payload: {} })],
  ['an event without a type', JSON.stringify({ ...envelope, type: 'events_api', payload: {} })],
  ['an event with the name of an internal one', JSON.stringify(event('connected'))],
])('ignores %s with a warning', (_, data) => {
  const { passed, send, warnings } = begin();
  send(data);
  expect(passed).toEqual([]);
  expect(warnings).toEqual(['ignored an unknown frame from Slack']);
});
