import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  DAN,
  DB_MIGRATIONS,
  DEACTIVATED,
  EVA,
  type Fault,
  GENERAL,
  MEI,
  MULTI_CHANNEL_GUEST,
  OTHER_BOT,
  PRIVATE_WITHOUT_BOT,
  SHARED_CHANNEL,
  SINGLE_CHANNEL_GUEST,
  type SlackWorkspace,
  STRANGER,
  startSlack,
  TEAM,
} from '../../playground/slack/index';
import type { People } from '../../src/domain/people/people';
import { silentLog } from '../../src/operations/log';
import type { Directory } from '../../src/ports/directory';
import { interactiveClient } from '../../src/slack/clients';
import { createDirectory } from '../../src/slack/directory';
import { manualClock } from '../support/manualClock';

let slack: SlackWorkspace;
let clock: ReturnType<typeof manualClock>;
let directory: Directory;
let logged: { level: string; message: string; reason: unknown; fields: unknown }[];

const note = (level: string) => (message: string, fields?: Readonly<Record<string, unknown>>) => {
  logged.push({ level, message, reason: fields?.['reason'], fields });
};

async function begin(scopes?: readonly string[]): Promise<void> {
  slack = await startSlack(scopes === undefined ? {} : { scopes });
  clock = manualClock();
  logged = [];
  const log = { info: note('info'), warn: note('warn'), error: note('error') };
  const client = interactiveClient(slack.botToken, slack.apiUrl, silentLog);
  directory = createDirectory({ client, clock, patience: clock, log, teamId: TEAM.id });
}

beforeEach(() => begin());
afterEach(() => slack.close());

const user = (userId: string): People => ({ kind: 'user', userId });
const group: People = { kind: 'group', groupId: APPROVERS_GROUP };
const channel: People = { kind: 'channel', channelId: DB_MIGRATIONS };
const among = (userId: string, ...list: People[]) => directory.isAmong(userId, list, ALICE);
const asked = (method: string) => slack.callsOf(method).length;
/** A channel with Bob and `count` others. Also returns the last of them. */
function crowded(count: number): { crowd: People; last: string } {
  const ids = Array.from({ length: count }, (_, index) => `U0CROWD${index}`);
  const { id } = slack.addChannel({ name: 'crowd', members: [BOB, ...ids] });
  return { crowd: { kind: 'channel', channelId: id }, last: ids.at(-1) ?? '' };
}

