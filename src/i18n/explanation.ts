import type { Again, ConsolePage, Explained, Helper } from '../domain/errors/errorCodes';
import type { Alteration } from '../domain/record/recordedRow';
import type { ValueFlaw } from '../domain/secrets/secretValue';
import type { Part, Text } from './text';

/** What an explanation names from a request; without one, general words. */
export interface About {
  /** The target instance. */
  to: string;
  /** The source, with its place. */
  from: string;
  /** The target's region. */
  region: string;
  /** The job's name. */
  job: string;
  engines: string;
  /** The reference of the secret. */
  secret: string;
  /** True for the call that creates the job, false for calls that change it. */
  creates: boolean;
  /**
   * What people can do with a job whose start the start time prevented: approve it, or press the
   * button, again.
   */
  startBy?: 'approval' | 'button';
  /** The CAM action that the call needs. */
  action: string;
  /** The labels of empty fields that DTS usually requires, if there are any. */
  emptyFields?: readonly string[];
  /** The URL of the DTS console, if it is known. */
  console?: string;
  /** The URL of another request's card, if it is known. */
  cardUrl?(requestId: number): string | undefined;
}

/** The parts of an explanation that differ between codes. */
export interface ExplanationWords {
  /** What happened, in one sentence. */
  headline: string;
  /** What that means for this request. */
  meaning: string;
  /** What may have caused it, the most likely cause first. */
  causes: readonly string[];
  /** What to do. */
  next: string;
}

export type Entries<Key extends Explained> = Readonly<
  Record<Key, (about: About) => ExplanationWords>
>;

/** All words of the explanations in one language. */
export interface ExplanationMessages {
  entries: Entries<Explained>;
  /** How texts refer to a request's parts, and the general words without a request. */
  about: {
    to(instanceId: string | undefined): string;
    from(place: string | undefined): string;
    region(region: string | undefined): string;
    job(jobName: string | undefined): string;
    engines(from: string | undefined, to: string | undefined): string;
    secret(reference: string | undefined): string;
  };
  again: Readonly<Record<Again, string>>;
  helpers: Readonly<Record<Helper, string>>;
  causes: string;
  /** Causes in one line, in order. */
  listCauses(causes: readonly string[]): string;
  tryingAgain: string;
  /** The action for which a permission is missing. */
  missingAction(action: string): Text;
  /** Why a stored value isn't a usable password. */
  valueFlaw(kind: ValueFlaw['kind']): string;
  /** The keys of such a value, after its name. */
  valueKeys(keys: readonly string[]): Text;
  /** The secret belongs to a user other than the one in the form. */
  otherUser(secret: string, user: string): Text;
  idle: {
    /** `elsewhere`: how many belong to requests of other channels. */
    found(jobs: readonly Text[], elsewhere: number, more: number): Text;
    /** `request`: the number of the request for which Ferry created it. */
    job(
      job: Part,
      name: string,
      createdAt: Date | undefined,
      request: Part | string | undefined,
    ): Text;
    none: string;
    forbidden(action: string): Text;
    unanswered: string;
  };
  /** The parts of a request that differ from the audit log. */
  altered(parts: readonly Alteration[]): string;
  console: Readonly<Record<ConsolePage, string>>;
  /** The reply to a person who asks about a code. */
  asked: {
    missing(command: string): Text;
    near(code: string, others: readonly string[]): Text;
    isNew(code: string): Text;
  };
  /** The page of all codes. */
  page: {
    title: string;
    intro: string;
    codes: string;
    failures: string;
    general: string;
  };
}
