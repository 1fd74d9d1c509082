import fc from 'fast-check';
import {
  type FollowedJob,
  followed,
  missedSince,
  remainingMs,
} from '../../src/domain/job/followed';
import { type JobStatus, type JobStep, nextLook, type ObservedJob } from '../../src/domain/job/job';
import { changeOfStatus } from '../../src/domain/request/moved';
import { locales } from '../../src/i18n/locales';
import { jobMoved } from '../../views/jobLines';
import { fail } from '../support/fail';

const second = 1_000;
const minute = 60 * second;
const at = (ms: number) => new Date(Date.UTC(2026, 4, 4) + ms);

const observed = (
  status: JobStatus,
  percents: readonly number[],
  lag: Pick<ObservedJob, 'lagSeconds' | 'lagMegabytes'> = {},
): ObservedJob => ({
  ...{ api: '2021-12-06', status, said: status, errors: [], ...lag },
  steps: percents.map((percent, index): JobStep => {
    const isLast = index === percents.length - 1;
    return { name: `${index}`, status: isLast ? 'running' : 'done', percent };
  }),
});

/** What Ferry knows after these observations, in order. */
const known = (seen: readonly (readonly [number, ObservedJob])[]): FollowedJob => {
  const job = seen.reduce<FollowedJob | undefined>(
    (before, [ms, each]) => followed(before, each, at(ms)),
    undefined,
  );
  if (job === undefined) throw new Error('nothing was observed');
  return job;
};

describe('the remaining time', () => {
  /** A step that takes `totalMs`, as Ferry sees it at each of `times`. */
  const steady = (totalMs: number, times: readonly number[]) =>
    times
      .filter((ms) => ms < totalMs)
      .map((ms): [number, ObservedJob] => [
        ms,
        observed('running', [Math.floor((100 * ms) / totalMs)]),
      ]);
  const gaps = fc.array(fc.integer({ min: 3 * second, max: minute }), {
    minLength: 3,
    maxLength: 400,
  });
  const timesOf = (each: readonly number[]) =>
    each.map((_, index) => each.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0));

  it('is nearly right for a step that moves steadily', () => {
    let estimates = 0;
    fc.assert(
      fc.property(fc.integer({ min: 5 * minute, max: 4 * 60 * minute }), gaps, (totalMs, each) => {
        const seen = steady(totalMs, timesOf(each));
        const [end = 0] = seen.at(-1) ?? [];
        const left = seen.length === 0 ? undefined : remainingMs(known(seen));
        if (left === undefined) return;
        estimates += 1;
        const truth = totalMs - end;
        // The percent has no decimals, and Ferry sees a rise up to a minute late.
        const tolerance = 0.45 * truth + totalMs / 50 + minute;
        expect(Math.abs(left - truth)).toBeLessThanOrEqual(tolerance);
      }),
    );
    expect(estimates).toBeGreaterThan(0);
  });

  it('is never given before Ferry saw 10 percent, three minutes and three rises', () => {
    fc.assert(
      fc.property(
        gaps,
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3 }),
        (each, rises) => {
          const times = timesOf(each).slice(0, rises.length);
          let percent = 0;
          const seen = times.map((ms, index): [number, ObservedJob] => {
            percent = Math.min(100, percent + (rises[index] ?? 0));
            return [ms, observed('running', [percent])];
          });
          const [[first, { steps: begun }], [last]] = [seen[0] ?? fail(), seen.at(-1) ?? fail()];
          const gained = percent - (begun[0]?.percent ?? 0);
          const left = remainingMs(known(seen));
          if (gained < 10 || last - first < 3 * minute) expect(left).toBeUndefined();
          if (left !== undefined) expect(left).toBeGreaterThan(0);
        },
      ),
    );
  });

  it.each<[string, readonly number[], readonly number[], boolean]>([
    ['three rises', [0, 60, 120, 180], [0, 4, 8, 12], true],
    ['two rises', [0, 60, 120, 180], [0, 6, 6, 12], false],
    ['10 percent', [0, 60, 120, 180], [5, 8, 11, 15], true],
    ['9 percent', [0, 60, 120, 180], [5, 8, 11, 14], false],
    ['three minutes', [0, 60, 120, 180], [0, 20, 40, 60], true],
    ['a second less', [0, 60, 120, 179], [0, 20, 40, 60], false],
  ])('is given after %s: at %j s, %j percent: %s', (_, seconds, percents, isGiven) => {
    const seen = seconds.map((each, index): [number, ObservedJob] => [
      each * second,
      observed('running', [percents[index] ?? 0]),
    ]);
    expect(remainingMs(known(seen)) !== undefined).toBe(isGiven);
  });

  it('is not given while the percent does not rise, and returns when it moves', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 20 }),
        fc.integer({ min: 4, max: 30 }),
        (rise, more) => {
          const moving = [0, 1, 2, 3, 4].map((index): [number, ObservedJob] => [
            index * minute,
            observed('running', [index * rise]),
          ]);
          expect(remainingMs(known(moving))).toBeDefined();
          const still = Array.from({ length: more }, (_, index): [number, ObservedJob] => [
            (5 + index) * minute,
            observed('running', [4 * rise]),
          ]);
          expect(remainingMs(known([...moving, ...still]))).toBeUndefined();
          const again: [number, ObservedJob] = [
            (6 + more) * minute,
            observed('running', [4 * rise + 2]),
          ];
          expect(remainingMs(known([...moving, ...still, again]))).toBeDefined();
        },
      ),
    );
  });

  it.each<[string, ObservedJob]>([
    ['another step begins', observed('running', [100, 0])],
    ['the percent falls', observed('running', [10])],
    ['the job pauses', observed('paused', [60])],
    ['the cut-over is due', observed('ready_complete', [60])],
    [
      'the step has no percent',
      { ...observed('running', []), steps: [{ name: '', status: 'running' }] },
    ],
    ['the step is at its end', observed('running', [100])],
  ])('is not given when %s', (_, last) => {
    const seen = [0, 1, 2, 3].map((index): [number, ObservedJob] => [
      index * minute,
      observed('running', [20 * index]),
    ]);
    expect(remainingMs(known(seen))).toBe(2 * minute);
    expect(remainingMs(known([...seen, [4 * minute, last]]))).toBeUndefined();
  });
});

