import fc from 'fast-check';
import type { People } from '../../src/domain/people/people';
import type { Intent } from '../../src/domain/request/decide';
import type { MigrationRequest } from '../../src/domain/request/request';
import type { Happening } from '../../src/domain/request/requestEvent';
import { waitFrom } from '../../src/domain/request/waiting';
import { locales } from '../../src/i18n/locales';
import { plain } from '../../src/i18n/text';
import { buildDirectMessage } from '../../views/directMessage';
import { buildReply } from '../../views/reply';
import { buildStatus } from '../../views/requestCard';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { type ActorFacts, decideAs } from '../support/decideAs';

/** Who is in which group; DBA and SRE share a member. */
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

const said = (request: MigrationRequest, happening: Happening, language: 'en' | 'zh-CN' = 'en') => {
  const event = {
    requestId: 7,
    seq: 2,
    revision: 1,
    at: new Date('2026-05-04T11:00:00Z'),
    by: { userId: 'UBOB', name: 'Bob' },
    happening,
  };
  const words = locales[language];
  return {
    thread: buildReply(words, request, event, 'mainland')?.text ?? '',
    direct: buildDirectMessage(words, request, event, undefined)?.text ?? '',
    card: plain(buildStatus(words, request)),
  };
};

/** The request and the words after each step that was accepted. */
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
      const words = said(request, decision.happening, language);
      shown.push({ ...words, status: request.state.status });
    }
  }
  return shown;
}

const approve = (...people: string[]): Step[] => people.map((by) => ({ by, type: 'approve' }));

it.each<[string, number, string[], Step[], string, string]>([
  [
    'two from one group of two',
    2,
    ['S0DBA', 'S0SRE'],
    approve('UBOB', 'UMEI'),
    'approved. Still missing: approval from <!subteam^S0SRE>.',
    '2 approvals: UBOB, UMEI. Waiting for approval from S0SRE',
  ],
  [
    'a third who completes the groups',
    2,
    ['S0DBA', 'S0SRE'],
    approve('UBOB', 'UMEI', 'UDAN'),
    'approved.',
    'Approved by UBOB, UMEI, UDAN. The job is being created',
  ],
  [
    'one of two who is in both groups',
    2,
    ['S0DBA', 'S0SRE'],
    approve('UBOTH'),
    'approved (1 of 2).',
    '1 of 2 approvals: UBOTH. Waiting for 1 more approval',
  ],
  [
    'one who is in no group, where two are needed from two groups',
    2,
    ['S0DBA', 'S0SRE'],
    approve('UEVA'),
    'approved (1 of 2). Still missing: approval from <!subteam^S0DBA> and from <!subteam^S0SRE>.',
    '1 of 2 approvals: UEVA. Waiting for approval from S0DBA and from S0SRE',
  ],
  [
    'one approval required, and two groups',
    1,
    ['S0DBA', 'S0SRE'],
    approve('UBOB'),
    'approved. Still missing: approval from <!subteam^S0SRE>.',
    '1 approval: UBOB. Waiting for approval from S0SRE',
  ],
  [
    'one of three, with one group missing',
    3,
    ['S0SRE'],
    approve('UBOB'),
    'approved (1 of 3). Still missing: 2 more approvals, one of them from <!subteam^S0SRE>.',
    '1 of 3 approvals: UBOB. Waiting for 2 more approvals, one of them from S0SRE',
  ],
  [
    'an approval that is taken back where more than enough people had approved',
    2,
    ['S0SRE'],
    [...approve('UBOB', 'UMEI', 'UEVA'), { by: 'UEVA', type: 'take_back' }],
    'took the approval back. Still missing: approval from <!subteam^S0SRE>.',
    '2 approvals: UBOB, UMEI. Waiting for approval from S0SRE',
  ],
  [
    'the last of two without groups',
    2,
    [],
    approve('UBOB', 'UMEI'),
    'approved (2 of 2).',
    'Approved by UBOB, UMEI. The job is being created',
  ],
])('says what is still missing: %s', (_, required, lists, steps, thread, card) => {
  const last = play(required, lists, steps).at(-2);
  expect(last?.thread).toBe(`<@UBOB> ${thread}`);
  expect(last?.card).toBe(card);
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
          const isMissing = /Waiting|还需|等待/.test(places.card);
          expect(isMissing).toBe(status === 'pending');
        }
      },
    ),
    { numRuns: 500 },
  );
  expect(counts).toBeGreaterThan(500);
});

it.each<[string, Happening, string]>([
  ['too many', { type: 'approved', count: 3, required: 2, isEnough: true }, 'approved.'],
  ['not enough of them', { type: 'approved', count: 2, required: 2 }, 'approved.'],
  ['a part', { type: 'approved', count: 1, required: 2 }, 'approved (1 of 2).'],
  ['all', { type: 'approved', count: 2, required: 2, isEnough: true }, 'approved (2 of 2).'],
  ['the only one', { type: 'approved', count: 1, required: 1, isEnough: true }, 'approved.'],
  ['one fewer', { type: 'taken_back', count: 0, required: 2 }, 'took the approval back (0 of 2).'],
  ['none fewer', { type: 'taken_back', count: 2, required: 2 }, 'took the approval back.'],
])('shows an event of an earlier version: %s', (_, happening, words) => {
  expect(said(aRequest(), happening).thread).toBe(`<@UBOB> ${words}`);
});
