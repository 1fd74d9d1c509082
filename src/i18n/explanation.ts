import type { Again, ConsolePage, Explained, Helper } from '../domain/errors/errorCodes';
import type { Alteration } from '../domain/record/recordedRow';
import type { ValueFlaw } from '../domain/secrets/secretValue';
import type { Text } from './text';

/** What an explanation can name of a request; without one, words that fit any. */
export interface About {
  /** The destination instance. */
  to: string;
  /** The source, with its place. */
  from: string;
  /** The destination's region. */
  region: string;
  /** The job's name. */
  job: string;
  /** Both engines. */
  engines: string;
  /** The reference of the secret. */
  secret: string;
  /** The CAM action that the call needs. */
  action: string;
}

/** The parts of an explanation that differ from code to code. */
export interface ExplanationWords {
  /** What happened, in a sentence. */
  headline: string;
  /** What that means for this request. */
  meaning: string;
  /** The likeliest first. */
  causes: readonly string[];
  /** What to do. */
  next: string;
}

export type Entries<Key extends Explained> = Readonly<
  Record<Key, (about: About) => ExplanationWords>
>;

/** Every word of the explanations in one language. */
export interface ExplanationMessages {
  entries: Entries<Explained>;
  /** Of a request; without one, what stands in its place. */
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
  /** Causes in one line, in their order. */
  listCauses(causes: readonly string[]): string;
  tryingAgain: string;
  /** The action that a permission is missing for. */
  missingAction(action: string): Text;
  /** Why a stored value cannot be used as a password. */
  valueFlaw(kind: ValueFlaw['kind']): string;
  /** The keys of such a value, after its name. */
  valueKeys(keys: readonly string[]): Text;
  /** Which secret is not of the user that a form names. */
  otherUser(secret: string, user: string): Text;
  idle: {
    found(jobs: readonly Text[], more: number): Text;
    job(jobId: string, name: string, createdAt: Date | undefined): Text;
    none: string;
    forbidden(action: string): Text;
    unanswered: string;
  };
  /** Which parts of a request are not as they were recorded. */
  altered(parts: readonly Alteration[]): string;
  console: Readonly<Record<ConsolePage, string>>;
  /** The answer to somebody who asked for a code. */
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
