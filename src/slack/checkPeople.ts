import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { idOf, mostPeople, type People } from '../domain/people/people';
import { allRules, type Policy } from '../domain/policy/policy';
import type { Log } from '../ports/log';
import { entryFor } from './platformError';
import { findPerson } from './readPerson';

/** A list of people, and how many of them are needed; 0 if Ferry works without them. */
export interface NamedPeople {
  people: readonly People[];
  required: number;
}

/** All lists in a policy. */
export const namedPeople = (policy: Policy): NamedPeople[] => [
  ...allRules(policy).flatMap((rule) => [
    { people: rule.approvers, required: rule.required },
    ...rule.oneFromEach.map((people) => ({ people, required: 1 })),
    ...[rule.requesters ?? [], rule.deniers, rule.editors, rule.retriers, rule.breakGlass].map(
      (people) => ({ people, required: 0 }),
    ),
    { people: rule.reminders.mention, required: 0 },
    { people: rule.breakGlassNotify ?? [], required: 0 },
    ...Object.values(rule.operations ?? {}).flatMap(({ oneFromEach, people, required }) => [
      { people, required },
      ...oneFromEach.map((list) => ({ people: list, required: 1 })),
    ]),
  ]),
  { people: policy.watch ?? [], required: 0 },
  ...policy.rules.map(({ when }) => ({ people: when.requesters ?? [], required: 0 })),
];

type Flaw =
  /** `no_plan`: the workspace has no user groups. `no_scope`: Ferry lacks the permission. */
  | { kind: 'group'; id: string; problem: GroupProblem }
  | { kind: 'channel'; id: string; problem: ListedChannelProblem }
  | { kind: 'user'; id: string; problem: UserProblem };
type GroupProblem = 'unknown' | 'disabled' | 'empty' | 'no_plan' | 'no_scope';
/** `unknown` includes a private channel that the bot isn't in. */
type ListedChannelProblem = 'unknown' | 'archived' | 'no_scope';
/** `unknown`: Slack has no such user, or the bot can't see it. */
type UserProblem = 'unknown' | 'deactivated' | 'bot';

/**
 * Why an ID in the policy matches nobody who can act, which `stops` the start if too few people remain in a list; or a
 * list whose user groups have too few members.
 */
export type PeopleProblem =
  | (Flaw & { severity: 'stops' | 'warns' })
  | { kind: 'too_few'; ids: readonly string[]; required: number; most: number; severity: 'warns' };

export interface CheckPeopleContext {
  client: WebClient;
  log: Log;
  /** The bot's workspace. */
  teamId: string;
}

/** Checks that enough people in a policy can act. If Slack doesn't answer, the check passes. */
export async function checkPeople(
  context: CheckPeopleContext,
  lists: readonly NamedPeople[],
): Promise<PeopleProblem[]> {
  const named = lists.flatMap(({ people }) => people);
  const groups = named.flatMap((each) => (each.kind === 'group' ? [each.groupId] : []));
  const channels = named.flatMap((each) => (each.kind === 'channel' ? [each.channelId] : []));
  const users = named.flatMap((each) => (each.kind === 'user' ? [each.userId] : []));
  const members: Members = new Map();
  const found = await Promise.all([
    checkGroups(context, [...new Set(groups)], members),
    ...[...new Set(channels)].map((id) => checkChannel(context, id)),
    ...[...new Set(users)].map((id) => checkUser(context, id)),
  ]);
  const flaws = found.flat().filter((flaw) => matters(flaw, lists));
  return [
    ...flaws.map((flaw) => ({ ...flaw, severity: severityOf(flaw, flaws, lists) })),
    ...shortLists(lists, flaws, members),
  ];
}

/** The members of the user groups that Slack names. */
type Members = Map<string, readonly string[]>;

/** A reminder may mention a bot, but a bot never presses a button. */
const matters = (flaw: Flaw, lists: readonly NamedPeople[]): boolean =>
  flaw.problem !== 'bot' ||
  lists.some(
    ({ people, required }) => required > 0 && people.some((each) => idOf(each) === flaw.id),
  );

const usableOf = (people: readonly People[], flaws: readonly Flaw[]): People[] =>
  people.filter((each) => flaws.every(({ id }) => id !== idOf(each)));

/** The lists that are too short only if the members of their user groups are counted. */
function shortLists(
  lists: readonly NamedPeople[],
  flaws: readonly Flaw[],
  members: Members,
): PeopleProblem[] {
  const short = lists.flatMap(({ people, required }): PeopleProblem[] => {
    const usable = usableOf(people, flaws);
    const most = mostPeople(usable.flatMap((each) => membersOf(each, members)));
    if (most >= required || mostPeople(usable) < required) return [];
    const ids = people.flatMap((each) => idOf(each) ?? []);
    return [{ kind: 'too_few', ids, required, most, severity: 'warns' }];
  });
  return [...new Map(short.map((each) => [JSON.stringify(each), each])).values()];
}

