import {
  durationPattern,
  inUnits,
  readDuration,
  writeDuration,
} from '../../src/domain/text/duration';

it.each([
  ['1s', 1_000, 1, 'second'],
  ['90s', 90_000, 90, 'second'],
  ['30m', 1_800_000, 30, 'minute'],
  ['12h', 43_200_000, 12, 'hour'],
  ['7d', 604_800_000, 7, 'day'],
  ['9999d', 863_913_600_000, 9_999, 'day'],
])('%s is %i ms, in its largest whole unit', (text, ms, count, unit) => {
  expect(text).toMatch(durationPattern);
  expect(readDuration(text)).toBe(ms);
  expect(inUnits(ms)).toEqual({ count, unit });
  expect(writeDuration(ms)).toBe(text);
});

it('is written with the largest unit that divides it', () => {
  expect(writeDuration(readDuration('60s'))).toBe('1m');
  expect(writeDuration(readDuration('120m'))).toBe('2h');
  expect(writeDuration(readDuration('24h'))).toBe('1d');
  expect(inUnits(1_500)).toEqual({ count: 1.5, unit: 'second' });
});

it.each(['', '0m', '5', 'm', '05m', '10000m', '5 m', '5w', '1.5h', 'x5m', '5mx', '-5m'])(
  '%j is not a duration',
  (text) => {
    expect(text).not.toMatch(durationPattern);
  },
);
