import fc from 'fast-check';
import type { People } from '../../src/domain/people/people';
import type { Membership, Standing } from '../../src/domain/people/person';
import type { Rule } from '../../src/domain/policy/policy';
import type { Transition } from '../../src/domain/request/change';
import type { Intent } from '../../src/domain/request/intent';
import { keepTime } from '../../src/domain/request/keepTime';
import type { MigrationRequest } from '../../src/domain/request/request';
import { listForApproval, type Today } from '../../src/domain/request/review';
import { approvalsIn } from '../../src/domain/request/states';
import { bringUpToDate, waitFrom } from '../../src/domain/request/waiting';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { type ActorFacts, decideAs } from '../support/decideAs';

const start = new Date('2026-05-04T10:00:00Z');
const people = ['UASK', 'U1', 'U2', 'U3'] as const;
type UserId = (typeof people)[number];
const groups = ['SAPP', 'SOTHER', 'S1', 'S2', 'S9'] as const;
type Group = (typeof groups)[number];

const secrets = { 'SrcInfo.Password': { kind: 'env', name: 'ORDERS' } } as const;
// Created once, because reading a form is by far the slowest step here.
const asRequested = aRequest({ secrets });
const drafts = new Map(
  ['one', 'two', 'three'].map((name) => [name, aDraft({ JobName: name })] as const),
);
const { InstanceId: destination } = asRequested.parameters.DstInfo;

const underRule = (rule: Rule): MigrationRequest => ({
  ...asRequested,
  rule,
  state: waitFrom(rule, start),
});

/** Slack's data at a moment: who people are, and who is in which group. */
interface World {
  standing: Readonly<Record<UserId, Standing>>;
  members: Readonly<Record<Group, Readonly<Record<UserId, Membership>>>>;
}

const ofPeople = <Value>(value: fc.Arbitrary<Value>) =>
  fc.record({ UASK: value, U1: value, U2: value, U3: value });
const ofGroups = <Value>(value: fc.Arbitrary<Value>) =>
  fc.record({ SAPP: value, SOTHER: value, S1: value, S2: value, S9: value });

const membership = fc.constantFrom<Membership>('yes', 'yes', 'yes', 'yes', 'no', 'unknown');
const standing = fc.constantFrom<Standing>(
  ...(['member', 'member', 'member', 'member', 'member'] as const),
  ...(['guest', 'deactivated', 'unknown'] as const),
);
const worlds: fc.Arbitrary<World> = fc.record({
  standing: ofPeople(standing),
  members: ofGroups(ofPeople(membership)),
});

const settings = fc.record({
  approvers: fc.constantFrom<Group>('SAPP', 'SAPP', 'SOTHER'),
  required: fc.integer({ min: 1, max: 3 }),
  lists: fc.constantFrom<readonly Group[]>([], [], ['S1'], ['S2'], ['S1', 'S2'], ['S2', 'S1']),
  breakGlass: fc.boolean(),
  confirmDestination: fc.boolean(),
});
type Setting = typeof settings extends fc.Arbitrary<infer Each> ? Each : never;

const group = (groupId: Group): People => ({ kind: 'group', groupId });
const ruleOf = ({ approvers, required, lists, breakGlass, confirmDestination }: Setting): Rule =>
  aRule({
    approvers: [group(approvers)],
    required,
    confirmDestination,
    oneFromEach: lists.map((each) => [group(each)]),
    breakGlass: breakGlass ? [group('S9')] : [],
    editors: [{ kind: 'requester' }, group('SAPP')],
  });

