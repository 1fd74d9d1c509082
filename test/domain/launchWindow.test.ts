import fc from 'fast-check';
import { type Hours, type LaunchWindow, weekdays } from '../../src/domain/policy/policy';
import { isTimeZone, nextOpening } from '../../src/domain/policy/wallClock';
import { afterQuiet, nextReminder, remindersBy } from '../../src/domain/request/reminders';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const plus = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

const everyDay = [...weekdays] as const;
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const nights = (timeZone: string): LaunchWindow => ({
  days: workdays,
  from: '22:00',
  to: '06:00',
  timeZone,
});
const daily = (timeZone: string, from: string, to: string): LaunchWindow => ({
  days: everyDay,
  from,
  to,
  timeZone,
});
const opening = (windows: readonly LaunchWindow[], now: string): string | undefined =>
  nextOpening(windows, new Date(now))?.toISOString();

describe('the launch window', () => {
  it('is always open without a setting', () => {
    expect(opening([], '2026-03-11T12:00:00Z')).toBeUndefined();
  });

  it.each([
    ['within it', '2026-03-10T15:00:00+08:00', '2026-03-10T14:00:00.000Z'],
    ['a second before it', '2026-03-10T21:59:59.999+08:00', '2026-03-10T14:00:00.000Z'],
    ['at its beginning', '2026-03-10T22:00:00+08:00', undefined],
    ['past midnight', '2026-03-11T05:59:59.999+08:00', undefined],
    ['at its end', '2026-03-11T06:00:00+08:00', '2026-03-11T14:00:00.000Z'],
    ['on Friday night', '2026-03-14T05:59:00+08:00', undefined],
    ['on the Saturday after it', '2026-03-14T22:30:00+08:00', '2026-03-16T14:00:00.000Z'],
    ['on Monday morning', '2026-03-16T03:00:00+08:00', '2026-03-16T14:00:00.000Z'],
  ])('%s', (_, now, expected) => {
    expect(opening([nights('Asia/Shanghai')], now)).toBe(expected);
  });

  it('is open if one of several windows is open', () => {
    const windows: LaunchWindow[] = [
      nights('Asia/Shanghai'),
      { days: ['sat', 'sun'], from: '00:00', to: '24:00', timeZone: 'Asia/Shanghai' },
    ];
    expect(opening(windows, '2026-03-14T12:00:00+08:00')).toBeUndefined();
    expect(opening(windows, '2026-03-15T23:59:59+08:00')).toBeUndefined();
    expect(opening(windows, '2026-03-16T00:00:00+08:00')).toBe('2026-03-16T14:00:00.000Z');
    expect(opening(windows, '2026-03-13T12:00:00+08:00')).toBe('2026-03-13T14:00:00.000Z');
  });

  it.each([
    [
      'a zone with half an hour of offset',
      daily('Asia/Kolkata', '01:30', '02:00'),
      '2026-03-10T12:00:00Z',
      '2026-03-10T20:00:00.000Z',
    ],
    [
      'the skipped hour',
      daily('Europe/Berlin', '02:15', '02:45'),
      '2026-03-29T00:30:00Z',
      '2026-03-30T00:15:00.000Z',
    ],
    [
      'a skipped beginning',
      daily('Europe/Berlin', '02:30', '05:00'),
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'a skipped end',
      daily('Europe/Berlin', '01:30', '02:30'),
      '2026-03-29T01:00:00Z',
      '2026-03-29T23:30:00.000Z',
    ],
    [
      'the repeated hour, the first time',
      daily('Europe/Berlin', '02:15', '02:45'),
      '2026-10-24T23:00:00Z',
      '2026-10-25T00:15:00.000Z',
    ],
    [
      'the repeated hour, the second time',
      daily('Europe/Berlin', '02:15', '02:45'),
      '2026-10-25T00:50:00Z',
      '2026-10-25T01:15:00.000Z',
    ],
    [
      'a repeated end',
      daily('Europe/Berlin', '01:30', '02:30'),
      '2026-10-25T00:45:00Z',
      '2026-10-25T01:00:00.000Z',
    ],
    [
      'the skipped hour in New York',
      daily('America/New_York', '02:00', '03:00'),
      '2026-03-08T06:30:00Z',
      '2026-03-09T06:00:00.000Z',
    ],
    [
      'the night before it',
      daily('America/New_York', '22:00', '06:00'),
      '2026-03-08T10:00:00Z',
      '2026-03-09T02:00:00.000Z',
    ],
    [
      'the night after the repeated hour',
      daily('America/New_York', '22:00', '06:00'),
      '2026-11-01T11:00:00Z',
      '2026-11-02T03:00:00.000Z',
    ],
    [
      'a change of half an hour',
      daily('Australia/Lord_Howe', '02:10', '02:20'),
      '2026-10-03T15:00:00Z',
      '2026-10-04T15:10:00.000Z',
    ],
    [
      'a skipped midnight',
      daily('America/Havana', '00:00', '02:00'),
      '2026-03-08T04:30:00Z',
      '2026-03-08T05:00:00.000Z',
    ],
    [
      'a skipped day',
      { days: ['fri'], from: '10:00', to: '11:00', timeZone: 'Pacific/Apia' },
      '2011-12-29T12:00:00Z',
      '2012-01-05T20:00:00.000Z',
    ],
  ] as const)('%s', (_, window, now, expected) => {
    expect(opening([window], now)).toBe(expected);
  });
});