describe('the standing of a person', () => {
  const standing = async (userId: string) => (await directory.person(userId)).standing;

  it.each([
    ['a member', ALICE, 'member'],
    ['an administrator', EVA, 'member'],
    ['a guest of one channel', SINGLE_CHANNEL_GUEST, 'guest'],
    ['a guest of several', MULTI_CHANNEL_GUEST, 'guest'],
    ['a person from another organization', STRANGER, 'external'],
    ['a deactivated person', DEACTIVATED, 'deactivated'],
    ['a bot', OTHER_BOT, 'bot'],
    ['a person whom Slack no longer knows', 'U0NOBODY01', 'deactivated'],
  ])('%s', async (_name, userId, expected) => {
    expect(await standing(userId)).toBe(expected);
  });

  it('an external person who shares no channel with the bot', async () => {
    slack.leave(DB_MIGRATIONS, STRANGER);
    slack.leave(SHARED_CHANNEL, STRANGER);
    expect(await standing(STRANGER)).toBe('external');
  });

  it('a guest of another organization', async () => {
    slack.changeUser(STRANGER, { kind: 'singleChannelGuest' });
    expect(await standing(STRANGER)).toBe('external');
  });

  it("Slackbot and a workflow's bot", async () => {
    slack.addUser({ id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot' });
    const { id } = slack.addUser({ name: 'flow', realName: 'Flow', kind: 'workflowBot' });
    expect(await standing('USLACKBOT')).toBe('bot');
    expect(await standing(id)).toBe('bot');
  });

  it('a person of the same Enterprise organization, by their workspaces', async () => {
    const inBoth = { teamId: 'T0ELSEWHERE', workspaces: ['T0ELSEWHERE', TEAM.id] };
    slack.changeUser(ALICE, inBoth);
    expect(await standing(ALICE)).toBe('member');
    slack.changeUser(ALICE, { ...inBoth, workspaces: ['T0ELSEWHERE'] });
    expect(await standing(ALICE)).toBe('external');
    slack.changeUser(BOB, { ...inBoth, kind: 'multiChannelGuest' });
    expect(await standing(BOB)).toBe('guest');
  });

  it('is looked up each time', async () => {
    expect(await directory.person(BOB)).toEqual({ name: 'bob.okafor', standing: 'member' });
    slack.deactivate(BOB);
    expect(await standing(BOB)).toBe('deactivated');
  });

  it('is unknown if Slack is slow', async () => {
    slack.faults.next('users.info', { kind: 'slow', ms: 200 });
    const person = directory.person(BOB);
    await slack.until(() => asked('users.info') === 1);
    await clock.advance(4_000);
    expect(await person).toEqual({ name: BOB, standing: 'unknown' });
  });
});

it.each<[string, string, number, () => Promise<unknown>]>([
  ['the state of a person', 'users.info', 1_000, () => directory.standing(BOB, 0)],
  ['a person who decides', 'users.info', 4_000, () => directory.person(BOB)],
  ['a channel', 'conversations.info', 4_000, () => directory.sees(DB_MIGRATIONS, BOB)],
  ['a list of people', 'usergroups.users.list', 4_000, () => among(BOB, group)],
])('does not wait for %s longer than its limit', async (_, method, limitMs, lookUp) => {
  slack.faults.next(method, { kind: 'slow', ms: 100 });
  let isOver = false;
  const looking = lookUp().then(() => {
    isOver = true;
  });
  await slack.until(() => asked(method) === 1, { what: 'the lookup' });
  await clock.advance(limitMs - 1);
  expect(isOver).toBe(false);
  await clock.advance(1);
  await looking;
});

describe('the view of a channel', () => {
  const sees = (channelId: string) => directory.sees(channelId, DAN);

  it('belongs to nobody once the channel is gone, and is unknown while Slack fails', async () => {
    slack.faults.next('conversations.info', { kind: 'error', error: 'channel_not_found' });
    expect(await sees(DB_MIGRATIONS)).toBe('no');
    slack.faults.next('conversations.info', { kind: 'error', error: 'internal_error' });
    expect(await sees(GENERAL)).toBe('unknown');
    expect(logged.map(({ message }) => message)).toEqual(['a channel could not be looked up']);
  });

  it('is read again after five seconds', async () => {
    expect(await sees(GENERAL)).toBe('yes');
    await clock.advance(4_999);
    expect(await sees(GENERAL)).toBe('yes');
    expect(asked('conversations.info')).toBe(1);
    await clock.advance(2);
    expect(await sees(GENERAL)).toBe('yes');
    expect(asked('conversations.info')).toBe(2);
  });
});

describe('membership in a list of people', () => {
  it('by name and as the requester needs no lookup', async () => {
    expect(await among(ALICE, user(ALICE))).toBe('yes');
    expect(await among(BOB, user(ALICE))).toBe('no');
    expect(await among(ALICE, user(BOB), { kind: 'requester' })).toBe('yes');
    expect(await among(BOB, { kind: 'requester' })).toBe('no');
    expect(slack.calls).toEqual([]);
  });

  it('in a group', async () => {
    expect(await among(BOB, group)).toBe('yes');
    expect(await among(DAN, group)).toBe('no');
  });

  it('in a channel, on any page', async () => {
    const { crowd, last } = crowded(1_100);
    expect(await among(last, crowd)).toBe('yes');
    expect(await among(BOB, crowd)).toBe('yes');
    expect(asked('conversations.members')).toBe(2);
    expect(await among(DAN, channel)).toBe('yes');
    slack.leave(DB_MIGRATIONS, DAN);
    slack.join(GENERAL, DAN);
    await clock.advance(5_000);
    expect(await among(DAN, channel)).toBe('no');
  });

  it('in a channel of 10,000, which is read once for everyone', async () => {
    const { crowd, last } = crowded(10_000);
    const answers = await Promise.all([last, BOB, DAN].map((userId) => among(userId, crowd)));
    expect(answers).toEqual(['yes', 'yes', 'no']);
    expect(asked('conversations.members')).toBe(11);
  });

  it('is unknown for people beyond the pages that are read', async () => {
    const { crowd, last } = crowded(20_000);
    expect(await among(last, crowd)).toBe('unknown');
    expect(await among(BOB, crowd)).toBe('yes');
    expect(asked('conversations.members')).toBe(20);
  });

  it('is unknown if a page of a list cannot be read', async () => {
    const { crowd, last } = crowded(1_100);
    slack.faults.next('conversations.members', { kind: 'slow', ms: 1 });
    slack.faults.next('conversations.members', { kind: 'rateLimited', retryAfterSeconds: 30 });
    expect(await among(last, crowd)).toBe('unknown');
    expect(await among(last, crowd)).toBe('yes');
  });

  it('by one list is enough, even if another cannot be read', async () => {
    slack.faults.next('usergroups.users.list', { kind: 'status', status: 500 }, 2);
    expect(await among(BOB, group, channel)).toBe('yes');
    expect(await among('U0NOBODY01', group, channel)).toBe('unknown');
  });
});

describe('a cached list', () => {
  it('is read once for many callers, and not again for 5 seconds', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => among(index % 2 === 0 ? BOB : DAN, group)),
    );
    expect(answers.filter((answer) => answer === 'yes')).toHaveLength(25);
    await clock.advance(4_999);
    await among(MEI, group);
    expect(asked('usergroups.users.list')).toBe(1);
    await clock.advance(1);
    await among(MEI, group);
    expect(asked('usergroups.users.list')).toBe(2);
  });

  it('lets nobody in, and keeps nobody out, for longer than 5 seconds', async () => {
    expect(await among(BOB, group)).toBe('yes');
    slack.setGroup(APPROVERS_GROUP, { users: [MEI, DAN] });
    expect(await among(DAN, group)).toBe('no');
    await clock.advance(5_000);
    expect(await among(DAN, group)).toBe('yes');
    expect(await among(BOB, group)).toBe('no');
  });

  it.each<[string, Fault]>([
    ['with HTTP 500', { kind: 'status', status: 500 }],
    ['with internal_error', { kind: 'error', error: 'internal_error' }],
    ['because of too many calls', { kind: 'error', error: 'ratelimited' }],
  ])(
    'confirms members, but nothing else, for 30 seconds while Slack fails %s',
    async (_, fault) => {
      await among(BOB, group);
      slack.faults.next('usergroups.users.list', fault, 4);
      await clock.advance(29_999);
      expect(await among(BOB, group)).toBe('yes');
      expect(await among(DAN, group)).toBe('unknown');
      await clock.advance(1);
      expect(await among(BOB, group)).toBe('unknown');
      expect(await among(DAN, group)).toBe('unknown');
      expect(await among(DAN, group)).toBe('no');
      expect(logged).toHaveLength(1);
    },
  );

  it('does not delay a click for longer than 4 seconds', async () => {
    slack.faults.next('usergroups.users.list', { kind: 'slow', ms: 300 });
    const clicks = Promise.all([among(BOB, group), among(DAN, group)]);
    await slack.until(() => asked('usergroups.users.list') === 1);
    await clock.advance(4_000);
    expect(await clicks).toEqual(['unknown', 'unknown']);
    expect(await among(BOB, group)).toBe('yes');
    expect(asked('usergroups.users.list')).toBe(1);
    expect(clock.sleeping()).toBe(0);
  });

  it('is dropped once Slack answers that the list is gone', async () => {
    expect(await among(BOB, group)).toBe('yes');
    slack.setGroup(APPROVERS_GROUP, { disabled: true });
    await clock.advance(5_000);
    expect(await among(BOB, group)).toBe('unknown');
  });
});

