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
