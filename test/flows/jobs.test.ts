import { z } from 'zod';
import { fillForm } from '../../playground/fillForm';
import {
  ALICE,
  BOB,
  DAN,
  MEI,
  type Message,
  SINGLE_CHANNEL_GUEST,
} from '../../playground/slack/index';
import { factsOf } from '../../playground/tencentcloud/dts/dtsJob';
import { allowedActions, type JobAction } from '../../playground/tencentcloud/dts/jobStatus';
import { type JobOperation, type JobStatus, jobOperations } from '../../src/domain/job/job';
import { code, person } from '../../src/i18n/text';
import { at, operations, type Version, ways, withJob } from '../support/aJob';
import { openHome } from '../support/home';
import { fieldsShown, sendForm } from '../support/modal';
import { testStart } from '../support/movableClock';
import { untilQuiet } from '../support/quiet';
import { runAudit } from '../support/runAudit';
import {
  anyPart,
  anyText,
  anyTime,
  anything,
  button,
  decidedByYou,
  en,
  explained,
  jobInThread,
  saying,
} from '../support/words';

const versions: readonly Version[] = ['2018-03-30', '2021-12-06'];

/** An event of the exported audit log. */
const exported = z.object({ type: z.string(), time: z.string() });

/** The product's words for what the stand-in allows. */
const operationOf: Partial<Record<JobAction, JobOperation>> = {
  check: 'check_job',
  modify: 'modify_job',
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
    const { calls, card, ferry, jobId, offers, press, status, until } = await withJob(version);
    await until(() => offers().includes('check_job'), 'the button');
    await press('check_job', ALICE);
    await status('check_passed');
    await ferry.reply(card, saying(en.job.thread.accepted.check_job));
    await ferry.reply(card, saying(en.job.thread.moved.check_passed ?? ''));
    await press('start_job', ALICE);
    await status('running');
    const plan = () =>
      ferry.slack
        .messages(card.channel)
        .filter(({ blocks }) => JSON.stringify(blocks).includes('"type":"plan"'))
        .map(({ text }) => text)
        .join();
    const left = new RegExp(en.job.progress.remaining('\\d+ min'));
    await until(() => left.test(plan()), 'the remaining time');
    ferry.clock.advance(30 * 60_000);
    await status('ready_complete');
    expect(plan()).not.toMatch(left);
    ferry.dts.controls.setLag(jobId, { seconds: 7, megabytes: 3 });
    await press('complete_job', BOB);
    await until(() => calls('CompleteMigrateJob') > 0, 'the call');
    ferry.dts.controls.setLag(jobId, { seconds: 0, megabytes: 0 });
    await status('success');
    const { lagAtEnd, moved, took } = en.job.thread;
    const lag = en.job.lag({ lagSeconds: 7, lagMegabytes: 3 }) ?? '';
    await ferry.reply(card, saying(moved.success ?? '', took(anything), lagAtEnd(lag)));
    expect(calls('CreateMigrateCheckJob')).toBe(1);
    expect(calls('StartMigrateJob')).toBe(1);
    expect(calls('CompleteMigrateJob')).toBe(1);
    expect(ferry.replies(card).length).toBeLessThan(15);

    // Details and the audit log have the whole life.
    const bob = ferry.slack.as(BOB);
    await bob.click(card, 'details');
    const { label } = en.job;
    const last = saying(en.job.history.moved(label.completing, label.success, false));
    const details = () => ferry.slack.render(bob.view() ?? card);
    await until(() => last.test(details()), 'the details');
    for (const words of [
      en.details.requested(ALICE),
      en.thread.created(code(jobId)),
      en.job.thread.accepted.check_job,
      en.job.history.moved(label.checking, label.check_passed, false),
      en.job.thread.accepted.start_job,
      en.job.history.moved(label.running, label.ready_complete, false),
      en.job.thread.accepted.complete_job,
    ]) {
      expect(details()).toMatch(saying(words));
    }
    await ferry.ferry.stop();
    const url = ferry.environment()['DATABASE_URL'] ?? '';
    const { stdout } = await runAudit({ DATABASE_URL: url }, 'export', '--request', '1');
    const recorded = stdout
      .trim()
      .split('\n')
      .map((line) => exported.parse(JSON.parse(line)));
    // Ferry may have seen the job while DTS created it.
    expect(recorded.map(({ type }) => type).join(' ')).toMatch(
      /^requested approved launched created( job_moved)?( approved launched operated job_moved){3}$/,
    );
    const sorted = recorded.map(({ time }) => time).sort();
    expect(recorded.map(({ time }) => time)).toEqual(sorted);
    expect(ferry.slack.mistakes).toEqual([]);
  });

  it('ends as stopped, and not as failed, once it was stopped', async () => {
    const acting = await withJob(version);
    await at(acting, 'running');
    const { card, ferry, press, shown, status, until } = acting;
    await until(() => acting.offers().includes('stop_job'), 'the button');
    await press('stop_job', BOB);
    await status('canceled');
    await ferry.reply(card, saying(en.job.thread.moved.canceled ?? ''));
    await until(() => acting.offers().includes('delete_job'), 'the buttons afterwards');
    expect(shown()).toContain(en.job.label.canceled);
    const failed = saying(en.job.thread.moved.failed ?? '');
    expect(ferry.replies(card).filter((text) => failed.test(text))).toEqual([]);
    const direct = ferry.slack.as(ALICE).directMessages();
    expect(direct.filter((each) => failed.test(ferry.slack.render(each)))).toEqual([]);
  });

  it('waits for its time once it was started, and the card says when that is', async () => {
    const runsAt = Math.ceil(testStart.getTime() / 60_000) * 60 + 6 * 3_600;
    const acting = await withJob(version, {
      entries: {
        'MigrateOption.RunMode': '2',
        'MigrateOption.ExpectTime': String(runsAt),
      },
    });
    const { card, ferry, job, offers, press, shown, status } = acting;
    await at(acting, 'check_passed');
    await press('start_job', ALICE);
    await status('ready_run');
    expect(shown()).toMatch(saying(en.job.startsAt(anyTime)));
    // Slack shows it in the time zone of the reader.
    const time = `"type":"date","timestamp":${runsAt}`;
    expect(JSON.stringify(ferry.slack.message(card)?.blocks)).toContain(time);
    await acting.until(() => offers().length > 0, 'the buttons');
    const current = job();
    if (current === undefined) throw new Error('the job is gone');
    const accepted = allowedActions(factsOf(current), version).map((action) => operationOf[action]);
    expect(offers()).toEqual(jobOperations.filter((name) => accepted.includes(name)));
    ferry.clock.advance(6 * 3_600_000 - 60_000);
    expect(shown()).toContain(en.job.label.ready_run);
    await status('running');
    expect(ferry.clock.now().getTime()).toBeGreaterThan(runsAt * 1_000);
    await ferry.reply(card, `${en.job.label.running}.`);
    expect(ferry.slack.mistakes).toEqual([]);
  });

  it('says at which step a job failed, with its message, log and remedy', async () => {
    const acting = await withJob(version);
    await at(acting, 'running');
    const { card, ferry, jobId } = acting;
    ferry.dts.controls.fail(jobId, 'final', {
      log: 'the disk is full',
      solution: 'Free some space.',
      helpDoc: 'https://www.tencentcloud.com/document/product/571',
    });
    await acting.status('failed');
    const { error, failedStep, moved, readMore, solution } = en.job.thread;
    const told = await ferry.reply(card, saying(moved.failed ?? '', failedStep(1, 3, anyPart)));
    expect(told).toMatch(saying(error(anyPart)));
    expect(told.match(/the disk is full/g)).toHaveLength(1);
    // Version 2018-03-30 knows no remedy.
    if (version === '2021-12-06') expect(told).toMatch(saying(solution(code('Free some space.'))));
    expect(told).toContain(readMore);
  });

  it.each(
    ways.filter(
      ([name]) =>
        version === '2021-12-06' ||
        !['paused', 'resumable_error', 'error', 'canceled'].includes(name),
    ),
  )(
    'offers in the status %s what DTS accepts, and refuses everything else and everyone else',
    async (status) => {
      const acting = await withJob(version);
      await at(acting, status);
      const job = acting.job();
      if (job === undefined) throw new Error('the job is gone');
      const accepted = allowedActions(factsOf(job), version).map((action) => operationOf[action]);
      expect(acting.offers()).toEqual(jobOperations.filter((name) => accepted.includes(name)));

      // Clicks on buttons that the card doesn't have, and by people who may not use them.
      const { ferry } = acting;
      const changes = () =>
        ferry.dts.calls.filter(({ action = '' }) => !action.startsWith('Describe'));
      const made = changes().length;
      for (const [userId, refusalOf] of people) {
        const person = ferry.slack.as(userId);
        const before = person.ephemerals().length;
        const expected = direct.flatMap((operation) => {
          const code = refusalOf(operation, accepted.includes(operation));
          return code === undefined ? [] : [{ operation, words: wordsOf(code, operation, status) }];
        });
        for (const { operation } of expected) {
          await person.clickStale(withButton(acting.card, operation), operation);
        }
        const told = () => person.ephemerals().slice(before);
        await ferry.slack.until(() => told().length === expected.length, { what: 'the refusals' });
        const texts = told().map(({ text }) => text);
        for (const { words } of expected)
          expect(texts).toContainEqual(expect.stringMatching(words));
      }
      expect(changes()).toHaveLength(made);
      expect(ferry.slack.mistakes).toEqual([]);
    },
  );
});

