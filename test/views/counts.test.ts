import fc from 'fast-check';
import type { People } from '../../src/domain/people/people';
import type { Intent } from '../../src/domain/request/intent';
import type { MigrationRequest } from '../../src/domain/request/request';
import type { EventPayload } from '../../src/domain/request/requestEvent';
import { waitFrom } from '../../src/domain/request/waiting';
import { locales } from '../../src/i18n/locales';
import { group as groupPart, join, person, plain, type Text } from '../../src/i18n/text';
import { buildDirectMessage } from '../../views/directMessage';
import { mrkdwn } from '../../views/mrkdwn';
import { buildReply } from '../../views/reply';
import { buildStatus } from '../../views/requestCard';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { type ActorFacts, decideAs } from '../support/decideAs';
import { anyText, saying } from '../support/words';

/** The members of each group. DBA and SRE share a member. */
const groups: Readonly<Record<string, readonly string[]>> = {
  S0DBA: ['UBOB', 'UMEI', 'UBOTH'],
  S0SRE: ['UDAN', 'UBOTH'],
  S0SEC: ['UEVA'],
};
const group = (groupId: string): People => ({ kind: 'group', groupId });
const isIn = (userId: string, list: readonly People[]) =>
  list.some((each) => each.kind === 'group' && groups[each.groupId]?.includes(userId));

interface Step {
  by: string;
  type: 'approve' | 'take_back';
}

function apply(request: MigrationRequest, { by, type }: Step) {
  const actor: ActorFacts = {
    userId: by,
    name: by,
    standing: 'member',
    listed: 'yes',
    from: request.rule.oneFromEach.map((list) => (isIn(by, list) ? 'yes' : 'no')),
    today: {
      rule: request.rule,
      approvers: new Map(
        Object.values(groups)
          .flat()
          .map((userId) => [
            userId,
            {
              standing: 'member',
              listed: 'yes',
              from: request.rule.oneFromEach.map((list) => (isIn(userId, list) ? 'yes' : 'no')),
            },
          ]),
      ),
    },
  };
  const intent: Intent = { type, revision: 1 };
  return decideAs(request, actor, intent, new Date('2026-05-04T11:00:00Z'));
}

const said = (
  request: MigrationRequest,
  payload: EventPayload,
  language: 'en' | 'zh-CN' = 'en',
) => {
  const event = {
    requestId: 7,
    seq: 2,
    revision: 1,
    at: new Date('2026-05-04T11:00:00Z'),
    by: { userId: 'UBOB', name: 'Bob' },
    payload,
  };
  const words = locales[language];
  return {
    thread: buildReply(words, request, event, 'mainland')?.text ?? '',
    direct: buildDirectMessage(words, request, event, undefined, 'mainland')?.text ?? '',
    card: plain(buildStatus(words, request)),
  };
};

/** The request and its words after each accepted step. */
function play(required: number, lists: readonly string[], steps: readonly Step[]) {
  const rule = aRule({ required, oneFromEach: lists.map((each) => [group(each)]) });
  const askedAt = new Date('2026-05-04T10:00:00Z');
  let request = aRequest({ rule, state: waitFrom(rule, askedAt) });
  const shown: (ReturnType<typeof said> & { status: string })[] = [];
  for (const step of steps) {
    const decision = apply(request, step);
    if (!decision.ok) continue;
    request = { ...request, state: decision.state };
    for (const language of ['en', 'zh-CN'] as const) {
      const words = said(request, decision.event, language);
      shown.push({ ...words, status: request.state.status });
    }
  }
  return shown;
}

const approve = (...people: string[]): Step[] => people.map((by) => ({ by, type: 'approve' }));

/** The count in a reply, and who is missing: how many people, and from which groups. */
type Tally = [count: number, required: number];
type Missing = [count: number, groups: readonly string[]];
const asGroups = (ids: readonly string[]): Text[] => ids.map((id) => [groupPart(id)]);
const asPeople = (ids: readonly string[]): Text =>
  join(
    ids.map((id) => [person(id)]),
    ', ',
  );

