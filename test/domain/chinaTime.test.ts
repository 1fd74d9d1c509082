import { readChinaTime, writeChinaTime } from '../../src/domain/text/chinaTime';

it('is eight hours ahead of UTC', () => {
  expect(writeChinaTime(new Date('2026-12-31T20:00:59.999Z'))).toBe('2027-01-01 04:00:59');
});

it.each([
  '2027-01-01 04:00:59',
  ' 2027-01-01 04:00:59 ',
  '2027-01-01T04:00:59',
  '\n2027-01-01 04:00:59',
])('is read from “%s”', (text) => {
  expect(readChinaTime(text).toISOString()).toBe('2026-12-31T20:00:59.000Z');
});

it.each(['', 'soon', '2026-13-01 00:00:00'])('is invalid if the text is “%s”', (text) => {
  expect(readChinaTime(text).getTime()).toBeNaN();
});
