import { nearest, nearestFew } from '../../src/domain/text/nearest';

const fruits = ['apple', 'apricot', 'Banana', 'blackberry'];

it.each([
  ['apple', 'apple'],
  ['APPLE', 'apple'],
  ['appel', 'apple'],
  ['aple', 'apple'],
  ['banana', 'Banana'],
  // Six letters allow two typos, and five allow one.
  ['banxnx', 'Banana'],
  ['apxxe', undefined],
  ['baxxxa', undefined],
  // A part is enough if only one candidate contains it.
  ['cot', 'apricot'],
  [' COT ', 'apricot'],
  ['ap', undefined],
  ['pr', 'apricot'],
  ['k', undefined],
  ['', undefined],
])('“%s” means %s', (word, meant) => {
  expect(nearest(word, fruits)).toBe(meant);
});

it('lists the nearest first, and no more than requested', () => {
  const candidates = ['list3', 'lisp', 'list', 'policy'];
  expect(nearestFew('list', candidates, 3)).toEqual(['list', 'list3', 'lisp']);
  expect(nearestFew('list', candidates, 1)).toEqual(['list']);
  expect(nearestFew('x', ['y', 'yz'], 3)).toEqual(['y']);
});

it('treats two swapped letters as one typo', () => {
  expect(nearestFew('lits', ['list', 'lots'], 2)).toEqual(['list', 'lots']);
  expect(nearestFew('lits', ['list'], 2)).toEqual(['list']);
  expect(nearestFew('ilts', ['list'], 2)).toEqual([]);
});
