import type { JsonObject } from '../json';
import type { Channel } from './channel';
import { BOT_USER, GENERAL, TEAM } from './seed';

/** A conversation as `conversations.info` returns it to the app. */
export function channelJson(channel: Channel): JsonObject {
  const shared = channel.sharedWith.length > 0;
  const common = {
    id: channel.id,
    created: channel.created,
    creator: channel.creator,
    is_archived: channel.archived,
    is_im: channel.kind === 'direct',
    is_mpim: false,
    is_org_shared: false,
    context_team_id: TEAM.id,
    updated: channel.created * 1000,
  };
  if (channel.kind === 'direct') {
    return { ...common, user: channel.name, is_user_deleted: false, is_open: true, priority: 0 };
  }
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: false,
    is_private: channel.kind === 'private',
    is_member: channel.members.has(BOT_USER),
    is_general: channel.id === GENERAL,
    is_shared: shared,
    is_ext_shared: shared,
    is_pending_ext_shared: false,
    shared_team_ids: [TEAM.id, ...channel.sharedWith],
    connected_team_ids: channel.sharedWith,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
  };
}

/** The name of a channel in payloads: real for public channels, a placeholder for others. */
export function channelNameInPayload(channel: Channel): string {
  if (channel.kind === 'direct') return 'directmessage';
  return channel.kind === 'private' ? 'privategroup' : channel.name;
}
