import type { JobOperation } from '../src/domain/job/job';
import type { People } from '../src/domain/people/people';
import { demandsOf } from '../src/domain/policy/demands';
import { changesWhatIsSeen } from '../src/domain/request/differences';
import type { Lateness } from '../src/domain/request/lateness';
import { operationIn } from '../src/domain/request/operationIn';
import { missingOf } from '../src/domain/request/quorum';
import type { MigrationRequest, RequestState } from '../src/domain/request/request';
import type { PayloadOf } from '../src/domain/request/requestEvent';
import { refusalOfStart } from '../src/domain/request/startApproval';
import { accepts, approvalsIn } from '../src/domain/request/states';
import { cut } from '../src/domain/text/cut';
import type { Messages } from '../src/i18n/locales';
import { code, join, say, type Text } from '../src/i18n/text';
import { describeDifferences } from './describeDifferences';
import { cardCalls } from './glance';
import { lostLine } from './jobLines';
import { listPeople, withoutUsers } from './listPeople';
import { approvedLine, leftMissing, needed, stillNeeded, tallyOf } from './needed';
import { preparedLabel } from './requestCard';
import { type EventContext, lines, quoting, type Words } from './words';

const longestItemName = 100;

export function requested(
  { messages, request }: EventContext,
  { automatic }: PayloadOf<'requested'>,
): Words | undefined {
  if (automatic !== undefined) return lines(messages.job.prepared.createsFirst(automatic));
  // The card mentions the approvers.
  return cardCalls(messages, request) ? undefined : lines(callApprovers(messages, request));
}

export function edited(
  { messages, request }: EventContext,
  payload: PayloadOf<'edited'>,
  who: string,
  revision: number,
): Words {
  const said = editedBy(messages, payload, who, revision);
  if (isRetry(payload, revision)) return lines(said);
  return lines(
    said,
    ...describeDifferences(messages, payload.differences),
    ...voidedLine(messages, payload.voided),
    ...(payload.discards === true ? [say`${messages.job.prepared.replaces}`] : []),
    nextAfterEdit(messages, request, payload),
  );
}

/** True if a failed request was sent again with the same parameters. */
const isRetry = (
  { differences, isRetry: known, voided }: PayloadOf<'edited'>,
  revision: number,
): boolean =>
  // An edit makes a later revision, but events of earlier versions say no more.
  known === true || (!changesWhatIsSeen(differences) && voided === 0 && revision === 1);

/** What a person did in the form of a request or its job. */
export function editedBy(
  { job, thread }: Messages,
  payload: PayloadOf<'edited'>,
  who: string,
  revision: number,
): Text {
  if (isRetry(payload, revision)) {
    // Earlier versions retried an unchanged form.
    return payload.differences.length === 0 ? thread.triedAgain(who) : thread.sentAgain(who);
  }
  return payload.operation === undefined
    ? thread.edited(who, revision)
    : job.thread.modified(who, revision);
}

export function voidedLine({ thread }: Messages, voided: number): Text[] {
  return voided === 0 ? [] : [thread.voided(voided)];
}

/** What follows an edit that needs all approvals: a decision, a creation, or first a deletion. */
function nextAfterEdit(
  messages: Messages,
  request: MigrationRequest,
  { automatic, discards }: PayloadOf<'edited'>,
): Text {
  const { prepared } = messages.job;
  if (automatic !== undefined) return prepared.createsFirst(automatic);
  return discards === true ? say`${prepared.approvalFirst}` : callApprovers(messages, request);
}

export function ruleReviewed(
  { messages, request }: EventContext,
  payload: PayloadOf<'rule_changed' | 'approvals_lapsed'>,
): Words | undefined {
  const said = reviewed(messages, payload);
  const { state } = request;
  const isRule = payload.type === 'rule_changed';
  if (isRule && payload.automatic !== undefined) {
    return lines(...said, messages.job.prepared.createsFirst(payload.automatic));
  }
  if (isRule && payload.isNews === false) return undefined;
  if (isRule && accepts(state, 'look_again') && !payload.reopened) {
    return lines(...said, callSearchers(messages, request));
  }
  // An approved request may still have enough approvals.
  const waits = payload.reopened || accepts(state, 'approve');
  if (!waits && payload.lapsed.length === 0) return undefined;
  const isDecidable = refusalOfStart(request) === undefined;
  return lines(
    ...said,
    ...(waits && isDecidable ? [callApprovers(messages, request)] : []),
    ...(isRule ? expiry(messages, state) : []),
  );
}

/** The rule that applies now, and the approvals that no longer count, with reasons. */
export function reviewed(
  { job, thread }: Messages,
  payload: PayloadOf<'rule_changed' | 'approvals_lapsed'>,
): Text[] {
  const { lapsed, reopened } = payload;
  if (payload.isUnapproved === true) {
    const first = say`${job.prepared.approvalFirst}`;
    return payload.type === 'rule_changed' ? [thread.ruleChanged(payload.to), first] : [first];
  }
  const reasons = lapsed.map(({ because, userId }) => thread.lapsed[because](userId));
  if (payload.type === 'approvals_lapsed') {
    const { operation } = payload;
    const words =
      operation === undefined ? thread.reopened : job.thread.reopened(job.button[operation]);
    return [...(reopened ? [words] : []), ...reasons];
  }
  const changed = reopened ? thread.ruleChangedAfterApproval : thread.ruleChanged;
  return [changed(payload.to), ...reasons];
}

