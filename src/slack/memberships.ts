import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { People } from '../domain/people/people';
import type { Membership } from '../domain/people/person';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { MemberListLines } from '../ports/logLines';
import { createLastAnswers } from './lastAnswers';
import { lastingError, platformError } from './platformError';

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
  const { clock, log, patience } = context;
  /** Slack's reason for the last failure of each list, so that the same one is logged once. */
  const reasons = new Map<string, string | undefined>();
  const lists = createLastAnswers<ListedPeople, Members>({
    ...{ boundMs, clock, patience },
    keyOf,
    async read(list) {
      const members = await readMembers(context.client, list);
      reasons.delete(keyOf(list));
      return members;
    },
    onFailure(list, error) {
      const key = keyOf(list);
      const reason = platformError(error);
      if (!reasons.has(key) || reasons.get(key) !== reason) logFailure(log, list, reason, error);
      reasons.set(key, reason);
      // A refusal is also an answer: a deleted list has no members.
      return lastingError(error) === undefined ? 'keep' : 'forget';
    },
  });

  return {
    /** Whether a person is in a list; unknown if Slack doesn't answer in time. Never rejects. */
    async has(list: ListedPeople, userId: string): Promise<Membership> {
      const answer = await lists(list, freshMs);
      if (answer === undefined) return 'unknown';
      const { ageMs, isFresh, value } = answer;
      if (value.userIds.has(userId) && (isFresh || ageMs < oldestMs)) return 'yes';
      return value.isComplete && isFresh ? 'no' : 'unknown';
    },
  };
}

const keyOf = (list: ListedPeople): string =>
  list.kind === 'group' ? list.groupId : list.channelId;

const groupUsers = z.object({ users: z.array(z.string()) });
const memberPage = z.object({
  members: z.array(z.string()),
  // Slack's SDK adds it where Slack leaves it out.
  response_metadata: z.object({ next_cursor: z.string().optional() }),
});

async function readMembers(client: WebClient, list: ListedPeople): Promise<Members> {
  if (list.kind === 'group') {
    const answer = await client.usergroups.users.list({ usergroup: list.groupId });
    return { userIds: new Set(groupUsers.parse(answer).users), isComplete: true };
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
    cursor = page.response_metadata.next_cursor || undefined;
    if (cursor === undefined) return { userIds, isComplete: true };
  }
  return { userIds, isComplete: false };
}

function logFailure(
  log: Log,
  list: ListedPeople,
  reason: string | undefined,
  error: unknown,
): void {
  const says = reason === undefined ? undefined : explanations[reason];
  if (says === undefined) log.warn('a list of people could not be read', { list, error });
  else log.error(says, { list, reason });
}

/** What a Ferry admin can do, by Slack's error. */
const explanations: Readonly<Record<string, keyof MemberListLines>> = {
  plan_upgrade_required:
    "the workspace's Slack plan has no user groups: name users or a channel instead, or upgrade",
  no_such_subteam: 'the user group does not exist or is disabled',
  subteam_not_found: 'the user group does not exist or is disabled',
  channel_not_found: 'the channel does not exist, or is private and the bot is not in it',
  missing_scope:
    'the bot may not read who is in the list: add the scope from manifest.yml, then install the app again',
};