/** The operations whose buttons need no form. */
const direct = jobOperations.filter((name) => name !== 'modify_job' && name !== 'skip_check');

/** Why a person may not do an operation, by default; `undefined` if the person may, or doesn't try. */
type Code = 'own_job' | 'job_not_ready' | 'not_for_job' | 'guest';
type RefusalOf = (operation: JobOperation, isAccepted: boolean) => Code | undefined;
const people: readonly (readonly [string, RefusalOf])[] = [
  [
    ALICE,
    (operation, isAccepted) => {
      if (['complete_job', 'stop_job', 'delete_job'].includes(operation)) return 'own_job';
      return isAccepted ? undefined : 'job_not_ready';
    },
  ],
  [BOB, (_, isAccepted) => (isAccepted ? undefined : 'job_not_ready')],
  // The others only press what the card offers.
  [DAN, (_, isAccepted) => (isAccepted ? 'not_for_job' : undefined)],
  [SINGLE_CHANNEL_GUEST, (_, isAccepted) => (isAccepted ? 'guest' : undefined)],
];

function wordsOf(code: Code, operation: JobOperation, status: JobStatus): RegExp {
  switch (code) {
    case 'not_for_job':
      return saying(en.refusal({ code, operation }));
    case 'job_not_ready':
      return saying(en.refusal({ code, operation, status, said: '' }));
    default:
      return saying(en.refusal({ code }));
  }
}

