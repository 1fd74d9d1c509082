import type { Membership, Standing } from '../../src/domain/people/person';
import type { Viewer } from '../../src/domain/people/visibility';
import { awaitedBy } from '../../src/domain/request/awaited';
import { creation } from '../../src/domain/request/operations/operation';
import type { InState, MigrationRequest } from '../../src/domain/request/request';
import type { Directory } from '../../src/ports/directory';
import type { AwaitedFrom } from '../../src/ports/requestStore';
import { admit } from '../../src/workflow/admit';
import { jobsFor, overview } from '../../src/workflow/overview';
import { canSee, findFor } from '../../src/workflow/viewing';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const member: Viewer = { userId: 'U1', isMember: true };
const outsider: Viewer = { userId: 'U1', isMember: false };
const pending: InState<'pending'> = {
  status: 'pending',
  operation: creation,
  approvals: [],
  attempts: 0,
  reminders: 0,
};
const approvedBy = (userId: string, revision = 1): InState<'pending'> => ({
  ...pending,
  approvals: [{ by: { userId, name: '' }, at: new Date(0), revision, from: [], confirmed: false }],
});
const ids = (page: { requests: readonly Pick<MigrationRequest, 'id'>[] }) =>
  page.requests.map(({ id }) => id);

/** The store's requests, and Slack's answers about lists (by request) and channels. */
function surroundings({
  waiting = [],
  jobs = 0,
  mine = 0,
  lately = 0,
  channels = {},
  lists = {},
}: {
  waiting?: readonly MigrationRequest[];
  jobs?: number;
  mine?: number;
  lately?: number;
  channels?: Readonly<Record<string, Membership>>;
  lists?: Readonly<Record<string, Membership>>;
}) {
  const numbered = (count: number, offset: number, limit: number) =>
    Array.from({ length: count }, (_, index) => aRequest({ id: 100 + index })).slice(
      offset,
      offset + limit,
    );
  const scopes: unknown[] = [];
  const jobScopes: unknown[] = [];
  return {
    jobScopes,
    scopes,
    context: {
      clock: { now: () => new Date(0) },
      directory: {
        isAmong: async (_: string, list: readonly unknown[]): Promise<Membership> =>
          lists[JSON.stringify(list)] ?? 'yes',
        sees: async (channelId: string): Promise<Membership> => channels[channelId] ?? 'no',
      },
      store: {
        awaitedLists: async () =>
          waiting.flatMap((request) => {
            const people = awaitedBy(request)?.list;
            return people === undefined ? [] : [{ key: JSON.stringify(people), people }];
          }),
        awaitedFrom: async (of: AwaitedFrom, offset: number, limit: number) =>
          waiting
            .filter((request) => {
              const from = awaitedBy(request);
              return (
                from !== undefined &&
                of.lists.includes(JSON.stringify(from.list)) &&
                !from.except.includes(of.userId)
              );
            })
            .slice(offset, offset + limit),
        askedBy: async (_: string, offset: number, limit: number) => numbered(mine, offset, limit),
        latest: async (scope: unknown, offset: number, limit: number) => {
          scopes.push(scope);
          return numbered(lately, offset, limit);
        },
        withJobs: async (scope: unknown, offset: number, limit: number) => {
          jobScopes.push(scope);
          return numbered(jobs, offset, limit);
        },
        channels: async () => Object.keys(channels),
      },
    },
  };
}

/** What waits for the person: requests that wait for people on these lists. */
const awaited = (...lists: readonly string[]): AwaitedFrom => ({ userId: 'U1', lists });

const week = 7 * 86_400_000;
const startedJobs = { failedSince: new Date(-week), isStarted: true };

