import type { People } from '../domain/people/people';
import type { Person } from '../domain/people/person';
import type { Rule } from '../domain/policy/policy';
import { refusalWithout } from '../domain/policy/rules';
import { decide, refusalBefore } from '../domain/request/decide';
import {
  type Actor,
  type Deciding,
  demandsFor,
  eligibilityFor,
  hasList,
} from '../domain/request/eligibility';
import { type Intent, isDecidedByButton, type PreparedAction } from '../domain/request/intent';
import type { Refusal } from '../domain/request/refusal';
import type { MigrationRequest } from '../domain/request/request';
import type { Today } from '../domain/request/review';
import type { Shown } from '../domain/request/shown';
import { refusalOfStart } from '../domain/request/startApproval';
import { refusalOfStartTime } from '../domain/request/startTime';
import { accepts } from '../domain/request/states';
import { bringUpToDate } from '../domain/request/waiting';
import type { Directory } from '../ports/directory';
import type { Log } from '../ports/log';
import { checkRecord } from './checkRecord';
import { type CommitContext, type Committed, commit, type Step } from './commit';
import type { KeyedQueue } from './keyedQueue';
import { refusalOfShown, type ShownContext } from './refusalOfShown';
import type { RuleContext } from './resolveRule';
import { lookUpToday, type TodaysFacts, todaysRuling } from './today';

export interface ActContext extends CommitContext, RuleContext, ShownContext {
  log: Log;
  turns: KeyedQueue<number>;
}

/** A person's action, before anything is known about that person. */
export interface PersonAction {
  requestId: number;
  userId: string;
  intent: Intent;
  /** The delivery ID of the interaction, which is the same for each copy. */
  delivery: string;
  shown?: Shown;
}

/** A person's action whose form should open. */
export interface PersonCheck extends Omit<PersonAction, 'intent'> {
  action: PreparedAction;
}

export type ActResult = (
  | { ok: true; request: MigrationRequest }
  | { ok: false; refusal: Refusal }
) & {
  /** True if an approval was not enough, and the person may use emergency approval instead. */
  hasEmergency?: boolean;
};

/** A person whom Slack is asked about, while the lists and the request are read. */
interface Asked {
  userId: string;
  found: ReturnType<Directory['person']>;
}

const ask = ({ directory }: ActContext, userId: string): Asked => ({
  userId,
  found: directory.person(userId),
});

const personIn = async ({ found, userId }: Asked): Promise<Person> => ({
  userId,
  name: (await found).name,
});

/**
 * Carries out a person's action under today's policy, or refuses it. Both are recorded. Throws if
 * the store does.
 */
export async function act(context: ActContext, action: PersonAction): Promise<ActResult> {
  const { requestId, userId } = action;
  const asked = ask(context, userId);
  const committed = await context.turns(requestId, () =>
    commit(context, requestId, (request) => stepFor(context, action, asked, request)),
  );
  return resultOf(committed, requestId);
}

/** A step, and whether the person may use emergency approval after it. */
type ActStep = Step & { hasEmergency?: boolean };

async function stepFor(
  context: ActContext,
  { delivery, intent, shown }: PersonAction,
  asked: Asked,
  request: MigrationRequest,
): Promise<ActStep> {
  const refused = async (refusal: Refusal): Promise<Step> => ({
    kind: 'refuse',
    by: await personIn(asked),
    action: intent.type,
    refusal,
    delivery,
  });
  // Read after the request: if a copy is handled in between, the request has another version.
  if (await context.store.isHandled(delivery)) {
    return { kind: 'decline', refusal: { code: 'handled_already' } };
  }
  const elsewhere = await refusalOfShown(context, request, shown);
  if (elsewhere !== undefined) return { kind: 'decline', refusal: elsewhere };
  const facts = await todayFor(context, request, intent.type);
  if (facts.kind === 'unknown') return refused(refusalWithout(facts.missing));
  const { today } = facts;
  const now = context.clock.now();
  const update = bringUpToDate(request, today, now);
  if (update.kind === 'needed' && accepts(request.state, intent.type)) {
    return { kind: 'record_first', transition: update.transition };
  }
  const actor = await actorFor(context, request, today, asked, intent);
  const decision = decide(request, actor, intent, context.clock.now());
  const remains = decision.ok ? decision.state : request.state;
  const hasEmergency =
    intent.type === 'approve' &&
    accepts(remains, 'break_glass') &&
    refusalOfStart({ ...request, state: remains }) === undefined &&
    refusalOfStartTime({ ...request, state: remains }, now) === undefined &&
    (await mayUseEmergency(context, request, today, asked));
  if (!decision.ok) {
    checkRecord(context, request);
    return { ...(await refused(decision.refusal)), hasEmergency };
  }
  if (intent.type === 'choose_job' && (await isTaken(context, request, intent.jobId))) {
    return refused({ code: 'no_such_job', jobId: intent.jobId });
  }
  const { ok: _, ...transition } = decision;
  return { kind: 'record', transition, by: await personIn(asked), delivery, hasEmergency };
}

