import { isDigestDue } from '../../src/domain/policy/digest';
import type { Policy } from '../../src/domain/policy/policy';
import { aRule } from '../support/aRule';

const quiet = { from: '09:00', to: '11:00', timeZone: 'Asia/Shanghai' };
const policy = (withQuiet: boolean): Policy => ({
  rules: [],
  otherwise: aRule({
    channel: 'C1',
    reminders: { afterMs: [], mention: [], ...(withQuiet ? { quiet } : {}) },
  }),
  digest: { day: 'mon', at: '10:00', timeZone: 'Asia/Shanghai' },
});

// 2026-05-04 is a Monday. Shanghai is 8 hours ahead of UTC.
it.each<[string, string, boolean, boolean]>([
  ['before its time', '2026-05-04T01:59:59Z', false, false],
  ['at its time', '2026-05-04T02:00:00Z', false, true],
  ['in the quiet hours', '2026-05-04T02:00:00Z', true, false],
  ['after the quiet hours', '2026-05-04T03:00:00Z', true, true],
  ['up to a day later', '2026-05-05T01:59:59Z', false, true],
  ['a day later', '2026-05-05T02:00:00Z', false, false],
  ['on another day', '2026-05-08T02:00:00Z', false, false],
  ['a week later', '2026-05-11T02:00:00Z', false, true],
])('%s (%s, quiet hours: %s), the list is due: %s', (_, at, withQuiet, isDue) => {
  expect(isDigestDue(policy(withQuiet), 'C1', new Date(at))).toBe(isDue);
});

it('ignores the quiet hours of other channels, and those of a whole day', () => {
  const at = new Date('2026-05-04T02:00:00Z');
  expect(isDigestDue(policy(true), 'C2', at)).toBe(true);
  const { digest, otherwise } = policy(true);
  const always = { ...quiet, to: quiet.from };
  const reminders = { ...otherwise.reminders, quiet: always };
  const all: Policy = { rules: [], otherwise: { ...otherwise, reminders } };
  expect(isDigestDue({ ...all, ...(digest && { digest }) }, 'C1', at)).toBe(true);
});

it.each<[string, string, string, boolean]>([
  ['that together cover the day', '10:30', '09:00', true],
  ['between which a minute is free', '10:30', '08:59', false],
])('of rules with quiet hours %s (09:00 to 11:00, and %s to %s), is due at once: %s', (...row) => {
  const [, from, to, isDue] = row;
  const { digest, otherwise } = policy(true);
  const reminders = { ...otherwise.reminders, quiet: { ...quiet, from, to } };
  const rules = [{ when: {}, rule: { ...otherwise, reminders } }];
  const both: Policy = { rules, otherwise, ...(digest && { digest }) };
  expect(isDigestDue(both, 'C1', new Date('2026-05-04T02:00:00Z'))).toBe(isDue);
});

it('is never due without a digest in the policy', () => {
  const { digest: _, ...rest } = policy(false);
  expect(isDigestDue(rest, 'C1', new Date('2026-05-04T02:00:00Z'))).toBe(false);
});
