import type { CardPlace } from '../src/domain/channel/announcement';
import type { HomeFilter, JobPage, Overview } from '../src/domain/channel/home';
import type { ConsoleSite } from '../src/domain/errors/consolePage';
import type { Concern } from '../src/domain/form/concerns';
import type { FileProblem } from '../src/domain/form/fileProblem';
import type { Draft } from '../src/domain/form/form';
import type { Suggestions } from '../src/domain/form/suggestions';
import type { FormOffer } from '../src/domain/migration/fields';
import type { Policy } from '../src/domain/policy/policy';
import type { Preset } from '../src/domain/policy/preset';
import type { PreparedAction } from '../src/domain/request/intent';
import type { Refusal } from '../src/domain/request/refusal';
import type { MigrationRequest } from '../src/domain/request/request';
import type { RequestEvent } from '../src/domain/request/requestEvent';
import type { Shown } from '../src/domain/request/shown';
import type { Announced } from '../src/domain/request/watch';
import type { Messages } from '../src/i18n/locales';
import type { Clock } from '../src/ports/clock';
import type { Log } from '../src/ports/log';
import type { ActResult, PersonAction } from '../src/workflow/act';
import type { Beginning, Begun } from '../src/workflow/beginForm';
import type { Submission, SubmitResult } from '../src/workflow/submit';
import type { SuggestionQuery } from '../src/workflow/suggest';
import type { Found } from '../src/workflow/viewing';
import type { WatchResult } from '../src/workflow/watch';

/** A person's action, as Slack reported it. */
export type PersonsAction = Omit<PersonAction, 'delivery'>;

/**
 * The context of handlers before the person was checked. It has words, and functions that check the
 * person and show nothing else.
 */
export interface ActingContext {
  messages: Messages;
  log: Log;
  /** A refusal reveals only what the person may see. Rejects if the store does. */
  act(action: PersonsAction): Promise<ActResult>;
  /** Publishes a page of a person's Home tab, counted from 0, and keeps it up to date. */
  showHome(userId: string, page: number, filter?: HomeFilter): Promise<void>;
}

/**
 * The context of handlers for a person who may see something, bound to the person and the delivery.
 */
export interface HandlerContext extends ActingContext {
  clock: Clock;
  /** The account's console. */
  site: ConsoleSite;
  /** Ends with a slash. Without it, cards are not linked. */
  workspaceUrl: string | undefined;
  /** The current policy, which may be reloaded while Ferry runs. */
  policy(): Policy;
  /** The default region of the target. */
  region: string;
  /** How people may provide passwords, and what else forms ask. */
  offer(): FormOffer;
  /** The presets of the form. */
  presets(): readonly Preset[];
  /** A request that the person may see, or why there is none. Rejects if the store does. */
  find(requestId: number, shown?: Shown): Promise<Found>;
  /** All events of a request, oldest first. Rejects if the store does. */
  events(request: MigrationRequest): Promise<readonly RequestEvent[]>;
  /** The requests that concern the person, a few of each kind. Rejects if the store does. */
  overview(): Promise<Overview>;
  /** A page of the jobs that the person may see, counted from 0. Rejects if the store does. */
  jobs(page: number): Promise<JobPage>;
  /** Begins to follow a job that Ferry did not create. Rejects if the store does. */
  watch(
    jobId: string,
    region: string | undefined,
    askedIn: string | undefined,
  ): Promise<WatchResult>;
  /** Ends a watch, or returns why the person may not. Rejects if the store does. */
  unwatch(jobId: string): Promise<Refusal | undefined>;
  /** The cards of requests, by ID, without those that aren't posted. Rejects if the store does. */
  cardsOf(requests: readonly Announced[]): Promise<ReadonlyMap<number, CardPlace>>;
  /** The text of a file in a form. */
  readAttachment(
    fileId: string,
  ): Promise<{ ok: true; text: string } | { ok: false; problem: FileProblem }>;
  /** The options for a field of the form. */
  suggest(query: SuggestionQuery): Promise<Suggestions | undefined>;
  /** The values of a new form, including Ferry's suggestions. Answers within a second. */
  begin(beginning: Beginning): Promise<Begun>;
  /** The resources that a form's values refer to. Answers within half a second. */
  findResources(form: Omit<Beginning, 'channels'>): Promise<Begun['found']>;
  /** The warnings about a draft that need no lookup and that the person hasn't accepted. */
  concerns(draft: Draft, seen: readonly string[]): readonly Concern[];
  submit(submission: Omit<Submission, 'delivery'>): Promise<SubmitResult>;
  /**
   * Stores whether the person has turned direct messages off. Resolves to the stored value. Rejects
   * if the store does.
   */
  setMuted(muted: boolean): Promise<boolean>;
  /** Why the form of an action doesn't open for the person. Rejects if the store does. */
  refusalBefore(
    requestId: number,
    action: PreparedAction,
    shown?: Shown,
  ): Promise<Refusal | undefined>;
}
