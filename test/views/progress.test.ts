import type { FollowedJob } from '../../src/domain/job/followed';
import type { JobStatus, JobStep } from '../../src/domain/job/job';
import { say } from '../../src/i18n/text';
import { buildProgress, progressOf } from '../../views/progress';
import { richText } from '../../views/richText';
import { aSeenJob } from '../support/storeOn';
import { en } from '../support/words';

const { progress } = en.job;
const at = new Date('2026-05-04T10:00:00Z');
const later = (ms: number) => new Date(at.getTime() + ms);
const shown = (changes: Partial<FollowedJob>) =>
  progressOf(en, { ...aSeenJob('running', at), ...changes });

describe('the progress of a job', () => {
  it.each<[string, Partial<FollowedJob>, number | undefined]>([
    ['has not started', {}, undefined],
    ['has just started', { startedAt: at, seenAt: at }, undefined],
    ['started a minute ago', { startedAt: at, seenAt: later(60_000) }, 60_000],
    ['starts later by the clock of DTS', { startedAt: later(1), seenAt: at }, undefined],
  ])('says how long a job runs that %s', (_, changes, ms) => {
    const words = ms === undefined ? [] : [progress.elapsed(en.job.duration(ms))];
    expect(shown(changes)).toEqual(words);
  });

  it.each<[JobStatus, Partial<FollowedJob>, string]>([
    ['running', {}, progress.elapsed(en.job.duration(600_000))],
    ['ready_complete', {}, progress.elapsed(en.job.duration(600_000))],
    ['success', { endedAt: later(60_000) }, progress.ran(en.job.duration(60_000))],
    ['canceled', {}, progress.ran(en.job.duration(600_000))],
    ['failed', {}, progress.ran(en.job.duration(600_000))],
    ['paused', {}, progress.started(en.job.duration(600_000))],
    ['resumable_error', {}, progress.started(en.job.duration(600_000))],
    ['error', {}, progress.started(en.job.duration(600_000))],
  ])('says whether a job still runs that is %s', (status, changes, words) => {
    expect(shown({ status, startedAt: at, seenAt: later(600_000), ...changes })).toEqual([words]);
  });

  const step = (status: JobStep['status'], name: string, percent?: number): JobStep => ({
    ...{ status, name },
    ...(percent === undefined ? {} : { percent }),
  });
  const named = 'n'.repeat(100);

  it.each<[string, JobStep[], string[]]>([
    ['no step', [], []],
    ['steps of which none has begun', [step('waiting', 'a'), step('waiting', 'b')], []],
    [
      'a running step',
      [step('done', 'a'), step('running', 'b', 40), step('waiting', 'c')],
      [progress.step(2, 3, 'b', 40)],
    ],
    [
      'a failed step',
      [step('done', 'a'), step('failed', 'b')],
      [progress.step(2, 2, 'b', undefined)],
    ],
    ['a step without a name', [step('running', '')], [progress.step(1, 1, '1', undefined)]],
    ['a long name', [step('running', named)], [progress.step(1, 1, named, undefined)]],
    [
      'a longer name',
      [step('running', `${named}n`)],
      [progress.step(1, 1, `${named.slice(1)}…`, undefined)],
    ],
    ['only finished steps', [step('done', 'a')], []],
  ])('names the step that runs or failed, with %s', (_, steps, expected) => {
    expect(shown({ steps })).toEqual(expected);
  });

  it.each<[string, JobStep[], boolean]>([
    ['no step', [], false],
    ['steps of which none has begun', [step('waiting', 'a'), step('waiting', 'b')], false],
    ['a step that runs', [step('running', 'a'), step('waiting', 'b')], true],
    ['a finished step', [step('done', 'a'), step('waiting', 'b')], true],
  ])('has a message, with %s: %s', (_, steps, isShown) => {
    const job = { ...aSeenJob('running', at), steps };
    expect(buildProgress(en, { job }) !== undefined).toBe(isShown);
  });

  it.each([
    [20, 20],
    [21, 20],
  ])('shows of %i steps the first %i, with their status and names', (count, shownSteps) => {
    const steps = Array.from({ length: count }, (_, index) => step('running', `${named}${index}`));
    const message = buildProgress(en, { job: { ...aSeenJob('running', at), steps } });
    const tasks = message?.blocks.flatMap((block) => (block.type === 'plan' ? block.tasks : []));
    expect(tasks).toEqual(
      Array.from({ length: shownSteps }, (_, index) => ({
        ...{ type: 'task_card', task_id: `step_${index + 1}`, status: 'in_progress' },
        title: `${named.slice(1)}…`,
      })),
    );
  });

  it.each<[JobStep['status'], string, number | undefined, boolean]>([
    ['waiting', 'pending', 0, false],
    ['running', 'in_progress', 40, true],
    ['running', 'in_progress', 0, true],
    ['running', 'in_progress', undefined, false],
    ['done', 'complete', 100, false],
    ['failed', 'error', 40, true],
  ])('shows a step that is %s as %s, with %s percent: %s', (status, task, percent, isShown) => {
    const steps = [step('running', 'a'), step(status, '', percent)];
    const message = buildProgress(en, { job: { ...aSeenJob('running', at), steps } });
    const [, drawn] =
      message?.blocks.flatMap((each) => (each.type === 'plan' ? each.tasks : [])) ?? [];
    expect(drawn).toEqual({
      ...{ type: 'task_card', task_id: 'step_2', status: task, title: '2' },
      ...(isShown ? { details: richText(say`${progress.percent(percent ?? 0)}`) } : {}),
    });
  });

  it('has no message before DTS has described the job', () => {
    expect(buildProgress(en, { job: undefined })).toBeUndefined();
  });

  it('says how far the target is behind', () => {
    const lag = { lagMegabytes: 3, lagSeconds: 5 };
    expect(shown(lag)).toEqual([progress.lag(en.job.lag(lag) ?? '')]);
  });
});
