/** The scopes of the bot token, as in manifest.yml. */
export const botScopes = [
  'commands',
  'chat:write',
  'users:read',
  'usergroups:read',
  'channels:history',
  'groups:history',
  'im:write',
  'im:history',
  'channels:read',
  'groups:read',
  'files:read',
] as const;
