import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  BOT_USER,
  DB_MIGRATIONS,
  DEACTIVATED,
  GENERAL,
  MEI,
  MULTI_CHANNEL_GUEST,
  OTHER_BOT,
  PRIVATE_WITHOUT_BOT,
  type SlackOptions,
  type SlackWorkspace,
  STRANGER,
  startSlack,
  TEAM,
} from '../../playground/slack/index';
import type { People } from '../../src/domain/people/people';
import { usualRule } from '../../src/domain/policy/policy';
import { silentLog } from '../../src/operations/log';
import { checkPeople, type NamedPeople, namedPeople } from '../../src/slack/checkPeople';
import { interactiveClient } from '../../src/slack/clients';

let slack: SlackWorkspace;
let warned: { message: string; fields: unknown }[];

async function begin(options: SlackOptions = {}): Promise<void> {
  slack = await startSlack(options);
  warned = [];
}
beforeEach(() => begin());
afterEach(() => slack.close());

const check = (...lists: NamedPeople[]) => {
  const client = interactiveClient(slack.botToken, slack.apiUrl, silentLog);
  const warn = (message: string, fields?: unknown) => void warned.push({ message, fields });
  return checkPeople({ client, log: { ...silentLog, warn }, teamId: TEAM.id }, lists);
};
const user = (userId: string): People => ({ kind: 'user', userId });
const group = (groupId: string): People => ({ kind: 'group', groupId });
const channel = (channelId: string): People => ({ kind: 'channel', channelId });
const required = (count: number, ...people: People[]): NamedPeople => ({ people, required: count });
const nobodyElse = (...people: People[]) => check(required(1, ...people));

it('finds no problem with existing people, and looks each one up once', async () => {
  const all = [user(ALICE), group(APPROVERS_GROUP), channel(DB_MIGRATIONS), channel(GENERAL)];
  expect(await check(required(2, ...all), required(0, ...all, { kind: 'requester' }))).toEqual([]);
  const methods = slack.calls.map(({ method }) => method).sort();
  expect(methods).toEqual([
    'conversations.info',
    'conversations.info',
    'usergroups.list',
    'users.info',
  ]);
  expect(warned).toEqual([]);
});

it('looks nobody up if the policy names nobody', async () => {
  expect(await nobodyElse({ kind: 'requester' })).toEqual([]);
  expect(slack.calls).toEqual([]);
});

it.each<[string, People, string]>([
  ['a missing group', group('S0NOTHING1'), 'unknown'],
  ['a missing channel', channel('C0NOTHING1'), 'unknown'],
  ['a private channel without the bot', channel(PRIVATE_WITHOUT_BOT), 'unknown'],
  ['a missing user', user('U0NOBODY01'), 'unknown'],
  ['a deactivated user', user(DEACTIVATED), 'deactivated'],
])('stops for %s if there is nobody else', async (_name, people, problem) => {
  const id = Object.values(people)[1];
  const found = { kind: people.kind, id, problem };
  expect(await nobodyElse(people)).toEqual([{ ...found, severity: 'stops' }]);
  expect(await nobodyElse(people, user(ALICE))).toEqual([{ ...found, severity: 'warns' }]);
  expect(await check(required(0, people))).toEqual([{ ...found, severity: 'warns' }]);
  expect(warned).toEqual([]);
});

it('stops for a user whom the bot cannot see', async () => {
  slack.faults.next('users.info', { kind: 'error', error: 'user_not_visible' });
  expect(await nobodyElse(user(BOB))).toEqual([
    { kind: 'user', id: BOB, problem: 'unknown', severity: 'stops' },
  ]);
});

it.each([MULTI_CHANNEL_GUEST, STRANGER])(
  'accepts %s, because the policy names them',
  async (userId) => {
    expect(await nobodyElse(user(userId))).toEqual([]);
  },
);

it.each([OTHER_BOT, BOT_USER])('finds that the app %s cannot decide', async (userId) => {
  const found = { kind: 'user', id: userId, problem: 'bot' };
  expect(await nobodyElse(user(userId))).toEqual([{ ...found, severity: 'stops' }]);
  expect(await nobodyElse(user(userId), user(ALICE))).toEqual([{ ...found, severity: 'warns' }]);
  // A reminder may mention it.
  expect(await check(required(0, user(userId)))).toEqual([]);
});

