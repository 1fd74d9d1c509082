import { type Derived, either, is, offers } from './derive';
import {
  type DerivedNeed,
  notAsked,
  type SecretOrigin,
  secretOrigin,
  type TypedSecret,
  when,
} from './field';

/** The two fields of a secret: its source, and the typed value. */
interface SecretFields {
  source: SecretOrigin;
  typed: TypedSecret;
}

/**
 * A secret is typed or referred to. If secrets may be stored, the form asks which, and a secret that
 * the person wants to type is required.
 */
export function secretFields(
  need: DerivedNeed,
  { advanced }: { advanced?: Derived<boolean> } = {},
): SecretFields {
  const offersStored = offers(({ stored }) => stored);
  const place = advanced === undefined ? {} : { advanced };
  const source = secretOrigin({ need: either(offersStored, need, notAsked), ...place });
  const typedNeed = either(
    offersStored,
    when(is(source, 'typed')),
    when(
      offers(({ typed }) => typed),
      need,
    ),
  );
  return { source, typed: { kind: 'secret', need: typedNeed, longest: 256, ...place } };
}
