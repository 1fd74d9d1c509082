import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, MEI, type Message } from '../../playground/slack/index';
import { type JobOperation, type JobStatus, jobOperations } from '../../src/domain/job/job';
import type { FormEntries } from './aForm';
import { fieldsShown, sendForm } from './modal';
import { passTime } from './passTime';
import { aPolicyFile } from './policyFile';
import { startTestFerry, type TestFerry, type TestOptions } from './startTestFerry';
import { button, en, jobInThread } from './words';

export type Version = '2018-03-30' | '2021-12-06';
type Settings = Readonly<Record<string, unknown>>;

const incremental = { 'MigrateOption.MigrateType': '3' };

/** What runs until the end of the test. */
const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

/** A bot with these settings in its policy, whose new jobs are known to one version of the API. */
async function start(version: Version, settings: Settings, { dts, ...options }: TestOptions) {
  const policy = aPolicyFile({ approvals: settings });
  const ferry = await startTestFerry(policy.environment, {
    ...options,
    dts: { newJobsKnownTo: [version], creatingMs: 1, ...dts },
  });
  running.push(async () => {
    await ferry.stop();
    policy.remove();
  });
  return ferry;
}

interface JobOptions extends TestOptions {
  /** Runs before the request. */
  before?: (ferry: TestFerry) => unknown;
  entries?: FormEntries;
  settings?: Settings;
}

/** A bot, and one request with its job, which `required` people approved. */
export async function withJob(
  version: Version,
  {
    before = () => {},
    entries = {},
    required = 1,
    settings = {},
    ...options
  }: JobOptions & { required?: 1 | 2 } = {},
) {
  const ferry = await start(version, { required, ...settings }, options);
  before(ferry);
  const card = await ferry.request({ ...incremental, ...entries });
  await ferry.slack.as(BOB).click(card, 'approve');
  if (required > 1) await ferry.slack.as(MEI).click(card, 'approve');
  await ferry.reply(card, jobInThread());
  const [jobId = ''] = ferry.dts.jobs.keys();
  return actingOn(ferry, card, jobId);
}

/** Another password for the source. */
export const passwordOfJob = 'canary-of-the-job';

/**
 * A bot whose policy lets jobs be created before their approval, and a request with its job. The
 * job is being checked, or waits for its check.
 */
export async function withPreparedJob(
  version: Version,
  { before = () => {}, entries = {}, settings = {}, ...options }: JobOptions = {},
) {
  const ferry = await start(version, { approve: 'before_start', ...settings }, options);
  before(ferry);
  const card = await ferry.request({ ...incremental, ...entries });
  await passTime(ferry, () => ferry.replies(card).some((text) => text.includes('dts-')), {
    what: 'the job',
  });
  const [jobId = ''] = ferry.dts.jobs.keys();
  const acting = actingOn(ferry, card, jobId);
  return {
    ...acting,
    /** Waits until approvers can decide on the start. */
    passed: () =>
      acting.until(() => acting.shown().includes(button(en.card.approve)), 'the button to approve'),
  };
}

function actingOn(ferry: TestFerry, card: Message, jobId: string) {
  const { dts, slack } = ferry;
  /** Sends the form for the job's parameters with these changes. Returns the answer in the modal. */
  const modify = async (changes: FormEntries, by = ALICE) => {
    const person = slack.as(by);
    await person.click(card, 'modify_job');
    await slack.until(() => fieldsShown(person).includes('SrcInfo.Password'), { what: 'the form' });
    await fillForm(slack, person, { 'SrcInfo.Password': passwordOfJob, ...changes });
    const answer = await sendForm(slack, person);
    if (typeof answer !== 'string') throw new Error(JSON.stringify(answer));
    await person.dismiss();
    return answer;
  };
  let edits = 100;
  const shown = () => ferry.shown(card);
  const until = (probe: () => boolean, what: string) =>
    passTime(ferry, probe, { what, stepMs: 10_000, timeoutMs: 60_000 });
  return {
    ferry,
    card,
    jobId,
    shown,
    until,
    /** The operations that the card offers. */
    offers: () => jobOperations.filter((name) => shown().includes(button(en.job.button[name]))),
    /** Waits until the card shows this status in its title. */
    status: (status: JobStatus) =>
      until(
        () => shown().includes(`· ${en.job.label[status]}`),
        `the status ${status} on the card`,
      ),
    async press(operation: JobOperation, by = BOB) {
      if (operation !== 'modify_job') return slack.as(by).click(card, operation);
      edits += 1;
      await modify({ 'SrcInfo.Ip': `14.17.22.${edits}` });
      await slack.until(() => shown().includes(button(en.card.approve)), { what: 'Approve' });
      return slack.as(by).click(card, 'approve');
    },
    modify,
    /** Waits until the bot has read the job twice more, so that it has handled the first result. */
    async readTwice() {
      const before = dts.callsOf('DescribeMigrationDetail').length;
      const isRead = () => dts.callsOf('DescribeMigrationDetail').length > before + 1;
      await until(isRead, 'two more reads of the job');
    },
    act: (action: 'check' | 'start' | 'pause' | 'continue' | 'complete' | 'stop') =>
      dts.controls.act(jobId, { action }),
    job: () => dts.jobs.get(jobId),
    calls: (action: string) => dts.callsOf(action).length,
    /** The messages that only this person sees. */
    told: (userId: string) =>
      slack
        .messages(card.channel)
        .filter(({ onlyFor }) => onlyFor === userId)
        .map((message) => slack.render(message))
        .join('\n'),
  };
}