/** True if another request got the job since the search found it. */
async function isTaken(
  { store }: ActContext,
  request: MigrationRequest,
  jobId: string,
): Promise<boolean> {
  return (await store.jobsTaken(request, [jobId])).has(jobId);
}

async function mayUseEmergency(
  context: ActContext,
  request: MigrationRequest,
  today: Today,
  asked: Asked,
): Promise<boolean> {
  if (today.rule.breakGlass.length === 0) return false;
  const actor = await actorFor(context, request, today, asked, { type: 'break_glass' });
  return refusalBefore(request, actor, 'break_glass') === undefined;
}

function resultOf(committed: Committed<ActStep>, requestId: number): ActResult {
  switch (committed.kind) {
    case 'recorded': {
      const { request, step } = committed;
      return { ok: true, request, hasEmergency: step.hasEmergency ?? false };
    }
    case 'refused': {
      const { refusal, step } = committed;
      return { ok: false, refusal, hasEmergency: step.hasEmergency ?? false };
    }
    case 'nothing':
    case 'not_found':
      return { ok: false, refusal: { code: 'no_such_request', requestId } };
    default:
      return committed satisfies never;
  }
}

/**
 * Why a person may not take an action, checked before its form opens. A refusal is recorded. Throws
 * if the store does.
 */
export async function checkBefore(
  context: ActContext,
  { action, delivery, requestId, shown, userId }: PersonCheck,
): Promise<Refusal | undefined> {
  const asked = ask(context, userId);
  const committed = await context.turns(requestId, () =>
    commit(context, requestId, async (request): Promise<Step> => {
      if (await context.store.isHandled(delivery)) {
        return { kind: 'decline', refusal: { code: 'handled_already' } };
      }
      const elsewhere = await refusalOfShown(context, request, shown);
      if (elsewhere !== undefined) return { kind: 'decline', refusal: elsewhere };
      const facts = await todayFor(context, request, action);
      const refusal =
        facts.kind === 'unknown'
          ? refusalWithout(facts.missing)
          : refusalBefore(
              request,
              await actorFor(context, request, facts.today, asked, { type: action }),
              action,
            );
      return refusal === undefined
        ? { kind: 'nothing' }
        : { kind: 'refuse', by: await personIn(asked), action, refusal, delivery };
    }),
  );
  if (committed.kind === 'not_found') return { code: 'no_such_request', requestId };
  return committed.kind === 'refused' ? committed.refusal : undefined;
}

/** The facts that decide an action. Only approvals depend on the earlier approvers. */
async function todayFor(
  context: ActContext,
  request: MigrationRequest,
  action: Intent['type'],
): Promise<TodaysFacts> {
  const known = (rule: Rule): TodaysFacts => ({
    kind: 'known',
    today: { rule, approvers: new Map() },
  });
  if (!hasList(action)) return known(request.rule);
  const countsApprovals = accepts(request.state, 'approve') && isApproval(action);
  if (countsApprovals) return lookUpToday(context, request);
  const ruling = await todaysRuling(context, request);
  return ruling.kind === 'unknown' ? ruling : known(ruling.rule);
}

const isApproval = (action: Intent['type']): boolean =>
  action === 'approve' || isDecidedByButton(action);

/** Finds the list that an action needs, and asks Slack whether the person is in it. */
async function actorFor(
  { directory }: ActContext,
  request: MigrationRequest,
  today: Today,
  asked: Asked,
  action: Deciding,
): Promise<Actor> {
  const { found, userId } = asked;
  const { rule } = today;
  const eligibility = eligibilityFor({ ...request, rule }, userId, action);
  if (eligibility.kind !== 'listed') {
    return { userId, ...(await found), eligibility, listed: 'no', from: [], today };
  }
  const demands = demandsFor({ ...request, rule }, action);
  const approves = isApproval(action.type);
  const isAmong = (people: readonly People[]) =>
    directory.isAmong(userId, people, request.requester.userId);
  const [person, listed, ...from] = await Promise.all([
    found,
    isAmong(eligibility.list),
    ...(approves ? demands.oneFromEach.map(isAmong) : []),
  ]);
  return { userId, ...person, eligibility, listed, from, today };
}
