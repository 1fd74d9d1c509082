import type { PlanBlock, TaskCardBlock } from '@slack/types';
import { type FollowedJob, remainingMs } from '../src/domain/job/followed';
import { hasEnded, type JobStep, phaseOf } from '../src/domain/job/job';
import type { MigrationRequest } from '../src/domain/request/request';
import { cut } from '../src/domain/text/cut';
import type { Messages } from '../src/i18n/locales';
import { say } from '../src/i18n/text';
import { type Message, messageText } from './message';
import { plainText } from './plainText';
import { richText } from './richText';

const mostSteps = 20;
const longestStepName = 100;

const taskStatus = {
  waiting: 'pending',
  running: 'in_progress',
  done: 'complete',
  failed: 'error',
} as const satisfies Record<JobStep['status'], TaskCardBlock['status']>;

/**
 * The progress of a job, in one message that is updated in place; `undefined` until DTS has begun a
 * step.
 */
export function buildProgress(
  messages: Messages,
  { job }: Pick<MigrationRequest, 'job'>,
): Message | undefined {
  if (job === undefined || job.steps.every(({ status }) => status === 'waiting')) return undefined;
  const { progress } = messages.job;
  const label = jobLabel(messages, job);
  const title = [label, ...factLines(messages, job)].join(' · ');
  const plan: PlanBlock = {
    type: 'plan',
    title: plainText(title, 150).text,
    tasks: job.steps.slice(0, mostSteps).map((step, index): TaskCardBlock => {
      const details = step.percent === undefined ? undefined : progress.percent(step.percent);
      const isOpen = step.status === 'running' || step.status === 'failed';
      return {
        type: 'task_card',
        task_id: `step_${index + 1}`,
        title: plainText(nameOf(step, index)).text,
        status: taskStatus[step.status],
        ...(details !== undefined && isOpen ? { details: richText(say`${details}`) } : {}),
      };
    }),
  };
  const text = [label, ...progressOf(messages, job)].join(' · ');
  return { text: messageText(say`${text}`), blocks: [plan] };
}

/** A job's status, as DTS wrote it if Ferry doesn't know it. */
export const jobLabel = (
  { job: words }: Messages,
  { said, status }: Pick<FollowedJob, 'said' | 'status'>,
): string => (status === 'other' ? cut(said, longestStepName) : words.label[status]);

/** The progress of a job in short parts; empty if DTS has begun no step. */
export function progressOf(messages: Messages, job: FollowedJob): string[] {
  return [...currentStep(messages, job), ...factLines(messages, job)];
}

/** The step that runs or failed. */
export function currentStep(
  { job: words }: Messages,
  { steps }: FollowedJob,
  longest = longestStepName,
): string[] {
  const now = steps.findIndex(({ status }) => status === 'running' || status === 'failed');
  const step = steps[now];
  return step === undefined
    ? []
    : [words.progress.step(now + 1, steps.length, nameOf(step, now, longest), step.percent)];
}

const nameOf = ({ name }: JobStep, index: number, longest = longestStepName): string =>
  name === '' ? String(index + 1) : cut(name, longest);

/** The lag while DTS copies changes, how long the job has been running or ran, and how long its step takes. */
function factLines({ job: words }: Messages, job: FollowedJob): string[] {
  const lag = words.lag(job);
  const until = job.endedAt ?? job.seenAt;
  const leftMs = remainingMs(job);
  const ranMs = job.startedAt === undefined ? 0 : until.getTime() - job.startedAt.getTime();
  const { elapsed, ran, started } = words.progress;
  const passed =
    job.endedAt !== undefined || hasEnded(job.status) ? ran : isHeld(job) ? started : elapsed;
  return [
    ...(lag === undefined ? [] : [words.progress.lag(lag)]),
    ...(ranMs > 0 ? [passed(words.duration(ranMs))] : []),
    ...(leftMs === undefined ? [] : [words.progress.remaining(words.duration(leftMs))]),
  ];
}

/** True if a job that was started doesn't run until someone acts. */
const isHeld = ({ status }: FollowedJob): boolean =>
  status === 'paused' || phaseOf(status) === 'failed';