describe('an overview', () => {
  it.each([
    [0, [100, 101], true],
    [1, [102, 103], true],
    [2, [104], false],
    [3, [104], false],
    [9, [104], false],
  ])('has page %i of everything: %j', async (page, expected, more) => {
    const waiting = expected.length === 0 ? [] : [1, 2, 3, 4, 5].map((id) => aRequest({ id }));
    const { context } = surroundings({ waiting, mine: 5, lately: 5 });
    const shown = await overview(context, member, page, 2);
    expect(ids(shown.mine)).toEqual(expected);
    expect(ids(shown.lately)).toEqual(expected);
    expect(ids(shown.waiting)).toEqual(expected.map((id) => id - 99));
    expect([shown.mine.more, shown.lately.more, shown.waiting.more]).toEqual([more, more, more]);
    expect(shown.page).toBe(Math.min(page, 2));
  });

  it('leaves out what no longer waits for the person since it was found', async () => {
    const named = aRule({ approvers: [{ kind: 'user', userId: 'U9' }] });
    const found = [
      aRequest({ id: 1, state: pending }),
      aRequest({ id: 2, state: approvedBy('U1'), rule: aRule({ required: 2 }) }),
      aRequest({ id: 3, state: { status: 'expired', at: new Date(0) } }),
      aRequest({ id: 4, state: pending, rule: named }),
      aRequest({ id: 5, state: pending, editors: ['U1'] }),
    ];
    const { context } = surroundings({
      waiting: [aRequest({ id: 1, state: pending })],
      lists: { [JSON.stringify(named.approvers)]: 'no', '[]': 'no' },
    });
    const store = { ...context.store, awaitedFrom: async () => found };
    const shown = await overview({ ...context, store }, member, 0, 10);
    expect(ids(shown.waiting)).toEqual([1]);
  });

  it('stays on a page if only one kind has requests there', async () => {
    for (const counts of [{ mine: 3 }, { lately: 3 }]) {
      const { context } = surroundings(counts);
      expect((await overview(context, member, 1, 2)).page).toBe(1);
    }
    const waiting = [1, 2, 3].map((id) => aRequest({ id }));
    expect((await overview(surroundings({ waiting }).context, member, 1, 2)).page).toBe(1);
  });

  it('is empty on its first page if there is nothing', async () => {
    const { context } = surroundings({});
    const empty = { requests: [], more: false };
    expect(await overview(context, member, 5, 2)).toEqual({
      page: 0,
      waiting: empty,
      jobs: empty,
      mine: empty,
      lately: empty,
      unsure: { waiting: false, lately: false },
    });
  });

  it('lists as waiting the requests that the person may approve and has not approved', async () => {
    const waiting = [
      aRequest({ id: 1, state: pending }),
      aRequest({ id: 2, state: approvedBy('U1'), rule: aRule({ required: 2 }) }),
      aRequest({ id: 3, state: approvedBy('U2') }),
      aRequest({ id: 4, state: approvedBy('U1', 2) }),
      aRequest({ id: 5, requester: { userId: 'U1', name: '' } }),
      aRequest({ id: 6, editors: ['U1'] }),
      aRequest({ id: 7, editors: ['U2'] }),
      aRequest({
        id: 8,
        state: { status: 'withdrawn', by: { userId: 'U2', name: '' }, at: new Date(0) },
      }),
    ];
    const shown = await overview(surroundings({ waiting }).context, member, 0, 20);
    expect(ids(shown.waiting)).toEqual([1, 3, 4, 7]);
  });

  it('leaves out what Slack does not confirm, and says that it may be incomplete', async () => {
    const rule = (userId: string) => aRule({ approvers: [{ kind: 'user', userId }] });
    const list = (userId: string) => JSON.stringify([{ kind: 'user', userId }]);
    const waiting = ['A', 'B', 'C'].map((each, index) =>
      aRequest({ id: index + 1, rule: rule(each) }),
    );
    const lists = { [list('A')]: 'no', [list('B')]: 'yes', [list('C')]: 'unknown' } as const;
    const { context } = surroundings({ waiting, lists });
    const shown = await overview(context, member, 0, 20);
    expect(ids(shown.waiting)).toEqual([2]);
    expect(shown.unsure).toEqual({ waiting: true, lately: false });
    const known = surroundings({ waiting: waiting.slice(0, 2), lists });
    expect((await overview(known.context, member, 0, 20)).unsure.waiting).toBe(false);
  });

  it('lists the latest requests in channels that the person sees', async () => {
    const channels = { C1: 'yes', C2: 'no', C3: 'unknown', C4: 'yes' } as const;
    const { context, jobScopes, scopes } = surroundings({ channels, lately: 1 });
    expect((await overview(context, member, 0, 20)).unsure).toEqual({
      waiting: false,
      lately: true,
    });
    const scope = { channels: ['C1', 'C4'], notAwaitedFrom: awaited(), filter: {} };
    expect(scopes).toEqual([{ ...scope, notBy: 'U1', apartFrom: startedJobs }]);
    expect(jobScopes).toEqual([{ ...scope, userId: 'U1', listed: startedJobs }]);
  });

  it('lists only requests that name the person if they are outside the workspace', async () => {
    const named = aRule({ approvers: [{ kind: 'user', userId: 'U1' }] });
    const waiting = [aRequest({ id: 1 }), aRequest({ id: 2, rule: named })];
    const { context, jobScopes, scopes } = surroundings({ waiting, channels: { C1: 'yes' } });
    const shown = await overview(context, outsider, 0, 20);
    expect(ids(shown.waiting)).toEqual([2]);
    expect(shown.unsure).toEqual({ waiting: false, lately: false });
    const notAwaitedFrom = awaited(JSON.stringify(named.approvers));
    const scope = { channels: [], notAwaitedFrom, filter: {} };
    expect(scopes).toEqual([{ ...scope, notBy: 'U1', apartFrom: startedJobs }]);
    expect(jobScopes).toEqual([{ ...scope, userId: 'U1', listed: startedJobs }]);
  });

  it("has only the person's jobs if the person filters by their own requests", async () => {
    const { context, jobScopes, scopes } = surroundings({ jobs: 3, channels: { C1: 'yes' } });
    const filter = { mine: true };
    const shown = await overview(context, member, 0, 2, filter);
    expect(ids(shown.jobs)).toEqual([100, 101]);
    expect(shown.jobs.more).toBe(true);
    expect(scopes).toEqual([]);
    expect(jobScopes).toEqual([{ channels: [], filter, userId: 'U1', listed: startedJobs }]);
  });
});

