import type { JsonObject } from '../json';
import { APP_ID, BOT_ID, BOT_USER, ENTERPRISE } from './seed';
import type { User } from './user';

export interface UserShape {
  readonly withLocale: boolean;
  readonly withEmail: boolean;
  /** Belongs to another organization and shares no channel with the app. */
  readonly isStranger: boolean;
}

export function userJson(user: User, { withLocale, withEmail, isStranger }: UserShape): JsonObject {
  const bot = user.kind === 'bot' || user.kind === 'workflowBot';
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: user.deleted,
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tz.replace(/_/g, ' '),
    tz_offset: offsetSeconds(user.tz),
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      team: user.teamId,
      ...(withEmail && !bot ? { email: `${user.name}@example.com` } : {}),
      ...(user.id === BOT_USER ? { api_app_id: APP_ID, bot_id: BOT_ID } : {}),
    },
    is_admin: user.kind === 'admin' || user.kind === 'owner',
    is_owner: user.kind === 'owner',
    is_primary_owner: user.kind === 'owner',
    is_restricted: user.kind === 'multiChannelGuest' || user.kind === 'singleChannelGuest',
    is_ultra_restricted: user.kind === 'singleChannelGuest',
    is_bot: bot,
    is_app_user: false,
    ...(user.kind === 'workflowBot' ? { is_workflow_bot: true } : {}),
    ...(isStranger ? { is_stranger: true } : {}),
    ...(user.workspaces === undefined ? {} : { enterprise_user: enterpriseUser(user) }),
    updated: 1_700_000_000,
    ...(withLocale ? { locale: user.locale } : {}),
  };
}

function enterpriseUser({ id, workspaces = [] }: User): JsonObject {
  return {
    id,
    enterprise_id: ENTERPRISE.id,
    enterprise_name: ENTERPRISE.name,
    is_admin: false,
    is_owner: false,
    teams: workspaces,
  };
}

const offsets = new Map<string, number>();

/** The zone's offset in seconds, in winter. Cached, because every lookup of a person needs it. */
function offsetSeconds(tz: string): number {
  const kept = offsets.get(tz) ?? computeOffset(tz);
  offsets.set(tz, kept);
  return kept;
}

function computeOffset(tz: string): number {
  const at = new Date(0);
  const wall = new Date(at.toLocaleString('en-US', { timeZone: tz }));
  const utc = new Date(at.toLocaleString('en-US', { timeZone: 'UTC' }));
  return Math.round((wall.getTime() - utc.getTime()) / 1000);
}