export function approved(
  { messages, request }: EventContext,
  payload: PayloadOf<'approved'>,
  who: string,
): Words {
  const { comment, operation, skips } = payload;
  if (operation === undefined || operation === 'modify_job') {
    const said = approvedLine(messages, who, payload);
    return comment === undefined ? lines(said) : quoting([said], comment);
  }
  const { button, thread } = messages.job;
  const tally = tallyOf(messages, payload);
  const missing = leftMissing(messages, payload);
  const others = listPeople(messages, othersFor(request, operation, who));
  const asks = payload.isEnough === true ? [] : [thread.askOthers(others, button[operation])];
  if (skips === undefined) {
    return lines(thread.chose(who, button[operation], tally, missing), ...asks);
  }
  const names = skips.items.map(({ name }) => [code(cut(name, longestItemName))]);
  const items = join(names, messages.listSeparator);
  const [end] = asks;
  return {
    ...quoting([thread.skips(who, items, skips.foreignKeys, tally, missing)], comment ?? ''),
    ...(end === undefined ? {} : { end }),
  };
}

/** The approvers who have not approved an operation yet. */
function othersFor(
  { rule, state }: MigrationRequest,
  operation: JobOperation,
  who: string,
): readonly People[] {
  const current = operationIn(state);
  const isCurrent = current.name === operation;
  const { approvers } = demandsOf(
    rule,
    isCurrent ? current : { name: operation, option: 'normal' },
  );
  const given = isCurrent ? approversIn(state) : [];
  return withoutUsers(approvers, [...given, who]);
}

const approversIn = (state: RequestState): string[] =>
  approvalsIn(state).map(({ by }) => by.userId);

export function takenBack(
  { messages }: EventContext,
  payload: PayloadOf<'taken_back'>,
  who: string,
): Words {
  const { job, thread } = messages;
  const { count, operation } = payload;
  // Without approvals, nobody wants the operation anymore. A change of parameters still waits.
  if (operation !== undefined && operation !== 'modify_job' && count === 0) {
    return lines(job.thread.withdrew(who, job.button[operation]));
  }
  return lines(thread.takenBack(who, tallyOf(messages, payload), leftMissing(messages, payload)));
}

export function ended(
  { messages: { job, thread } }: EventContext,
  payload: PayloadOf<'denied' | 'withdrawn' | 'expired'>,
  who: string,
): Words {
  const label = payload.operation === undefined ? undefined : job.button[payload.operation];
  switch (payload.type) {
    case 'denied': {
      const said = label === undefined ? thread.denied(who) : job.thread.declined(who, label);
      return quoting([said], payload.reason);
    }
    case 'withdrawn':
      return lines(label === undefined ? thread.withdrawn(who) : job.thread.withdrew(who, label));
    case 'expired':
      return lines(label === undefined ? thread.expired : job.thread.lapsed(label));
    default:
      return payload satisfies never;
  }
}

export function reminded(
  { messages, request }: EventContext,
  { late, number, operation }: PayloadOf<'reminded'>,
): Words {
  const { job, thread } = messages;
  const { requester, rule, state } = request;
  if (late !== undefined) return lines(tooLate(messages, request, late, number));
  if (refusalOfStart(request) !== undefined) {
    const label = preparedLabel(messages, request);
    return lines(
      job.thread.unready(requester.userId, label, number),
      ...lostLine(messages, request),
    );
  }
  const demands = demandsOf(rule, operationIn(state));
  const mentioned = listPeople(messages, demands.reminders.mention);
  if (state.status === 'unconfirmed') {
    return lines(messages.operations[state.operation.name].thread.stillUnknown(mentioned));
  }
  const said =
    operation === undefined
      ? thread.reminded(mentioned, number)
      : job.thread.reminded(mentioned, job.button[operation], number);
  if (!accepts(state, 'approve')) return lines(said);
  const { approvals } = state;
  const missing = stillNeeded(messages, missingOf(demands, approvals));
  return lines(
    said,
    ...(approvals.length === 0 ? [] : [thread.stillMissing(missing)]),
    ...expiry(messages, state),
  );
}

/** Asks the requester for another start time, because an approval does not help. */
export const tooLate = (
  { card, thread }: Messages,
  { requester }: Pick<MigrationRequest, 'requester'>,
  { opensAt, startTime }: Lateness,
  number?: number,
): Text => thread.tooLate(requester.userId, startTime, opensAt, card.edit, number);

/** Asks the approvers to find out whether a call with an unknown outcome took effect. */
function callSearchers(messages: Messages, { rule, state }: MigrationRequest): Text {
  const operation = operationIn(state);
  const { approvers } = demandsOf(rule, operation);
  const { stillUnknown } = messages.operations[operation.name].thread;
  return stillUnknown(listPeople(messages, approvers));
}

/** Asks the approvers to decide, and says how many are needed and from which lists. */
export function callApprovers(messages: Messages, request: MigrationRequest): Text {
  const { job, thread } = messages;
  const operation = operationIn(request.state);
  const rule = demandsOf(request.rule, operation);
  const others = listPeople(messages, withoutUsers(rule.approvers, approversIn(request.state)));
  if (operation.name !== 'create_job' && operation.name !== 'modify_job') {
    return job.thread.askOthers(others, job.button[operation.name]);
  }
  return thread.askApprovers(others, needed(messages, rule));
}

/** When the request expires, if it does. */
const expiry = ({ thread }: Messages, state: RequestState): Text[] =>
  accepts(state, 'approve') && state.expireAt !== undefined ? [thread.expires(state.expireAt)] : [];