/** The card with the button of an operation, whatever its state: what a forged click contains. */
function withButton(card: Message, operation: JobOperation): Message {
  const text = { type: 'plain_text', text: operation };
  const element = { type: 'button', action_id: operation, value: '1:1', text };
  return { ...card, blocks: [{ type: 'actions', block_id: 'any', elements: [element] }] };
}

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
    const acting = await withJob('2021-12-06', { required: 2 });
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

  it('is not decided by a click or a form about the creation, however late it arrives', async () => {
    const acting = await withJob('2021-12-06', { required: 2 });
    const { calls, card, ferry, press, shown, until } = acting;
    const { slack } = ferry;
    await at(acting, 'ready_complete');
    await press('complete_job', BOB);
    await until(() => shown().includes(en.job.waits('complete_job')), 'the card that waits');
    const before = shown();
    for (const action of ['approve', 'deny']) {
      const refusal = await slack.answerTo(MEI, async (mei) => {
        await mei.clickStale(card, action);
        if (action !== 'deny') return;
        await slack.until(() => mei.view(), { what: 'the denial form' });
        await mei.fill({ Reason: 'not this week' });
        await mei.submit();
      });
      expect(refusal.text).toMatch(decidedByYou('approved'));
    }
    await untilQuiet(ferry);
    expect(shown()).toBe(before);
    expect(calls('CompleteMigrateJob')).toBe(0);
    expect(slack.mistakes).toEqual([]);
  });

  it('is decided on the Home tab by the same buttons as on the card', async () => {
    const acting = await withJob('2021-12-06', { required: 2 });
    const { calls, ferry, press, shown, status, until } = acting;
    const { slack } = ferry;
    await at(acting, 'ready_complete');
    await press('complete_job', BOB);
    await until(() => shown().includes(en.job.waits('complete_job')), 'the card that waits');
    const mei = slack.as(MEI);
    const home = await openHome(slack, mei);
    expect(slack.render(home)).not.toContain(button(en.card.approve));
    await mei.click(home, 'complete_job');
    await status('success');
    expect(calls('CompleteMigrateJob')).toBe(1);
    expect(slack.mistakes).toEqual([]);
  });

  it('shows how far the target is behind, without an update for each small change', async () => {
    const acting = await withJob('2021-12-06');
    const { card, ferry, jobId, shown, until } = acting;
    const setLag = (seconds: number) => ferry.dts.controls.setLag(jobId, { seconds, megabytes: 3 });
    const blocks = () => JSON.stringify(ferry.slack.message(card)?.blocks);
    /** The status says it, and so does the question before the cut-over. */
    const shows = (lagSeconds: number) => {
      const lag = en.job.lag({ lagSeconds, lagMegabytes: 3 }) ?? '';
      const { text } = en.job.confirm.complete_job(lag);
      return shown().includes(en.job.progress.lag(lag)) && blocks().includes(text);
    };
    setLag(70);
    await at(acting, 'ready_complete');
    expect(shows(70)).toBe(true);
    for (const seconds of [72, 69, 71, 70]) {
      setLag(seconds);
      await acting.readTwice();
      expect(shows(70)).toBe(true);
    }
    setLag(7);
    await until(() => shows(7), 'the other lag');
  });
});

/** A second request that DTS rejects for the idle job of the first one, and the offer to delete that. */
async function withIdleJob() {
  const acting = await withJob('2021-12-06', {
    dts: { maxUnusedJobs: 1, newJobsKnownTo: versions },
  });
  const { card, ferry, jobId, until } = acting;
  await until(() => acting.offers().includes('check_job'), 'the button');
  const second = await ferry.request({ JobName: 'second' });
  await ferry.slack.as(BOB).click(second, 'approve');
  const failure = saying(explained('LimitExceeded.MaxUnusedJobs').headline);
  const reply = await ferry.reply(second, failure);
  expect(reply).toMatch(new RegExp(`${jobId}.*, created .*, request #1`));
  expect(reply).toContain(button(en.job.deleteOf(1)));
  const offer = ferry.slack
    .messages(card.channel)
    .find(
      ({ threadTs, blocks }) =>
        threadTs === second.ts && JSON.stringify(blocks).includes('delete_job_1'),
    );
  if (offer === undefined) throw new Error('there is no button');
  return { acting, second, offer };
}

