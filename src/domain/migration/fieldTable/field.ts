import type { Check, ValueProblem } from '../checks';
import { always, type Derived, derive, either } from './derive';

/**
 * How much a field is needed. The rules of another version of the API require an `expected` field, so
 * Ferry points out that it is empty and does not refuse the form.
 */
export type Need = 'required' | 'expected' | 'optional';

/** `undefined` where the form does not ask the field. */
export type DerivedNeed = Derived<Need | undefined>;

export const required: DerivedNeed = always('required');
export const expected: DerivedNeed = always('expected');
export const optional: DerivedNeed = always('optional');
export const notAsked: DerivedNeed = always(undefined);

export const when = (condition: Derived<boolean>, need = required): DerivedNeed =>
  either(condition, need, notAsked);

/** The need for each value of a choice; a value that is not listed does not ask the field. */
export const needBy = <V extends string>(
  choice: Derived<V | undefined>,
  needs: Readonly<Partial<Record<NoInfer<V>, Need>>>,
): DerivedNeed => derive(choice, (value) => (value === undefined ? undefined : needs[value]));

/** The parts of the form, each under a heading. */
export type Section = 'from' | 'to' | 'objects' | 'how' | 'when';

interface Asked {
  need: DerivedNeed;
  /** The section whose first field this is. */
  begins?: Section;
}

/** One line of text. Without a `check` it is people's own words. */
export interface Line extends Asked {
  kind: 'line';
  /** In characters. */
  longest: number;
  check?: Check | Derived<Check>;
  /** Gives texts that mean the same one spelling. */
  spelling?: (text: string) => string;
}

/** People's own words in several lines. */
export interface Paragraphs extends Asked {
  kind: 'paragraphs';
  /** In characters. */
  longest: number;
}

/** A list with one entry a line; `parseForm` reads the entries. */
export interface Lines extends Asked {
  kind: 'lines';
  /** In characters. */
  longest: number;
}

/** Names of databases and tables. A list that is too long for a text input comes from a file or an earlier request. */
export interface DatabaseNames extends Asked {
  kind: 'database_names';
}

export interface FileUpload extends Asked {
  kind: 'file';
  /** Extensions, as Slack takes them. */
  filetypes: readonly string[];
}

/** A whole number within bounds. */
export interface WholeNumber extends Asked {
  kind: 'number';
  min: number;
  max: number;
}

/** One of a few values. Read as a `Derived`, it is what was chosen. */
export interface Choice<V extends string = string> extends Asked, Derived<V | undefined> {
  kind: 'choice';
  options: readonly V[];
  /** An option that is offered under a condition, and what is wrong with it otherwise. */
  limited?: { option: V; to: Derived<boolean>; problem: ValueProblem };
  /**
   * The option that is chosen until somebody chooses. Where it is another choice, this one follows
   * that one until somebody changes it.
   */
  preset?: V | Choice<V>;
  /** Whether the API takes it as a number. It takes other choices as text. */
  isNumber?: true;
}

/** Something that the account has, found by typing a part of its id or name. */
export interface Lookup extends Asked {
  kind: 'lookup';
  resource: WantedResource;
  check: Check;
}

/** What a lookup searches, and the fields whose values narrow the search. */
export type WantedResource =
  | { kind: 'region' }
  /** TencentDB instances in the region that is chosen. */
  | { kind: 'instance'; role: 'src' | 'dst'; engine: Choice; region: Lookup }
  /** In the first of these regions that has a value, or else in Ferry's own. */
  | { kind: 'cvm' | 'dcg' | 'vpn_gateway' | 'ccn' | 'vpc'; regions: readonly Lookup[] }
  /** In the VPC, or in all of the region. */
  | { kind: 'subnet'; regions: readonly Lookup[]; vpc: Lookup }
  /** Stored secrets that the policy allows. */
  | { kind: 'secret' };

/** A moment, in Unix seconds. */
export interface DateTime extends Asked {
  kind: 'date_time';
}

/** A channel of the Slack workspace. */
export interface Conversation extends Asked {
  kind: 'conversation';
}

/** A password or key that is typed. The form never shows it again. */
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
