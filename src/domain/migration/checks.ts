import { type TextKind, type TextProblem, textProblem } from '../text/typedText';

/** What can be wrong with the value of one field, as data; the words are in the locales. */
export type ValueProblem =
  | { code: 'required' }
  | { code: 'too_long'; max: number }
  | TextProblem
  | { code: 'control_characters' }
  | { code: 'not_offered' }
  | { code: 'root_without_all_data' }
  | { code: 'not_an_address' }
  /** More than a host: what the host and port are, and where the rest belongs. Never a password. */
  | {
      code: 'more_than_a_host';
      host: string;
      port: string | undefined;
      rest: readonly AddressPart[];
    }
  /** A field for one host names several. */
  | { code: 'several_hosts'; hosts: readonly string[] }
  | { code: 'not_public' }
  | { code: 'not_reachable' }
  | { code: 'not_a_number'; min: number; max: number }
  | { code: 'not_a_region' }
  /** `meant`: the region of the zone. */
  | { code: 'zone_for_region'; meant: string }
  | { code: 'not_an_id'; example: string }
  | { code: 'not_a_time' };

/** Parts of a database URL, next to its host and port. */
export type AddressPart = 'user' | 'password' | 'database' | 'options';

/** A rule for text that was typed or chosen: what is wrong with it, if anything. */
export type Check = (value: string) => ValueProblem | undefined;

/** Text that passes each check in turn; the first problem is the one reported. */
export const each = (...checks: readonly Check[]): Check => {
  return (value) => {
    for (const check of checks) {
      const problem = check(value);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
};

export const matches = (pattern: RegExp, problem: ValueProblem): Check => {
  return (value) => (pattern.test(value) ? undefined : problem);
};

export const maxLength = (max: number): Check => {
  return (value) => (value.length > max ? { code: 'too_long', max } : undefined);
};

/**
 * A password: nobody reads it, so only what no one can type is refused. The problem names no
 * character, because that would be a part of the password.
 */
export const secretText = (max: number): Check =>
  each(matches(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, { code: 'control_characters' }), maxLength(max));

const words = (kind: TextKind, max: number): Check =>
  each(maxLength(max), (value) => textProblem(value, kind));

/** A line of people's own words. */
export const line = (max: number): Check => words('line', max);

/** What a Slack text input and a section of a card hold, in characters. */
export const longestWords = 3_000;

/** People's own words in several lines. */
export const paragraphs = (max: number): Check => words('paragraphs', max);

/** Whole numbers as digits alone: no sign, no exponent, no other base, no leading zero. */
export const wholeNumber = (min: number, max: number): Check => {
  return (value) =>
    /^(0|[1-9]\d{0,9})$/.test(value) && Number(value) >= min && Number(value) <= max
      ? undefined
      : { code: 'not_a_number', min, max };
};

export const port = wholeNumber(1, 65_535);

/** A region: a zone of one, such as `ap-shanghai-2`, is none. */
export const region = each(
  (value) => {
    const [, meant] = /^([a-z]{2,4}(?:-[a-z0-9]+)+?)-\d+$/.exec(value) ?? [];
    return meant === undefined ? undefined : { code: 'zone_for_region', meant };
  },
  matches(/^[a-z]{2,4}(-(?!\d+$)[a-z0-9]+)+$/, { code: 'not_a_region' }),
  maxLength(40),
);

/** An identifier that Tencent Cloud gave: `prefix-`, then small letters and digits. */
export const idOf = (prefix: string, example: string): Check =>
  matches(new RegExp(`^${prefix}-[a-z0-9]{4,32}$`), { code: 'not_an_id', example });

/** Unix seconds, as Slack's date-time picker gives them. */
export const unixSeconds = matches(/^[1-9]\d{9}$/, { code: 'not_a_time' });
