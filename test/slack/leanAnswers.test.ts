import { createServer, type Server } from 'node:http';
import { checkChannel } from '../../src/slack/checkChannel';
import { checkPeople } from '../../src/slack/checkPeople';
import { interactiveClient } from '../../src/slack/clients';
import { createDirectory } from '../../src/slack/directory';
import { readTextFile } from '../../src/slack/files';
import { createLanguages } from '../../src/slack/languages';
import { findMarked } from '../../src/slack/marks';
import { signIn } from '../../src/slack/signIn';
import { listenLocally } from '../support/listenLocally';
import { manualClock } from '../support/manualClock';
import { en } from '../support/words';

/**
 * Slack leaves out most fields of its objects at times. These answers contain only what Slack always
 * sends.
 */
const logged: string[] = [];
const note = (message: string) => void logged.push(message);
const log = { info: note, warn: note, error: note };
let server: Server;
let answers: Readonly<Record<string, object>>;
let apiUrl: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const method = /^\/api\/([\w.]+)/.exec(request.url ?? '')?.[1] ?? '';
    const answer = answers[method];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer === undefined ? { ok: false } : { ok: true, ...answer }));
  });
  const port = await listenLocally(server);
  apiUrl = `http://127.0.0.1:${port}/api/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  answers = {};
  logged.length = 0;
});

const client = () => interactiveClient('xoxb-only-for-tests', apiUrl, log);
const clock = manualClock();
const directory = () =>
  createDirectory({ client: client(), clock, patience: clock, log, teamId: 'T1' });
const needs = (kind: 'group' | 'channel' | 'user') => {
  const people = {
    group: { kind: 'group', groupId: 'S1' },
    channel: { kind: 'channel', channelId: 'C1' },
    user: { kind: 'user', userId: 'U1' },
  } as const;
  const context = { client: client(), log, teamId: 'T1' };
  return checkPeople(context, [{ people: [people[kind]], required: 1 }]);
};

it.each([
  ['group', 'usergroups.list', { usergroups: [{ id: 'S1' }] }],
  ['group', 'usergroups.list', { usergroups: [{ id: 'S1', date_delete: 0 }] }],
  ['channel', 'conversations.info', { channel: {} }],
  ['user', 'users.info', { user: { team_id: 'T1' } }],
] as const)(
  'finds no problem with a %s in the policy if %s returns %j',
  async (kind, method, answer) => {
    answers = { [method]: answer };
    expect(await needs(kind)).toEqual([]);
    expect(logged).toEqual([]);
  },
);

it('treats a channel as not joined if Slack does not say that the bot is in it', async () => {
  answers = { 'conversations.info': { channel: {} } };
  expect(await checkChannel(client(), 'C1', log)).toBe('not_joined');
  expect(logged).toEqual([]);
});

it.each([
  ['of this workspace', { team_id: 'T1' }, { name: 'U1', standing: 'member' }],
  ['without a workspace', {}, { name: 'U1', standing: 'external' }],
  ['with a handle', { team_id: 'T1', name: 'bob' }, { name: 'bob', standing: 'member' }],
  [
    'with a real name',
    { team_id: 'T1', name: 'bob', profile: { real_name: 'Bob' } },
    { name: 'Bob', standing: 'member' },
  ],
  [
    'with a display name',
    { team_id: 'T1', name: 'bob', profile: { real_name: 'Bob', display_name: 'B' } },
    { name: 'B', standing: 'member' },
  ],
  [
    'with an empty display name',
    { team_id: 'T1', profile: { real_name: 'Bob', display_name: '' } },
    { name: 'Bob', standing: 'member' },
  ],
  [
    'of an organization without a list of workspaces',
    { team_id: 'T1', enterprise_user: {} },
    { name: 'U1', standing: 'member' },
  ],
  [
    'of a partner that connects a bot',
    { team_id: 'T1', is_connector_bot: true },
    { name: 'U1', standing: 'bot' },
  ],
])('reads a person %s', async (_, user, expected) => {
  answers = { 'users.info': { user } };
  expect(await directory().person('U1')).toEqual(expected);
  expect(logged).toEqual([]);
});

it.each([
  ['no more pages', {}],
  ['an empty cursor', { response_metadata: { next_cursor: '' } }],
  ['no cursor', { response_metadata: {} }],
])('reads the members of a channel up to %s', async (_, end) => {
  answers = { 'conversations.members': { members: ['U1'], ...end } };
  const channel = [{ kind: 'channel', channelId: 'C1' }] as const;
  expect(await directory().isAmong('U1', channel, 'U9')).toBe('yes');
  expect(await directory().isAmong('U2', channel, 'U9')).toBe('no');
});

it.each<[string, object, string]>([
  ['public', { is_private: false }, 'yes'],
  ['private', { is_private: true }, 'no'],
  ['of an unknown kind', {}, 'no'],
  ['a direct message', { is_private: false, is_im: true }, 'no'],
  ['a direct message of several people', { is_private: false, is_mpim: true }, 'no'],
])(
  'shows a channel to others only if it is public; this one is %s',
  async (_, channel, expected) => {
    answers = { 'conversations.info': { channel }, 'conversations.members': { members: ['U1'] } };
    expect(await directory().sees('C1', 'U2')).toBe(expected);
    expect(await directory().sees('C1', 'U1')).toBe('yes');
  },
);

it.each([[{ size: 3 }], [{ size: 3, url_private: '' }]])(
  'cannot read a file without an address: %j',
  async (file) => {
    answers = { 'files.info': { file } };
    const limits = { maxBytes: 10, timeoutMs: 1_000 };
    const read = await readTextFile({ client: client(), log }, 'F1', limits);
    expect(read).toEqual({ ok: false, problem: { code: 'not_allowed' } });
  },
);

it('uses the fallback for a person without a language', async () => {
  answers = { 'users.info': { user: {} } };
  const context = { client: client(), clock, patience: clock, log, fallback: 'en' } as const;
  expect(await createLanguages(context).messagesFor('U1')).toBe(en);
  expect(logged).toEqual([]);
});

it('searches messages without metadata', async () => {
  const read = async () => ({ messages: [{ ts: '1' }, { ts: '2', metadata: 'odd' }] });
  expect(await findMarked('B1', { event_type: 'mark', event_payload: {} }, read)).toBeUndefined();
});

it("signs in without the workspace's URL and the token's scopes", async () => {
  answers = { 'auth.test': { team_id: 'T1', user_id: 'U1', bot_id: 'B1' } };
  const identity = {
    teamId: 'T1',
    botUserId: 'U1',
    botId: 'B1',
    workspaceUrl: undefined,
  };
  expect(await signIn(client())).toMatchObject({ kind: 'signed_in', identity });
});
