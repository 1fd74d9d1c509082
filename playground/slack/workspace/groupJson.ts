import type { JsonObject } from '../json';
import { TEAM } from './seed';
import type { UserGroup } from './userGroup';

/** A user group as `usergroups.list` returns it. */
export function groupJson(group: UserGroup, withUsers: boolean): JsonObject {
  return {
    id: group.id,
    team_id: TEAM.id,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    handle: group.handle,
    description: '',
    is_external: false,
    date_create: 1_700_000_000,
    date_update: 1_700_000_000,
    date_delete: group.disabled ? 1_700_000_001 : 0,
    user_count: group.users.length,
    prefs: { channels: [], groups: [] },
    ...(withUsers ? { users: group.users } : {}),
  };
}