/** Whether a person is in a list, as Slack would answer. */
function isAmong({ members }: World, userId: UserId, list: readonly People[]): Membership {
  const answers = list.map((each): Membership => {
    if (each.kind === 'requester') return userId === 'UASK' ? 'yes' : 'no';
    const found = groups.find((known) => each.kind === 'group' && each.groupId === known);
    return found === undefined ? 'no' : members[found][userId];
  });
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

const isPerson = (text: string): text is UserId => people.some((each) => each === text);

function todayOf(world: World, rule: Rule, request: MigrationRequest): Today {
  const approvers = new Map(
    approvalsIn(request.state).flatMap((approval) => {
      const { userId } = approval.by;
      if (!isPerson(userId)) return [];
      const listed = isAmong(world, userId, listForApproval(rule, approval));
      const from = rule.oneFromEach.map((list) => isAmong(world, userId, list));
      return [[userId, { standing: world.standing[userId], listed, from }] as const];
    }),
  );
  return { rule, approvers };
}

const typed = fc.constantFrom(destination, destination, 'cdb-other000');
const intents = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('approve' as const), destination: typed }),
  },
  fc.record({ type: fc.constant('take_back' as const) }),
  fc.record({
    type: fc.constant('edit' as const),
    name: fc.constantFrom(...drafts.keys()),
    setting: settings,
  }),
  fc.record({ type: fc.constant('deny' as const) }),
  fc.record({ type: fc.constant('withdraw' as const) }),
  { weight: 2, arbitrary: fc.record({ type: fc.constant('try_again' as const) }) },
  fc.record({
    type: fc.constant('break_glass' as const),
    reason: fc.constantFrom('', 'fire'),
    destination: typed,
  }),
);
type Drawn = typeof intents extends fc.Arbitrary<infer Each> ? Each : never;

const steps = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('person' as const),
      by: fc.constantFrom(...people),
      intent: intents,
      seen: fc.constantFrom('present', 'present', 'present', 'before'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('policy' as const), setting: settings }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('world' as const), world: worlds }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('failure' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('doubt' as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('launch' as const) }) },
  fc.record({
    kind: fc.constant('time' as const),
    hours: fc.integer({ min: 1, max: 100 }),
  }),
);

function meaning(drawn: Drawn, revision: number): Intent {
  switch (drawn.type) {
    case 'approve':
    case 'break_glass':
      return { revision, ...drawn };
    case 'deny':
      return { type: 'deny', revision, reason: 'no' };
    case 'edit': {
      const { parameters, reason } = drafts.get(drawn.name) ?? asRequested;
      const rule = ruleOf(drawn.setting);
      const to = {
        origin: drawn.name,
        parameters,
        reason,
        secrets,
        observed: {},
        sealed: {},
        rule,
      };
      return { type: 'edit', revision, to, asks: 'yes', retries: 'yes' };
    }
    case 'take_back':
    case 'withdraw':
    case 'try_again':
      return { type: drawn.type, revision };
    default:
      return drawn satisfies never;
  }
}

function apply(request: MigrationRequest, change: Transition | undefined): MigrationRequest {
  if (change === undefined) return request;
  const { revised, rule = request.rule, state } = change;
  return { ...request, version: request.version + 1, rule, ...revised, state };
}

function actorFor(
  world: World,
  today: Today,
  request: MigrationRequest,
  userId: UserId,
  { type }: Intent,
): ActorFacts {
  const { rule } = today;
  const lists: Partial<Record<Intent['type'], readonly People[]>> = {
    approve: rule.approvers,
    break_glass: rule.breakGlass,
    deny: rule.deniers,
    edit: rule.editors,
    try_again: request.state.status === 'failed' ? rule.retriers : rule.approvers,
  };
  return {
    userId,
    name: userId,
    standing: world.standing[userId],
    listed: isAmong(world, userId, lists[type] ?? []),
    from: rule.oneFromEach.map((list) => isAmong(world, userId, list)),
    today,
  };
}

const isOther = (to: Pick<MigrationRequest, 'parameters' | 'reason'>, from: MigrationRequest) =>
  JSON.stringify([to.parameters, to.reason]) !== JSON.stringify([from.parameters, from.reason]);

/** What the test has seen people do. */
interface Given {
  revision: number;
  userId: UserId;
  kind: 'ordinary' | 'emergency';
  confirmed: boolean;
}

