import type { FoundJob } from '../domain/request/launchOutcome';
import type { Text } from './text';

/**
 * All words about one operation in one language: before its call, and while its outcome is unknown.
 */
export interface OperationWords {
  /** The card's status line. `by`: the approvers. */
  status: {
    underWay(by: Text): Text;
    held(by: Text, at: Date): Text;
    retrying(by: Text, at: Date): Text;
    unverified(by: Text): Text;
    searching(by: Text): Text;
    unconfirmed(by: Text): Text;
  };
  /** Replies in the request's thread. */
  thread: {
    held(until: Date): Text;
    unverified: Text;
    postponed(attempt: number, until: Date): Text;
    failed: string;
    outcomeUnknown: string;
    searching: string;
    searchAgain(by: string): Text;
    callAgain(by: string): Text;
    foundNone: string;
    foundSeveral(jobs: readonly FoundJob[]): Text;
    searchFailed: string;
    searchForbidden: string;
    /** The headline of the reply that asks approvers to find out. */
    undecided: string;
    unconfirmedNext(jobName: string): Text;
    /** A reminder, for the people whom the rule names for reminders. */
    stillUnknown(who: Text): Text;
    /** The headline of a failure that is not the first one. */
    failedAgain(failures: number): string;
  };
  /** Entries of the history that aren't in the thread. */
  history: {
    launched(attempt: number): Text;
    searched(found: number): Text;
  };
  /** The button that repeats a call with an unknown outcome, and its confirmation. */
  again: string;
  confirmAgain: { title: string; text: string; yes: string; no: string };
  /** The direct message to the requester if the outcome is unknown. */
  unconfirmed: string;
}
