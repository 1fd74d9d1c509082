import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Membership, Standing } from '../domain/person';
import type { ApproverRule, Policy } from '../domain/policy';
import type { Log } from './log';

/** What `users.info` says of a person, as far as it bears on who they are. */
const userInfo = z.object({
  team_id: z.string().optional(),
  name: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
  profile: z
    .object({ real_name: z.string().optional(), display_name: z.string().optional() })
    .optional(),
});
type UserInfo = z.infer<typeof userInfo>;

const memberPage = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export interface DirectoryContext {
  client: WebClient;
  log: Log;
  /** The workspace that the bot belongs to. */
  teamId: string;
}

/** Who somebody is now. Slack's silence makes them `unknown`, never a member. */
export async function lookUpPerson(
  { client, log, teamId }: DirectoryContext,
  userId: string,
): Promise<{ name: string; standing: Standing }> {
  try {
    const { user } = await client.users.info({ user: userId });
    const info = userInfo.parse(user);
    const { display_name: displayName, real_name: realName } = info.profile ?? {};
    const name = displayName || realName || info.name || userId;
    return { name, standing: standingOf(info, teamId) };
  } catch (error) {
    log.warn('a person could not be looked up', { user: userId, error });
    return { name: userId, standing: 'unknown' };
  }
}

function standingOf(info: UserInfo, teamId: string): Standing {
  if (info.deleted === true) return 'deactivated';
  if (info.is_bot === true) return 'bot';
  const teams = [info.team_id, ...(info.enterprise_user?.teams ?? [])];
  if (info.is_stranger === true || !teams.includes(teamId)) return 'external';
  if (info.is_restricted === true || info.is_ultra_restricted === true) return 'guest';
  return 'member';
}

/**
 * Whether somebody is an approver now. One list that names them is enough; without one, a list
 * that cannot be read leaves it unknown.
 */
export async function lookUpApprover(
  context: DirectoryContext,
  userId: string,
  policy: Policy,
): Promise<Membership> {
  const named = policy.approvers.some((rule) => rule.kind === 'user' && rule.userId === userId);
  if (named) return 'yes';
  let answer: Membership = 'no';
  for (const rule of policy.approvers) {
    if (rule.kind === 'user') continue;
    const found = await isMember(context, rule, policy.channel, userId);
    if (found === 'yes') return 'yes';
    if (found === 'unknown') answer = 'unknown';
  }
  return answer;
}

/** Whether somebody is in a user group now. */
export function lookUpInGroup(
  context: DirectoryContext,
  userId: string,
  groupId: string,
): Promise<Membership> {
  // The channel matters for the members of a channel alone.
  return isMember(context, { kind: 'group', groupId }, '', userId);
}

async function isMember(
  { client, log }: DirectoryContext,
  rule: Exclude<ApproverRule, { kind: 'user' }>,
  channel: string,
  userId: string,
): Promise<Membership> {
  try {
    if (rule.kind === 'group') {
      const { users } = await client.usergroups.users.list({ usergroup: rule.groupId });
      return z.array(z.string()).parse(users).includes(userId) ? 'yes' : 'no';
    }
    let cursor: string | undefined;
    do {
      const page = memberPage.parse(
        await client.conversations.members({
          channel,
          limit: 1_000,
          ...(cursor === undefined ? {} : { cursor }),
        }),
      );
      if (page.members.includes(userId)) return 'yes';
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor !== undefined);
    return 'no';
  } catch (error) {
    log.warn('a list of approvers could not be read', { rule, error });
    return 'unknown';
  }
}
