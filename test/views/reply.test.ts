import { consistencies, type JobStatus } from '../../src/domain/job/job';
import type { EventPayload, RequestEvent } from '../../src/domain/request/requestEvent';
import { locales } from '../../src/i18n/locales';
import { buildReply } from '../../views/reply';
import { aRequest } from '../support/aRequest';

const bob = { userId: 'UBOB', name: 'Bob' };
const mei = { userId: 'UMEI', name: 'Mei' };

/** The replies about these events of one request. */
function texts(payloads: readonly [EventPayload, typeof bob | undefined][]): string[] {
  const events = payloads.map(
    ([payload, by], index): RequestEvent => ({
      ...{ requestId: 7, seq: index + 1, revision: 1, at: new Date(0), by, payload },
    }),
  );
  return events.map((event) => {
    const reply = buildReply(locales.en, aRequest(), event, 'mainland', { events });
    return reply?.text ?? '';
  });
}

const withdrawn: EventPayload = { type: 'withdrawn' };
const moved = (from: JobStatus, to: JobStatus) =>
  ({ type: 'job_moved', from, to, said: to, elsewhere: false }) as const;

it('numbers a reply only if it would begin like an earlier one', () => {
  const [first, second, third, again, ...others] = texts([
    [withdrawn, bob],
    [withdrawn, mei],
    [withdrawn, bob],
    [withdrawn, bob],
    [moved('checking', 'check_failed'), undefined],
    [moved('checking', 'check_passed'), undefined],
    [moved('checking', 'check_failed'), undefined],
  ]).map((text) => text.split('\n')[0] ?? '');
  expect(second).not.toContain('time)');
  expect(third).toBe(`${first} (2nd time)`);
  expect(again).toBe(`${first} (3rd time)`);
  expect(others[1]).not.toContain('time)');
  expect(others[2]).toBe(`${others[0]} (2nd time)`);
});

it('a numbered reply has all its other lines', () => {
  const edited: EventPayload = {
    ...{ type: 'edited', voided: 1 },
    differences: [
      { path: 'JobName', from: 'a', to: 'b' },
      { path: 'Reason', to: 'c' },
    ],
  };
  const [first = [], second = []] = texts([
    [edited, bob],
    [edited, bob],
  ]).map((text) => text.split('\n'));
  expect(first.length).toBeGreaterThan(3);
  expect(second).toEqual([`${first[0]}${locales.en.thread.again(2)}`, ...first.slice(1)]);
});

describe.each(['en', 'zh-CN'] as const)('the reply about the end of a job in %s', (locale) => {
  const { job: words } = locales[locale];
  const said = (payload: EventPayload): string => {
    const event = { requestId: 7, seq: 1, revision: 1, at: new Date(0), by: undefined, payload };
    return (
      buildReply(locales[locale], aRequest(), event, 'mainland', { events: [event] })?.text ?? ''
    );
  };
  const succeeded = moved('completing', 'success');

  it.each(consistencies)('says what the consistency check found: %s', (consistency) => {
    const text = said({ ...succeeded, consistency });
    const found = Object.entries(words.thread.consistency).filter(([, each]) =>
      text.includes(each),
    );
    expect(found.map(([name]) => name)).toEqual(consistency === 'notexist' ? [] : [consistency]);
  });

  it('says nothing about a consistency check that nothing reports', () => {
    expect(said(succeeded)).toContain(words.thread.moved.success);
    for (const each of Object.values(words.thread.consistency)) {
      expect(said(succeeded)).not.toContain(each);
    }
  });

  it('names the step that failed, and quotes each message once', () => {
    const step = { number: 2, of: 3, name: 'Import', message: 'disk full' };
    const failed = { ...moved('running', 'failed'), step, error: 'disk full' };
    expect(said(failed)).toMatch(/Import/);
    expect(said(failed).match(/disk full/g)).toHaveLength(1);
    const other = { ...failed, step: { ...step, message: 'table orders' } };
    expect(said(other)).toMatch(/table orders[\s\S]*disk full/);
    expect(said({ ...failed, to: 'canceled' })).not.toContain('Import');
  });
});
