import { readChinaTime, writeChinaTime } from '../text/chinaTime';
import { type TextKind, type TextProblem, textProblem } from '../text/typedText';

/** What can be wrong with a field's value. The words are in `src/i18n`. */
export type ValueProblem =
  | { code: 'required' }
  | { code: 'too_long'; max: number }
  | TextProblem
  | { code: 'control_characters' }
  | { code: 'not_offered' }
  | { code: 'root_without_all_data' }
  | { code: 'not_an_address' }
  /**
   * Text with more than a host. The problem shows the host and port and where the rest belongs, but
   * never a password.
   */
  | {
      code: 'more_than_a_host';
      host: string;
      port: string | undefined;
      rest: readonly AddressPart[];
    }
  | { code: 'several_hosts'; hosts: readonly string[] }
  /** A name in DNS that lists hosts, and has no address. */
  | { code: 'srv_name' }
  | { code: 'not_public' }
  | { code: 'not_reachable' }
  | { code: 'not_a_number'; min: number; max: number }
  | { code: 'not_a_region' }
  /** `meant` is the region of the zone. */
  | { code: 'zone_for_region'; meant: string }
  | { code: 'not_an_id'; example: string }
  | { code: 'not_a_time' };

/** Parts of a database URL other than host and port. */
export const addressParts = ['user', 'password', 'database', 'auth_database', 'options'] as const;
export type AddressPart = (typeof addressParts)[number];

export type ValueCheck = (value: string) => ValueProblem | undefined;

/** Runs the checks in order and reports the first problem. */
export const each = (...checks: readonly ValueCheck[]): ValueCheck => {
  return (value) => {
    for (const check of checks) {
      const problem = check(value);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
};

export const matches = (pattern: RegExp, problem: ValueProblem): ValueCheck => {
  return (value) => (pattern.test(value) ? undefined : problem);
};

export const maxLength = (max: number): ValueCheck => {
  return (value) => (value.length > max ? { code: 'too_long', max } : undefined);
};

/**
 * Checks a password. Only characters that nobody can type are refused, because nobody reads it. The
 * problem names no character, which would reveal a part of the password.
 */
export const secretText = (max: number): ValueCheck =>
  each(matches(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, { code: 'control_characters' }), maxLength(max));

const words = (kind: TextKind, max: number): ValueCheck =>
  each(maxLength(max), (value) => textProblem(value, kind));

/** A line of free text. */
export const line = (max: number): ValueCheck => words('line', max);

/** The limit of a Slack text input and of a card's section, in characters. */
export const longestWords = 3_000;

/** Free text in several lines. */
export const paragraphs = (max: number): ValueCheck => words('paragraphs', max);

/** Whole numbers in decimal digits: no sign, exponent, other base or leading zero. */
export const wholeNumber = (min: number, max: number): ValueCheck => {
  return (value) =>
    /^(0|[1-9]\d{0,9})$/.test(value) && Number(value) >= min && Number(value) <= max
      ? undefined
      : { code: 'not_a_number', min, max };
};

export const port = wholeNumber(1, 65_535);

/** A region. A zone such as `ap-shanghai-2` is refused. */
export const region = each(
  (value) => {
    const [, meant] = /^([a-z]{2,4}(?:-[a-z0-9]+)+?)-\d+$/.exec(value) ?? [];
    return meant === undefined ? undefined : { code: 'zone_for_region', meant };
  },
  matches(/^[a-z]{2,4}(-(?!\d+$)[a-z0-9]+)+$/, { code: 'not_a_region' }),
  maxLength(40),
);

/** A Tencent Cloud ID: `prefix-`, then lowercase letters and digits. */
export const resourceId = (prefix: string, example: string): ValueCheck =>
  matches(new RegExp(`^${prefix}-[a-z0-9]{4,32}$`), { code: 'not_an_id', example });

/** Unix seconds, which Slack's date-time picker returns. */
export const unixSeconds = matches(/^[1-9]\d{9}$/, { code: 'not_a_time' });

/** Converts the API's notation for a time, `yyyy-mm-dd hh:mm:ss` in UTC+8, to Unix seconds. */
export function toUnixSeconds(text: string): string {
  const at = readChinaTime(text);
  // `Date` reads February 30 as a day in March.
  const isTime = !Number.isNaN(at.getTime()) && writeChinaTime(at) === text.trim();
  return isTime ? String(at.getTime() / 1_000) : text;
}