it('offers to delete its idle jobs if DTS has too many, and then creates the next one', async () => {
  const { acting, offer, second } = await withIdleJob();
  const { calls, card, ferry, told } = acting;
  const permalink = `archives/${card.channel}/p${card.ts.replace('.', '')}`;
  expect(JSON.stringify(offer.blocks)).toMatch(
    new RegExp(`"url":"https://[^"]+/${permalink}","text":"#1"`),
  );
  // The requester may not delete the job.
  await ferry.slack.as(ALICE).click(offer, 'delete_job_1');
  await ferry.slack.until(() => told(ALICE) !== '', { what: 'the refusal' });
  expect(calls('IsolateMigrateJob')).toBe(0);
  await ferry.slack.as(BOB).click(offer, 'delete_job_1');
  await acting.status('deleted');
  expect(calls('IsolateMigrateJob')).toBe(1);

  const alice = ferry.slack.as(ALICE);
  await alice.click(second, 'edit');
  await ferry.slack.until(() => fieldsShown(alice).includes('SrcInfo.Password'), {
    what: 'the form',
  });
  await fillForm(ferry.slack, alice, { 'SrcInfo.Password': 'canary-again' });
  await sendForm(ferry.slack, alice);
  await ferry.reply(second, jobInThread());
  expect(ferry.slack.mistakes).toEqual([]);
});

it('deletes no idle job that somebody has started since then', async () => {
  const { acting, offer } = await withIdleJob();
  const { calls, ferry, job, told } = acting;
  await at(acting, 'paused');
  await ferry.slack.as(BOB).click(offer, 'delete_job_1');
  await ferry.slack.until(() => told(BOB) !== '', { what: 'the refusal' });
  const said = job()?.status ?? '';
  expect(told(BOB)).toMatch(saying(en.refusal({ code: 'not_idle', status: 'paused', said })));
  expect(calls('IsolateMigrateJob')).toBe(0);
  // The card still deletes it.
  await acting.press('delete_job');
  await acting.status('deleted');
});

describe('the policy', () => {
  it('sets how many people decide on an operation, and from which lists', async () => {
    const operations = {
      check_job: { required: 2 },
      start_job: { people: [BOB, MEI, DAN], one_from_each: [[DAN]] },
      stop_job: { people: [BOB, MEI, DAN], required: 2, one_from_each: [[MEI], [DAN]] },
    };
    const acting = await withJob('2021-12-06', { settings: { operations } });
    const { calls, card, ferry, press, shown, status, until } = acting;
    const waits = (operation: JobOperation) =>
      until(() => shown().includes(en.job.waits(operation)), `the card that waits: ${operation}`);
    const chose = (userId: string, operation: JobOperation) =>
      saying(en.job.thread.chose(userId, en.job.button[operation], anyText, anyText));
    await until(() => acting.offers().includes('check_job'), 'the button');
    await press('check_job', BOB);
    await waits('check_job');
    expect(calls('CreateMigrateCheckJob')).toBe(0);
    // The requester is among those who decide by default.
    await press('check_job', ALICE);
    await status('check_passed');
    expect(calls('CreateMigrateCheckJob')).toBe(1);

    await until(() => acting.offers().includes('start_job'), 'the button');
    await press('start_job', BOB);
    await ferry.reply(card, chose(BOB, 'start_job'));
    await waits('start_job');
    await press('start_job', MEI);
    await ferry.reply(card, chose(MEI, 'start_job'));
    expect(calls('StartMigrateJob')).toBe(0);
    await press('start_job', DAN);
    await status('running');
    expect(calls('StartMigrateJob')).toBe(1);

    ferry.dts.controls.setLag(acting.jobId, { seconds: 9, megabytes: 9 });
    await until(() => acting.offers().includes('stop_job'), 'the button');
    await press('stop_job', BOB);
    await waits('stop_job');
    await press('stop_job', DAN);
    await ferry.reply(card, chose(DAN, 'stop_job'));
    expect(calls('StopMigrateJob')).toBe(0);
    await press('stop_job', MEI);
    await status('canceled');
    expect(calls('StopMigrateJob')).toBe(1);
    expect(ferry.slack.mistakes).toEqual([]);
  });
});

