import type { BotProcess } from '../../playground/botProcess';
import { ALICE, BOB, type Message } from '../../playground/slack/index';
import type { JobOperation, JobStatus } from '../../src/domain/job/job';
import { operations } from '../support/aJob';
import { databases } from '../support/startTestFerry';
import { button, en, explained, jobInThread, saying } from '../support/words';
import { ask, cardOf, isShort, type Stage, shown, startStage, waitFor } from './stage';

interface Life {
  /** What people do first, undisturbed. */
  before: readonly JobOperation[];
  /** True if the migration runs on for the whole test. */
  isLong?: true;
  /** True if the migration then stops with an error that can be resumed. */
  hasError?: true;
  /** True if an item of the check fails until people skip it. */
  failsCheck?: true;
  /** What they do afterwards. The process is killed twice during each of these operations. */
  killed: readonly JobOperation[];
}
const lives: readonly Life[] = [
  { before: [], killed: ['check_job', 'start_job', 'complete_job'] },
  {
    before: ['check_job', 'start_job'],
    isLong: true,
    killed: ['pause_job', 'continue_job', 'stop_job'],
  },
  { before: ['check_job', 'start_job'], isLong: true, hasError: true, killed: ['resume_job'] },
  { before: ['check_job'], killed: ['delete_job'] },
  { before: ['check_job'], failsCheck: true, killed: ['skip_check'] },
];
const tried = (isShort ? lives.slice(0, 1) : lives).map((life) => ({
  ...life,
  named: life.killed.join(', '),
}));

/** Short waits, so that the work of a killed process continues during the test. */
const hasty = { DTS_TIMEOUT_SECONDS: '4', DTS_SETTLE_SECONDS: '6' };
/** A migration takes seconds. In ms. */
const quick = {
  ...{ checkingMs: 500, exportMs: 500, importMs: 500, catchUpMs: 500, comparingMs: 500 },
  ...{ completingMs: 500, pausingMs: 500, resumingMs: 500, stoppingMs: 500 },
};
/** A lease on PostgreSQL, and the longest wait of a request after it. In ms. */
const patienceMs = 150_000;

const noEffect = saying(explained('no_effect').headline);

let stage: Stage;
let bot: BotProcess;
afterEach(() => stage.close());

/** A request with a job, as people see it. */
async function withJob(jobName: string) {
  const { dts, slack } = stage;
  await ask(stage, ALICE, jobName, { 'MigrateOption.MigrateType': '3' });
  const card = await waitFor(() => cardOf(stage, jobName), 'the card');
  await slack.as(BOB).click(card, 'approve');
  const request = () => shown(stage).find((each) => each.jobName === jobName);
  const replies = (words: RegExp) => (request()?.replies ?? []).filter((text) => words.test(text));
  const until = (probe: () => boolean, what: string) =>
    waitFor(probe, `${jobName}: ${what}`, () => JSON.stringify(request()), patienceMs);
  await until(() => replies(jobInThread()).length > 0, 'the job');
  const jobId = [...dts.jobs.values()].find((job) => job.request.JobName === jobName)?.jobId ?? '';
  const shows = (words: string): boolean => request()?.text.includes(words) === true;
  return { card, jobId, replies, shows, until };
}
type Subject = Awaited<ReturnType<typeof withJob>>;

const factsOf = (operation: JobOperation): { action: string; after: JobStatus } => {
  if (operation === 'skip_check') return { action: 'SkipCheckItem', after: 'check_failed' };
  const [, , action, after] = operations.find(([name]) => name === operation) ?? [];
  if (action === undefined || after === undefined) throw new Error(`no facts of ${operation}`);
  return { action, after };
};

const callsOf = ({ jobId }: Subject, action: string) =>
  stage.dts
    .callsOf(action)
    .filter(({ body }) => JSON.stringify(body ?? null).includes(`"${jobId}"`));

async function press(card: Message, operation: JobOperation): Promise<void> {
  const bob = stage.slack.as(BOB);
  await bob.click(card, operation);
  if (operation !== 'skip_check') return;
  await waitFor(() => bob.view() !== undefined, 'the form');
  await bob.fill({ StepIds: [skippedItem], Reason: 'We know.' });
  await bob.submit();
}

const skippedItem = 'OptimizeCheck';

const isOffered = ({ shows }: Subject, operation: JobOperation): boolean =>
  shows(button(en.job.button[operation]));

/** Presses a button once the card has it, and waits for the effect. */
async function operate(subject: Subject, operation: JobOperation): Promise<void> {
  await subject.until(() => isOffered(subject, operation), `the button ${operation}`);
  await press(subject.card, operation);
  await untilDone(subject, operation);
}

const untilDone = (subject: Subject, operation: JobOperation): Promise<true> => {
  const { after } = factsOf(operation);
  if (operation === 'skip_check') {
    const known = saying(en.job.thread.accepted.skip_check);
    return subject.until(() => subject.replies(known).length > 0, 'the skip');
  }
  // A short migration is soon ready for its cut-over, and a check may fail.
  const others: Partial<Record<JobStatus, JobStatus>> = {
    running: 'ready_complete',
    check_passed: 'check_failed',
  };
  const statuses = [after, others[after] ?? after];
  return subject.until(
    () => statuses.some((status) => subject.shows(`· ${en.job.label[status]}`)),
    `the status ${after}`,
  );
};

/** Presses a button, and kills the process once DTS got its call. */
async function killDuring(
  subject: Subject,
  operation: JobOperation,
  when: 'before' | 'after',
): Promise<void> {
  const { action } = factsOf(operation);
  const { card, until } = subject;
  await until(() => isOffered(subject, operation), `the button ${operation}`);
  const earlier = callsOf(subject, action).length;
  stage.dts.next({ kind: 'noAnswer', when }, { action });
  await press(card, operation);
  await until(
    () => callsOf(subject, action).filter(({ fault }) => fault !== undefined).length > earlier,
    `the call of ${action}`,
  );
  stage.kill(bot);
  bot = await stage.start();
}

describe.each(isShort ? (['sqlite'] as const) : databases)('on %s', (database) => {
  it.each(tried)(
    'a process that is killed during $named makes each operation once, and the card is true',
    async ({ before, failsCheck, hasError, isLong, killed }) => {
      stage = await startStage(database, hasty, {
        pace: { ...quick, ...(isLong && { importMs: 3_600_000 }) },
        creatingMs: 500,
      });
      bot = await stage.start();
      const subject = await withJob(killed.join('-'));
      if (failsCheck) {
        const until = { jobId: subject.jobId, until: 'always' } as const;
        stage.dts.controls.failCheck(skippedItem, until);
      }
      for (const operation of before) await operate(subject, operation);
      if (hasError) stage.dts.controls.fail(subject.jobId, 'resumable');
      for (const operation of killed) {
        const failures = subject.replies(noEffect).length;
        await killDuring(subject, operation, 'before');
        await subject.until(() => subject.replies(noEffect).length > failures, 'the lost call');
        await killDuring(subject, operation, 'after');
        await untilDone(subject, operation);
        expect(callsOf(subject, factsOf(operation).action)).toHaveLength(2);
      }
      expect(stage.slack.mistakes).toEqual([]);
    },
  );
});
