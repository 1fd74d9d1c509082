import type { CallProblem } from '../../errors/callProblem';
import type { ObservedJob } from '../../job/job';
import type { Rule } from '../../policy/policy';
import type { Transition } from '../change';
import type { Doubt, FoundJob, LaunchProblem, OperationOutcome } from '../launchOutcome';
import type { InState, RequestState } from '../request';

/** The approvals of a call; none if the policy decided. */
export type Approvals = InState<'approved'>['approvals'];

/** A decision that ends without a call. */
export type Ending = InState<'denied' | 'withdrawn' | 'expired'>;

/** The result of a search for the effect of a call whose outcome is unknown. */
export type Verdict<Result> =
  | { kind: 'done'; result: Result }
  /** The call certainly had no effect. */
  | { kind: 'failed'; problem: LaunchProblem }
  /** The effect may still show up. If it doesn't before the searches end, the call had none. */
  | { kind: 'no_effect' }
  /** The effect may still show up. If it doesn't before the searches end, a person decides. */
  | { kind: 'nothing'; searchProblem?: CallProblem }
  /** Only another search can show the effect, however long that takes. */
  | { kind: 'not_shown' }
  /** A person has to decide. */
  | { kind: 'unclear'; found: readonly FoundJob[] };

/** The approvals of a call, and the number of calls so far. */
export interface Attempts {
  approvals: Approvals;
  attempts: number;
}

/** The time of a change, and the request's rule, from which new deadlines follow. */
export interface Moment {
  at: Date;
  rule: Rule;
  /** The job as Ferry saw it last, if it has shown the effect of the call before the response. */
  shown?: ObservedJob;
}

/** The permissions that an operation needs, by their names in CAM. */
export interface CamActions {
  call: string;
  search: string;
}

/** What the states need to know about an operation. */
export interface DecisionRules {
  /** The job that the request has before the call. */
  jobId: string | undefined;
  /** The request's state after a decision against the operation, or after it expired. */
  declined(ending: Ending, attempts: number): RequestState;
}

/** What Ferry knows about a call without a response, apart from a search. */
type UnansweredCall = Pick<InState<'reconciling'>, 'doubt' | 'hadEffect'>;

/** How the outcome of an operation's call changes a request. Pure. */
export interface OperationRules<Result, Search> extends DecisionRules {
  /** `answered`: the call returned it. `found`: a search found it. */
  done(attempts: Attempts, result: Result, how: 'answered' | 'found', moment: Moment): Transition;
  /** The last call failed, or the next one can't be made. */
  failed(attempts: Attempts, problem: LaunchProblem, moment: Moment): Transition;
  /** Returns a doubt if the rejection doesn't show whether the effect exists. */
  doubtIn(problem: LaunchProblem): Doubt | undefined;
  judge(search: Search, call: UnansweredCall): Verdict<Result>;
  /** Handles a response that arrived after the request had moved on. */
  late(
    state: RequestState,
    attempt: number,
    outcome: OperationOutcome<Result>,
  ): Transition | undefined;
}
