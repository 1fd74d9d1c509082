import { ALICE, BOB, DAN, MEI, type Message } from '../../playground/slack/index';
import { factsOf } from '../../playground/tencentcloud/dts/dtsJob';
import { allowedActions, type JobAction } from '../../playground/tencentcloud/dts/jobStatus';
import { type JobOperation, type JobStatus, jobOperations } from '../../src/domain/job/job';
import { passTime } from '../support/passTime';
import { aPolicyFile } from '../support/policyFile';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anything, button, en, explained, jobInThread, saying } from '../support/words';

type TestOptions = Parameters<typeof startTestFerry>[1];
type Version = '2018-03-30' | '2021-12-06';
const versions: readonly Version[] = ['2018-03-30', '2021-12-06'];

let test: TestFerry | undefined;
let policy: ReturnType<typeof aPolicyFile> | undefined;
afterEach(async () => {
  policy?.remove();
  await test?.stop();
  test = undefined;
});

const incremental = { 'MigrateOption.MigrateType': '3' };

/** A bot whose new jobs are known to one version of the API, and one request with its job. */
async function withJob(version: Version, options: TestOptions = {}, required = 1) {
  policy = aPolicyFile({ approvals: { required } });
  const ferry = await startTestFerry(policy.environment, {
    ...options,
    dts: { newJobsKnownTo: [version], creatingMs: 1, ...options.dts },
  });
  test = ferry;
  const card = await ferry.request(incremental);
  await ferry.slack.as(BOB).click(card, 'approve');
  if (required > 1) await ferry.slack.as(MEI).click(card, 'approve');
  await ferry.reply(card, jobInThread());
  const [jobId = ''] = ferry.dts.jobs.keys();
  return actingOn(ferry, card, jobId);
}