it('warns about a list whose user groups have too few members', async () => {
  const { id } = slack.addGroup({ handle: 'two', name: 'Two', users: [ALICE, BOB] });
  const few = (count: number, most: number, ...ids: string[]) => [
    { kind: 'too_few', ids, required: count, most, severity: 'warns' },
  ];
  expect(await check(required(2, group(id)))).toEqual([]);
  const nine = required(9, group(id));
  expect(await check(nine, nine, required(0, group(id)))).toEqual(few(9, 2, id));
  // A member who is listed personally is one person.
  expect(await check(required(3, group(id), user(BOB)))).toEqual(few(3, 2, id, BOB));
  expect(await check(required(3, group(id), user(MEI)))).toEqual([]);
  expect(await check(required(9, group(id), channel(GENERAL)))).toEqual([]);
  slack.deactivate(MEI);
  expect(await check(required(3, group(id), user(MEI)))).toEqual([
    { kind: 'user', id: MEI, problem: 'deactivated', severity: 'warns' },
    ...few(3, 2, id, MEI),
  ]);
  const wide = { id: 'S0ORGWIDE1', handle: 'all', name: 'All', users: [BOB], orgWide: true };
  slack.addGroup(wide);
  expect(await check(required(2, group(wide.id)))).toEqual(few(2, 1, wide.id));
});

it('finds a disabled or empty group, and an archived channel', async () => {
  slack.setGroup(APPROVERS_GROUP, { disabled: true });
  const { id } = slack.addGroup({ handle: 'none', name: 'None', users: [] });
  slack.archive(DB_MIGRATIONS);
  const all = [group(APPROVERS_GROUP), group(id), channel(DB_MIGRATIONS)];
  expect(await nobodyElse(...all)).toEqual([
    { kind: 'group', id: APPROVERS_GROUP, problem: 'disabled', severity: 'stops' },
    { kind: 'group', id, problem: 'empty', severity: 'stops' },
    { kind: 'channel', id: DB_MIGRATIONS, problem: 'archived', severity: 'stops' },
  ]);
});

it('distinguishes a plan without user groups from a missing scope', async () => {
  slack.setPlan('free');
  const found = { kind: 'group', id: APPROVERS_GROUP, severity: 'stops' };
  expect(await nobodyElse(group(APPROVERS_GROUP))).toEqual([{ ...found, problem: 'no_plan' }]);
  await slack.close();
  await begin({ scopes: ['users:read'] });
  expect(await nobodyElse(group(APPROVERS_GROUP), channel(DB_MIGRATIONS))).toEqual([
    { ...found, problem: 'no_scope' },
    { kind: 'channel', id: DB_MIGRATIONS, problem: 'no_scope', severity: 'stops' },
  ]);
});

it('stops if too few people remain', async () => {
  const two = required(2, user(ALICE), user(BOB), user(MEI));
  slack.deactivate(BOB);
  expect(await check(two)).toMatchObject([{ id: BOB, severity: 'warns' }]);
  slack.deactivate(MEI);
  expect(await check(two)).toMatchObject([
    { id: BOB, severity: 'stops' },
    { id: MEI, severity: 'stops' },
  ]);
  expect(await check(required(2, ...two.people, group(APPROVERS_GROUP)))).toMatchObject([
    { kind: 'group', problem: 'empty', severity: 'stops' },
    { id: BOB, severity: 'stops' },
    { id: MEI, severity: 'stops' },
  ]);
});

it('accepts what Slack does not say, and logs it', async () => {
  slack.faults.next('usergroups.list', { kind: 'status', status: 500 });
  slack.faults.next('conversations.info', { kind: 'rateLimited', retryAfterSeconds: 30 });
  slack.faults.next('users.info', { kind: 'error', error: 'internal_error' });
  expect(await nobodyElse(group('S0NOTHING1'), channel('C0NOTHING1'), user(DEACTIVATED))).toEqual(
    [],
  );
  const message = 'people named in the policy could not be checked';
  const logged = (id: string, words: string) => ({
    message,
    fields: {
      ids: [id],
      error: expect.objectContaining({ message: expect.stringContaining(words) }),
    },
  });
  expect(warned).toHaveLength(3);
  expect(warned).toEqual(
    expect.arrayContaining([
      logged('S0NOTHING1', '500'),
      logged('C0NOTHING1', 'A rate-limit has been reached'),
      logged(DEACTIVATED, 'internal_error'),
    ]),
  );
});

