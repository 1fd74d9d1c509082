import fc from 'fast-check';
import { matchesWildcard } from '../../src/domain/policy/wildcard';

it.each([
  ['a', 'a', true],
  ['a', 'A', false],
  ['a', 'ab', false],
  ['*', '', true],
  ['*', 'anything.at-all', true],
  ['a*', 'a', true],
  ['*a', 'banana', true],
  ['b*a', 'banana', true],
  ['ab*ba', 'aba', false],
  ['*an*an*', 'banana', true],
  ['*an*an*an*', 'banana', false],
  ['a.c', 'abc', false],
  ['[a-z]+', 'abc', false],
  ['*', 'a/b', false],
  ['*/*', 'a/b', true],
  ['prod/*', 'prod/a', true],
  ['prod/*', 'prod/a/b', false],
  ['prod/*', 'staging/prod/a', false],
  ['', '', true],
])('%j matches %j: %s', (pattern, text, fits) => {
  expect(matchesWildcard(pattern, text)).toBe(fits);
});

it('agrees with a regular expression in which only the star is special', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b', '*', '/', '.', '\n'), maxLength: 12 });
  fc.assert(
    fc.property(few, few, (pattern, text) => {
      const source = pattern.replace(/[.*/]/g, (sign) => (sign === '*' ? '[^/]*' : `\\${sign}`));
      expect(matchesWildcard(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
    }),
    { numRuns: 1_000 },
  );
});

it('is fast for patterns that try to slow it down', () => {
  const started = performance.now();
  expect(matchesWildcard(`${'a*'.repeat(5_000)}b`, 'a'.repeat(50_000))).toBe(false);
  expect(matchesWildcard(`*${'*a'.repeat(5_000)}*b*`, 'a'.repeat(50_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(500);
});