function actingOn(ferry: TestFerry, card: Message, jobId: string) {
  const { dts, slack } = ferry;
  const shown = () => slack.render(slack.message(card) ?? card);
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
    press: (operation: JobOperation, by = BOB) => slack.as(by).click(card, operation),
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

type Acting = ReturnType<typeof actingOn>;

/** Brings a new job to a status in the console. */
const ways: readonly (readonly [JobStatus, (acting: Acting) => Promise<unknown>])[] = [
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
  ['ready_complete', (acting) => at(acting, 'running')],
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
async function at(acting: Acting, status: JobStatus): Promise<void> {
  await ways.find(([name]) => name === status)?.[1](acting);
  await acting.until(() => acting.offers().length > 0, 'the first buttons');
  if (status !== 'created') await acting.status(status);
}

/** The product's words for what the stand-in allows. */
const operationOf: Partial<Record<JobAction, JobOperation>> = {
  check: 'check_job',
  start: 'start_job',
  pause: 'pause_job',
  continue: 'continue_job',
  resume: 'resume_job',
  complete: 'complete_job',
  stop: 'stop_job',
  delete: 'delete_job',
  isolate: 'delete_job',
  destroy: 'delete_job',
};

describe.each(versions)('a job that only version %s knows', (version) => {
  it('goes from its check to the end by the buttons of the card', async () => {
    const { calls, card, ferry, offers, press, status, until } = await withJob(version);
    await until(() => offers().includes('check_job'), 'the button');
    await press('check_job', ALICE);
    await status('check_passed');
    await ferry.reply(card, saying(en.job.thread.accepted.check_job));
    await ferry.reply(card, saying(en.job.thread.moved.check_passed ?? ''));
    await press('start_job', ALICE);
    await status('running');
    await status('ready_complete');
    await press('complete_job', BOB);
    await status('success');
    await ferry.reply(card, saying(en.job.thread.moved.success ?? ''));
    expect(calls('CreateMigrateCheckJob')).toBe(1);
    expect(calls('StartMigrateJob')).toBe(1);
    expect(calls('CompleteMigrateJob')).toBe(1);
    expect(ferry.replies(card).length).toBeLessThan(15);
    expect(ferry.slack.mistakes).toEqual([]);
  });

  it.each(
    ways.filter(
      ([name]) =>
        version === '2021-12-06' || !['paused', 'resumable_error', 'canceled'].includes(name),
    ),
  )('offers in the status %s what DTS accepts, and nothing else', async (status) => {
    const acting = await withJob(version);
    await at(acting, status);
    const job = acting.job();
    if (job === undefined) throw new Error('the job is gone');
    const accepted = allowedActions(factsOf(job), version).map((action) => operationOf[action]);
    expect(acting.offers()).toEqual(jobOperations.filter((name) => accepted.includes(name)));
    expect(acting.ferry.slack.mistakes).toEqual([]);
  });
});

it('follows the status table if version 2021-12-06 lists no actions', async () => {
  const acting = await withJob('2021-12-06', { dts: { listsActions: false } });
  await at(acting, 'running');
  expect(acting.offers()).toEqual(['pause_job', 'stop_job']);
});

it('reads and changes a job through version 2018-03-30 without a permission for the other', async () => {
  const permitted = ['CreateMigrateJob', 'DescribeMigrateJobs', 'CreateMigrateCheckJob'];
  const acting = await withJob('2021-12-06', {
    dts: { newJobsKnownTo: versions, allowedActions: permitted },
  });
  await acting.until(() => acting.offers().includes('check_job'), 'the button');
  await acting.press('check_job');
  await acting.status('check_passed');
  await acting.press('start_job');
  await acting.ferry.reply(acting.card, 'dts:StartMigrateJob');
  expect(acting.offers()).toContain('start_job');
});

describe('the cut-over', () => {
  it('is not for the requester or for people outside the list, and each attempt is recorded', async () => {
    const acting = await withJob('2021-12-06');
    const { calls, card, ferry, press, told } = acting;
    await at(acting, 'ready_complete');
    await press('complete_job', ALICE);
    await press('complete_job', DAN);
    await ferry.slack.until(() => told(DAN) !== '' && told(ALICE) !== '', { what: 'the refusals' });
    expect(told(ALICE)).toMatch(saying(en.refusal({ code: 'own_job' })));
    expect(told(DAN)).toMatch(
      saying(en.refusal({ code: 'not_for_job', operation: 'complete_job' })),
    );
    const bob = ferry.slack.as(BOB);
    await bob.click(card, 'details');
    const details = () => ferry.slack.render(bob.view() ?? card);
    await ferry.slack.until(() => details().includes(en.details.actions.complete_job), {
      what: 'the attempt in the history',
    });
    expect(calls('CompleteMigrateJob')).toBe(0);
  });

  it('needs the quorum of the request again, and may be denied', async () => {
    const acting = await withJob('2021-12-06', {}, 2);
    const { calls, card, ferry, press, shown, until } = acting;
    await at(acting, 'ready_complete');
    await press('complete_job', BOB);
    await until(() => shown().includes(en.job.waits('complete_job')), 'the card that waits');
    await press('complete_job', BOB);
    expect(calls('CompleteMigrateJob')).toBe(0);
    await ferry.slack.as(BOB).click(card, 'take_back');
    await acting.status('ready_complete');
    await press('complete_job', BOB);
    await until(() => shown().includes(en.job.waits('complete_job')), 'the card that waits');
    await press('complete_job', MEI);
    await acting.status('success');
    expect(calls('CompleteMigrateJob')).toBe(1);
    expect(ferry.slack.mistakes).toEqual([]);
  });

  it('shows how far the target is behind', async () => {
    const acting = await withJob('2021-12-06');
    acting.ferry.dts.controls.setLag(acting.jobId, { seconds: 7, megabytes: 3 });
    await at(acting, 'ready_complete');
    const blocks = JSON.stringify(acting.ferry.slack.message(acting.card)?.blocks);
    expect(blocks).toContain(en.job.lag({ lagSeconds: 7, lagMegabytes: 3 }));
  });
});

describe('a double press', () => {
  it('makes one call', async () => {
    const acting = await withJob('2021-12-06');
    await acting.until(() => acting.offers().includes('check_job'), 'the button');
    const before = acting.ferry.slack.message(acting.card) ?? acting.card;
    await Promise.all([
      acting.ferry.slack.as(BOB).clickStale(before, 'check_job'),
      acting.ferry.slack.as(MEI).clickStale(before, 'check_job'),
      acting.ferry.slack.as(BOB).clickStale(before, 'check_job'),
    ]);
    await acting.status('check_passed');
    expect(acting.calls('CreateMigrateCheckJob')).toBe(1);
  });
});

/** For each operation: the status before it, its action, and the status after it. */
const operations: readonly (readonly [
  Exclude<JobOperation, 'resume_job'> | 'resume_job',
  JobStatus,
  string,
  JobStatus,
])[] = [
  ['check_job', 'created', 'CreateMigrateCheckJob', 'check_passed'],
  ['start_job', 'check_passed', 'StartMigrateJob', 'running'],
  ['pause_job', 'running', 'PauseMigrateJob', 'paused'],
  ['continue_job', 'paused', 'ContinueMigrateJob', 'running'],
  ['resume_job', 'resumable_error', 'ResumeMigrateJob', 'running'],
  ['complete_job', 'ready_complete', 'CompleteMigrateJob', 'success'],
  ['stop_job', 'running', 'StopMigrateJob', 'canceled'],
  ['delete_job', 'check_passed', 'IsolateMigrateJob', 'deleted'],
];

describe.each(operations)('%s', (operation, before, action, after) => {
  it('is found by the status if DTS did it and no response arrived', async () => {
    const acting = await withJob('2021-12-06');
    await at(acting, before);
    acting.ferry.dts.next({ kind: 'reset', when: 'after' }, { action });
    await acting.press(operation);
    await acting.status(after);
    await acting.ferry.reply(acting.card, saying(en.job.thread.found));
    expect(acting.calls(action)).toBe(1);
  });

  it('is not repeated if nothing shows that DTS did it, and may be pressed again', async () => {
    const acting = await withJob('2021-12-06');
    await at(acting, before);
    if (before === 'running') {
      // It would move on during the search.
      acting.ferry.dts.controls.setLag(acting.jobId, { seconds: 9, megabytes: 9 });
    }
    acting.ferry.dts.next({ kind: 'reset', when: 'before' }, { action });
    await acting.press(operation);
    await acting.ferry.reply(acting.card, saying(en.operations[operation].thread.searching));
    await acting.until(
      () => acting.ferry.replies(acting.card).some((text) => noEffect.test(text)),
      'the failure',
    );
    expect(acting.calls(action)).toBe(1);
    await acting.until(() => acting.offers().includes(operation), 'the button');
    await acting.press(operation);
    await acting.status(after);
    expect(acting.calls(action)).toBe(2);
  });

  it('is explained if DTS refuses it', async () => {
    const acting = await withJob('2021-12-06');
    await at(acting, before);
    const code = 'FailedOperation.StatusInConflict';
    acting.ferry.dts.next({ kind: 'code', code }, { action });
    await acting.press(operation);
    await acting.ferry.reply(acting.card, saying(explained(code).headline));
    await acting.until(() => acting.offers().includes(operation), 'the button');
    expect(acting.calls(action)).toBe(1);
  });
});

const noEffect = saying(explained('no_effect').headline);

describe('the console', () => {
  it('is noticed when it changes a job, and recorded', async () => {
    const acting = await withJob('2021-12-06');
    await at(acting, 'running');
    acting.act('pause');
    await acting.status('paused');
    await acting.ferry.reply(acting.card, saying(en.job.thread.elsewhere(anything)));
    acting.ferry.dts.controls.act(acting.jobId, { action: 'delete' });
    await acting.status('deleted');
    expect(acting.offers()).toEqual([]);
  });

  it('ends an operation that waits and is no longer possible', async () => {
    const acting = await withJob('2021-12-06', {}, 2);
    await at(acting, 'ready_complete');
    await acting.press('complete_job', BOB);
    await acting.until(() => acting.shown().includes(en.job.waits('complete_job')), 'the card');
    acting.act('complete');
    await acting.status('success');
    await acting.ferry.reply(
      acting.card,
      saying(en.job.thread.dropped(en.job.button.complete_job)),
    );
  });
});
