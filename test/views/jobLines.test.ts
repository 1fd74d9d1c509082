import type { JobStatus } from '../../src/domain/job/job';
import { code, plain, say, type Text } from '../../src/i18n/text';
import { jobMoved } from '../../views/jobLines';
import { en } from '../support/words';

const { label, thread } = en.job;

const said = (from: JobStatus, to: JobStatus, elsewhere: boolean): string[] =>
  jobMoved(en, { job: undefined }, { type: 'job_moved', from, to, said: 'odd', elsewhere }).map(
    plain,
  );
const meaning = (status: JobStatus): Text[] => {
  const words = thread.moved[status];
  return words === undefined ? [] : [say`${words}`];
};

it.each<[JobStatus, boolean]>([
  ['success', true],
  ['failed', false],
  ['paused', false],
])('says how far the target was behind at the end of a job: %s, %s', (to, isSaid) => {
  const lag = { lagMegabytes: 3, lagSeconds: 5 };
  const moved = { type: 'job_moved', from: 'running', to, said: to, elsewhere: false } as const;
  const lines = jobMoved(en, { job: undefined }, { ...moved, ...lag }).map(plain);
  expect(lines.includes(plain(thread.lagAtEnd(en.job.lag(lag) ?? '')))).toBe(isSaid);
});

it.each<[JobStatus, JobStatus, boolean, Text[]]>([
  ['running', 'paused', false, meaning('paused')],
  ['running', 'paused', true, [thread.elsewhere(label.paused), ...meaning('paused')]],
  ['running', 'other', false, [thread.other(code('odd'))]],
  ['running', 'other', true, [thread.elsewhere('odd')]],
  ['other', 'running', false, [thread.now(label.running)]],
  ['other', 'running', true, [thread.elsewhere(label.running)]],
  ['unknown', 'running', false, [thread.now(label.running)]],
  ['running', 'unknown', false, [thread.now(label.unknown)]],
  ['running', 'unknown', true, [thread.elsewhere(label.unknown)]],
  ['ready_run', 'running', false, [say`${label.running}.`]],
  ['ready_run', 'running', true, [thread.elsewhere(label.running)]],
  ['deleted', 'running', true, [thread.elsewhere(label.running), thread.again(label.running)]],
  ['created', 'running', false, []],
])('a job that was %s and is %s, elsewhere %s, is described once', (from, to, elsewhere, texts) => {
  expect(said(from, to, elsewhere)).toEqual(texts.map(plain));
});

it.each<[JobStatus, JobStatus, boolean, Text[]]>([
  ['checking', 'check_passed', false, []],
  ['checking', 'check_failed', false, []],
  ['check_failed', 'checking', true, [thread.elsewhere(label.checking)]],
  ['check_passed', 'running', true, [thread.elsewhere(label.running)]],
  ['ready_run', 'running', false, []],
  ['running', 'ready_complete', false, [thread.now(label.ready_complete)]],
  ['running', 'resumable_error', false, [thread.now(label.resumable_error)]],
  ['stopping', 'canceled', false, [thread.now(label.canceled)]],
  ['running', 'other', false, [thread.now('odd')]],
])('says of a job that nobody needs only how it is now: %s to %s, elsewhere %s', (...moved) => {
  const [from, to, elsewhere, texts] = moved;
  const checks = [{ name: 'binlog', result: 'failed' }] as const;
  const error = { error: 'disk full', step: { number: 1, of: 3, name: 'a' }, checks };
  const payload = { type: 'job_moved', from, to, said: 'odd', elsewhere, ...error } as const;
  const lines = jobMoved(en, { job: undefined }, { ...payload, isNotNeeded: true });
  expect(lines.map(plain)).toEqual(texts.map(plain));
});

it('says which operation is no longer possible on a job that nobody needs', () => {
  const payload = { from: 'stopping', to: 'canceled', said: 'canceled', elsewhere: false } as const;
  const about = { type: 'job_moved', operation: 'stop_job', isNotNeeded: true } as const;
  expect(jobMoved(en, { job: undefined }, { ...about, ...payload }).map(plain)).toEqual([
    plain(thread.now(label.canceled)),
    plain(thread.dropped(en.job.button.stop_job)),
  ]);
});
