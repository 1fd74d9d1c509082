import {
  ALICE,
  BOB,
  DB_MIGRATIONS,
  DEACTIVATED,
  GENERAL,
  PRIVATE_WITHOUT_BOT,
  type SlackWorkspace,
  startSlack,
  TEAM,
} from '../../playground/slack/index';
import type { People } from '../../src/domain/people/people';
import { type RuleBasis, usualRule } from '../../src/domain/policy/policy';
import { silentLog } from '../../src/operations/log';
import { checkPolicy } from '../../src/slack/checkPolicy';
import { interactiveClient } from '../../src/slack/clients';

let slack: SlackWorkspace;
let warned: { message: string; fields: unknown }[];
beforeEach(async () => {
  slack = await startSlack();
  warned = [];
});
afterEach(() => slack.close());

const user = (userId: string): People => ({ kind: 'user', userId });
const channel = (channelId: string): People => ({ kind: 'channel', channelId });

/** Checks a policy with this as its default rule, and with one other rule. */
function check(changes: Partial<RuleBasis> = {}, other: Partial<RuleBasis> = {}) {
  const client = interactiveClient(slack.botToken, slack.apiUrl, silentLog);
  const warn = (message: string, fields?: unknown) => void warned.push({ message, fields });
  const basis = { channel: DB_MIGRATIONS, approvers: [user(BOB)] };
  return checkPolicy(
    { client, log: { ...silentLog, warn }, teamId: TEAM.id },
    {
      rules: [{ when: {}, rule: usualRule({ ...basis, ...other }) }],
      otherwise: usualRule({ ...basis, ...changes }),
    },
  );
}

it('finds no problem, and logs nothing, if the bot is in the channels and the people exist', async () => {
  expect(await check({ breakGlassNotify: [channel(DB_MIGRATIONS), user(ALICE)] })).toBeUndefined();
  expect(warned).toEqual([]);
});

const away = 'C0AWAY0001';
const old = 'C0OLD00001';
const channels = [
  ['missing', 'C0NOTHING1', 'unknown'],
  ['private without the bot', PRIVATE_WITHOUT_BOT, 'unknown'],
  ['without the bot', away, 'not_joined'],
  ['archived', old, 'archived'],
] as const;

describe.each(channels)('a channel that is %s', (_, id, problem) => {
  beforeEach(() => {
    slack.addChannel({ id: away, name: 'away', members: [BOB] });
    slack.addChannel({ id: old, name: 'old', members: [BOB] });
    slack.archive(old);
  });

  it('cannot be the channel of any rule', async () => {
    const found = { kind: 'channel', channel: id, problem };
    expect(await check({ channel: id })).toEqual(found);
    expect(await check({}, { channel: id })).toEqual(found);
  });

  it('gets no reports of emergency approvals, and the log says so', async () => {
    expect(await check({ breakGlassNotify: [channel(id)] })).toBeUndefined();
    expect(warned).toContainEqual({
      message: 'emergency approvals cannot be reported in a channel',
      fields: { channel: id, problem },
    });
  });
});

it('refuses to start if nobody can approve without the missing people, and names only them', async () => {
  const found = await check({ approvers: [user(DEACTIVATED)], editors: [user('U0NOBODY01')] });
  expect(found).toEqual({
    kind: 'people',
    problems: [{ kind: 'user', id: DEACTIVATED, problem: 'deactivated', severity: 'stops' }],
  });
});

it('refuses to start if too few people can decide on an operation without the missing ones', async () => {
  const complete = (...people: People[]) => ({
    operations: { complete_job: { people, required: 2, oneFromEach: [] } },
  });
  const gone = { kind: 'user', id: DEACTIVATED, problem: 'deactivated' };
  expect(await check({}, complete(user(BOB), user(DEACTIVATED)))).toEqual({
    kind: 'people',
    problems: [{ ...gone, severity: 'stops' }],
  });
  expect(await check(complete(user(BOB), user(ALICE), user(DEACTIVATED)))).toBeUndefined();
  expect(warned).toMatchObject([{ fields: { ...gone, severity: 'warns' } }]);
});

it('logs a list with fewer people than it requires', async () => {
  const { id } = slack.addGroup({ handle: 'one', name: 'One', users: [BOB] });
  const group: People = { kind: 'group', groupId: id };
  expect(await check({ oneFromEach: [[group]] }, { approvers: [group], required: 2 })).toBe(
    undefined,
  );
  expect(warned).toEqual([
    {
      message: 'a list in the policy has fewer people than it requires',
      fields: { ids: [id], required: 2, most: 1 },
    },
  ]);
});

it('logs people who cannot act, if enough others remain', async () => {
  expect(await check({ approvers: [user(BOB), user(DEACTIVATED)] })).toBeUndefined();
  expect(warned).toEqual([
    {
      message: 'some people named in the policy cannot act',
      fields: { kind: 'user', id: DEACTIVATED, problem: 'deactivated', severity: 'warns' },
    },
  ]);
});

it('accepts a channel if Slack does not respond, and logs why', async () => {
  slack.faults.next('conversations.info', { kind: 'error', error: 'internal_error' });
  expect(await check({ channel: GENERAL }, { channel: GENERAL })).toBeUndefined();
  expect(warned).toMatchObject([
    {
      message: 'a channel named in the policy could not be checked',
      fields: { channel: GENERAL, error: { data: { error: 'internal_error' } } },
    },
  ]);
});
