import type { Channel } from '../../workspace/channel';
import { channelJson } from '../../workspace/channelJson';
import type { Message } from '../../workspace/message';
import { messageJson } from '../../workspace/messageJson';
import { ApiError } from '../apiError';
import type { Method, MethodContext, Methods } from '../method';
import { nextCursor, page } from '../page';
import { directWith, joinedChannel, needChannelScope, visibleChannel } from './channelGate';

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

const info: Method = {
  token: 'bot',
  scopes: READ,
  run: (context) => {
    const channel = visibleChannel(context, context.args.required('channel', 'channel_not_found'));
    needChannelScope(context, channel, 'read');
    const counted = context.args.flag('include_num_members')
      ? { num_members: channel.members.size }
      : {};
    return { ok: true, channel: { ...channelJson(channel), ...counted } };
  },
};

const open: Method = {
  token: 'bot',
  scopes: ['im:write', 'mpim:write'],
  run: (context) => {
    context.needScope('im:write');
    const channel = openedDirect(context);
    const full = context.args.flag('return_im') ? channelJson(channel) : { id: channel.id };
    return { ok: true, channel: full };
  },
};

/** Finds a conversation by its ID or by its only user. Group conversations aren't supported. */
function openedDirect(context: MethodContext): Channel {
  const { world, args } = context;
  const channelId = args.text('channel');
  if (channelId !== undefined) {
    const channel = visibleChannel(context, channelId);
    if (channel.kind === 'direct') return channel;
    throw new ApiError('method_not_supported_for_channel_type');
  }
  const [userId, ...others] = args.required('users', 'users_list_not_supplied').split(',');
  if (userId === undefined || others.length > 0) throw new ApiError('not_enough_users');
  if (world.user(userId)?.deleted === true) throw new ApiError('user_disabled');
  return directWith(context, userId);
}

const members: Method = {
  token: 'bot',
  scopes: READ,
  run: (context) => {
    const { args } = context;
    const channel = visibleChannel(context, args.required('channel', 'channel_not_found'));
    needChannelScope(context, channel, 'read');
    const cut = page([...channel.members], args.text('cursor'), args.limit(100, 1000));
    return { ok: true, members: cut.items, ...nextCursor(cut.next) };
  },
};

const history: Method = {
  token: 'bot',
  scopes: HISTORY,
  run: (context) => {
    const { world, args } = context;
    const channel = joinedChannel(context, args.required('channel', 'channel_not_found'));
    needChannelScope(context, channel, 'history');
    const found = world
      .messagesIn(channel.id)
      .filter(
        ({ broadcast, onlyFor, threadTs }) =>
          onlyFor === undefined && (threadTs === undefined || broadcast === true),
      )
      .filter((each) => isWithin(each, context))
      .reverse();
    return pageOfMessages(context, found);
  },
};

const replies: Method = {
  token: 'bot',
  scopes: HISTORY,
  run: (context) => {
    const { world, args } = context;
    const channel = joinedChannel(context, args.required('channel', 'channel_not_found'));
    needChannelScope(context, channel, 'history');
    const asked = world.message({ channel: channel.id, ts: args.required('ts') });
    if (asked === undefined || asked.onlyFor !== undefined) throw new ApiError('thread_not_found');
    const root = { channel: channel.id, ts: asked.threadTs ?? asked.ts };
    const found = world
      .repliesTo(root)
      .filter((each) => each.onlyFor === undefined && isWithin(each, context));
    const first = world.message(root);
    return pageOfMessages(context, first === undefined ? found : [first, ...found]);
  },
};

function isWithin({ ts }: Message, { args }: MethodContext): boolean {
  const oldest = args.text('oldest') ?? '0';
  const latest = args.text('latest');
  if (args.flag('inclusive') && (ts === oldest || ts === latest)) return true;
  return Number(ts) > Number(oldest) && (latest === undefined || Number(ts) < Number(latest));
}

function pageOfMessages({ world, args }: MethodContext, found: readonly Message[]) {
  const cut = page(found, args.text('cursor'), args.limit(100, 999));
  const withMetadata = args.flag('include_all_metadata');
  const messages = cut.items.map((message) =>
    messageJson(message, {
      withMetadata,
      replies: world.repliesTo(message).filter((each) => each.onlyFor === undefined).length,
    }),
  );
  return { ok: true, messages, has_more: cut.next !== '', ...nextCursor(cut.next) };
}

export const conversations: Methods = {
  'conversations.info': info,
  'conversations.open': open,
  'conversations.members': members,
  'conversations.history': history,
  'conversations.replies': replies,
};