it('a requester whom the policy lists may press, revoke and deny an operation', async () => {
  const people = ['requester', 'S0APPROVE1'];
  const settings = { operations: { check_job: { people, required: 2 } } };
  const acting = await withJob('2021-12-06', { settings });
  const { calls, card, ferry, offers, shown, until } = acting;
  const alice = ferry.slack.as(ALICE);
  const pressed = async () => {
    await until(() => offers().includes('check_job'), 'Check');
    await alice.click(card, 'check_job');
    await until(() => shown().includes('1 of 2'), 'the press');
  };
  const ended = (what: string) => until(() => !shown().includes(en.job.waits('check_job')), what);
  await pressed();
  await alice.click(card, 'take_back');
  await ended('the revocation');
  await ferry.reply(card, saying(en.job.thread.withdrew(ALICE, en.job.button.check_job)));
  await pressed();
  await alice.click(card, 'deny');
  await ferry.slack.until(() => alice.view(), { what: 'the form' });
  await alice.fill({ Reason: 'not yet' });
  await alice.submit();
  await ended('the denial');
  await ferry.reply(card, saying(en.job.thread.declined(ALICE, en.job.button.check_job)));
  await untilQuiet(ferry);
  expect(acting.told(ALICE)).toBe('');
  expect(calls('CreateMigrateCheckJob')).toBe(0);
});

it('shows an unknown status and foreign texts as they came', async () => {
  const acting = await withJob('2021-12-06');
  await at(acting, 'running');
  const { card, ferry, shown, status, until } = acting;
  const elsewhere = saying(en.job.thread.elsewhere(anything));
  const changedElsewhere = () => ferry.replies(card).filter((text) => elsewhere.test(text)).length;
  await ferry.reply(card, saying(en.job.thread.elsewhere(en.job.label.running)));
  const before = changedElsewhere();
  const foreign = '<!channel> & <@U0BOB00001>';
  const fields = {
    Status: `odd ${foreign}`,
    StepInfo: { StepInfo: [{ StepName: foreign, Status: 'running', Percent: 5 }] },
  };
  ferry.dts.next({ kind: 'answer', fields }, { action: 'DescribeMigrationDetail', times: 99 });
  await until(() => shown().includes(`· odd ${foreign}`), 'the status in the title');
  expect(acting.offers()).toEqual([]);
  await ferry.reply(card, saying(en.job.thread.other(anyPart)));
  const texts = () =>
    ferry.slack
      .messages(card.channel)
      .filter(({ text }) => text.includes('odd '))
      .map(({ text }) => text);
  await until(() => texts().some((text) => text.includes('5%')), 'the progress');
  const [progress = ''] = texts().filter((text) => text.includes('5%'));
  expect(progress).not.toMatch(/<[!@]/);
  ferry.dts.clearFaults();
  await status('running');
  await ferry.reply(card, saying(en.job.thread.now(en.job.label.running)));
  expect(changedElsewhere()).toBe(before);
  expect(ferry.slack.mistakes).toEqual([]);
});

it('shows the progress in one message of the thread, which it updates', async () => {
  const acting = await withJob('2021-12-06');
  await at(acting, 'running');
  const plans = () =>
    acting.ferry.slack
      .messages(acting.card.channel)
      .filter(({ blocks }) => JSON.stringify(blocks).includes('"type":"plan"'));
  const shows = (pattern: RegExp) => plans().some(({ text }) => pattern.test(text));
  const step = (number: number) =>
    new RegExp(en.job.progress.step(number, 777, '', undefined).replace('777', '\\d+'));
  await acting.until(() => shows(step(1)), 'the first step');
  await acting.until(() => shows(step(2)), 'the second step');
  await acting.status('ready_complete');
  await acting.until(() => shows(new RegExp(en.job.progress.lag('\\d+ s.*'))), 'the lag');
  await acting.press('complete_job');
  await acting.status('success');
  await acting.until(() => shows(new RegExp(`^${en.job.label.success}`)), 'the end');
  expect(plans()).toHaveLength(1);
  expect(JSON.stringify(plans()[0]?.blocks)).not.toContain('in_progress');
  const updates = acting.ferry.slack.callsOf('chat.update');
  const sent = updates.filter(({ args }) => args['ts'] === plans()[0]?.ts).length;
  expect(sent).toBeGreaterThan(3);
  // 36 minutes, one update a minute, and one for each new status.
  expect(sent).toBeLessThan(50);
  expect(acting.ferry.slack.mistakes).toEqual([]);
});

it('posts its progress again if the message was deleted', async () => {
  const acting = await withJob('2021-12-06');
  const { slack } = acting.ferry;
  await at(acting, 'running');
  const plans = () =>
    slack
      .messages(acting.card.channel)
      .filter(({ blocks }) => JSON.stringify(blocks).includes('"type":"plan"'));
  await acting.until(() => plans().length === 1, 'the progress');
  const [deleted] = plans();
  if (deleted === undefined) throw new Error('no message');
  slack.deleteMessage(deleted);
  await acting.status('ready_complete');
  await acting.until(() => plans().length === 1, 'the progress again');
  expect(plans()[0]?.ts).not.toBe(deleted.ts);
  expect(slack.mistakes).toEqual([]);
});

