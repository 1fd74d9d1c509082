import type { TestFerry } from './startTestFerry';

/** A password that searches can find in any encoding. */
export const canary = 'canary-7Fz:<&>"ñ密';

/** The canary as it is, and as different formats encode it. */
export const canaryForms = [
  canary,
  JSON.stringify(canary).slice(1, -1),
  encodeURIComponent(canary),
  new URLSearchParams({ p: canary }).toString().slice(2),
  canary.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  Buffer.from(canary).toString('base64').slice(0, 20),
  Buffer.from(canary).toString('base64url').slice(0, 20),
  Buffer.from(canary).toString('hex'),
  // Its first characters, which no quoting changes, however often a text was quoted.
  'canary-7Fz',
] as const;

export const leaks = (haystack: string | Buffer): string[] =>
  canaryForms.filter((form) => haystack.includes(form));

/**
 * Searches everything except the calls to Tencent Cloud. `when` describes the moment in the error.
 */
export async function expectNoCanary(test: TestFerry, when: string): Promise<void> {
  const metrics = await fetch(`http://127.0.0.1:${test.ferry.port}/metrics`);
  const stored = await test.stored();
  // Every database names its migrations, so this is the bot's database.
  expect(stored.includes('0001_requests')).toBe(true);
  expect({
    when,
    slack: leaks(test.slack.everything()),
    log: leaks(test.logged()),
    store: leaks(stored),
    metrics: leaks(await metrics.text()),
  }).toEqual({ when, slack: [], log: [], store: [], metrics: [] });
}
