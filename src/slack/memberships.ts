import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { People } from '../domain/people/people';
import type { Membership } from '../domain/people/person';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import { platformError } from './platformError';
import { within } from './within';

/** People whose members only Slack knows. */
export type ListedPeople = Extract<People, { kind: 'group' | 'channel' }>;

export interface MembershipContext {
  client: WebClient;
  /** Decides when cached values expire. */
  clock: Clock;
  /** Limits a person's wait in real time. Tests only move the other clock. */
  patience: Clock;
  log: Log;
}

interface Members {
  userIds: ReadonlySet<string>;
  /** False if the channel is too large to read completely. */
  isComplete: boolean;
  /** When the read began. Later changes may be missing. */
  at: number;
}

interface Entry {
  known: Members | undefined;
  reading: Promise<void> | undefined;
  /** The reason for a failure that was already logged. */
  told: string | undefined;
}

/** No new read is made within this time. */
const freshMs = 5_000;
/** How long a cached membership still counts if Slack can't return the list. */
const oldestMs = 30_000;
/**
 * A person waits after the click was acknowledged. This is longer than Slack takes on a bad day.
 */
const boundMs = 4_000;
/** The largest page that Slack's libraries document. */
const pageSize = 999;
const mostPages = 20;

/**
 * Members of user groups and channels. Each list has one read at a time, however many people wait.
 * A list is used for 5 seconds and then read again, so changes take effect after 5 seconds at most.
 * Only if Slack fails or is slow, an earlier "yes" counts for up to 30 seconds. An earlier "no"
 * never does: refusing a person who was just added is worse than asking that person to try again.
 */
export function createMemberships(context: MembershipContext) {
  const { clock, patience } = context;
  /** One entry per list in policies. */
  const entries = new Map<string, Entry>();
  const now = (): number => clock.now().getTime();

  return {
    /** Whether a person is in a list; unknown if Slack doesn't answer in time. Never rejects. */
    async has(list: ListedPeople, userId: string): Promise<Membership> {
      const key = list.kind === 'group' ? list.groupId : list.channelId;
      const entry = entries.get(key) ?? { known: undefined, reading: undefined, told: undefined };
      entries.set(key, entry);
      const before = entry.known;
      if (before === undefined || now() - before.at >= freshMs) {
        entry.reading ??= refresh(context, list, entry);
        await within(patience, entry.reading, boundMs);
      }
      // An answer that arrived during this call is fresh, even if the clock has advanced.
      const { known } = entry;
      return judge(known, userId, known !== undefined && known !== before ? known.at : now());
    },
  };
}

function judge(known: Members | undefined, userId: string, now: number): Membership {
  if (known === undefined) return 'unknown';
  const age = now - known.at;
  if (known.userIds.has(userId) && age < oldestMs) return 'yes';
  return known.isComplete && age < freshMs ? 'no' : 'unknown';
}

async function refresh(
  context: MembershipContext,
  list: ListedPeople,
  entry: Entry,
): Promise<void> {
  try {
    entry.known = await read(context, list);
    entry.told = undefined;
  } catch (error) {
    const reason = platformError(error);
    // A refusal is also an answer: a deleted list has no members.
    if (reason !== undefined) entry.known = undefined;
    if (entry.told !== (reason ?? '')) tell(context.log, list, reason, error);
    entry.told = reason ?? '';
  } finally {
    entry.reading = undefined;
  }
}

const groupUsers = z.object({ users: z.array(z.string()) });
const memberPage = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

async function read({ client, clock }: MembershipContext, list: ListedPeople): Promise<Members> {
  const at = clock.now().getTime();
  if (list.kind === 'group') {
    const answer = await client.usergroups.users.list({ usergroup: list.groupId });
    return { userIds: new Set(groupUsers.parse(answer).users), isComplete: true, at };
  }
  const userIds = new Set<string>();
  let cursor: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = memberPage.parse(
      await client.conversations.members({
        channel: list.channelId,
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
    for (const userId of page.members) userIds.add(userId);
    cursor = page.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return { userIds, isComplete: true, at };
  }
  return { userIds, isComplete: false, at };
}

/** Logs a failure once, until the list can be read again or fails for another reason. */
function tell(log: Log, list: ListedPeople, reason: string | undefined, error: unknown): void {
  const says = reason === undefined ? undefined : explanations[reason];
  if (says === undefined) log.warn('a list of people could not be read', { list, error });
  else log.error(says, { list, reason });
}

/** What an operator can do, by Slack's error. */
const explanations: Readonly<Record<string, string>> = {
  plan_upgrade_required:
    "the workspace's Slack plan has no user groups: name users or a channel instead, or upgrade",
  no_such_subteam: 'the user group does not exist or is disabled',
  subteam_not_found: 'the user group does not exist or is disabled',
  channel_not_found: 'the channel does not exist, or is private and the bot is not in it',
  missing_scope:
    'the bot may not read who is in the list: add the scope from manifest.yml, then install the app again',
};
