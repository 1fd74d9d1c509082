import { backoffMs } from '../../src/domain/time/backoff';

const bounds = { firstMs: 500, mostMs: 30_000 };

test.each([
  [1, 500],
  [2, 1_000],
  [3, 2_000],
  [6, 16_000],
  [7, 30_000],
  [50, 30_000],
  [5_000, 30_000],
])('after %i failures, waits %i ms', (failures, delayMs) => {
  expect(backoffMs(bounds, failures)).toBe(delayMs);
});

test.each([
  { from: 0.5, to: 1, failures: 1, random: 0, delayMs: 250 },
  { from: 0.5, to: 1, failures: 1, random: 0.5, delayMs: 375 },
  { from: 0.5, to: 1, failures: 50, random: 0, delayMs: 15_000 },
  { from: 0.75, to: 1.25, failures: 2, random: 0, delayMs: 750 },
  { from: 0.75, to: 1.25, failures: 2, random: 0.5, delayMs: 1_000 },
])('multiplies the limited delay by a random factor: %o', (example) => {
  const { from, to, failures, random, delayMs } = example;
  const jitter = { from, to, random: () => random };
  expect(backoffMs({ ...bounds, jitter }, failures)).toBe(delayMs);
});
