import type { ValueProblem } from '../migration/checks';
import type { FieldPath } from '../migration/fields';
import type { TextProblem } from '../text/typedText';
import type { DecidedOperation, StrictSetting } from './policy';
import type { PatternProblem } from './targetPattern';

/** A problem in a policy file, and its place. The words are in `src/i18n`. */
export type PolicyFileProblem = PlaceInFile &
  (
    | { code: 'yaml_syntax'; detail: string }
    | { code: 'duplicate_key'; key: string }
    /** An unquoted value that begins with `*`, which YAML reads as an alias. */
    | { code: 'star_without_quotes'; value: string }
    /** YAML reads the number as `read`, which would change text such as a version. */
    | { code: 'number_rewritten'; written: string; read: string }
    /** The aliases expand the file far beyond its size. */
    | { code: 'too_many_aliases' }
    | { code: 'unknown_key'; key: string; nearest: string | undefined; known: readonly string[] }
    /** Only the check and the start of a job can be automatic. */
    | { code: 'never_automatic' }
    | { code: 'missing_key'; key: string }
    | { code: 'wrong_type'; expected: ExpectedType; found: FoundType }
    /** An empty list or text. */
    | { code: 'empty' }
    | { code: 'too_small'; min: number }
    | { code: 'too_big'; max: number }
    /** `max` in characters. */
    | { code: 'too_long'; max: number }
    | { code: PolicyShape }
    | TextProblem
    | PatternProblem
    /** A zone instead of a region. `meant` is its region. */
    | { code: 'zone_for_region'; meant: string }
    /** Not one of the possible values. */
    | { code: 'unknown_value'; nearest: string | undefined; known: readonly string[] }
    /** `Etc/GMT+8` or `UTC+8` in place of a city. */
    | { code: 'offset_for_time_zone' }
    | { code: 'unknown_time_zone'; nearest: string | undefined }
    /**
     * `requester` in a place where it means nobody, or where people could decide on their own
     * requests.
     */
    | { code: 'requester_out_of_place' }
    | { code: 'too_few_approvers'; required: number; named: number }
    /** No member of a list of `one_from_each` can approve. */
    | { code: 'no_approver_among' }
    /** Like the two above, for an operation on the job. */
    | { code: 'too_few_deciders'; operation: DecidedOperation; required: number; named: number }
    | { code: 'no_decider_among'; operation: DecidedOperation }
    /** The hours begin and end at the same time. */
    | { code: 'no_time_between' }
    /**
     * A reminder that doesn't wait longer than the one before. Its time must be more than `least`.
     */
    | { code: 'reminders_not_growing'; least: string }
    | { code: 'name_taken' }
    /** A rule after one that covers all requests. */
    | { code: 'unreachable_rule'; behind: string }
    | { code: 'password_in_preset'; key: string }
    /** A value of a preset that the field never accepts. */
    | { code: 'not_for_field'; problem: ValueProblem }
    /** A secret rule without a limit on where the password may be sent. */
    | { code: 'secret_unbound' }
    /** `anywhere` together with `hosts` or `instances`. */
    | { code: 'anywhere_and_bound' }
    /** A secret rule names a channel that no rule posts requests to. */
    | { code: 'channel_without_requests' }
  );

/** Something that is valid in a policy file but probably a mistake. The words are in `src/i18n`. */
export type PolicyFileWarning = PlaceInFile &
  (
    | { code: 'rule_never_applies'; behind: string }
    /** Located at the less strict rule. `strict` is a rule below it. */
    | { code: 'lax_before_strict'; strict: string; settings: readonly StrictSetting[] }
    /**
     * The rule has its own approvers, and inherits a list of `one_from_each` that names none of
     * them. Only a person in both groups could approve.
     */
    | { code: 'inherited_list_elsewhere'; list: readonly string[] }
    /**
     * YAML reads ` #` as the beginning of a comment, but the text may have been meant to continue.
     */
    | { code: 'cut_by_comment'; read: string; comment: string }
    /**
     * The form doesn't show the value with the preset's other values. `needs` is a choice that
     * would show it, if one is enough.
     */
    | { code: 'preset_value_hidden'; needs: { path: FieldPath; value: string } | undefined }
    /** Another rule, `by` at line `byLine`, already allows the same. */
    | { code: 'secret_allowed_anyway'; by: string; byLine: number }
  );

export interface PlaceInFile {
  /** Counted from 1. */
  line: number;
  column: number;
  /** The path of keys and indexes, such as `secrets[0].hosts`; '' for the whole file. */
  path: string;
}

export const policyShapes = [
  'channel_shape',
  'approver_shape',
  'requester_shape',
  'people_shape',
  'notify_shape',
  'secret_shape',
  'region_shape',
  'duration_shape',
  'expiry_shape',
  'hour_shape',
  'end_shape',
] as const;
/** The text doesn't have the required format. */
export type PolicyShape = (typeof policyShapes)[number];

export type ExpectedType =
  | 'map'
  | 'list'
  | 'text'
  | 'whole_number'
  | 'true_or_false'
  | 'text_or_number';
export type FoundType = 'map' | 'list' | 'text' | 'number' | 'true_or_false' | 'nothing';