export type Acting = ReturnType<typeof actingOn>;

/** Most of the 35 minutes that a migration runs at the stand-in's usual pace. */
const copyingMs = 34 * 60_000;

/** Advances the time at once by most of what a running job takes until its cut-over. */
export const passCopying = ({ ferry }: Pick<Acting, 'ferry'>): void =>
  ferry.clock.advance(copyingMs);

/** Brings a new job to a status in the console. */
export const ways: readonly (readonly [JobStatus, (acting: Acting) => Promise<unknown>])[] = [
  ['created', async () => {}],
  [
    'check_passed',
    async ({ act }) => {
      act('check');
    },
  ],
  [
    'check_failed',
    async ({ act, ferry, jobId }) => {
      ferry.dts.controls.failCheck('ConnectDBCheck', { jobId, until: 'modified' });
      act('check');
    },
  ],
  [
    'running',
    async (acting) => {
      acting.act('check');
      await acting.status('check_passed');
      acting.act('start');
    },
  ],
  [
    'paused',
    async (acting) => {
      await at(acting, 'running');
      acting.act('pause');
    },
  ],
  [
    'resumable_error',
    async (acting) => {
      await at(acting, 'running');
      acting.ferry.dts.controls.fail(acting.jobId, 'resumable');
    },
  ],
  [
    'error',
    async (acting) => {
      await at(acting, 'running');
      acting.ferry.dts.controls.fail(acting.jobId, 'error');
    },
  ],
  [
    'failed',
    async (acting) => {
      await at(acting, 'running');
      acting.ferry.dts.controls.fail(acting.jobId, 'final');
    },
  ],
  [
    'ready_complete',
    async (acting) => {
      await at(acting, 'running');
      passCopying(acting);
    },
  ],
  [
    'canceled',
    async (acting) => {
      await at(acting, 'running');
      acting.act('stop');
    },
  ],
  [
    'success',
    async (acting) => {
      await at(acting, 'ready_complete');
      acting.act('complete');
    },
  ],
];

/** Brings the job to a status, and waits until the card shows it. */
export async function at(acting: Acting, status: JobStatus): Promise<void> {
  await ways.find(([name]) => name === status)?.[1](acting);
  await acting.until(() => acting.offers().length > 0, 'the first buttons');
  if (status !== 'created') await acting.status(status);
}

/** For each operation: the status before it, its action, and the status after it. */
export const operations: readonly (readonly [JobOperation, JobStatus, string, JobStatus])[] = [
  ['check_job', 'created', 'CreateMigrateCheckJob', 'check_passed'],
  ['start_job', 'check_passed', 'StartMigrateJob', 'running'],
  ['modify_job', 'check_failed', 'ModifyMigrationJob', 'created'],
  ['pause_job', 'running', 'PauseMigrateJob', 'paused'],
  ['continue_job', 'paused', 'ContinueMigrateJob', 'running'],
  ['resume_job', 'resumable_error', 'ResumeMigrateJob', 'running'],
  ['complete_job', 'ready_complete', 'CompleteMigrateJob', 'success'],
  ['stop_job', 'running', 'StopMigrateJob', 'canceled'],
  ['delete_job', 'check_passed', 'IsolateMigrateJob', 'deleted'],
];

/** Brings the job to a failed check in which these items fail until they are skipped. */
export async function atSkippable(acting: Acting, items: readonly string[]): Promise<void> {
  const { act, ferry, jobId, offers, status, until } = acting;
  for (const item of items) ferry.dts.controls.failCheck(item, { jobId, until: 'always' });
  act('check');
  await status('check_failed');
  await until(() => offers().includes('skip_check'), 'the button');
}

/** Opens the form in which people skip items of a check. */
export async function openSkipForm({ card, ferry }: Acting, by: string): Promise<void> {
  const person = ferry.slack.as(by);
  await person.click(card, 'skip_check');
  await ferry.slack.until(() => fieldsShown(person).includes('StepIds'), { what: 'the form' });
}

/** Fills in and sends that form. */
export async function skip(
  acting: Acting,
  entries: { StepIds?: string[]; ForeignKeyFlag?: string; Reason: string },
  by: string,
): Promise<void> {
  await openSkipForm(acting, by);
  const person = acting.ferry.slack.as(by);
  await person.fill(entries);
  await person.submit();
}