it('writes fewer than fifteen replies about a migration that takes days', async () => {
  const day = 24 * 3_600_000;
  const acting = await withJob('2021-12-06', { dts: { pace: { importMs: 3 * day } } });
  const { calls, card, ferry, press, status, until } = acting;
  await at(acting, 'running');
  const days = async (count: number) => {
    for (let part = 0; part < 4 * count; part += 1) {
      const looks = calls('DescribeMigrationDetail');
      ferry.clock.advance(day / 4);
      await until(() => calls('DescribeMigrationDetail') > looks, 'the next read');
    }
  };
  await days(2);
  await press('pause_job');
  await status('paused');
  await press('continue_job');
  await status('running');
  await days(1);
  await status('ready_complete');
  await days(1);
  await press('complete_job');
  await status('success');
  await ferry.reply(card, saying(en.job.thread.moved.success ?? '', en.job.thread.took(anything)));
  expect(ferry.replies(card).length).toBeLessThan(15);
  expect(ferry.slack.mistakes).toEqual([]);
});

it('lists what failed in a check, with reasons and remedies, and offers another check', async () => {
  const acting = await withJob('2021-12-06');
  const lost = { kind: 'reset', when: 'before' } as const;
  acting.ferry.dts.next(lost, { action: 'DescribeMigrationCheckJob' });
  await at(acting, 'check_failed');
  const { moved } = en.job.thread;
  const reply = await acting.ferry.reply(acting.card, saying(moved.check_failed ?? ''));
  expect(reply).toMatch(saying(en.job.thread.checkItem(anyPart, true, anyPart)));
  expect(reply).toMatch(saying(en.job.thread.solution(anyPart)));
  expect(reply).toContain(en.job.thread.readMore);
  acting.ferry.dts.controls.passChecks(acting.jobId);
  await acting.press('check_job');
  await acting.status('check_passed');
  expect(acting.calls('DescribeMigrationCheckJob')).toBeGreaterThan(0);
});

it('reminds the people who decide on an operation, by its name', async () => {
  const operations = { complete_job: { people: [MEI, DAN], required: 2 } };
  const reminders = { after: ['4h'] };
  const acting = await withJob('2021-12-06', { settings: { operations, reminders } });
  await at(acting, 'ready_complete');
  await acting.press('complete_job', MEI);
  await acting.until(() => acting.shown().includes(en.job.waits('complete_job')), 'the card');
  acting.ferry.clock.advance(4 * 3_600_000);
  const reminded = en.job.thread.reminded(anyText, en.job.button.complete_job, 1);
  const { ferry, card } = acting;
  const replies = () => ferry.replies(card).filter((text) => saying(reminded).test(text));
  await acting.until(() => replies().length > 0, 'the reminder');
  expect(replies()[0]).toMatch(/@林梅.*@Dan/);
});

it('reminds people once of a job that nobody has started for three days', async () => {
  const acting = await withJob('2021-12-06');
  await acting.until(() => acting.offers().includes('check_job'), 'the button');
  const idle = saying(en.job.thread.idle(anyText, anyTime));
  const brought = () => acting.ferry.replies(acting.card).filter((text) => idle.test(text)).length;
  const day = 24 * 3_600_000;
  acting.ferry.clock.advance(3 * day - 3_600_000);
  await acting.readTwice();
  expect(brought()).toBe(0);
  acting.ferry.clock.advance(3_600_000);
  await acting.until(() => brought() > 0, 'the reply');
  acting.ferry.clock.advance(3 * day);
  await acting.readTwice();
  expect(brought()).toBe(1);
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

  it('is explained without its permission, and may be pressed again', async () => {
    const acting = await withJob('2021-12-06');
    const { calls, card, ferry, offers, press, until } = acting;
    await at(acting, before);
    if (before === 'running') {
      // It would move on since then.
      ferry.dts.controls.setLag(acting.jobId, { seconds: 9, megabytes: 9 });
    }
    const code = 'UnauthorizedOperation.NotEnoughPrivileges';
    ferry.dts.next({ kind: 'code', code }, { action });
    await press(operation);
    const told = await ferry.reply(card, saying(explained(code).headline));
    expect(told).toContain(`"dts:${action}"`);
    await until(() => offers().includes(operation), 'the button');
    expect(calls(action)).toBe(1);
    await press(operation);
    await acting.status(after);
    expect(calls(action)).toBe(2);
  });
});

const noEffect = saying(explained('no_effect').headline);

it('does not call an isolated job deleted if DTS did not get the call that destroys it', async () => {
  const acting = await withJob('2021-12-06', { dts: { newJobsAreBilled: true } });
  const { calls, card, ferry, job, offers, press, status, until } = acting;
  await until(() => offers().includes('delete_job'), 'the button');
  await press('delete_job');
  await until(() => job()?.isolatedAtMs !== undefined, 'the isolation');
  await ferry.reply(card, saying(en.job.thread.accepted.delete_job));
  await until(() => offers().includes('delete_job'), 'the button for the rest');
  const action = 'DestroyMigrateJob';
  ferry.dts.next({ kind: 'reset', when: 'before' }, { action });
  await press('delete_job');
  const says = (text: RegExp) => ferry.replies(card).some((reply) => text.test(reply));
  await until(() => says(noEffect) || says(saying(en.job.thread.found)), 'the outcome');
  expect(says(noEffect)).toBe(true);
  expect(says(saying(en.job.thread.found))).toBe(false);
  await until(() => offers().includes('delete_job'), 'the button again');
  await press('delete_job');
  await status('deleted');
  expect(calls(action)).toBe(2);
});

