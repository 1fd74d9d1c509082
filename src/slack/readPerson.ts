import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Standing } from '../domain/people/person';

/** What `users.info` says of a person: https://docs.slack.dev/reference/objects/user-object */
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

/** What Slack says of somebody at this moment. Rejects when it says nothing. */
export async function readPerson(
  { client, teamId }: { client: WebClient; teamId: string },
  userId: string,
): Promise<{ name: string; standing: Standing }> {
  const { user } = await client.users.info({ user: userId });
  const info = userInfo.parse(user);
  const { display_name: displayName, real_name: realName } = info.profile ?? {};
  const name = displayName || realName || info.name || userId;
  return { name, standing: standingOf(userId, info, teamId) };
}

/** Slack says of its own bot that it is none: https://github.com/slackapi/bolt-js/issues/794 */
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
 * People of another organisation are strangers only as long as they share no channel with the bot,
 * so what counts is where they belong: in an Enterprise organisation, to any of its workspaces that
 * `enterprise_user` lists, of which `team_id` need not be the bot's.
 */
function isExternal(info: UserInfo, teamId: string): boolean {
  const teams = [info.team_id, ...(info.enterprise_user?.teams ?? [])];
  return info.is_stranger === true || !teams.includes(teamId);
}