/** The local time, computed independently of the product. */
function shows(timeZone: string): (at: Date) => { day: number; minute: number } {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return (at) => {
    const local = new Date(`${format.format(at).replace(' ', 'T')}Z`);
    return {
      day: (local.getUTCDay() + 6) % 7,
      minute: local.getUTCHours() * 60 + local.getUTCMinutes(),
    };
  };
}
const minutesOf = (hour: string): number => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3));

function contains(window: LaunchWindow): (at: Date) => boolean {
  const read = shows(window.timeZone);
  const [from, to] = [minutesOf(window.from), minutesOf(window.to)];
  const length = to > from ? to - from : to + 1_440 - from;
  const starts = window.days.map((day) => weekdays.indexOf(day) * 1_440 + from);
  return (at) => {
    const { day, minute } = read(at);
    const ofWeek = day * 1_440 + minute;
    return starts.some((start) => (ofWeek - start + 10_080) % 10_080 < length);
  };
}

const zones = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Havana',
];
const aHour = fc
  .integer({ min: 0, max: 1_439 })
  .map(
    (minute) =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
  );
/** Any time; half of the time, one near a change of the clocks. */
const aMoment = fc.oneof(
  fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
  fc
    .tuple(
      fc.constantFrom(
        '2026-03-08',
        '2026-03-29',
        '2026-04-05',
        '2026-10-04',
        '2026-10-25',
        '2026-11-01',
      ),
      fc.integer({ min: -26 * hourMs, max: 26 * hourMs }),
    )
    .map(([day, ms]) => plus(new Date(day), ms)),
);
const aWindow: fc.Arbitrary<LaunchWindow> = fc
  .record({
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
    from: aHour,
    to: fc.oneof(aHour, fc.constant('24:00')),
    timeZone: fc.constantFrom(...zones),
  })
  .map(({ days: [first = 'mon', ...others], ...rest }) => ({ days: [first, ...others], ...rest }));

describe('for all windows', () => {
  it('the opening is inside a window, and no earlier time is', () => {
    fc.assert(
      fc.property(fc.array(aWindow, { minLength: 1, maxLength: 3 }), aMoment, (windows, now) => {
        const tests = windows.map(contains);
        const isOpen = (at: Date): boolean => tests.some((test) => test(at));
        const found = nextOpening(windows, now);
        if (found === undefined) {
          expect(isOpen(now)).toBe(true);
          return;
        }
        expect(found > now).toBe(true);
        expect(isOpen(found)).toBe(true);
        for (let at = now; at < found; at = plus(at, minuteMs)) {
          if (isOpen(at))
            throw new Error(`${at.toISOString()} is open before ${found.toISOString()}`);
        }
        // Also less than a minute before `found`.
        expect(isOpen(plus(found, -1))).toBe(false);
      }),
      { numRuns: 75 },
    );
  });

  it('the window is open at the opening', () => {
    fc.assert(
      fc.property(fc.array(aWindow, { minLength: 1, maxLength: 3 }), aMoment, (windows, now) => {
        const found = nextOpening(windows, now);
        if (found !== undefined) expect(nextOpening(windows, found)).toBeUndefined();
      }),
    );
  });
});

