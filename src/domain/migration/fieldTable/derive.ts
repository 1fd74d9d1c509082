/** Where passwords may come from, by the configuration. */
export interface SecretOffer {
  /** Sealed as they are typed. */
  typed: boolean;
  /** Kept elsewhere and referred to. */
  stored: boolean;
}

/** What the form asks in addition to the migration itself. */
export interface FormOffer extends SecretOffer {
  /** Whether a rule depends on a channel that Slack did not name when the form was opened. */
  asksChannel?: boolean;
}

/** What is known when the form reaches a field. */
export interface Given {
  offer: FormOffer;
  /** The choices in the fields before it, presets included. */
  chosen: ReadonlyMap<Derived<unknown>, string>;
}

/**
 * A value that depends on choices. It is composed with the functions of this file only, so `reads` has
 * every choice that can change it, and the form is redrawn after these choices and no others.
 */
export interface Derived<T> {
  readonly reads: readonly Derived<unknown>[];
  at(given: Given): T;
}

export const always = <T>(value: T): Derived<T> => ({ reads: [], at: () => value });

export const derive = <A, T>(source: Derived<A>, by: (value: A) => T): Derived<T> => ({
  reads: source.reads,
  at: (given) => by(source.at(given)),
});

export const either = <T>(
  condition: Derived<boolean>,
  then: Derived<T>,
  otherwise: Derived<T>,
): Derived<T> => ({
  reads: [...condition.reads, ...then.reads, ...otherwise.reads],
  at: (given) => (condition.at(given) ? then : otherwise).at(given),
});

/** Whether a choice is one of these values; a field without a choice has none of them. */
export const is = <V extends string>(
  choice: Derived<V | undefined>,
  ...values: readonly NoInfer<V>[]
): Derived<boolean> => derive(choice, (value) => values.some((each) => each === value));

export const all = (...conditions: readonly Derived<boolean>[]): Derived<boolean> => ({
  reads: conditions.flatMap(({ reads }) => reads),
  at: (given) => conditions.every((each) => each.at(given)),
});

export const not = (condition: Derived<boolean>): Derived<boolean> =>
  derive(condition, (value) => !value);

/** A condition on what the form offers, which is the same for all of its fields. */
export const offers = (fits: (offer: FormOffer) => boolean): Derived<boolean> => ({
  reads: [],
  at: ({ offer }) => fits(offer),
});
