import { mostPeople, names, type People, readPeople } from '../../src/domain/people/people';
import { refusalOfStanding, type Standing } from '../../src/domain/people/person';
import { isConcerned } from '../../src/domain/people/visibility';
import {
  allRules,
  auditChannelsOf,
  channelsOf,
  decidingLists,
  namesPersonally,
  type Policy,
  type Rule,
  usualRule,
  watchersOf,
} from '../../src/domain/policy/policy';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const user = (userId: string): People => ({ kind: 'user', userId });
const channel = (channelId: string): People => ({ kind: 'channel', channelId });
const group: People = { kind: 'group', groupId: 'SDBA' };
const requester: People = { kind: 'requester' };

describe('people in a policy file', () => {
  it.each<[string, People | undefined]>([
    ['channel', channel('C1')],
    ['requester', requester],
    ['U0BOB', user('U0BOB')],
    ['W0BOB', user('W0BOB')],
    ['U01', user('U01')],
    ['C0DBA', channel('C0DBA')],
    ['G0DBA', channel('G0DBA')],
    ['S0DBA', { kind: 'group', groupId: 'S0DBA' }],
    ...['U0', 'C0', 'S0', 'u0bob', 'T0BOB', 'U0bob', ' U0BOB', 'U0BOB ', '@bob', ''].map(
      (text): [string, undefined] => [text, undefined],
    ),
    ...['xU0BOB', 'xC0DBA', 'xS0DBA', 'U0BOB!', 'C0DBA!', 'S0DBA!', 'channels'].map(
      (text): [string, undefined] => [text, undefined],
    ),
  ])('%j is %j', (text, people) => {
    expect(readPeople(text, 'C1')).toEqual(people);
  });

  it('are at most as many as they name, or an unknown number', () => {
    expect(mostPeople([])).toBe(0);
    expect(mostPeople([user('U1'), user('U2'), user('U1'), requester])).toBe(3);
    expect(mostPeople([user('U1'), group])).toBe(Number.POSITIVE_INFINITY);
    expect(mostPeople([channel('C1')])).toBe(Number.POSITIVE_INFINITY);
  });

  it('name a user only personally', () => {
    expect(names([group, user('U1')], 'U1')).toBe(true);
    expect(names([group, user('U2'), channel('U1')], 'U1')).toBe(false);
  });
});

it.each<[Standing, string | undefined, string | undefined]>([
  ['member', undefined, undefined],
  ['unknown', 'person_unknown', 'person_unknown'],
  ['deactivated', 'deactivated', 'deactivated'],
  ['guest', 'guest', undefined],
  ['external', 'external', undefined],
  ['bot', 'bot', undefined],
])(
  'a user who is %s is refused with %s, or %s if the policy names the user',
  (standing, ...codes) => {
    expect([false, true].map((isNamed) => refusalOfStanding(standing, isNamed)?.code)).toEqual(
      codes,
    );
  },
);

/** A rule in which nobody may do anything. */
const nobody = aRule({
  ...{ approvers: [], deniers: [], editors: [], retriers: [], breakGlass: [] },
  reminders: { afterMs: [], mention: [] },
});
const one = [user('UEVE')];
const decision = { people: [], required: 1, oneFromEach: [] };

/** Each list of a rule by which its people decide. */
const lists: readonly Partial<Rule>[] = [
  ...[{ approvers: one }, { oneFromEach: [[], one] }, { deniers: one }, { editors: one }],
  ...[{ retriers: one }, { breakGlass: one }],
  { operations: { stop_job: { ...decision, people: one } } },
  { operations: { delete_job: decision, stop_job: { ...decision, oneFromEach: [[], one] } } },
];

describe('a request concerns', () => {
  const viewer = (userId: string) => ({ userId, isMember: true });

  it('its requester', () => {
    expect(isConcerned(aRequest({ rule: nobody }), viewer('UASK'))).toBe(true);
    expect(isConcerned(aRequest({ rule: nobody }), viewer('UEVE'))).toBe(false);
  });

  it.each(lists)('the people of %j', (list) => {
    const rule = { ...nobody, ...list };
    expect(isConcerned(aRequest({ rule }), viewer('UEVE'))).toBe(true);
    expect(isConcerned(aRequest({ rule }), viewer('UBOB'))).toBe(false);
    expect(decidingLists(rule)).toContain(one);
  });

  it('nobody who is only mentioned or notified', () => {
    const rule = { ...nobody, breakGlassNotify: one, reminders: { afterMs: [1], mention: one } };
    expect(isConcerned(aRequest({ rule }), viewer('UEVE'))).toBe(false);
  });
});

describe('a policy', () => {
  const first = aRule({ ...nobody, name: 'first', channel: 'C1' });
  const second = aRule({ ...nobody, name: 'second', channel: 'C2' });
  const otherwise = aRule({ ...nobody, name: 'usual', channel: 'C1' });
  const rules = [first, second].map((rule) => ({ when: {}, rule }));
  const policy: Policy = { rules, otherwise };

  it('has its default rule last', () => {
    expect(allRules(policy).map(({ name }) => name)).toEqual(['first', 'second', 'usual']);
  });

  it('posts to each channel of its rules', () => {
    expect(channelsOf(policy)).toEqual(['C1', 'C2']);
  });

  it('reports emergency approvals to channels, and not only to users', () => {
    expect(auditChannelsOf(policy)).toEqual([]);
    const breakGlassNotify = [user('U1'), channel('C8'), channel('C9')];
    const notifying = { ...policy, otherwise: { ...otherwise, breakGlassNotify } };
    expect(auditChannelsOf(notifying)).toEqual(['C8', 'C9']);
    const twice = { ...notifying, rules: [{ when: {}, rule: { ...first, breakGlassNotify } }] };
    expect(auditChannelsOf(twice)).toEqual(['C8', 'C9']);
  });

  it.each([...lists, { requesters: one }])('names the people of %j personally', (list) => {
    expect(namesPersonally({ rules: [], otherwise: { ...otherwise, ...list } }, 'UEVE')).toBe(true);
    const earlier = { rules: [{ when: {}, rule: { ...first, ...list } }], otherwise };
    expect(namesPersonally(earlier, 'UEVE')).toBe(true);
    expect(namesPersonally(earlier, 'UBOB')).toBe(false);
    expect(namesPersonally(policy, 'UEVE')).toBe(false);
  });

  it('lets those watch jobs who may request by default, unless it names others', () => {
    expect(watchersOf(policy)).toBeUndefined();
    const limited = { ...policy, otherwise: { ...otherwise, requesters: one } };
    expect(watchersOf(limited)).toEqual(one);
    expect(watchersOf({ ...limited, watch: [group] })).toEqual([group]);
  });
});

it('a rule has defaults for all but its channel and approvers', () => {
  const approvers = [group];
  const hour = 3_600_000;
  expect(usualRule({ channel: 'C1', approvers })).toEqual({
    ...{ name: 'usual', channel: 'C1', approvers, required: 1, oneFromEach: [] },
    ...{ deniers: approvers, editors: [requester], retriers: [requester, group] },
    expiryMs: 7 * 24 * hour,
    reminders: { afterMs: [4 * hour, 24 * hour, 72 * hour], mention: approvers },
    ...{ windows: [], confirmDestination: false, breakGlass: [] },
  });
  expect(usualRule({ channel: 'C1', approvers, required: 2, deniers: [] })).toMatchObject({
    ...{ required: 2, deniers: [] },
  });
});