it('never launches what today’s policy and people would not approve', () => {
  const seen = { launches: 0, emergencies: 0, reopened: 0, unknown: 0 };
  fc.assert(
    fc.property(
      settings,
      worlds,
      fc.array(steps, { minLength: 5, maxLength: 40, size: 'max' }),
      (first, earlier, drawnSteps) => {
        let setting = first;
        let world = earlier;
        let request = underRule(ruleOf(setting));
        let now = start;
        let given: Given[] = [];
        const editors = new Set<UserId>();
        for (const each of drawnSteps) {
          switch (each.kind) {
            case 'time':
              now = new Date(now.getTime() + each.hours * 3_600_000);
              request = apply(request, keepTime(request, now));
              break;
            case 'policy':
              setting = each.setting;
              break;
            case 'world':
              world = each.world;
              break;
            case 'failure':
            case 'doubt': {
              if (request.state.status !== 'approved') break;
              const { approvals, operation } = request.state;
              const doubt = { kind: 'interrupted' } as const;
              const problem = { kind: 'not_sent', detail: '' } as const;
              const call = { operation, attempt: 1, calledAt: now, at: now, found: [], doubt };
              request = {
                ...request,
                state:
                  each.kind === 'failure'
                    ? { status: 'failed', approvals, problem, at: now }
                    : { status: 'unconfirmed', approvals, ...call },
              };
              break;
            }
            case 'person': {
              const revision = request.revision - (each.seen === 'before' ? 1 : 0);
              const wanted = meaning(each.intent, revision);
              const today = todayOf(world, ruleOf(setting), request);
              const update = bringUpToDate(request, today, now);
              if (update.kind === 'needed') request = apply(request, update.transition);
              const by = actorFor(world, today, request, each.by, wanted);
              const decision = decideAs(request, by, wanted, now);
              if (!decision.ok) break;
              if (wanted.type === 'approve' || wanted.type === 'break_glass') {
                const kind = wanted.type === 'approve' ? 'ordinary' : 'emergency';
                const confirmed = wanted.destination === destination;
                given = given.filter(({ userId }) => userId !== each.by);
                given.push({ revision: request.revision, userId: each.by, kind, confirmed });
              }
              if (wanted.type === 'take_back') {
                given = given.filter(({ userId }) => userId !== each.by);
              }
              // Typing only the password of a failed request again makes nobody an editor.
              if (wanted.type === 'edit' && isOther(wanted.to, request)) editors.add(each.by);
              request = apply(request, decision);
              break;
            }
            case 'launch': {
              if (request.state.status !== 'approved') break;
              const rule = ruleOf(setting);
              const update = bringUpToDate(request, todayOf(world, rule, request), now);
              if (update.kind === 'unknown') seen.unknown += 1;
              if (update.kind !== 'none') {
                if (update.kind === 'needed') request = apply(request, update.transition);
                if (request.state.status === 'pending') seen.reopened += 1;
                break;
              }
              seen.launches += 1;
              const counting = given.filter(
                ({ userId, revision, kind, confirmed }) =>
                  revision === request.revision &&
                  world.standing[userId] === 'member' &&
                  (confirmed || !rule.confirmDestination) &&
                  isAmong(world, userId, kind === 'ordinary' ? rule.approvers : rule.breakGlass) ===
                    'yes',
              );
              if (counting.some(({ kind }) => kind === 'emergency')) {
                seen.emergencies += 1;
                break;
              }
              const approvers = counting.map(({ userId }) => userId);
              expect(new Set(approvers).size).toBeGreaterThanOrEqual(rule.required);
              for (const list of rule.oneFromEach) {
                expect(approvers.some((userId) => isAmong(world, userId, list) === 'yes')).toBe(
                  true,
                );
              }
              expect(approvers).not.toContain('UASK');
              for (const editor of editors) expect(approvers).not.toContain(editor);
              break;
            }
            default:
              each satisfies never;
          }
        }
      },
    ),
    { numRuns: 3_000 },
  );
  // With fewer, the steps would prove nothing.
  expect(seen.launches).toBeGreaterThan(100);
  expect(seen.emergencies).toBeGreaterThan(5);
  expect(seen.reopened).toBeGreaterThan(5);
  expect(seen.unknown).toBeGreaterThan(5);
});
