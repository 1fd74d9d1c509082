import type { ValueCheck, ValueProblem } from '../checks';
import { always, type Derived, derive, either } from './derive';

/**
 * How much a field is needed. Another API version requires `expected` fields, so Ferry warns if one
 * is empty, but accepts the form.
 */
export type Need = 'required' | 'expected' | 'optional';

/** `undefined` if the form doesn't show the field. */
export type DerivedNeed = Derived<Need | undefined>;

export const required: DerivedNeed = always('required');
export const expected: DerivedNeed = always('expected');
export const optional: DerivedNeed = always('optional');
export const notAsked: DerivedNeed = always(undefined);

export const when = (condition: Derived<boolean>, need = required): DerivedNeed =>
  either(condition, need, notAsked);

/** The need for each value of a choice. For other values, the form doesn't show the field. */
export const needBy = <V extends string>(
  choice: Derived<V | undefined>,
  needs: Readonly<Partial<Record<NoInfer<V>, Need>>>,
): DerivedNeed => derive(choice, (value) => (value === undefined ? undefined : needs[value]));

/** The parts of the form. Each has a heading. */
export type Section = 'from' | 'to' | 'how' | 'advanced';

interface Asked {
  need: DerivedNeed;
  /** True if the form shows the field only in its advanced part. */
  advanced?: Derived<boolean>;
  /** The section that this field begins. */
  begins?: Section;
}

/** One line of text. Without a `check`, it is free text. */
export interface Line extends Asked {
  kind: 'line';
  /** In characters. */
  longest: number;
  check?: Derived<ValueCheck>;
  /** Converts equivalent texts to one spelling. */
  spelling?: (text: string) => string;
}

/** Free text in several lines. */
export interface Paragraphs extends Asked {
  kind: 'paragraphs';
  /** In characters. */
  longest: number;
}

/** A list with one entry per line. `parseForm` reads the entries. */
export interface Lines extends Asked {
  kind: 'lines';
  /** In characters. */
  longest: number;
}

/**
 * Names of databases and tables. Lists too long for a text input come from a file or an earlier
 * request.
 */
export interface DatabaseNames extends Asked {
  kind: 'database_names';
}

export interface FileUpload extends Asked {
  kind: 'file';
  /** File extensions, as Slack expects them. */
  filetypes: readonly string[];
}

/** A whole number within limits. */
export interface WholeNumber extends Asked {
  kind: 'number';
  min: number;
  max: number;
  /** The initial value. */
  preset?: Derived<string | undefined>;
}

/** One of a few values. As a `Derived`, its value is the chosen option. */
export interface Choice<V extends string = string> extends Asked, Derived<V | undefined> {
  kind: 'choice';
  options: readonly V[];
  /** An option that needs a condition, and the problem if it isn't met. */
  limited?: { option: V; to: Derived<boolean>; problem: ValueProblem };
  /**
   * The initial option. If it depends on another choice, this field follows that choice until someone
   * changes it.
   */
  preset?: Derived<NoInfer<V> | undefined>;
  /** True if the API expects a number. Other choices are text. */
  isNumber?: true;
}

/** Something in the account that people find by a part of its ID or name. */
export interface Lookup extends Asked {
  kind: 'lookup';
  resource: WantedResource;
  check: ValueCheck;
}

/** What a lookup searches, and the fields that narrow the search. */
export type WantedResource =
  | { kind: 'region' }
  /** TencentDB instances in the chosen region. */
  | { kind: 'instance'; role: 'src' | 'dst'; engine: Choice; region: Lookup }
  | { kind: 'cvm' | 'dcg' | 'vpn_gateway' | 'ccn' | 'vpc'; region: Lookup }
  /** In the VPC, or in the whole region. */
  | { kind: 'subnet'; region: Lookup; vpc: Lookup }
  /** Stored secrets that the policy allows. */
  | { kind: 'secret' };

/** A time, in Unix seconds. */
export interface DateTime extends Asked {
  kind: 'date_time';
}

/** A channel of the Slack workspace. */
export interface Conversation extends Asked {
  kind: 'conversation';
}

/** The source of a secret: `typed`, or the reference of a stored secret. */
export interface SecretOrigin extends Asked, Derived<string | undefined> {
  kind: 'secret_origin';
}

/** Shows the advanced part of the form while it is `on`. */
export interface Switch extends Asked {
  kind: 'switch';
}

/** A typed password or key. The form never shows it again. */
export interface TypedSecret extends Asked {
  kind: 'secret';
  /** In characters. */
  longest: number;
}

export type Field =
  | Line
  | Paragraphs
  | Lines
  | DatabaseNames
  | FileUpload
  | WholeNumber
  | Choice
  | Lookup
  | DateTime
  | Conversation
  | SecretOrigin
  | Switch
  | TypedSecret;

export function choice<const V extends string>(
  spec: Omit<Choice<V>, 'kind' | keyof Derived<V>>,
): Choice<V> {
  const field: Choice<V> = {
    kind: 'choice',
    ...spec,
    get reads() {
      return [field];
    },
    at: ({ chosen }) => spec.options.find((each) => each === chosen.get(field)),
  };
  return field;
}

export function secretOrigin(spec: Asked): SecretOrigin {
  const field: SecretOrigin = {
    kind: 'secret_origin',
    ...spec,
    get reads() {
      return [field];
    },
    at: ({ chosen }) => chosen.get(field),
  };
  return field;
}
