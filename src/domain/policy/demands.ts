import type { People } from '../people/people';
import {
  isDecisiveStart,
  type Operation,
  type OperationOnJob,
} from '../request/operations/operation';
import { canonicalJson } from '../text/canonicalJson';
import { type DecidedOperation, decidedOperations, type Rule } from './policy';

/** The part of an operation that decides what it demands. */
export type Demanding =
  | Pick<Extract<Operation, { name: 'resume_job' }>, 'name' | 'option'>
  | {
      name: Exclude<Operation['name'], 'resume_job'>;
      from?: Pick<OperationOnJob['from'], 'status'>;
    };

/**
 * A rule as it applies to an operation: who approves it, and how many of them. If the job was
 * created before the approval, the rule itself applies to its start. By default, the
 * requester or an approver may check, start, pause and resume the job, because the migration was
 * approved. Other parameters, the cut-over, and a resumption that empties the target need the rule's quorum
 * again. Stopping, deleting and skipping a failed
 * check need an approver.
 */
export function demandsOf(rule: Rule, operation: Demanding): Rule {
  if (operation.name === 'create_job' || isDecisiveStart(operation)) return rule;
  const clearsData = operation.name === 'resume_job' && operation.option === 'clearData';
  const name = clearsData ? 'clear_data' : operation.name;
  const { oneFromEach, people, required } = rule.operations?.[name] ?? usualDecision(rule, name);
  // The target may change with the parameters.
  const isOtherTarget = operation.name === 'modify_job' && rule.confirmDestination;
  return {
    ...rule,
    reminders: { ...rule.reminders, mention: mentionedOf(rule, people) },
    approvers: people,
    required,
    oneFromEach,
    deniers: people,
    breakGlass: [],
    // Windows are for the creation of jobs.
    windows: [],
    confirmDestination: clearsData || isOtherTarget,
  };
}

/** By default, reminders mention the people who decide. */
const mentionedOf = (
  { approvers, reminders }: Rule,
  people: readonly People[],
): readonly People[] =>
  canonicalJson(reminders.mention) === canonicalJson(approvers) ? people : reminders.mention;

type Decision = NonNullable<NonNullable<Rule['operations']>[DecidedOperation]>;

/** The default for an operation under a rule. */
export function usualDecision(rule: Rule, operation: DecidedOperation): Decision {
  const { approvers, oneFromEach, required } = rule;
  switch (operation) {
    case 'check_job':
    case 'start_job':
    case 'pause_job':
    case 'continue_job':
    case 'resume_job':
      return { people: [{ kind: 'requester' }, ...approvers], required: 1, oneFromEach: [] };
    case 'modify_job':
    case 'complete_job':
    case 'clear_data':
      return { people: approvers, required, oneFromEach };
    case 'skip_check':
    case 'stop_job':
    case 'delete_job':
      return { people: approvers, required: 1, oneFromEach: [] };
    default:
      return operation satisfies never;
  }
}

/** The operations on which a rule has other people or numbers decide than by default. */
export const unusualDecisions = (
  rule: Rule,
): readonly { operation: DecidedOperation; decision: Decision }[] =>
  decidedOperations.flatMap((operation) => {
    const decision = rule.operations?.[operation];
    const isUsual = canonicalJson(decision) === canonicalJson(usualDecision(rule, operation));
    return decision === undefined || isUsual ? [] : [{ operation, decision }];
  });

/** True if the requester and the editors may decide: the list names the requester. */
export const admitsAuthors = (list: readonly People[]): boolean =>
  list.some(({ kind }) => kind === 'requester');