it('says that a cut-over began if it failed before the call without a response ended', async () => {
  const acting = await withJob('2021-12-06');
  const { calls, card, ferry, offers, press, shown, until } = acting;
  await at(acting, 'ready_complete');
  await ferry.restart({ DTS_TIMEOUT_SECONDS: '8' });
  await until(() => offers().includes('complete_job'), 'the button');
  const action = 'CompleteMigrateJob';
  ferry.dts.next({ kind: 'noAnswer', when: 'after' }, { action });
  const moves = () => ferry.logged().split('"event":"job_moved"').length;
  const [earlier, movesBefore] = [ferry.replies(card).length, moves()];
  await press('complete_job');
  await ferry.slack.until(() => calls(action) === 1, { what: 'the call' });
  const replies = () => ferry.replies(card).slice(earlier).join('\n');
  const says = (text: string) => saying(text).test(replies());
  /** The bot waits for the call by the machine's clock. */
  const duringCall = async (probe: () => boolean) => {
    for (let waited = 0; !probe() && waited < 200; waited += 1) {
      ferry.clock.advance(2_000);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect(probe()).toBe(true);
  };
  const { accepted, found, moved } = en.job.thread;
  await duringCall(() => moves() > movesBefore);
  ferry.dts.controls.fail(acting.jobId, 'final');
  await duringCall(() => says(moved.failed ?? ''));
  await until(() => says(found) || noEffect.test(replies()), 'the end');
  expect(replies()).toMatch(saying(moved.failed ?? '', found));
  expect(replies()).not.toMatch(noEffect);
  expect(says(accepted.complete_job)).toBe(false);
  expect(shown()).toContain(en.job.label.failed);
  expect(calls(action)).toBe(1);
});

it('posts the result of a check that was over when a search found it', async () => {
  const acting = await withJob('2021-12-06', {
    dts: { newJobsKnownTo: versions, pace: { checkingMs: 0 } },
  });
  const { card, ferry, press, status } = acting;
  await acting.until(() => acting.offers().includes('check_job'), 'the button');
  ferry.dts.next({ kind: 'reset', when: 'after' }, { action: 'CreateMigrateCheckJob' });
  await press('check_job');
  await status('check_passed');
  const { accepted, found, moved } = en.job.thread;
  await ferry.reply(card, saying(moved.check_passed ?? ''));
  const replies = ferry.replies(card).join('\n');
  expect(replies).toMatch(saying(found, accepted.check_job, moved.check_passed ?? ''));
  expect(replies).not.toMatch(saying(en.job.thread.elsewhere(anything)));
});

it('offers what the newer version allows within an hour after its permission was added', async () => {
  const pace = { importMs: 24 * 3_600_000 };
  const acting = await withJob('2021-12-06', { dts: { newJobsKnownTo: versions, pace } });
  const { ferry, until } = acting;
  const forbidden = { kind: 'code', code: 'UnauthorizedOperation' } as const;
  ferry.dts.next(forbidden, { action: 'DescribeMigrationDetail' });
  await at(acting, 'running');
  expect(acting.offers()).toEqual(['stop_job']);
  ferry.clock.advance(3_600_000);
  await until(() => acting.offers().includes('pause_job'), 'the other buttons');
});

describe('a job that DTS does not find', () => {
  const code = 'ResourceNotFound.JobNotExist';
  const action = 'DescribeMigrationDetail';
  const notFound = ({ shown }: Awaited<ReturnType<typeof withJob>>) =>
    saying(en.job.missing(anyTime)).test(shown());

  it('keeps its status and its buttons, and is followed as before once DTS finds it', async () => {
    const acting = await withJob('2021-12-06');
    await at(acting, 'running');
    const offered = acting.offers();
    acting.ferry.dts.next({ kind: 'code', code }, { action });
    await acting.until(() => notFound(acting), 'the warning on the card');
    expect(acting.shown()).toContain(`· ${en.job.label.running}`);
    expect(acting.offers()).toEqual(offered);
    await acting.until(() => !notFound(acting), 'the card without the warning');
    acting.act('pause');
    await acting.status('paused');
    const replies = acting.ferry.replies(acting.card).join('\n');
    expect(replies).not.toContain(en.job.label.deleted);
  });

  it('is deleted once DTS has not found it for ten minutes, and followed if DTS finds it later', async () => {
    const acting = await withJob('2021-12-06');
    await at(acting, 'running');
    const { ferry } = acting;
    // More than Ferry reads in ten minutes.
    for (let read = 0; read < 12; read += 1) ferry.dts.next({ kind: 'code', code }, { action });
    await acting.until(() => notFound(acting), 'the warning on the card');
    await acting.status('deleted');
    expect(acting.offers()).toEqual([]);
    await acting.status('running');
    await ferry.reply(acting.card, saying(en.job.thread.again(anything)));
    expect(acting.offers()).toContain('stop_job');
  });
});

describe('a change in the console', () => {
  it('is noticed and recorded', async () => {
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
    const acting = await withJob('2021-12-06', { required: 2 });
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

it('resumes redis with an empty target only after the quorum typed the ID of the target', async () => {
  const acting = await withJob('2021-12-06', {
    entries: {
      SrcDatabaseType: 'redis',
      DstDatabaseType: 'redis',
      'DstInfo.InstanceId': 'crs-e78e0nnv',
      'SrcInfo.User': undefined,
    },
  });
  await at(acting, 'resumable_error');
  const { card, ferry } = acting;
  const bob = ferry.slack.as(BOB);
  await bob.click(card, 'resume_job');
  await ferry.slack.until(() => bob.view(), { what: 'the form' });
  await bob.fill({ ResumeOption: 'clearData' });
  await bob.fill({ 'DstInfo.InstanceId': 'crs-another1' });
  expect(await bob.submit()).toMatchObject({ result: 'errors' });
  await bob.fill({ 'DstInfo.InstanceId': 'crs-e78e0nnv' });
  await bob.submit();
  await acting.status('running');
  const bodies = ferry.dts.callsOf('ResumeMigrateJob').map(({ body }) => body);
  expect(bodies).toEqual([{ JobId: acting.jobId, ResumeOption: 'clearData' }]);
});

describe('an operation is decided under the policy of the first press', () => {
  const operationsOf = (people: readonly string[], required: number) => ({
    stop_job: { people, required },
    complete_job: { people, required },
  });
  const ready = async (...rest: Parameters<typeof withJob>) => {
    const acting = await withJob(...rest);
    await at(acting, 'ready_complete');
    acting.ferry.dts.controls.setLag(acting.jobId, { seconds: 1, megabytes: 1 });
    return acting;
  };
  const ruleChanges = (replies: readonly string[]) =>
    replies.filter((text) => saying(en.thread.ruleChanged('usual')).test(text));

  it.each([
    ['stop_job', 'StopMigrateJob'],
    ['complete_job', 'CompleteMigrateJob'],
  ] as const)('%s with one person instead of two', async (operation, action) => {
    const twoPeople = { approvers: [BOB, MEI], operations: operationsOf([BOB, MEI], 2) };
    const acting = await ready('2021-12-06', { settings: twoPeople });
    const { calls, card, ferry, press, until } = acting;
    await ferry.adopt({ approvals: { approvers: [BOB], operations: operationsOf([BOB], 1) } });
    await press(operation, BOB);
    await until(() => calls(action) === 1, 'the call');
    expect(ruleChanges(ferry.replies(card))).toEqual([]);
    await ferry.ferry.stop();
    const url = ferry.environment()['DATABASE_URL'] ?? '';
    expect((await runAudit({ DATABASE_URL: url }, 'verify')).code).toBe(0);
  });

  it('the cut-over with two other people', async () => {
    const acting = await ready('2021-12-06');
    const { calls, card, ferry, press, shown, until } = acting;
    await ferry.adopt({ approvals: { operations: operationsOf([MEI, DAN], 2) } });
    await press('complete_job', MEI);
    await until(() => shown().includes(en.job.waits('complete_job')), 'the wait');
    const replies = ferry.replies(card).join('\n');
    expect(replies).not.toMatch(saying(en.thread.ruleChangedAfterApproval(anything)));
    await press('complete_job', DAN);
    await until(() => calls('CompleteMigrateJob') === 1, 'the call');
  });
});

it('sends the requester a message when others delete the job', async () => {
  const acting = await withJob('2021-12-06');
  const { ferry } = acting;
  const direct = () =>
    ferry.slack
      .as(ALICE)
      .directMessages()
      .map((each) => ferry.slack.render(each));
  await at(acting, 'check_passed');
  await acting.press('delete_job');
  await acting.status('deleted');
  const deleted = saying(en.job.thread.accepted.delete_job, en.direct.approvedBy([person(BOB)]));
  await acting.until(() => direct().some((text) => deleted.test(text)), 'the message');
});

it('sends the requester no message about an own start', async () => {
  const acting = await withJob('2021-12-06');
  const { ferry } = acting;
  await at(acting, 'check_passed');
  await acting.press('start_job', ALICE);
  await acting.status('running');
  await untilQuiet(ferry);
  const { accepted } = en.job.thread;
  for (const message of ferry.slack.as(ALICE).directMessages()) {
    expect(ferry.slack.render(message)).not.toContain(accepted.start_job);
  }
});