describe('a list of jobs', () => {
  it.each([
    [0, 0, [100, 101], true],
    [1, 1, [102], false],
    [2, 0, [100, 101], true],
  ])('has on page %i the jobs of page %i: %j', async (page, shownPage, expected, more) => {
    const { context } = surroundings({ jobs: 3 });
    const shown = await jobsFor(context, member, page, 2);
    expect(ids(shown)).toEqual(expected);
    expect(shown).toMatchObject({ page: shownPage, more });
  });

  it('has the jobs of the person and of channels that the person can see', async () => {
    const channels = { C1: 'yes', C2: 'no', C3: 'unknown' } as const;
    const { context, jobScopes } = surroundings({ channels });
    expect((await jobsFor(context, member, 0, 2)).unsure).toBe(true);
    expect((await jobsFor(context, outsider, 0, 2)).unsure).toBe(false);
    const listed = { ...startedJobs, isStarted: false };
    expect(jobScopes).toEqual([
      { channels: ['C1'], userId: 'U1', listed },
      { channels: [], userId: 'U1', listed },
    ]);
  });
});

/** Slack's answers about a channel and about the lists of people who decide. */
const directoryOf = (
  sees: Membership,
  decides: Membership,
  standing: Standing = 'member',
): Pick<Directory, 'standing' | 'sees' | 'isAmong'> => ({
  standing: async () => standing,
  sees: async () => sees,
  isAmong: async () => decides,
});
const policyOf = (userId: string) => () => ({
  rules: [],
  otherwise: aRule({ approvers: [{ kind: 'user' as const, userId }] }),
});

describe('a request is shown', () => {
  it.each([
    ['yes', 'no', 'yes'],
    ['yes', 'unknown', 'yes'],
    ['no', 'yes', 'yes'],
    ['unknown', 'yes', 'yes'],
    ['no', 'no', 'no'],
    ['no', 'unknown', 'unknown'],
    ['unknown', 'no', 'unknown'],
    ['unknown', 'unknown', 'unknown'],
  ] as const)(
    'to a member who sees the channel: %s, decides: %s – %s',
    async (sees, decides, shown) => {
      const directory = directoryOf(sees, decides);
      expect(await canSee({ directory }, member, aRequest())).toBe(shown);
    },
  );

  it('to the requester, and to nobody else outside the workspace', async () => {
    const directory = directoryOf('yes', 'yes');
    const own = aRequest({ requester: { userId: 'U1', name: '' } });
    expect(await canSee({ directory }, outsider, own)).toBe('yes');
    expect(await canSee({ directory }, outsider, aRequest())).toBe('no');
  });

  it.each([
    ['yes', 'no_such_request'],
    ['no', 'no_such_request'],
    ['unknown', 'visibility_unknown'],
  ] as const)('only if it exists; the channel of the policy is seen: %s', async (sees, code) => {
    const asked: string[] = [];
    const directory = {
      ...directoryOf(sees, 'no'),
      sees: async (channelId: string) => {
        asked.push(channelId);
        return sees;
      },
    };
    const context = { directory, policy: policyOf('U9'), store: { find: async () => undefined } };
    const refusal = { code, requestId: 3 };
    expect(await findFor(context, member, 3)).toEqual({ ok: false, refusal });
    expect(asked).toEqual([policyOf('U9')().otherwise.channel]);
  });

  it.each([
    ['yes', undefined],
    ['no', 'no_such_request'],
    ['unknown', 'visibility_unknown'],
  ] as const)('as an answer, if the channel is seen: %s', async (sees, code) => {
    const request = aRequest({ id: 3 });
    const store = { find: async () => request };
    const context = { directory: directoryOf(sees, 'no'), policy: policyOf('U9'), store };
    expect(await findFor(context, member, 3)).toEqual(
      code === undefined ? { ok: true, request } : { ok: false, refusal: { code, requestId: 3 } },
    );
  });
});

describe('a person is admitted', () => {
  it.each([
    ['member', 'U9', { ok: true, viewer: member }],
    ['member', 'U1', { ok: true, viewer: member }],
    ['guest', 'U9', { ok: false, refusal: { code: 'guest' } }],
    ['guest', 'U1', { ok: true, viewer: outsider }],
    ['bot', 'U9', { ok: false, refusal: { code: 'bot' } }],
    ['deactivated', 'U1', { ok: false, refusal: { code: 'deactivated' } }],
    ['unknown', 'U1', { ok: false, refusal: { code: 'person_unknown' } }],
  ] as const)('as a %s while the policy names %s', async (standing, named, admission) => {
    const ages: number[] = [];
    const directory = {
      ...directoryOf('no', 'no'),
      async standing(_: string, maxAgeMs: number): Promise<Standing> {
        ages.push(maxAgeMs);
        return standing;
      },
    };
    const context = { directory, policy: policyOf(named) };
    expect(await admit(context, 'U1')).toEqual(admission);
    await admit(context, 'U1', 30_000);
    // After a click, an answer of Slack's that is up to five seconds old is good enough.
    expect(ages).toEqual([5_000, 30_000]);
  });
});