it('accepts a group that only its own lookup finds', async () => {
  slack.addGroup({ id: 'S0ORGWIDE1', handle: 'all', name: 'All', users: [BOB], orgWide: true });
  expect(await nobodyElse(group('S0ORGWIDE1'))).toEqual([]);
});

it('finds in a policy how many people it needs from each list', () => {
  const needed = (count: number, userId: string) => required(count, user(userId));
  const lists = (name: string) => ({
    channel: DB_MIGRATIONS,
    required: 2,
    requesters: [user(`${name}1`)],
    approvers: [user(`${name}2`)],
    oneFromEach: [[user(`${name}3`)], [user(`${name}4`)]],
    deniers: [user(`${name}5`)],
    editors: [user(`${name}6`)],
    retriers: [user(`${name}7`)],
    breakGlass: [user(`${name}8`)],
    breakGlassNotify: [user(`${name}9`)],
    reminders: { afterMs: [], mention: [user(`${name}10`)] },
  });
  const ofRule = (name: string) => [
    needed(0, `${name}1`),
    needed(2, `${name}2`),
    needed(1, `${name}3`),
    needed(1, `${name}4`),
    ...[5, 6, 7, 8, 9, 10].map((index) => needed(0, `${name}${index}`)),
  ];
  const policy = {
    rules: [{ when: { requesters: [user('when')] }, rule: usualRule(lists('rule')) }],
    otherwise: usualRule(lists('otherwise')),
  };
  const found = namedPeople(policy).filter(({ people }) => people.length > 0);
  const all = [...ofRule('rule'), ...ofRule('otherwise'), needed(0, 'when')];
  expect(found).toHaveLength(all.length);
  expect(found).toEqual(expect.arrayContaining(all));
});

it('finds lists that a rule leaves out empty', () => {
  const rule = usualRule({ channel: DB_MIGRATIONS, approvers: [user(BOB)] });
  const lists = namedPeople({ rules: [{ when: {}, rule }], otherwise: rule });
  const ids = lists.flatMap(({ people }) => people.flatMap((each) => Object.values(each)[1] ?? []));
  expect(new Set(ids)).toEqual(new Set([BOB]));
});

it('reads every list of people in a policy, with how many of them each decision needs', () => {
  const rule = usualRule({
    ...{ channel: 'C1', required: 2, approvers: [user('U1')] },
    oneFromEach: [[user('U2')], [user('U3')]],
    ...{ requesters: [user('U4')], deniers: [user('U5')], editors: [user('U6')] },
    ...{ retriers: [user('U7')], breakGlass: [user('U8')], breakGlassNotify: [user('U10')] },
    reminders: { afterMs: [], mention: [user('U9')] },
    operations: {
      complete_job: {
        ...{ people: [user('U13'), user('U14')], required: 2 },
        oneFromEach: [[user('U15')], [user('U16')]],
      },
      start_job: { people: [user('U17')], required: 1, oneFromEach: [] },
    },
  });
  const conditions = { requesters: [user('U12')] };
  const policy = {
    ...{ rules: [{ when: conditions, rule: usualRule({ channel: 'C2', approvers: [] }) }] },
    ...{ otherwise: rule, watch: [user('U11')] },
  };
  const lists = namedPeople(policy).flatMap(({ people, required: count }) =>
    people.flatMap((each) => (each.kind === 'user' ? [`${each.userId} ${count}`] : [])),
  );
  expect(lists.sort()).toEqual(
    [
      ...['U1 2', 'U2 1', 'U3 1', 'U4 0', 'U5 0', 'U6 0', 'U7 0', 'U8 0', 'U9 0', 'U10 0'],
      ...['U11 0', 'U12 0', 'U13 2', 'U14 2', 'U15 1', 'U16 1', 'U17 1'],
    ].sort(),
  );
  const { watch: _, ...unwatched } = policy;
  expect(namedPeople(unwatched).flatMap(({ people }) => people)).not.toContainEqual(user('U11'));
});
