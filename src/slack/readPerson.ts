import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Standing } from '../domain/people/person';
import { platformError } from './platformError';

/** The response of `users.info`: https://docs.slack.dev/reference/objects/user-object */
const userInfo = z.object({
  team_id: z.string().optional(),
  name: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_workflow_bot: z.boolean().optional(),
  is_connector_bot: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
  profile: z
    .object({ real_name: z.string().optional(), display_name: z.string().optional() })
    .optional(),
});
type UserInfo = z.infer<typeof userInfo>;

interface Asked {
  client: WebClient;
  teamId: string;
}

interface Answer {
  name: string;
  standing: Standing;
}

/** Reads a person's current state from Slack. Rejects if Slack doesn't answer. */
export async function readPerson(asked: Asked, userId: string): Promise<Answer> {
  return (await findPerson(asked, userId)) ?? { name: userId, standing: 'deactivated' };
}

/** The same, but `undefined` if Slack has no such user, or hides it from the bot. */
export async function findPerson(
  { client, teamId }: Asked,
  userId: string,
): Promise<Answer | undefined> {
  const info = await readInfo(client, userId);
  if (info === undefined) return undefined;
  const { display_name: displayName, real_name: realName } = info.profile ?? {};
  const name = displayName || realName || info.name || userId;
  return { name, standing: standingOf(userId, info, teamId) };
}

async function readInfo(client: WebClient, userId: string): Promise<UserInfo | undefined> {
  try {
    const { user } = await client.users.info({ user: userId });
    return userInfo.parse(user);
  } catch (error) {
    const name = platformError(error);
    if (name === 'user_not_found' || name === 'user_not_visible') return undefined;
    throw error;
  }
}

/** Slack says that its own bot isn't a bot: https://github.com/slackapi/bolt-js/issues/794 */
const slackbot = 'USLACKBOT';

function standingOf(userId: string, info: UserInfo, teamId: string): Standing {
  const isBot = info.is_bot || info.is_workflow_bot || info.is_connector_bot;
  if (info.deleted === true) return 'deactivated';
  if (isBot === true || userId === slackbot) return 'bot';
  if (isExternal(info, teamId)) return 'external';
  if (info.is_restricted === true || info.is_ultra_restricted === true) return 'guest';
  return 'member';
}

/**
 * True for people outside the organization. `is_stranger` is false once they share a channel with
 * the bot, so their workspaces decide: in an Enterprise organization, any workspace in
 * `enterprise_user`, because `team_id` may differ from the bot's.
 */
function isExternal(info: UserInfo, teamId: string): boolean {
  const teams = [info.team_id, ...(info.enterprise_user?.teams ?? [])];
  return info.is_stranger === true || !teams.includes(teamId);
}