const membersOf = (people: People, members: Members): readonly People[] =>
  people.kind === 'group'
    ? (members.get(people.groupId)?.map((userId) => ({ kind: 'user', userId })) ?? [people])
    : [people];

function severityOf(
  flaw: Flaw,
  flaws: readonly Flaw[],
  lists: readonly NamedPeople[],
): PeopleProblem['severity'] {
  const tooFew = lists.some(
    ({ people, required }) =>
      people.some((each) => idOf(each) === flaw.id) &&
      mostPeople(usableOf(people, flaws)) < required,
  );
  return tooFew ? 'stops' : 'warns';
}

const groupList = z.object({
  usergroups: z.array(
    z.object({
      id: z.string(),
      /** When it was disabled; 0 if it wasn't. */
      date_delete: z.number().optional(),
      users: z.array(z.string()).optional(),
    }),
  ),
});

async function checkGroups(
  context: CheckPeopleContext,
  groupIds: readonly string[],
  members: Members,
): Promise<Flaw[]> {
  if (groupIds.length === 0) return [];
  const { client } = context;
  try {
    const { usergroups } = groupList.parse(
      await client.usergroups.list({ include_disabled: true, include_users: true }),
    );
    const found = groupIds.map(async (id): Promise<Flaw[]> => {
      const group = usergroups.find((each) => each.id === id);
      if (group === undefined) return checkUnlisted(context, id, members);
      if ((group.date_delete ?? 0) !== 0) return [{ kind: 'group', id, problem: 'disabled' }];
      if (group.users?.length === 0) return [{ kind: 'group', id, problem: 'empty' }];
      if (group.users !== undefined) members.set(id, group.users);
      return [];
    });
    return (await Promise.all(found)).flat();
  } catch (error) {
    const problem = problemIn(context, groupIds, error, {
      ...noScope,
      plan_upgrade_required: 'no_plan',
    });
    return problem === undefined ? [] : groupIds.map((id) => ({ kind: 'group', id, problem }));
  }
}

/** A user group of an Enterprise organization may be missing from the workspace's list. */
async function checkUnlisted(
  context: CheckPeopleContext,
  id: string,
  members: Members,
): Promise<Flaw[]> {
  try {
    const { users } = await context.client.usergroups.users.list({ usergroup: id });
    if (users !== undefined) members.set(id, users);
    return [];
  } catch (error) {
    const problem = problemIn(context, [id], error, {
      no_such_subteam: 'unknown',
      subteam_not_found: 'unknown',
    });
    return problem === undefined ? [] : [{ kind: 'group', id, problem }];
  }
}

const channelInfo = z.object({ channel: z.object({ is_archived: z.boolean().optional() }) });

/** The bot can read the members of a public channel without being in it. */
async function checkChannel(context: CheckPeopleContext, id: string): Promise<Flaw[]> {
  try {
    const { channel } = channelInfo.parse(await context.client.conversations.info({ channel: id }));
    return channel.is_archived === true ? [{ kind: 'channel', id, problem: 'archived' }] : [];
  } catch (error) {
    const problem = problemIn(context, [id], error, { ...noScope, channel_not_found: 'unknown' });
    return problem === undefined ? [] : [{ kind: 'channel', id, problem }];
  }
}

async function checkUser(context: CheckPeopleContext, id: string): Promise<Flaw[]> {
  try {
    const person = await findPerson(context, id);
    if (person === undefined) return [{ kind: 'user', id, problem: 'unknown' }];
    // Guests and external people may decide if the policy names them personally.
    return person.standing === 'deactivated' || person.standing === 'bot'
      ? [{ kind: 'user', id, problem: person.standing }]
      : [];
  } catch (error) {
    noteUnchecked(context, [id], error);
    return [];
  }
}

const noScope = { missing_scope: 'no_scope' } as const;

/** Converts Slack's error to a problem, or logs an unexpected error. */
function problemIn<Problem extends string>(
  context: CheckPeopleContext,
  ids: readonly string[],
  error: unknown,
  problems: Readonly<Record<string, Problem>>,
): Problem | undefined {
  const problem = entryFor(problems, error);
  if (problem === undefined) noteUnchecked(context, ids, error);
  return problem;
}

function noteUnchecked({ log }: CheckPeopleContext, ids: readonly string[], error: unknown): void {
  log.warn('people named in the policy could not be checked', { ids, error });
}
