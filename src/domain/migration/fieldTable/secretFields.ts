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

/** A secret is typed or referred to. If secrets may be stored, the form asks which. */
export function secretFields(
  need: DerivedNeed,
  { advanced }: { advanced?: Derived<boolean> } = {},
): SecretFields {
  const offersStored = offers(({ stored }) => stored);
  const place = advanced === undefined ? {} : { advanced };
  const source = secretOrigin({ need: either(offersStored, need, notAsked), ...place });
  const isTyped = either(
    offersStored,
    is(source, 'typed'),
    offers(({ typed }) => typed),
  );
  return { source, typed: { kind: 'secret', need: when(isTyped, need), longest: 256, ...place } };
}
