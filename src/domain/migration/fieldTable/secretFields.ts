import { parseReference } from '../../secrets/secretReference';
import { derive, either, is, not, offers } from './derive';
import {
  type Choice,
  choice,
  type DerivedNeed,
  type Lookup,
  notAsked,
  type TypedSecret,
  when,
} from './field';

/** The three fields of a secret: its source, the typed value, and the reference. */
interface SecretFields {
  source: Choice<'stored' | 'typed'>;
  typed: TypedSecret;
  reference: Lookup;
}

/** A secret is typed or referred to. If both are possible, a choice decides. */
export function secretFields(need: DerivedNeed): SecretFields {
  const offersTyped = offers(({ typed }) => typed);
  const offersBoth = offers(({ typed, stored }) => typed && stored);
  const source = choice({
    need: either(
      offersBoth,
      derive(need, (value) => (value === undefined ? undefined : 'required')),
      notAsked,
    ),
    options: ['stored', 'typed'],
    preset: 'stored',
  });
  const isTyped = either(offersBoth, is(source, 'typed'), offersTyped);
  return {
    source,
    typed: { kind: 'secret', need: when(isTyped, need), longest: 256 },
    reference: {
      kind: 'lookup',
      need: when(not(isTyped), need),
      resource: { kind: 'secret' },
      check: (value) => (parseReference(value) === undefined ? { code: 'not_offered' } : undefined),
    },
  };
}