it.each<{
  name: string;
  required: number;
  lists: string[];
  steps: Step[];
  tally?: Tally;
  missing?: Missing;
  by: string[];
}>([
  {
    name: 'two from one group of two',
    required: 2,
    lists: ['S0DBA', 'S0SRE'],
    steps: approve('UBOB', 'UMEI'),
    missing: [0, ['S0SRE']],
    by: ['UBOB', 'UMEI'],
  },
  {
    name: 'a third who completes the groups',
    required: 2,
    lists: ['S0DBA', 'S0SRE'],
    steps: approve('UBOB', 'UMEI', 'UDAN'),
    by: ['UBOB', 'UMEI', 'UDAN'],
  },
  {
    name: 'one of two, in both groups',
    required: 2,
    lists: ['S0DBA', 'S0SRE'],
    steps: approve('UBOTH'),
    tally: [1, 2],
    missing: [1, []],
    by: ['UBOTH'],
  },
  {
    name: 'one in no group, if two from two groups are needed',
    required: 2,
    lists: ['S0DBA', 'S0SRE'],
    steps: approve('UEVA'),
    tally: [1, 2],
    missing: [1, ['S0DBA', 'S0SRE']],
    by: ['UEVA'],
  },
  {
    name: 'one approval required, and two groups',
    required: 1,
    lists: ['S0DBA', 'S0SRE'],
    steps: approve('UBOB'),
    missing: [0, ['S0SRE']],
    by: ['UBOB'],
  },
  {
    name: 'one of three, with one group missing',
    required: 3,
    lists: ['S0SRE'],
    steps: approve('UBOB'),
    tally: [1, 3],
    missing: [2, ['S0SRE']],
    by: ['UBOB'],
  },
  {
    name: 'an approval that is revoked although more people had approved than needed',
    required: 2,
    lists: ['S0SRE'],
    steps: [...approve('UBOB', 'UMEI', 'UEVA'), { by: 'UEVA', type: 'take_back' }],
    missing: [0, ['S0SRE']],
    by: ['UBOB', 'UMEI'],
  },
  {
    name: 'the last of two without groups',
    required: 2,
    lists: [],
    steps: approve('UBOB', 'UMEI'),
    tally: [2, 2],
    by: ['UBOB', 'UMEI'],
  },
])('shows what is still missing: $name', ({ required, lists, steps, tally, missing, by }) => {
  const { card, operations, thread } = locales.en;
  const last = play(required, lists, steps).at(-2);
  const needed = missing && card.stillNeeded(missing[0], asGroups(missing[1]));
  const says = steps.at(-1)?.type === 'take_back' ? thread.takenBack : thread.approved;
  const isShort = missing !== undefined && !(tally !== undefined && missing[1].length === 0);
  expect(last?.thread).toBe(
    mrkdwn(
      says(
        'UBOB',
        tally ? card.tally(...tally) : [],
        needed && isShort ? thread.stillMissing(needed) : undefined,
      ),
    ),
  );
  expect(last?.card).toBe(
    plain(
      needed === undefined
        ? operations.create_job.status.underWay(asPeople(by))
        : card.status.partlyApproved(asPeople(by), by.length, required, needed),
    ),
  );
});

it('never shows a count that exceeds its total or contradicts the state', () => {
  const step = fc.record({
    by: fc.constantFrom(...new Set(Object.values(groups).flat())),
    type: fc.constantFrom<Step['type']>('approve', 'approve', 'approve', 'take_back'),
  });
  let counts = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.subarray(Object.keys(groups)),
      fc.array(step, { maxLength: 12 }),
      (required, lists, steps) => {
        for (const { status, ...places } of play(required, lists, steps)) {
          for (const text of Object.values(places)) {
            const pairs = text.matchAll(/(\d+) of (\d+)|(\d+)\/(\d+)/g);
            for (const [, one, two, three, four] of pairs) {
              const [count, total] = [Number(one ?? three), Number(two ?? four)];
              counts += 1;
              expect(count).toBeLessThanOrEqual(total);
              expect(count === total).toBe(status === 'approved');
            }
          }
          const isLaunching = [locales.en, locales['zh-CN']].some(({ operations }) =>
            saying(operations.create_job.status.underWay(anyText)).test(places.card),
          );
          expect(isLaunching).toBe(status === 'approved');
        }
      },
    ),
    { numRuns: 200 },
  );
  expect(counts).toBeGreaterThan(500);
});

it.each<[string, EventPayload, Tally | undefined]>([
  ['too many', { type: 'approved', count: 3, required: 2, isEnough: true }, undefined],
  ['not enough of them', { type: 'approved', count: 2, required: 2 }, undefined],
  ['a part', { type: 'approved', count: 1, required: 2 }, [1, 2]],
  ['all', { type: 'approved', count: 2, required: 2, isEnough: true }, [2, 2]],
  ['the only one', { type: 'approved', count: 1, required: 1, isEnough: true }, undefined],
  ['one fewer', { type: 'taken_back', count: 0, required: 2 }, [0, 2]],
  ['none fewer', { type: 'taken_back', count: 2, required: 2 }, undefined],
])('shows an event of an earlier version: %s', (_, payload, tally) => {
  const { card, thread } = locales.en;
  const says = payload.type === 'taken_back' ? thread.takenBack : thread.approved;
  const expected = says('UBOB', tally ? card.tally(...tally) : [], undefined);
  expect(said(aRequest(), payload).thread).toBe(mrkdwn(expected));
});
