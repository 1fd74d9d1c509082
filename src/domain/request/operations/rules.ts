import type { Transition } from '../change';
import type { CallOutcome, Doubt, FoundJob, LaunchProblem } from '../launchOutcome';
import type { InState, RequestState } from '../request';

/** Approvals that reached the quorum. */
export type Quorum = InState<'approved'>['approvals'];

/** How a decision ends without a call. */
export type Ending = InState<'denied' | 'withdrawn' | 'expired'>;

/** What a search says about the effect of a call whose outcome is unknown. */
export type Verdict<Result> =
  | { kind: 'done'; result: Result }
  /** The call certainly had no effect. */
  | { kind: 'failed'; problem: LaunchProblem }
  /** Nothing is there, or the search failed. An effect may still show up for a while. */
  | { kind: 'nothing'; searchProblem?: LaunchProblem }
  /** Only a person can say which of these it is. */
  | { kind: 'unclear'; found: readonly FoundJob[] };

/** The permissions that an operation needs, as a CAM policy names them. */
export interface CamActions {
  call: string;
  search: string;
}

/** What every state that concerns an operation needs to know about it. */
export interface DecisionRules {
  /** The job that the request has before the call. */
  jobId: string | undefined;
  /** What the request becomes when people decide against the operation, or nobody decides. */
  declined(ending: Ending): RequestState;
}

/** How the outcome of an operation's call changes a request. Pure. */
export interface OperationRules<Result, Search> extends DecisionRules {
  /** `answered`: by the call itself; `found`: by a search. */
  done(approvals: Quorum, result: Result, how: 'answered' | 'found', at: Date): Transition;
  failed(approvals: Quorum, problem: LaunchProblem, at: Date): Transition;
  /** Why a refusal leaves open whether the effect is there, if it does. */
  doubtIn(problem: LaunchProblem): Doubt | undefined;
  judge(search: Search, doubt: Doubt): Verdict<Result>;
  /** Handles a response that arrived after the request had moved on. */
  late(state: RequestState, attempt: number, outcome: CallOutcome<Result>): Transition | undefined;
}