describe('a job that DTS no longer knows', () => {
  const hour = 60 * minute;
  const running = [0, observed('running', [1])] as const;
  const gone = observed('deleted', []);

  it('keeps its status for ten minutes, and Ferry notes since when', () => {
    const missed = known([running, [minute, gone], [11 * minute - 1, gone]]);
    expect(missed).toMatchObject({ status: 'running', since: at(0), steps: [{ percent: 1 }] });
    expect(missed.seenAt).toEqual(at(11 * minute - 1));
    expect(missedSince(missed)).toEqual(at(minute));
    const deleted = known([running, [minute, gone], [11 * minute, gone]]);
    expect(deleted).toMatchObject({ status: 'deleted', since: at(11 * minute) });
    expect(missedSince(deleted)).toBeUndefined();
  });

  it('begins again to be missing after DTS found it', () => {
    const found = [10 * minute, observed('running', [1])] as const;
    expect(missedSince(known([running, [minute, gone], found]))).toBeUndefined();
    const again = known([running, [minute, gone], found, [12 * minute, gone]]);
    expect([again.status, missedSince(again)]).toEqual(['running', at(12 * minute)]);
  });

  it('is deleted at once if Ferry deleted it, and then never read again', () => {
    const deleted = followed(undefined, gone, at(0));
    const again = followed(deleted, gone, at(hour));
    for (const job of [deleted, again]) {
      expect(job.status).toBe('deleted');
      expect(nextLook(job, at(hour))).toBeUndefined();
    }
  });

  it('is read after a minute, then less and less often, at least once an hour for a day', () => {
    const missed = known([running, [0, gone]]);
    const deleted = known([running, [0, gone], [hour, gone]]);
    const gaps = [0, 4, 20, 60, 8 * 60, 24 * 60].map((minutes) => {
      const now = at(minutes * minute);
      const job = minutes < 60 ? missed : deleted;
      return ((nextLook(job, now)?.getTime() ?? 0) - now.getTime()) / minute;
    });
    expect(gaps).toEqual([1, 1, 5, 15, 60, 60]);
    expect(nextLook(deleted, at(24 * hour + 1))).toBeUndefined();
  });
});

