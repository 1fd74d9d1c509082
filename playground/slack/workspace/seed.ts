import type { Channel } from './channel';
import type { User } from './user';
import type { UserGroup } from './userGroup';

export const TEAM = { id: 'T0HARBOUR1', name: 'Harbour Lane', domain: 'harbour-lane' } as const;
/** The other organization, in `SHARED_CHANNEL`. */
export const OTHER_TEAM = {
  id: 'T0PARTNER1',
  name: 'Partner Works',
  domain: 'partner-works',
} as const;

/** The organization of users that have `workspaces`. */
export const ENTERPRISE = { id: 'E0HARBOUR1', name: 'Harbour Group' } as const;

export const APP_ID = 'A0APPBOT01';
export const BOT_ID = 'B0APPBOT01';
/** The bot user of the connected app. */
export const BOT_USER = 'U0APPBOT01';
export const BOT_TOKEN = 'xoxb-playground-bot-token';
export const APP_TOKEN = 'xapp-1-A0APPBOT01-playground-app-token';
export const SIGNING_SECRET = 'playground-signing-secret';
/** The deprecated token that payloads still contain. */
export const VERIFICATION_TOKEN = 'playground-verification-token';

/**
 * Members: Alice requests; Bob and Mei decide, Mei in Chinese; Dan does neither; Eva is an admin.
 */
export const ALICE = 'U0ALICE001';
export const BOB = 'U0BOB00001';
export const MEI = 'U0MEI00001';
export const DAN = 'U0DAN00001';
export const EVA = 'U0EVA00001';
/** `is_ultra_restricted`. */
export const SINGLE_CHANNEL_GUEST = 'U0GUEST001';
/** `is_restricted`. */
export const MULTI_CHANNEL_GUEST = 'U0GUEST002';
/**
 * A member of `OTHER_TEAM`. Slack sets `is_stranger` for people who share no channel with the bot.
 */
export const STRANGER = 'U0STRANGE1';
/** `deleted`. */
export const DEACTIVATED = 'U0GONE0001';
/** A bot that isn't the connected app. */
export const OTHER_BOT = 'U0BUILDBOT';

/** Public, without the app's bot. */
export const GENERAL = 'C0GENERAL1';
/** Public, with the bot and all seeded people except the deactivated one. */
export const DB_MIGRATIONS = 'C0DBMIGRAT';
/** Private, with Alice, Bob and the bot. */
export const PRIVATE_WITH_BOT = 'C0DBPRIVAT';
/** Private, with Eva and Bob, without the bot. */
export const PRIVATE_WITHOUT_BOT = 'C0LEADERS1';
/** Public, shared with `OTHER_TEAM`, with the bot. */
export const SHARED_CHANNEL = 'C0PARTNERS';

/** `@db-approvers`: Bob and Mei. */
export const APPROVERS_GROUP = 'S0APPROVE1';

const person = (
  id: string,
  name: string,
  realName: string,
  more: Partial<Omit<User, 'id' | 'name' | 'realName'>> = {},
): User => ({
  id,
  name,
  realName,
  kind: 'member',
  teamId: TEAM.id,
  locale: 'en-US',
  tz: 'America/Los_Angeles',
  deleted: false,
  ...more,
});

export const SEED_USERS: readonly User[] = [
  person(BOT_USER, 'appbot', 'App Bot', { kind: 'bot' }),
  person(ALICE, 'alice.chen', 'Alice Chen'),
  person(BOB, 'bob.okafor', 'Bob Okafor', { locale: 'en-GB', tz: 'Europe/London' }),
  person(MEI, 'lin.mei', '林梅', { locale: 'zh-CN', tz: 'Asia/Shanghai' }),
  person(DAN, 'dan.silva', 'Dan Silva', { locale: 'pt-BR', tz: 'America/Sao_Paulo' }),
  person(EVA, 'eva.novak', 'Eva Novák', { kind: 'admin', locale: 'de-DE', tz: 'Europe/Berlin' }),
  person(SINGLE_CHANNEL_GUEST, 'gil.contractor', 'Gil Hart', { kind: 'singleChannelGuest' }),
  person(MULTI_CHANNEL_GUEST, 'mona.consultant', 'Mona Reyes', { kind: 'multiChannelGuest' }),
  person(STRANGER, 'sam.partner', 'Sam Iversen', {
    kind: 'stranger',
    teamId: OTHER_TEAM.id,
    tz: 'Europe/Oslo',
  }),
  person(DEACTIVATED, 'greta.former', 'Greta Former', { deleted: true }),
  person(OTHER_BOT, 'buildbot', 'Build Bot', { kind: 'bot' }),
];

const EVERYONE_IN_MIGRATIONS = [
  BOT_USER,
  ALICE,
  BOB,
  MEI,
  DAN,
  EVA,
  SINGLE_CHANNEL_GUEST,
  MULTI_CHANNEL_GUEST,
  STRANGER,
  OTHER_BOT,
];

const channel = (
  id: string,
  name: string,
  members: readonly string[],
  more: Partial<Omit<Channel, 'id' | 'name' | 'members'>> = {},
): Channel => ({
  id,
  name,
  members: new Set(members),
  kind: 'public',
  archived: false,
  created: 1_700_000_000,
  creator: EVA,
  sharedWith: [],
  ...more,
});

export const SEED_CHANNELS: readonly Channel[] = [
  channel(GENERAL, 'general', [ALICE, BOB, MEI, DAN, EVA]),
  channel(DB_MIGRATIONS, 'db-migrations', EVERYONE_IN_MIGRATIONS, { sharedWith: [OTHER_TEAM.id] }),
  channel(PRIVATE_WITH_BOT, 'db-private', [BOT_USER, ALICE, BOB], { kind: 'private' }),
  channel(PRIVATE_WITHOUT_BOT, 'leadership', [EVA, BOB], { kind: 'private' }),
  channel(SHARED_CHANNEL, 'partners', [BOT_USER, ALICE, STRANGER], { sharedWith: [OTHER_TEAM.id] }),
];

export const SEED_GROUPS: readonly UserGroup[] = [
  {
    id: APPROVERS_GROUP,
    handle: 'db-approvers',
    name: 'Database approvers',
    users: [BOB, MEI],
    disabled: false,
  },
];
