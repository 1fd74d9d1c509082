import type { Hours, Rule } from '../../src/domain/policy/policy';
import { keepTime } from '../../src/domain/request/keepTime';
import { creation } from '../../src/domain/request/operations/operation';
import type { MigrationRequest } from '../../src/domain/request/request';
import { waitFrom } from '../../src/domain/request/waiting';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

/** A time of day in China, which is eight hours ahead. */
const china = (time: string, day = '04') => new Date(`2026-05-${day}T${time}:00+08:00`);
const quiet: Hours = { from: '22:00', to: '08:00', timeZone: 'Asia/Shanghai' };
const hourMs = 3_600_000;

function waitingSince(since: Date, hours: readonly number[], quietHours = quiet): MigrationRequest {
  const reminders = {
    ...aRule().reminders,
    afterMs: hours.map((each) => each * hourMs),
    quiet: quietHours,
  };
  const rule = aRule({ reminders, expiryMs: 7 * 24 * hourMs });
  return aRequest({ rule, askedAt: since, state: waitFrom(rule, since) });
}
const atTime = (request: MigrationRequest, now: Date): MigrationRequest => {
  const change = keepTime(request, now);
  if (change === undefined) throw new Error('nothing is due');
  return { ...request, state: change.state };
};

describe('a reminder', () => {
  const request = waitingSince(china('17:57'), [4, 24]);

  it.each([
    ['21:56', 'nothing'],
    ['21:57', 'reminded'],
    ['21:59', 'reminded'],
    ['22:00', 'reminder_held'],
    ['22:05', 'reminder_held'],
    ['23:59', 'reminder_held'],
  ] as const)('that is due at 21:57 and processed at %s: %s', (time, expected) => {
    expect(keepTime(request, china(time))?.event.type ?? 'nothing').toBe(expected);
  });

  it('on hold is due at the end of the quiet hours, and posted then', () => {
    const held = atTime(request, china('22:05'));
    expect(held.state).toMatchObject({ status: 'pending', reminders: 0 });
    expect(held.state).toMatchObject({ remindAt: china('08:00', '05') });
    expect(keepTime(held, china('07:59', '05'))).toBeUndefined();
    expect(keepTime(held, china('08:00', '05'))).toMatchObject({
      event: { type: 'reminded', number: 1 },
      state: { reminders: 1, remindAt: china('17:57', '05') },
    });
  });

  it('keeps an expiry that a later rule moved', () => {
    const moved = { ...waitFrom(request.rule, request.askedAt), expireAt: china('20:00', '20') };
    const reminded = atTime({ ...request, state: moved }, china('21:57'));
    expect(reminded.state).toMatchObject({ expireAt: china('20:00', '20') });
  });

  it('on hold does not delay the expiry of the request', () => {
    const held = atTime(request, china('22:05'));
    expect(held.state).toMatchObject({ expireAt: china('17:57', '11') });
  });

  it('replaces several missed ones, and is the last of them', () => {
    const missed = waitingSince(china('09:00'), [1, 2, 3, 100]);
    expect(keepTime(missed, china('11:30'))?.event).toEqual({ type: 'reminded', number: 2 });
    expect(keepTime(missed, china('12:00'))?.event).toEqual({ type: 'reminded', number: 3 });
  });

  it('says that the start time has passed, or that the launch window opens after it', () => {
    const { parameters } = aDraft({
      'MigrateOption.RunMode': '2',
      'MigrateOption.ExpectTime': String(china('14:00').getTime() / 1_000),
    });
    const scheduled = { ...waitingSince(china('09:00'), [4]), parameters };
    const late = (windows: Rule['windows'], time: string) => {
      const rule = { ...scheduled.rule, windows };
      const event = keepTime({ ...scheduled, rule }, china(time))?.event;
      return event?.type === 'reminded' ? event.late : event?.type;
    };
    const from = (hours: string): Rule['windows'] => [
      { days: ['mon'], from: hours, to: '24:00', timeZone: 'Asia/Shanghai' },
    ];
    const startTime = china('14:00');
    expect(late([], '13:00')).toBeUndefined();
    expect(late(from('13:30'), '13:00')).toBeUndefined();
    expect(late(from('14:30'), '13:00')).toEqual({ startTime, opensAt: china('14:30') });
    expect(late(from('14:30'), '14:00')).toEqual({ startTime });
  });

  it('is sent when it is due if there are no quiet hours', () => {
    const never = { ...quiet, to: quiet.from };
    const night = waitingSince(china('17:57'), [5], never);
    expect(keepTime(night, china('22:57'))?.event).toEqual({ type: 'reminded', number: 1 });
  });
});

describe('a request', () => {
  it('expires even in quiet hours, without a reminder', () => {
    const request = waitingSince(china('23:00'), [24 * 7]);
    expect(keepTime(request, china('22:59', '11'))).toBeUndefined();
    expect(keepTime(request, china('23:00', '11'))).toEqual({
      state: { status: 'expired', at: china('23:00', '11') },
      event: { type: 'expired' },
    });
  });

  it('that was decided gets no reminder and does not expire', () => {
    const state = {
      status: 'withdrawn',
      by: { userId: 'UASK', name: '' },
      at: china('10:00'),
    } as const;
    const request = { ...waitingSince(china('09:00'), [1]), state };
    expect(keepTime(request, china('09:00', '30'))).toBeUndefined();
  });
});

describe('a request with an unknown outcome', () => {
  const inDoubt = (hours: readonly number[], reminders?: number): MigrationRequest => {
    const { askedAt, rule, ...rest } = waitingSince(china('17:57'), hours);
    const first = hours[0];
    return {
      ...{ ...rest, askedAt, rule },
      state: {
        ...{ status: 'unconfirmed', operation: creation, approvals: [], attempt: 1 },
        ...{ calledAt: askedAt, doubt: { kind: 'interrupted' }, at: askedAt, found: [] },
        ...(reminders === undefined ? {} : { reminders }),
        ...(first === undefined ? {} : { remindAt: new Date(askedAt.getTime() + first * hourMs) }),
      },
    };
  };

  it('is brought up by the rule’s times, and after the last one no more', () => {
    const request = inDoubt([1, 2]);
    expect(keepTime(request, china('18:56'))).toBeUndefined();
    const once = atTime(request, china('18:57'));
    expect(keepTime(request, china('18:57'))?.event).toEqual({ type: 'reminded', number: 1 });
    expect(once.state).toMatchObject({ reminders: 1, remindAt: china('19:57') });
    const twice = atTime(once, china('19:57'));
    expect(twice.state).toMatchObject({ status: 'unconfirmed', reminders: 2 });
    expect(twice.state).toMatchObject({ remindAt: undefined });
    expect(keepTime(twice, china('19:57', '30'))).toBeUndefined();
  });

  it('waits for the end of the quiet hours, without a reminder in between', () => {
    const held = atTime(inDoubt([4]), china('22:00'));
    expect(keepTime(inDoubt([4]), china('22:00'))?.event).toEqual({
      ...{ type: 'reminder_held', until: china('08:00', '05') },
    });
    expect(keepTime(held, china('07:59', '05'))).toBeUndefined();
    expect(keepTime(held, china('08:00', '05'))?.event).toEqual({ type: 'reminded', number: 1 });
  });

  it('never expires, and gets no reminder under a rule without reminders', () => {
    expect(keepTime(inDoubt([]), china('17:57', '30'))).toBeUndefined();
  });

  it('gets one reminder for several that are due', () => {
    const late = keepTime(inDoubt([1, 2, 3], 1), china('20:57'));
    expect(late?.event).toEqual({ type: 'reminded', number: 3 });
  });
});
