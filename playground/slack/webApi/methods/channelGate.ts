import type { Channel } from '../../workspace/channel';
import { BOT_USER } from '../../workspace/seed';
import { ApiError } from '../apiError';
import type { MethodContext } from '../method';

/**
 * The channel `id`, if the app may see it.
 *
 * @throws ApiError `channel_not_found`, also for private channels without the bot
 */
export function visibleChannel({ world }: MethodContext, id: string): Channel {
  const channel = world.channel(id);
  const hidden = channel?.kind === 'private' && !channel.members.has(BOT_USER);
  if (channel === undefined || hidden) throw new ApiError('channel_not_found');
  return channel;
}

/** @throws ApiError `channel_not_found`, `not_in_channel` */
export function joinedChannel(context: MethodContext, id: string): Channel {
  const channel = visibleChannel(context, id);
  if (!channel.members.has(BOT_USER)) throw new ApiError('not_in_channel');
  return channel;
}

/** Checks that the right one of `channels:X`, `groups:X` and `im:X` is granted. */
export function needChannelScope(context: MethodContext, channel: Channel, what: string): void {
  const family = { public: 'channels', private: 'groups', direct: 'im' }[channel.kind];
  context.needScope(`${family}:${what}`);
}

/**
 * The direct conversation with a person, who may be deactivated.
 *
 * @throws ApiError `user_not_found`, `cannot_dm_bot`
 */
export function directWith({ world }: MethodContext, userId: string): Channel {
  const user = world.user(userId);
  if (user === undefined) throw new ApiError('user_not_found');
  if (/bot/i.test(user.kind)) throw new ApiError('cannot_dm_bot');
  return world.direct(userId);
}
