import type {
  consistencies,
  ForeignKeyOption,
  JobOperation,
  JobStatus,
  ObservedJob,
  ResumeOption,
} from '../domain/job/job';
import type { Part, Text } from './text';

type Consistency = (typeof consistencies)[number];

interface Question {
  title: string;
  text: string;
  yes: string;
  no: string;
}

/** All words about a job that exists, in one language. */
export interface JobWords {
  /** The status at the end of a card's title. */
  label: Record<JobStatus, string>;
  button: Record<JobOperation, string>;
  /** The button that deletes the idle job of another request. */
  deleteOf(requestId: number): string;
  /** The title of a card while an operation waits for approvals, or is under way. */
  waits(operation: JobOperation): string;
  underWay: Record<JobOperation, string>;
  /** The card's status line. `label`: the job's status. */
  status(by: Text, job: Part | string, label: string, startAt: Date | undefined): Text;
  /** A job that was created before its approval. `job`: its ID, `rule`: the one that says so. */
  prepared: {
    /** The status in a card's title before the check. */
    unchecked: string;
    createsFirst(rule: string): Text;
    createdNext: string;
    /** Lines of the card. */
    waits(job: Part | string): Text;
    passed(job: Part | string): Text;
    failed(job: Part | string): Text;
    other(job: Part | string, label: string): Text;
    approvalStarts: string;
    startedElsewhere: string;
    /** Someone deleted or stopped the job before its start. */
    lost: string;
    /** Ferry doesn't make the approved start. */
    approveAgain: string;
    /** The same if nobody can approve the start now. */
    approvalsGone: string;
    /** The policy no longer lets the job be created before its approval. */
    approvalFirst: string;
    /** The job isn't needed anymore. */
    deletes(job: Part | string): Text;
    /** How the request ended, and what happens with its job. */
    ended(ending: Text, afterwards: Text): Text;
    /** The job isn't needed, but somebody started it. `isAgain`: the request creates it again later. */
    kept(job: Part | string, isAgain: boolean): Text;
    createsAgain(job: Part | string): Text;
    notNeeded: string;
    replaces: string;
    /** In the form and after it was sent. */
    form: string;
    sent(request: Text, where: Part): Text;
    whenStarted: string;
    whenScheduled(at: Part, utc8: string): Text;
  };
  /** The lag next to the cut-over; `undefined` if DTS doesn't report it. */
  lag(job: Pick<ObservedJob, 'lagMegabytes' | 'lagSeconds'>): string | undefined;
  /** The status of a job that nobody has started, with its start time. */
  scheduled(status: Text, at: Date): Text;
  /** The status of a billed job whose deletion DTS accepted. */
  isolated(status: Text): Text;
  /** DTS says that it doesn't know the job. */
  missing(since: Date): Text;
  startsAt(at: Date): Text;
  confirm: {
    complete_job(lag: string | undefined): Question;
    stop_job: Question;
    delete_job: Question;
    /** To withdraw a change of the job's parameters. */
    withdraw: Question;
  };
  resume: {
    title: string;
    submit: string;
    option: string;
    options: Record<Exclude<ResumeOption, 'normal'>, string>;
    hint: string;
  };
  /** The form in which people skip items of a check. */
  skip: {
    title: string;
    submit: string;
    items: string;
    /** An item, and what may happen if it is skipped. */
    risk(item: Part, risk: Part): Text;
    foreignKeys: string;
    foreignKeyOptions: Record<ForeignKeyOption, string>;
    noItems: string;
    noForeignKeys: string;
  };
  thread: {
    /** A person wants DTS to skip items of the check. The reason follows. */
    skips(
      by: string,
      items: Text,
      foreignKeys: ForeignKeyOption | undefined,
      tally: Text,
      missing: Text | undefined,
    ): Text;
    /** A person pressed the button of an operation. */
    chose(by: string, button: string, tally: Text, missing: Text | undefined): Text;
    /** The policy decided on an operation: this rule of it. */
    automatic(button: string, rule: string): Text;
    notAutomatic(button: string): Text;
    /**
     * The start time has passed, so people decide on the start: by its button, or after a change of
     * the job.
     */
    missed(at: Date, button: string, change: string): Text;
    /** Asks the others to decide on an operation. */
    askOthers(who: Text, button: string): Text;
    reminded(who: Text, button: string, number: number | undefined): Text;
    /** Approvers can't decide on the start yet. */
    unready(requester: string, label: string, number: number | undefined): Text;
    /** A person sent other parameters for the job. */
    modified(by: string, revision: number): Text;
    withdrew(by: string, button: string): Text;
    declined(by: string, button: string): Text;
    lapsed(button: string): Text;
    dropped(button: string): Text;
    reopened(button: string): Text;
    accepted: Record<JobOperation, string>;
    found: string;
    /** What a new status means; `undefined` if it needs no reply. */
    moved: Record<JobStatus, string | undefined>;
    /** Someone changed the job in the console. */
    elsewhere(label: string): Text;
    /** DTS didn't find the job for a while. */
    again(label: string): Text;
    /** The new status, if Ferry can't tell what led to it. */
    now(label: string): Text;
    other(said: Part): Text;
    /** The error of DTS, and its remedy. */
    error(text: Part): Text;
    solution(text: Part): Text;
    /** Asks people to start or delete a job that nobody has started. */
    idle(who: Text, since: Date): Text;
    /** Asks people to delete a job that is not needed since then and still exists. */
    notDeleted(who: Text, since: Date): Text;
    took(duration: string): Text;
    /** How many items of a check had each result. */
    checked(passed: number, warnings: number, failed: number, skipped: number): Text;
    /** An item of a check that didn't pass. */
    checkItem(name: Part, isFailed: boolean, reason: Part | undefined): Text;
    readMore: string;
    lagAtEnd(lag: string): Text;
    consistency: Record<Exclude<Consistency, 'notexist'>, string>;
    /** The step at which a job failed. */
    failedStep(number: number, of: number, name: Part): Text;
  };
  /** Entries of the history. */
  history: {
    moved(from: string, to: string, elsewhere: boolean): Text;
  };
  /** The message with the steps. */
  progress: {
    percent(percent: number): string;
    step(number: number, of: number, name: string, percent: number | undefined): string;
    lag(lag: string): string;
    elapsed(duration: string): string;
    /** Of a job that ended. */
    ran(duration: string): string;
    /** Of a job that waits until someone continues it. */
    started(duration: string): string;
    /** The time that the running step still takes. */
    remaining(duration: string): string;
  };
  /** `/migrate jobs`. Pages are counted from 1. */
  list: {
    heading(page: number): string;
    /** The request, the job's name, its status, its step, and its lag. */
    columns: readonly [string, string, string, string, string];
    none: string;
    /** The heading of the weekly list in a channel. */
    digest: string;
    /** After the weekly list. Each person's own list has other pages. */
    more: Text;
    next(command: string, page: number): Text;
  };
  duration(ms: number): string;
}