describe('a followed job', () => {
  it.each<[JobStatus, ...[ageSeconds: number, gapSeconds: number][]]>([
    ['created', [0, 15], [60, 15], [600, 150], [3_600, 600]],
    ['checking', [0, 3], [60, 15], [3_600, 15]],
    ['running', [0, 10], [60, 15], [3_600, 60]],
  ])('is read often after a change to %s, then less and less often', (status, ...looks) => {
    const gaps = looks.map(([age]) => {
      const now = at(age * second);
      return (nextLook({ since: at(0), status }, now)?.getTime() ?? 0) - now.getTime();
    });
    expect(gaps).toEqual(looks.map(([, gap]) => gap * second));
  });

  it('is read again soon after its scheduled time, and within ten minutes before', () => {
    const job = { since: at(0), status: 'ready_run', runsAt: at(60 * minute) } as const;
    const gaps = [20, 55, 61].map(
      (minutes) => (nextLook(job, at(minutes * minute))?.getTime() ?? 0) - at(0).getTime(),
    );
    expect(gaps).toEqual([25 * minute, 60 * minute + 15 * second, 71 * minute]);
  });

  it('has its status since Ferry first saw it', () => {
    const job = known([
      [0, observed('running', [1])],
      [minute, observed('ready_complete', [100])],
      [2 * minute, observed('ready_complete', [100])],
    ]);
    expect([job.since, job.seenAt]).toEqual([at(minute), at(2 * minute)]);
    const other = { ...observed('other', []), said: 'one' };
    const changed = known([
      [0, other],
      [minute, { ...other, said: 'two' }],
    ]);
    expect(changed.since).toEqual(at(minute));
  });

  it('reports once that the target caught up, until the job was paused', () => {
    const statuses: JobStatus[] = ['running', 'ready_complete', 'running', 'ready_complete'];
    const days = [...statuses, ...statuses, 'pausing', 'paused', 'resuming', ...statuses] as const;
    const told: number[] = [];
    let job: FollowedJob | undefined;
    for (const [hour, status] of days.entries()) {
      const seen = observed(status, [100]);
      const event = changeOfStatus(job, seen, at(hour * 60 * minute));
      if (event !== undefined && event.to === 'ready_complete') {
        if (jobMoved(locales.en, { job }, event).length > 0) told.push(hour);
      }
      job = followed(job, seen, at(hour * 60 * minute));
    }
    expect(told).toEqual([1, 12]);
  });

  it.each<[string, readonly ObservedJob[], FollowedJob['cutOver']]>([
    [
      'the lag at which the cut-over began',
      [
        observed('ready_complete', [100], { lagSeconds: 9 }),
        observed('completing', [100], { lagSeconds: 7, lagMegabytes: 3 }),
        observed('completing', [100], { lagSeconds: 2 }),
        observed('success', [100], { lagSeconds: 0 }),
      ],
      { lagSeconds: 7, lagMegabytes: 3 },
    ],
    [
      'the last lag before it',
      [observed('ready_complete', [100], { lagSeconds: 9 }), observed('success', [100])],
      { lagSeconds: 9 },
    ],
    [
      'the last lag before it if the cut-over reports none',
      [
        observed('ready_complete', [100], { lagMegabytes: 4 }),
        observed('completing', [100]),
        observed('success', [100]),
      ],
      { lagMegabytes: 4 },
    ],
    [
      'nothing if no lag is known',
      [observed('running', [90]), observed('success', [100])],
      undefined,
    ],
    [
      'nothing once the cut-over failed',
      [
        observed('completing', [100], { lagSeconds: 7 }),
        observed('resumable_error', [100], { lagSeconds: 8 }),
      ],
      undefined,
    ],
    [
      'nothing before the cut-over',
      [observed('ready_complete', [100], { lagSeconds: 9 })],
      undefined,
    ],
  ])('remembers %s', (_, seen, expected) => {
    expect(known(seen.map((each, index) => [index * minute, each] as const)).cutOver).toEqual(
      expected,
    );
  });
});
