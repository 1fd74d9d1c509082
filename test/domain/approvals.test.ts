import fc from 'fast-check';
import { advance } from '../../src/domain/advance';
import { type Actor, decide, type Intent } from '../../src/domain/decide';
import type { Membership } from '../../src/domain/person';
import type { Rule } from '../../src/domain/policy';
import type { MigrationRequest } from '../../src/domain/request';
import { putUnder } from '../../src/domain/waiting';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const start = new Date('2026-05-04T10:00:00Z');
const people = ['UASK', 'U1', 'U2', 'U3'] as const;

const underRule = (rule: Rule): MigrationRequest =>
  aRequest({ rule, secrets: { 'SrcInfo.Password': { kind: 'env', name: 'ORDERS' } } });

const aName = fc.constantFrom('one', 'two', 'three');
const membership = fc.constantFrom<Membership>('yes', 'yes', 'no', 'unknown');
const actor = fc.record({
  userId: fc.constantFrom(...people),
  name: fc.constant('somebody'),
  standing: fc.constantFrom('member', 'member', 'member', 'guest', 'deactivated', 'unknown'),
  listed: membership,
  from: fc.tuple(membership, membership),
}) satisfies fc.Arbitrary<Actor>;
const rules = fc.record({
  required: fc.integer({ min: 1, max: 3 }),
  lists: fc.integer({ min: 0, max: 2 }),
  breakGlass: fc.boolean(),
  confirmDestination: fc.boolean(),
});
const ruleOf = ({ required, lists, breakGlass, confirmDestination }: Setting): Rule =>
  aRule({
    required,
    confirmDestination,
    oneFromEach: ['S1', 'S2'].slice(0, lists).map((groupId) => [{ kind: 'group', groupId }]),
    breakGlass: breakGlass ? [{ kind: 'group', groupId: 'S9' }] : [],
  });
type Setting = {
  required: number;
  lists: number;
  breakGlass: boolean;
  confirmDestination: boolean;
};

const destination = aDraft().parameters.DstInfo.InstanceId;
const typed = fc.constantFrom(destination, destination, 'cdb-other000');
const intent = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('approve'), destination: typed }) },
  fc.record({ type: fc.constant('take_back') }),
  fc.record({ type: fc.constant('edit'), name: aName, setting: rules }),
  fc.record({ type: fc.constant('deny') }),
  fc.record({ type: fc.constant('withdraw') }),
  fc.record({ type: fc.constant('try_again') }),
  fc.record({
    type: fc.constant('break_glass'),
    reason: fc.constantFrom('', 'fire'),
    destination: typed,
  }),
);
type Drawn = typeof intent extends fc.Arbitrary<infer Each> ? Each : never;

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('person'),
      by: actor,
      intent,
      seen: fc.constantFrom('present', 'present', 'present', 'before'),
    }),
  },
  fc.record({ kind: fc.constant('policy'), setting: rules }),
  fc.record({ kind: fc.constant('failure') }),
  fc.record({ kind: fc.constant('time'), hours: fc.integer({ min: 1, max: 100 }) }),
);

function meaning(drawn: Drawn, revision: number): Intent {
  switch (drawn.type) {
    case 'approve':
    case 'break_glass':
      return { revision, ...drawn } as Intent;
    case 'deny':
      return { type: 'deny', revision, reason: 'no' };
    case 'edit': {
      const { parameters, reason } = aDraft({ JobName: drawn.name });
      const secrets = { 'SrcInfo.Password': { kind: 'env', name: 'ORDERS' } } as const;
      const rule = ruleOf(drawn.setting);
      const to = { origin: drawn.name, parameters, reason, secrets, sealed: {}, rule };
      return { type: 'edit', revision, to, asks: 'yes' };
    }
    default:
      return { type: drawn.type as 'take_back' | 'withdraw' | 'try_again', revision };
  }
}

function apply(request: MigrationRequest, change: ReturnType<typeof advance>): MigrationRequest {
  if (change === undefined) return request;
  const { revised, rule = request.rule, state } = change;
  return { ...request, version: request.version + 1, rule, ...revised, state };
}

/** What the test itself has seen people do, as the measure of what the request says. */
interface Given {
  revision: number;
  userId: string;
  lists: number[];
}

it('launches nothing that fewer people approved than its rule asks, nor its authors alone', () => {
  let launches = 0;
  fc.assert(
    fc.property(
      rules,
      fc.array(step, { minLength: 5, maxLength: 30, size: 'max' }),
      (setting, steps) => {
        let request = underRule(ruleOf(setting));
        let now = start;
        let given: Given[] = [];
        let alone = false;
        const editors = new Set<string>();
        for (const each of steps) {
          const { status } = request.state;
          if (each.kind === 'time') {
            now = new Date(now.getTime() + each.hours * 3_600_000);
            request = apply(request, advance(request, { type: 'keep_time' }, now));
          } else if (each.kind === 'policy') {
            const before = request.rule;
            const moved = putUnder(request, ruleOf(each.setting));
            request = apply(request, moved);
            const sameTerms =
              before.required === request.rule.required &&
              before.oneFromEach.length === request.rule.oneFromEach.length;
            if (moved !== undefined && status === 'pending' && !sameTerms) given = [];
          } else if (each.kind === 'failure') {
            if (request.state.status !== 'approved') continue;
            const { approvals } = request.state;
            const problem = { kind: 'not_sent', detail: '' } as const;
            request = { ...request, state: { status: 'failed', approvals, problem, at: now } };
          } else {
            const { by } = each;
            const revision = request.revision - (each.seen === 'before' ? 1 : 0);
            const wanted = meaning(each.intent, revision);
            const decision = decide(request, by, wanted, now);
            if (!decision.ok) continue;
            expect(by.standing).toBe('member');
            if (wanted.type !== 'withdraw' && wanted.type !== 'take_back') {
              expect(by.listed).toBe('yes');
            }
            if (wanted.type === 'approve') {
              const lists = [0, 1].filter((place) => by.from[place] === 'yes');
              given.push({ revision: request.revision, userId: by.userId, lists });
            }
            if (wanted.type === 'take_back') {
              given = given.filter(({ userId }) => userId !== by.userId);
            }
            if (wanted.type === 'edit') editors.add(by.userId);
            alone =
              wanted.type === 'break_glass' || (alone && decision.state.status === 'approved');
            request = apply(request, decision);
            if (decision.state.status === 'pending' && status === 'failed') given = [];
          }
          if (request.state.status !== 'approved') continue;
          launches += 1;
          if (alone) continue;
          const counting = given.filter(({ revision }) => revision === request.revision);
          const approvers = new Set(counting.map(({ userId }) => userId));
          expect(approvers.size).toBeGreaterThanOrEqual(request.rule.required);
          for (const place of request.rule.oneFromEach.keys()) {
            expect(counting.some(({ lists }) => lists.includes(place))).toBe(true);
          }
          expect(approvers).not.toContain('UASK');
          for (const editor of editors) expect(approvers).not.toContain(editor);
        }
      },
    ),
    { numRuns: 3_000 },
  );
  // Otherwise the steps would show nothing.
  expect(launches).toBeGreaterThan(500);
});
