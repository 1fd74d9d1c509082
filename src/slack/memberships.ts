import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { People } from '../domain/people/people';
import type { Membership } from '../domain/people/person';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import { platformError } from './platformError';
import { within } from './within';

/** People whom only Slack can tell. */
export type ListedPeople = Extract<People, { kind: 'group' | 'channel' }>;

export interface MembershipContext {
  client: WebClient;
  /** What ages what is known. */
  clock: Clock;
  /** What bounds a person's wait: real time, where a test moves the other. */
  patience: Clock;
  log: Log;
}

interface Members {
  userIds: ReadonlySet<string>;
  /** False for a channel that is too large to be read to its end. */
  isComplete: boolean;
  /** When it was asked for: whatever changed since then may be missing. */
  at: number;
}

interface Entry {
  known: Members | undefined;
  reading: Promise<void> | undefined;
  /** Why it could not be read, as the log was told. */
  told: string | undefined;
}

/** For so long nobody is asked again. */
const freshMs = 5_000;
/** For so long it still counts that somebody was in a list that Slack does not show any more. */
const oldestMs = 30_000;
/** For a person who waits, their click acknowledged: longer than Slack takes on a bad day. */
const boundMs = 4_000;
/** The most that Slack's libraries document for a page. */
const pageSize = 999;
const mostPages = 20;

/**
 * Who is in user groups and channels. One read of a list is under way at a time, however many ask.
 *
 * What was read is taken as it is for 5 seconds, and then asked for anew: whoever was added or
 * removed is treated so after 5 seconds at most. Only when Slack fails or is slow does it count up
 * to 30 seconds that somebody was in a list; that they were not, never does, because denying the
 * one person who was just added is worse than asking them to try again.
 */
export function createMemberships(context: MembershipContext) {
  const { clock, patience } = context;
  /** As many as policies name. */
  const entries = new Map<string, Entry>();
  const now = (): number => clock.now().getTime();

  return {
    /** Whether somebody is in a list; unknown when Slack does not say in time. Never rejects. */
    async has(list: ListedPeople, userId: string): Promise<Membership> {
      const key = list.kind === 'group' ? list.groupId : list.channelId;
      const entry = entries.get(key) ?? { known: undefined, reading: undefined, told: undefined };
      entries.set(key, entry);
      const before = entry.known;
      if (before === undefined || now() - before.at >= freshMs) {
        entry.reading ??= refresh(context, list, entry);
        await within(patience, entry.reading, boundMs);
      }
      // What was read while the caller waited answers the caller, whatever the clock did since then.
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
    // A refusal is an answer too: nobody is in a list that is gone.
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

/** Once, until the list can be read again or fails for another reason. */
function tell(log: Log, list: ListedPeople, reason: string | undefined, error: unknown): void {
  const says = reason === undefined ? undefined : explanations[reason];
  if (says === undefined) log.warn('a list of people could not be read', { list, error });
  else log.error(says, { list, reason });
}

/** What an operator can do about it, by Slack's name for the error. */
const explanations: Readonly<Record<string, string>> = {
  plan_upgrade_required:
    "the workspace's Slack plan has no user groups: name users or a channel instead, or upgrade",
  no_such_subteam: 'the user group does not exist or is disabled',
  subteam_not_found: 'the user group does not exist or is disabled',
  channel_not_found: 'the channel does not exist, or is private and the bot is not in it',
  missing_scope:
    'the bot may not read who is in the list: add the scope from manifest.yml, then install the app again',
};
