import { BOT_ID, BOT_USER, TEAM } from '../../workspace/seed';
import type { Methods } from '../method';

export const basics: Methods = {
  'api.test': {
    token: 'none',
    scopes: [],
    run: ({ args }) => ({ ok: true, args: args.all }),
  },
  'auth.test': {
    token: 'bot',
    scopes: [],
    run: ({ world }) => ({
      ok: true,
      url: `https://${TEAM.domain}.slack.com/`,
      team: TEAM.name,
      user: world.user(BOT_USER)?.name,
      team_id: TEAM.id,
      user_id: BOT_USER,
      bot_id: BOT_ID,
      is_enterprise_install: false,
    }),
  },
};
