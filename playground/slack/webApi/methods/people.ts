import type { JsonObject } from '../../json';
import { groupJson } from '../../workspace/groupJson';
import { BOT_USER, TEAM } from '../../workspace/seed';
import type { User } from '../../workspace/user';
import { userJson } from '../../workspace/userJson';
import { ApiError } from '../apiError';
import type { Method, MethodContext, Methods } from '../method';
import { nextCursor, page } from '../page';

function described({ args, scopes, world }: MethodContext, user: User): JsonObject {
  const isOurs = [user.teamId, ...(user.workspaces ?? [])].includes(TEAM.id);
  const isMet = world.channels.some(({ members }) => members.has(user.id) && members.has(BOT_USER));
  return userJson(user, {
    withLocale: args.flag('include_locale'),
    withEmail: scopes.has('users:read.email'),
    isStranger: !isOurs && !isMet,
  });
}

const info: Method = {
  token: 'bot',
  scopes: ['users:read'],
  run: (context) => {
    const user = context.world.user(context.args.required('user', 'user_not_found'));
    if (user === undefined) throw new ApiError('user_not_found');
    return { ok: true, user: described(context, user) };
  },
};

const list: Method = {
  token: 'bot',
  scopes: ['users:read'],
  run: (context) => {
    const { world, args } = context;
    const cut = page(world.users, args.text('cursor'), args.limit(200, 1000));
    const members = cut.items.map((user) => described(context, user));
    return { ok: true, members, cache_ts: Math.floor(world.now() / 1000), ...nextCursor(cut.next) };
  },
};

function needPaidPlan({ world }: MethodContext): void {
  if (world.plan === 'free') throw new ApiError('plan_upgrade_required');
}

const groupUsers: Method = {
  token: 'bot',
  scopes: ['usergroups:read'],
  run: (context) => {
    needPaidPlan(context);
    const group = context.world.group(context.args.required('usergroup', 'no_such_subteam'));
    const hidden = group?.disabled === true && !context.args.flag('include_disabled');
    if (group === undefined || hidden) throw new ApiError('no_such_subteam');
    return { ok: true, users: group.users };
  },
};

const groups: Method = {
  token: 'bot',
  scopes: ['usergroups:read'],
  run: (context) => {
    needPaidPlan(context);
    const { world, args } = context;
    const shown = world.groups.filter(
      (each) => each.orgWide !== true && (!each.disabled || args.flag('include_disabled')),
    );
    return {
      ok: true,
      usergroups: shown.map((group) => groupJson(group, args.flag('include_users'))),
    };
  },
};

export const people: Methods = {
  'users.info': info,
  'users.list': list,
  'usergroups.users.list': groupUsers,
  'usergroups.list': groups,
};
