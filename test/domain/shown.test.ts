import { longestKey, originKey } from '../../src/domain/request/shown';

describe('the key of an origin', () => {
  it.each([
    ['V08ABCD1234/1719400000.a1B2c3D4', 'V08ABCD1234-1719400000-a1B2c3D4'],
    ['Ev-1:2', 'Ev-1-2'],
    ['é'.repeat(longestKey + 1), '-'.repeat(longestKey)],
  ])('of %s has only letters that a button may have', (origin, key) => {
    expect(originKey({ origin })).toBe(key);
  });
});
