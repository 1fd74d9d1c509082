import type { TextProblem } from '../text/typedText';
import type { StrictSetting } from './policy';
import type { PatternProblem } from './targetPattern';

/** What is wrong in a policy file, as data, and where; the words are in the locales. */
export type PolicyFileProblem = PlaceInFile &
  (
    | { code: 'yaml_syntax'; detail: string }
    | { code: 'duplicate_key'; key: string }
    /** A value that begins with `*` and has no quotes around it; YAML takes it for something else. */
    | { code: 'star_without_quotes'; value: string }
    /** A number that YAML reads as `read`, so that text such as a version would change. */
    | { code: 'number_rewritten'; written: string; read: string }
    /** Aliases that would make much more of the file than is in it. */
    | { code: 'too_many_aliases' }
    | { code: 'unknown_key'; key: string; nearest: string | undefined; known: readonly string[] }
    | { code: 'missing_key'; key: string }
    | { code: 'wrong_type'; expected: ExpectedType; found: FoundType }
    /** A list or a text with nothing in it. */
    | { code: 'empty' }
    | { code: 'too_small'; min: number }
    | { code: 'too_big'; max: number }
    /** `max` in characters. */
    | { code: 'too_long'; max: number }
    | { code: PolicyShape }
    | TextProblem
    | PatternProblem
    /** A zone where a region belongs: `meant` is its region. */
    | { code: 'zone_for_region'; meant: string }
    /** Not one of the words that may stand there. */
    | { code: 'unknown_value'; nearest: string | undefined; known: readonly string[] }
    | { code: 'unknown_time_zone'; nearest: string | undefined }
    /** `requester` where it means nobody, or lets somebody decide on their own request. */
    | { code: 'requester_out_of_place' }
    | { code: 'too_few_approvers'; required: number; named: number }
    /** Nobody of a list of `one_from_each` can approve. */
    | { code: 'no_approver_among' }
    /** Hours that begin and end at the same time. */
    | { code: 'no_time_between' }
    /** A step to the next reminder that is no longer than the one before; `least` is too little. */
    | { code: 'reminders_not_growing'; least: string }
    | { code: 'name_taken' }
    /** A rule behind one that covers everything. */
    | { code: 'unreachable_rule'; behind: string }
    | { code: 'password_in_preset'; key: string }
    /** A preset's address that is neither an address nor a name. */
    | { code: 'not_a_host' }
    /** A secret rule that does not say where the password may be sent. */
    | { code: 'secret_unbound' }
    /** `anywhere` next to `hosts` or `instances`. */
    | { code: 'anywhere_and_bound' }
    /** A channel of a secret rule to which no rule posts requests. */
    | { code: 'channel_without_requests' }
  );

/** What is allowed in a policy file and probably not meant; the words are in the locales. */
export type PolicyFileWarning = PlaceInFile &
  (
    | { code: 'rule_never_applies'; behind: string }
    /** At the lax rule; `strict` is a rule below it. */
    | { code: 'lax_before_strict'; strict: string; settings: readonly StrictSetting[] }
    /** YAML reads ` #` as the beginning of a comment, where the text could go on. */
    | { code: 'cut_by_comment'; read: string; comment: string }
    /** `by` at `byLine` allows the same and more. */
    | { code: 'secret_allowed_anyway'; by: string; byLine: number }
  );

export interface PlaceInFile {
  /** Counted from 1, as editors do. */
  line: number;
  column: number;
  /** The keys and indexes that lead to the place, such as `secrets[0].hosts`; '' for the whole. */
  path: string;
}

export const policyShapes = [
  'channel_shape',
  'approver_shape',
  'requester_shape',
  'people_shape',
  'secret_shape',
  'region_shape',
  'duration_shape',
  'expiry_shape',
  'hour_shape',
  'end_shape',
] as const;
/** A text that is not of the form that it must have. */
export type PolicyShape = (typeof policyShapes)[number];

export type ExpectedType =
  | 'map'
  | 'list'
  | 'text'
  | 'whole_number'
  | 'true_or_false'
  | 'text_or_number';
export type FoundType = 'map' | 'list' | 'text' | 'number' | 'true_or_false' | 'nothing';
