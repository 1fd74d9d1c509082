import { checkView } from '../../playground/slack/blocks/checkView';
import type { Json } from '../../playground/slack/json';
import { databaseText } from '../../src/domain/databases/databaseInfo';
import { fieldPaths } from '../../src/domain/migration/fields';
import type { EventPayload, RequestEvent } from '../../src/domain/request/requestEvent';
import { locales } from '../../src/i18n/locales';
import { buildDetails } from '../../views/details';
import { at, largest, long, objects, person } from '../support/largestRequest';
import { textOf } from '../support/textOf';

const refusedOf = (count: number): EventPayload[] =>
  Array.from({ length: count }, () => ({
    type: 'attempt_refused',
    action: 'approve',
    refusal: { code: 'may_not_request', rule: long(75) },
  }));
const edited: EventPayload = {
  type: 'edited',
  voided: 20,
  differences: fieldPaths.map((path) => ({
    path,
    from: path === 'DatabaseInfo' ? databaseText(objects) : long(3_000),
    to: long(3_000),
  })),
};
const histories: [string, EventPayload[]][] = [
  ['only the first event', [{ type: 'requested' }]],
  ['200 refused attempts', [{ type: 'requested' }, ...refusedOf(200)]],
  [
    'hundreds of events',
    [{ type: 'requested' }, ...Array(999).fill({ type: 'look_again', operation: 'create_job' })],
  ],
  ['an edit of everything', [{ type: 'requested' }, edited]],
  ['edits of everything', [{ type: 'requested' }, ...Array(50).fill(edited)]],
  [
    'long foreign texts',
    Array(100).fill({
      type: 'failed',
      operation: 'create_job',
      problem: {
        kind: 'refused',
        code: 'InternalError',
        requestId: 'r',
        message: '\u0001'.repeat(9_000),
      },
    }),
  ],
];

const eventsOf = (payloads: readonly EventPayload[]): RequestEvent[] =>
  payloads.map((payload, index) => ({
    requestId: 1,
    seq: index + 1,
    revision: 1,
    at,
    by: person(1),
    payload,
  }));

describe.each(['en', 'zh-CN'] as const)('the largest request in %s', (locale) => {
  const view = (payloads: readonly EventPayload[]) =>
    buildDetails(locales[locale], largest, eventsOf(payloads), 'mainland');

  it.each(histories)('fits into a modal with %s', (_, payloads) => {
    const built = view(payloads);
    const json: Json = JSON.parse(JSON.stringify(built));
    expect(checkView(json, 'modal').kind).toBe('valid');
    for (const block of built.blocks) {
      expect(textOf(block).length).toBeLessThanOrEqual(3_000);
      expect(textOf(block)).not.toMatch(/\p{Surrogate}/u);
    }
    // The newest entry is always shown, and comes last.
    const newest = eventsOf(payloads).at(-1)?.seq;
    expect(built.blocks.slice(-36).map(textOf).join('\n')).toContain(`${newest} · `);
  });

  it('shows the whole reason, and says how much is left out', () => {
    const text = view(refusedOf(1_000)).blocks.map(textOf).join('');
    expect(text.replaceAll('\n', '')).toContain(largest.reason);
    const counts = [...text.matchAll(/(\d+) (earlier|more|条|项)/g)].map(([, count]) =>
      Number(count),
    );
    expect(counts.length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...counts)).toBeGreaterThan(19_000);
    const [, earlier] = /(\d+) (?:earlier|条)/.exec(text) ?? [];
    const oldest = /(\d+) · 2026/.exec(text.slice(text.indexOf(earlier ?? '')))?.[1];
    expect(Number(oldest)).toBe(Number(earlier) + 1);
    expect(1_000 - Number(earlier)).toBeGreaterThan(100);
  });
});
