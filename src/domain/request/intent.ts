import {
  type ForeignKeyOption,
  isJobOperation,
  type JobOperation,
  type ResumeOption,
} from '../job/job';
import type { Membership } from '../people/person';
import type { MayRequest } from './asking';
import type { Revision } from './change';
import type { OperationName } from './operations/operation';

/** A person's action on a request. `revision` is the one that the person saw. */
export type Intent = { revision: number } & (
  | { type: 'approve'; comment?: string; destination?: string }
  | { type: 'break_glass'; reason: string; destination?: string }
  /** `operation`: what the person decides on. Buttons of earlier versions don't say it. */
  | { type: 'take_back'; operation?: OperationName }
  | { type: 'deny'; operation?: OperationName; reason: string }
  | { type: 'withdraw'; operation?: OperationName }
  /**
   * `asks`: whether the requester may make this request under its new rule. `retries`: whether the
   * person may retry a failed request under it.
   */
  | { type: 'edit'; to: Revision; asks: MayRequest; retries: Membership }
  /** The same for the parameters of the job, once it exists. */
  | { type: 'modify_job'; to: Revision; asks: MayRequest }
  /** The three answers to an unknown outcome: search again, choose a job, or no job exists. */
  | { type: 'look_again' }
  | { type: 'choose_job'; jobId: string }
  /** `attempt`: the call about which the person decides, if its outcome is unknown. */
  | { type: 'try_again'; attempt?: number }
  /** The person decides on an operation on the job. */
  | { type: 'check_job' }
  | { type: 'start_job' }
  | { type: 'pause_job' }
  | { type: 'continue_job' }
  | { type: 'complete_job' }
  | { type: 'stop_job' }
  /** `onlyIdle`: only if nobody has started the job. */
  | { type: 'delete_job'; onlyIdle?: true }
  | { type: 'resume_job'; option: ResumeOption; destination?: string }
  /** `items`: the IDs of the items. */
  | {
      type: 'skip_check';
      items: readonly string[];
      foreignKeys?: ForeignKeyOption;
      reason: string;
    }
);
export type IntentOf<Type extends Intent['type']> = Extract<Intent, { type: Type }>;

/** The operations on the job for which people decide by the button of the operation. */
export type DecidedByButton = Exclude<JobOperation, 'modify_job'>;

/** True if the action decides on an operation on the job. */
export const isDecidedByButton = (action: string): action is DecidedByButton =>
  isJobOperation(action) && action !== 'modify_job';

/** What the form of an existing request edits: the request, or its job. */
export type EditPurpose = 'edit' | 'modify_job';

/** The actions with a form. The person must be allowed to take them before it opens. */
export type PreparedAction = EditPurpose | 'break_glass' | 'skip_check';
