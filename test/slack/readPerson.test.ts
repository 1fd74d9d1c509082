import { createServer, type Server } from 'node:http';
import { silentLog } from '../../src/operations/log';
import { interactiveClient } from '../../src/slack/clients';
import { findPerson, readPerson } from '../../src/slack/readPerson';
import { createStandings } from '../../src/slack/standings';
import { listenLocally } from '../support/listenLocally';
import { manualClock } from '../support/manualClock';

let answer: object;
let asked: number;
let server: Server;
let client: ReturnType<typeof interactiveClient>;
beforeEach(async () => {
  asked = 0;
  server = createServer((_, response) => {
    asked += 1;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
  const port = await listenLocally(server);
  client = interactiveClient('xoxb-only-for-tests', `http://127.0.0.1:${port}/api/`, silentLog);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const teamId = 'T1';
const reading = (user: object, userId = 'U1') => {
  answer = { ok: true, user };
  return readPerson({ client, teamId }, userId);
};

it.each<[string, object, string]>([
  ['a person of the workspace', {}, 'member'],
  ['a stranger', { is_stranger: true }, 'external'],
  ['a person of another workspace', { team_id: 'T2' }, 'external'],
  ['a person of no workspace', { team_id: undefined }, 'external'],
  [
    'a person of the organization',
    { team_id: 'T2', enterprise_user: { teams: ['T3', 'T1'] } },
    'member',
  ],
  ['one of another part', { team_id: 'T2', enterprise_user: { teams: ['T3'] } }, 'external'],
  ['one of an unknown part', { team_id: 'T2', enterprise_user: {} }, 'external'],
  ['a guest of several channels', { is_restricted: true }, 'guest'],
  ['a guest of one channel', { is_ultra_restricted: true }, 'guest'],
  ['an external guest', { is_restricted: true, team_id: 'T2' }, 'external'],
  ['a bot', { is_bot: true }, 'bot'],
  ['a workflow', { is_workflow_bot: true }, 'bot'],
  ['a connector', { is_connector_bot: true }, 'bot'],
  ['a deactivated person', { deleted: true }, 'deactivated'],
  ['a deactivated bot', { deleted: true, is_bot: true }, 'deactivated'],
  [
    'a person whose marks are all false',
    {
      ...{ deleted: false, is_bot: false, is_workflow_bot: false, is_connector_bot: false },
      ...{ is_stranger: false, is_restricted: false, is_ultra_restricted: false },
    },
    'member',
  ],
])('%s: %j', async (_, user, standing) => {
  expect((await reading({ team_id: teamId, ...user })).standing).toBe(standing);
});

it.each(['user_not_found', 'user_not_visible'])(
  'a person has left if Slack responds with %s',
  async (error) => {
    answer = { ok: false, error };
    expect(await readPerson({ client, teamId }, 'U1')).toEqual({
      ...{ name: 'U1', standing: 'deactivated' },
    });
    expect(await findPerson({ client, teamId }, 'U1')).toBeUndefined();
  },
);

it.each(['internal_error', 'missing_scope', 'user_is_missing'])(
  'nobody knows who a person is if Slack responds with %s',
  async (error) => {
    answer = { ok: false, error };
    await expect(readPerson({ client, teamId }, 'U1')).rejects.toThrow(error);
  },
);

it('Slack’s own bot is a bot', async () => {
  expect((await reading({ team_id: teamId }, 'USLACKBOT')).standing).toBe('bot');
});

it.each<[object, string]>([
  [{ profile: { display_name: 'Ann', real_name: 'Ann Lee' }, name: 'ann' }, 'Ann'],
  [{ profile: { display_name: '', real_name: 'Ann Lee' }, name: 'ann' }, 'Ann Lee'],
  [{ profile: { real_name: '' }, name: 'ann' }, 'ann'],
  [{ name: 'ann' }, 'ann'],
  [{ profile: {}, name: '' }, 'U1'],
  [{}, 'U1'],
])('the person %j is called %s', async (user, name) => {
  expect((await reading({ team_id: teamId, ...user })).name).toBe(name);
});

describe('before Ferry shows something, a standing', () => {
  const begin = () => {
    const clock = manualClock();
    const warned: unknown[] = [];
    const warn = (_: string, fields?: unknown) => void warned.push(fields);
    const log = { ...silentLog, warn };
    const standing = createStandings({ client, clock, patience: clock, log, teamId });
    return { clock, standing, warned };
  };

  it('is what Slack says, and may be as old as the caller allows', async () => {
    const { clock, standing, warned } = begin();
    answer = { ok: true, user: { team_id: teamId } };
    expect(await standing('U1', 1_000)).toBe('member');
    answer = { ok: true, user: { team_id: teamId, deleted: true } };
    await clock.advance(900);
    expect(await standing('U1', 1_000)).toBe('member');
    expect(asked).toBe(1);
    await clock.advance(200);
    expect(await standing('U1', 1_000)).toBe('deactivated');
    expect(await standing('U2', 1_000)).toBe('deactivated');
    expect(asked).toBe(3);
    expect(warned).toEqual([]);
  });

  it('is unknown while Slack does not say it, and that is not remembered', async () => {
    const { standing, warned } = begin();
    answer = { ok: false, error: 'internal_error' };
    expect(await standing('U1', 1_000)).toBe('unknown');
    expect(warned).toEqual([{ user: 'U1', error: expect.any(Error) }]);
    answer = { ok: true, user: { team_id: teamId } };
    expect(await standing('U1', 1_000)).toBe('member');
  });

  it('is unknown if an older answer is all that there is', async () => {
    const { clock, standing } = begin();
    answer = { ok: true, user: { team_id: teamId } };
    await standing('U1', 1_000);
    answer = { ok: false, error: 'internal_error' };
    await clock.advance(2_000);
    expect(await standing('U1', 1_000)).toBe('unknown');
  });
});
