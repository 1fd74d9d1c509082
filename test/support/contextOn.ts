import type { CallProblem } from '../../src/domain/errors/callProblem';
import type { People } from '../../src/domain/people/people';
import type { Membership, Standing } from '../../src/domain/people/person';
import type { Policy } from '../../src/domain/policy/policy';
import { Secret } from '../../src/domain/secrets/secret';
import type { ActContext } from '../../src/workflow/act';
import type { FollowContext } from '../../src/workflow/follow';
import { createKeyedQueue } from '../../src/workflow/keyedQueue';
import type { ProceedContext } from '../../src/workflow/proceed';
import type { WatchContext } from '../../src/workflow/watch';
import { aRule } from './aRule';
import { began, type StoreOn } from './storeOn';

/** What the actions of people, the launches, and the followed jobs need. */
export type WholeContext = ActContext & ProceedContext & FollowContext & WatchContext;

export const notReached: CallProblem = { kind: 'not_sent', detail: 'no route' };

/** A clock whose sleeps end at once, after it has moved to their end. */
function hastyClock() {
  let nowMs = began.getTime();
  return {
    now: () => new Date(nowMs),
    async sleepUntil(at: Date, signal?: AbortSignal) {
      if (signal?.aborted !== true) nowMs = Math.max(nowMs, at.getTime());
    },
    pass(ms: number): void {
      nowMs += ms;
    },
  };
}

/** The facts that Slack and the policy give. A test changes them. */
export interface Facts {
  policy: Policy;
  /** By user ID; members by default. */
  standings: Map<string, Standing>;
  /** By the ID of a group or channel; `yes` by default. */
  members: Map<string, Membership>;
  sees: Membership;
}

/** A context on a store. Every person is a member and on every list, and DTS can't be reached. */
export function contextOn(store: StoreOn) {
  const clock = hastyClock();
  const facts: Facts = {
    policy: { rules: [], otherwise: aRule() },
    standings: new Map(),
    members: new Map(),
    sees: 'yes',
  };
  /** Level and message of each line that isn't about a recorded change, and its fields. */
  const logged: [string, string, Readonly<Record<string, unknown>> | undefined][] = [];
  const note = (level: string) => (message: string, fields?: Readonly<Record<string, unknown>>) => {
    if (message !== 'request changed') logged.push([level, message, fields]);
  };
  const memberIn = (each: People, userId: string, requester: string): Membership => {
    switch (each.kind) {
      case 'user':
        return each.userId === userId ? 'yes' : 'no';
      case 'requester':
        return userId === requester ? 'yes' : 'no';
      case 'group':
        return facts.members.get(each.groupId) ?? 'yes';
      case 'channel':
        return facts.members.get(each.channelId) ?? 'yes';
      default:
        return each satisfies never;
    }
  };
  const standingOf = (userId: string): Standing => facts.standings.get(userId) ?? 'member';
  const failed = { kind: 'failed', problem: notReached } as const;
  const context: WholeContext = {
    clock,
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    metrics: { measure() {} },
    store: store.requests,
    announcements: store.announcements,
    jobs: store.jobs,
    rateLimits: store.rateLimits,
    watches: store.watches,
    policy: () => facts.policy,
    directory: {
      person: async (userId) => ({ name: `name of ${userId}`, standing: standingOf(userId) }),
      standing: async (userId) => standingOf(userId),
      sees: async () => facts.sees,
      async isAmong(userId, list, requester) {
        const found = list.map((each) => memberIn(each, userId, requester));
        return found.includes('yes') ? 'yes' : found.includes('unknown') ? 'unknown' : 'no';
      },
    },
    secretRules: () => [],
    secretReader: { read: async () => ({ ok: false, cause: { kind: 'not_set' } }) },
    vault: {
      seal: async () => '',
      open: async (sealed) => ({ ok: true, secret: new Secret(sealed) }),
      openEarlier: async () => ({ ok: false, reason: 'elsewhere' }),
    },
    service: {
      createMigrateJob: async () => failed,
      findJobs: async () => failed,
      findJobsNamed: async () => failed,
      idleJobs: async () => ({ kind: 'unanswered' }),
      observeJob: async () => failed,
      listJobs: async () => failed,
      changeJob: async () => failed,
      modifyJob: async () => failed,
    },
    ending: new AbortController().signal,
    region: 'ap-guangzhou',
    turns: createKeyedQueue(),
    callsPerSecond: 20,
    timeoutMs: 1_000,
    settleMs: 1_000,
    random: () => 0.5,
    endHeadStart() {},
    wakeAnnouncer() {},
    wakeLauncher() {},
  };
  return { clock, context, facts, logged };
}
