import { isObject, type JsonObject, textAt } from '../../json';
import type { Channel } from '../../workspace/channel';
import type { Message } from '../../workspace/message';
import { messageJson } from '../../workspace/messageJson';
import { BOT_USER } from '../../workspace/seed';
import { ApiError } from '../apiError';
import type { Method, MethodContext, Methods } from '../method';
import type { MethodArgs } from '../methodArgs';
import { directWith, joinedChannel, visibleChannel } from './channelGate';
import { messageContent } from './messageContent';

const LONGEST_UPDATE = 4000;

const postMessage: Method = {
  token: 'bot',
  scopes: ['chat:write'],
  run: (context) => {
    const { world, args } = context;
    const channel = postTarget(context, args.required('channel', 'channel_not_found'));
    const content = messageContent(args.text('text'), args.json('blocks'));
    const threadTs = args.text('thread_ts');
    if (
      threadTs !== undefined &&
      world.message({ channel: channel.id, ts: threadTs }) === undefined
    ) {
      throw new ApiError('thread_not_found');
    }
    const message = world.post({
      channel: channel.id,
      user: BOT_USER,
      ...content,
      linkNames: asksForLinks(args),
      ...(threadTs === undefined ? {} : { threadTs }),
      ...(threadTs !== undefined && args.flag('reply_broadcast') ? { broadcast: true } : {}),
      ...metadataOf(args),
    });
    return {
      ok: true,
      channel: channel.id,
      ts: message.ts,
      message: messageJson(message, { withMetadata: true }),
    };
  },
};

function postTarget(context: MethodContext, id: string): Channel {
  return /^[UW]/.test(id) ? openedDirect(context, id) : postable(context, id);
}

/**
 * Also works for a deactivated person, although nobody reads it:
 * https://github.com/slackapi/python-slack-sdk/issues/1156
 */
function openedDirect(context: MethodContext, userId: string): Channel {
  try {
    return directWith(context, userId);
  } catch (error) {
    // This method reports an unknown person as an unknown channel.
    if (error instanceof ApiError && error.code === 'user_not_found') {
      throw new ApiError('channel_not_found');
    }
    throw error;
  }
}

function postable(context: MethodContext, id: string): Channel {
  const named = context.world.channels.find(({ name }) => name === id.replace(/^#/, ''));
  const channel = visibleChannel(context, named?.kind === 'public' ? named.id : id);
  if (channel.archived) throw new ApiError('is_archived');
  if (channel.kind === 'public' && context.scopes.has('chat:write.public')) return channel;
  return joinedChannel(context, channel.id);
}

function asksForLinks(args: MethodArgs): boolean {
  return args.flag('link_names') || args.text('parse') === 'full';
}

function metadataOf(args: MethodArgs): { readonly metadata?: JsonObject } {
  const metadata = args.json('metadata');
  if (metadata === undefined || metadata === '') return {};
  if (!isObject(metadata)) throw new ApiError('invalid_metadata_format');
  const emptied = Object.keys(metadata).length === 0;
  if (
    !emptied &&
    (textAt(metadata, 'event_type') === undefined || !isObject(metadata['event_payload']))
  ) {
    throw new ApiError('invalid_metadata_schema');
  }
  return { metadata };
}

const update: Method = {
  token: 'bot',
  scopes: ['chat:write'],
  run: (context) => {
    const { world, args } = context;
    const channel = visibleChannel(context, args.required('channel', 'channel_not_found'));
    const message = ownMessage(context, channel, 'cant_update_message');
    if (channel.archived) throw new ApiError('is_inactive');
    const text = args.text('text');
    if ((text?.length ?? 0) > LONGEST_UPDATE) throw new ApiError('msg_too_long');
    const given = args.json('blocks');
    const content = messageContent(text, given);
    // Blocks stay only if neither blocks nor text are given. Text alone replaces them.
    const edited = world.edit(message, {
      ...content,
      text: text ?? message.text,
      linkNames: asksForLinks(args),
      ...metadataOf(args),
    });
    return {
      ok: true,
      channel: channel.id,
      ts: edited.ts,
      text: edited.text,
      message: messageJson(edited),
    };
  },
};

function ownMessage(
  { world, args }: MethodContext,
  channel: Channel,
  otherwise: 'cant_update_message' | 'cant_delete_message',
): Message {
  const message = world.message({ channel: channel.id, ts: args.required('ts') });
  if (message === undefined || message.onlyFor !== undefined) {
    throw new ApiError('message_not_found');
  }
  if (message.user !== BOT_USER) throw new ApiError(otherwise);
  return message;
}

const postEphemeral: Method = {
  token: 'bot',
  scopes: ['chat:write'],
  run: (context) => {
    const { world, args } = context;
    const asked = visibleChannel(context, args.required('channel', 'channel_not_found'));
    if (asked.archived) throw new ApiError('is_archived');
    const channel = joinedChannel(context, asked.id);
    const userId = args.required('user');
    const user = world.user(userId);
    if (user === undefined || user.deleted) throw new ApiError('user_not_found');
    if (!channel.members.has(userId)) throw new ApiError('user_not_in_channel');
    const content = messageContent(args.text('text'), args.json('blocks'));
    const threadTs = args.text('thread_ts');
    const message = world.post({
      channel: channel.id,
      user: BOT_USER,
      ...content,
      onlyFor: userId,
      ...(threadTs === undefined ? {} : { threadTs }),
    });
    return { ok: true, message_ts: message.ts };
  },
};

const remove: Method = {
  token: 'bot',
  scopes: ['chat:write'],
  run: (context) => {
    const channel = visibleChannel(context, context.args.required('channel', 'channel_not_found'));
    const message = ownMessage(context, channel, 'cant_delete_message');
    context.world.remove(message);
    return { ok: true, channel: channel.id, ts: message.ts };
  },
};

export const chat: Methods = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.postEphemeral': postEphemeral,
  'chat.delete': remove,
};