describe('the log', () => {
  const tellsOnce = async (list: People, message: RegExp) => {
    expect(await among(BOB, list)).toBe('unknown');
    expect(await among(DAN, list)).toBe('unknown');
    expect(logged).toMatchObject([{ level: 'error', message: expect.stringMatching(message) }]);
  };

  it('reports a missing group once', () =>
    tellsOnce({ kind: 'group', groupId: 'S0NOTHING1' }, /does not exist or is disabled/));

  it.each<[string, RegExp]>([
    ['plan_upgrade_required', /has no user groups/],
    ['no_such_subteam', /the user group does not exist or is disabled/],
    ['subteam_not_found', /the user group does not exist or is disabled/],
    ['channel_not_found', /the channel does not exist, or is private/],
    ['missing_scope', /add the scope from manifest.yml/],
  ])('explains %s once', async (error, words) => {
    slack.faults.next('usergroups.users.list', { kind: 'error', error }, 2);
    await tellsOnce(group, words);
    expect(logged[0]?.reason).toBe(error);
  });

  it('reports a disabled group once, and again after it was enabled', async () => {
    slack.setGroup(APPROVERS_GROUP, { disabled: true });
    await tellsOnce(group, /does not exist or is disabled/);
    slack.setGroup(APPROVERS_GROUP, { disabled: false });
    expect(await among(BOB, group)).toBe('yes');
    slack.setGroup(APPROVERS_GROUP, { disabled: true });
    await clock.advance(5_000);
    expect(await among(BOB, group)).toBe('unknown');
    expect(logged).toHaveLength(2);
  });

  it('reports a plan without user groups once', async () => {
    slack.setPlan('free');
    await tellsOnce(group, /name users or a channel instead, or upgrade/);
  });

  it('reports a channel that the bot cannot see once', () =>
    tellsOnce({ kind: 'channel', channelId: PRIVATE_WITHOUT_BOT }, /private and the bot is not/));

  it('reports a missing scope once', async () => {
    await slack.close();
    await begin(['users:read']);
    await tellsOnce(group, /add the scope/);
  });

  it.each<[string, string, object, () => Promise<unknown>]>([
    ['a person', 'users.info', { user: BOB }, () => directory.person(BOB)],
    ['what a person may open', 'users.info', { user: BOB }, () => directory.standing(BOB, 0)],
    [
      'a channel',
      'conversations.info',
      { channel: DB_MIGRATIONS },
      () => directory.sees(DB_MIGRATIONS, BOB),
    ],
    ['a list of people', 'usergroups.users.list', { list: group }, () => among(BOB, group)],
  ])('names %s that could not be looked up, and the reason', async (_, method, about, lookUp) => {
    slack.faults.next(method, { kind: 'error', error: 'internal_error' });
    await lookUp();
    expect(logged).toMatchObject([
      { level: 'warn', fields: { ...about, error: { data: { error: 'internal_error' } } } },
    ]);
  });
});