describe('quiet hours', () => {
  const berlin: Hours = { from: '22:00', to: '08:00', timeZone: 'Europe/Berlin' };
  const quietTo = (to: string): Hours => ({ ...berlin, to });
  it.each([
    ['none', undefined, '2026-03-10T23:00:00Z', '2026-03-10T23:00:00.000Z'],
    ['before them', berlin, '2026-03-10T20:59:59.999Z', '2026-03-10T20:59:59.999Z'],
    ['at their beginning', berlin, '2026-03-10T21:00:00Z', '2026-03-11T07:00:00.000Z'],
    ['in the small hours', berlin, '2026-03-11T02:00:30Z', '2026-03-11T07:00:00.000Z'],
    ['at their end', berlin, '2026-03-11T07:00:00Z', '2026-03-11T07:00:00.000Z'],
    ['a night with one hour less', berlin, '2026-03-28T23:00:00Z', '2026-03-29T06:00:00.000Z'],
    ['a night with one more hour', berlin, '2026-10-24T23:00:00Z', '2026-10-25T07:00:00.000Z'],
    ['a skipped end', quietTo('02:30'), '2026-03-29T00:30:00Z', '2026-03-29T01:00:00.000Z'],
    [
      'a repeated end, the first time',
      quietTo('02:30'),
      '2026-10-25T00:00:00Z',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'a repeated end, the second time',
      quietTo('02:30'),
      '2026-10-25T01:10:00Z',
      '2026-10-25T01:30:00.000Z',
    ],
    ['hours of a whole day', quietTo('22:00'), '2026-03-10T21:00:00Z', '2026-03-10T21:00:00.000Z'],
  ])('%s', (_, quiet, at, expected) => {
    expect(afterQuiet(quiet, new Date(at)).toISOString()).toBe(expected);
  });

  it('end at the first minute after them', () => {
    fc.assert(
      fc.property(aWindow, aMoment, ({ days: _, ...quiet }, at) => {
        fc.pre(quiet.from !== quiet.to && !(quiet.from === '00:00' && quiet.to === '24:00'));
        const isQuiet = contains({ ...quiet, days: everyDay });
        const found = afterQuiet(quiet, at);
        expect(isQuiet(found)).toBe(false);
        for (let each = at; each < found; each = plus(each, minuteMs)) {
          if (!isQuiet(each)) throw new Error(`${each.toISOString()} is not quiet`);
        }
      }),
      { numRuns: 75 },
    );
  });
});

describe('reminders', () => {
  const since = new Date('2026-03-10T10:00:00Z');
  const quiet: Hours = { from: '22:00', to: '08:00', timeZone: 'Asia/Shanghai' };
  const rule = {
    reminders: { afterMs: [hourMs, 5 * hourMs, 10 * hourMs, 72 * hourMs], mention: [] },
  };
  const quietly = { reminders: { ...rule.reminders, quiet } };
  const all = (which: Parameters<typeof nextReminder>[0]) =>
    [0, 1, 2, 3, 4].map((count) => nextReminder(which, since, count)?.toISOString());

  it('are sent when they are due, and then no more', () => {
    expect(all(rule)).toEqual([
      '2026-03-10T11:00:00.000Z',
      '2026-03-10T15:00:00.000Z',
      '2026-03-10T20:00:00.000Z',
      '2026-03-13T10:00:00.000Z',
      undefined,
    ]);
    expect(nextReminder({ reminders: { afterMs: [], mention: [] } }, since, 0)).toBeUndefined();
  });

  it('wait for the end of quiet hours, and several become one', () => {
    expect(all(quietly)).toEqual([
      '2026-03-10T11:00:00.000Z',
      '2026-03-11T00:00:00.000Z',
      '2026-03-11T00:00:00.000Z',
      '2026-03-13T10:00:00.000Z',
      undefined,
    ]);
    const due = (now: string): number => remindersBy(quietly, since, new Date(now));
    expect(due('2026-03-10T10:59:59Z')).toBe(0);
    expect(due('2026-03-10T11:00:00Z')).toBe(1);
    expect(due('2026-03-10T23:59:59Z')).toBe(1);
    expect(due('2026-03-11T00:00:00Z')).toBe(3);
    expect(due('2027-01-01T00:00:00Z')).toBe(4);
  });

  it('never precede the one before', () => {
    fc.assert(
      fc.property(aMoment, (at) => {
        const moments = [0, 1, 2, 3].map(
          (count) => nextReminder(quietly, at, count)?.getTime() ?? 0,
        );
        expect(moments).toEqual(moments.toSorted((a, b) => a - b));
      }),
    );
  });
});

it.each([
  ['Asia/Shanghai', true],
  ['Asia/Kolkata', true],
  ['America/Argentina/Buenos_Aires', true],
  ['UTC', true],
  ['Asia/Shangai', false],
  ['CST', false],
  ['+08:00', false],
  ['', false],
  ['a/b', false],
])('%j is a time zone: %s', (name, expected) => {
  expect(isTimeZone(name)).toBe(expected);
});
