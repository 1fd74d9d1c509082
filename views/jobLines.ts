import { type CheckItem, isUnclear, mayBeStarted } from '../src/domain/job/job';
import type { MigrationRequest } from '../src/domain/request/request';
import type { PayloadOf } from '../src/domain/request/requestEvent';
import { isStartLost } from '../src/domain/request/startApproval';
import { cut } from '../src/domain/text/cut';
import type { Messages } from '../src/i18n/locales';
import { code, inLine, link, say, type Text } from '../src/i18n/text';
import { jobLabel } from './progress';

const longestError = 500;
const longestStepName = 100;
const mostChecks = 10;

/**
 * How many items of a check had each result, and the first `most` that didn't pass, failed ones
 * first. `withRemedies`: each with its reason, remedy and documentation.
 */
export function checkLines(
  { job: { thread } }: Messages,
  checks: readonly CheckItem[],
  { most, withRemedies }: { most: number; withRemedies: boolean },
): Text[] {
  if (checks.length === 0) return [];
  const having = (wanted: CheckItem['result']) => checks.filter(({ result }) => result === wanted);
  const failed = having('failed');
  const warned = having('warning');
  const shown = [...failed, ...warned].slice(0, most);
  return [
    thread.checked(having('passed').length, warned.length, failed.length, having('skipped').length),
    ...shown.flatMap(({ link: page, name, reason, result, solution }) => {
      const why =
        withRemedies && reason !== undefined ? code(cut(reason, longestError)) : undefined;
      const item = thread.checkItem(code(cut(name, longestStepName)), result === 'failed', why);
      if (!withRemedies || solution === undefined) return [item];
      const remedy = thread.solution(code(cut(solution, longestError)));
      return [item, page === undefined ? remedy : say`${remedy} ${link(page, thread.readMore)}`];
    }),
  ];
}

/** What a job's new status means for people; nothing if nobody has to know. */
export function jobMoved(
  messages: Messages,
  request: Pick<MigrationRequest, 'job'>,
  payload: PayloadOf<'job_moved'>,
): Text[] {
  const { isNotNeeded, operation } = payload;
  const { button, thread } = messages.job;
  const texts =
    isNotNeeded === true
      ? unneededMoved(messages, payload)
      : neededMoved(messages, request, payload);
  return operation === undefined ? texts : [...texts, thread.dropped(button[operation])];
}

/** What people can do if the job that a status is about can't be started anymore. */
export const lostLine = (messages: Messages, request: MigrationRequest): Text[] =>
  isStartLost(request) ? [say`${messages.job.prepared.lost}`] : [];

/** A job that nobody needs anymore has no next step. If nobody has started it, Ferry deletes it. */
function unneededMoved(messages: Messages, payload: PayloadOf<'job_moved'>): Text[] {
  const { elsewhere, said, to: status } = payload;
  const { thread } = messages.job;
  const label = jobLabel(messages, { said, status });
  if (elsewhere) return [thread.elsewhere(label)];
  const isNews = meaningOf(messages, payload) !== undefined || isUnclear(status);
  return isNews && mayBeStarted({ status }) ? [thread.now(label)] : [];
}

const meaningOf = (
  { job: { thread } }: Messages,
  { isRepeated, to }: PayloadOf<'job_moved'>,
): string | undefined => (isRepeated === true ? undefined : thread.moved[to]);

function neededMoved(
  messages: Messages,
  { job }: Pick<MigrationRequest, 'job'>,
  payload: PayloadOf<'job_moved'>,
): Text[] {
  const { consistency, elsewhere, error, from, said, step, to } = payload;
  const { job: words } = messages;
  const { thread } = words;
  const meaning = meaningOf(messages, payload);
  const label = jobLabel(messages, { said, status: to });
  const took =
    job?.startedAt === undefined
      ? undefined
      : (job.endedAt ?? job.since).getTime() - job.startedAt.getTime();
  const isNewlyClear = isUnclear(from) && !isUnclear(to) && !elsewhere && meaning === undefined;
  const hasEnded = to === 'success' || to === 'failed';
  const isFailure = ['check_failed', 'failed', 'error', 'resumable_error'].includes(to);
  const lag = words.lag(payload);
  const checks = payload.checks ?? [];
  return [
    ...(elsewhere ? [thread.elsewhere(label)] : []),
    ...(from === 'deleted' ? [thread.again(label)] : []),
    ...(meaning === undefined ? [] : [say`${meaning}`]),
    ...(to === 'other' && !elsewhere ? [thread.other(code(label))] : []),
    // A scheduled job starts automatically.
    ...(from === 'ready_run' && to === 'running' && !elsewhere ? [say`${words.label[to]}.`] : []),
    ...(isNewlyClear || (to === 'unknown' && !elsewhere) ? [thread.now(label)] : []),
    ...(hasEnded && took !== undefined && took > 0 ? [thread.took(words.duration(took))] : []),
    ...(to === 'success' && lag !== undefined ? [thread.lagAtEnd(lag)] : []),
    ...(to === 'success' && consistency !== undefined && consistency !== 'notexist'
      ? [say`${thread.consistency[consistency]}`]
      : []),
    ...checkLines(messages, checks, { most: mostChecks, withRemedies: true }),
    ...(isFailure && step !== undefined ? [failedStepLine(messages, step, error)] : []),
    ...(isFailure && checks.length === 0 ? errorLines(messages, payload) : []),
  ];
}

/** What DTS says about an error, the remedy, and the documentation. */
export function errorLines(
  { job: { thread } }: Messages,
  { error, link: page, solution }: Pick<PayloadOf<'job_moved'>, 'error' | 'link' | 'solution'>,
): Text[] {
  const lines = [
    ...(error === undefined ? [] : [thread.error(code(cut(error, longestError)))]),
    ...(solution === undefined ? [] : [thread.solution(code(cut(solution, longestError)))]),
  ];
  if (page === undefined) return lines;
  const more = [link(page, thread.readMore)];
  const last = lines.at(-1);
  return last === undefined ? [more] : [...lines.slice(0, -1), inLine(last, more)];
}

function failedStepLine(
  { job: { thread } }: Messages,
  { message, name, number, of }: NonNullable<PayloadOf<'job_moved'>['step']>,
  error: string | undefined,
): Text {
  const step = thread.failedStep(
    number,
    of,
    code(name === '' ? String(number) : cut(name, longestStepName)),
  );
  // DTS often repeats the error as the step's message.
  return message === undefined || message === error
    ? step
    : inLine(step, code(cut(message, longestError)));
}
