import type { SecretPath } from '../../secrets/secretReference';

/** How people may provide passwords in this configuration. */
export interface SecretOffer {
  /** People may type secrets, which are stored sealed. */
  typed: boolean;
  /** People may refer to stored secrets. */
  stored: boolean;
}

/** What the form asks in addition to the migration. */
export interface FormOffer extends SecretOffer {
  /** True if a rule depends on a channel that Slack didn't name when the form was opened. */
  asksChannel?: boolean;
  /** The secrets that were typed before, into this form or the earlier request, and that the form can't show. */
  typedBefore?: readonly SecretPath[];
}

/** What is known when the form draws a field. */
export interface Given {
  offer: FormOffer;
  /** The choices in earlier fields, including presets. */
  chosen: ReadonlyMap<Derived<unknown>, string>;
}

/**
 * A value that depends on choices. It is built only with the functions of this file, so `reads`
 * lists exactly the choices that cause a redraw of the form.
 */
export interface Derived<T> {
  readonly reads: readonly Derived<unknown>[];
  at(given: Given): T;
}

export const always = <const T>(value: T): Derived<T> => ({ reads: [], at: () => value });

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

/** True if a choice has one of these values. A field without a choice has none. */
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

/** A condition on the offer, which is the same for all fields of a form. */
export const offers = (fits: (offer: FormOffer) => boolean): Derived<boolean> => ({
  reads: [],
  at: ({ offer }) => fits(offer),
});
