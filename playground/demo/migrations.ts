import { production } from '../cast';
import { ALICE, BOB, DAN, type Message } from '../slack/index';
import type { DtsEndpoint } from '../tencentcloud/index';
import {
  cardText,
  countCalls,
  edit,
  expect,
  press,
  reply,
  request,
  type Stage,
  say,
  show,
  title,
} from './stage';
import { words } from './words';

/** How long a migration takes here, in ms. Ferry asks for a new status every few seconds. */
export const pace = {
  ...{ creatingMs: 1, checkingMs: 500, exportMs: 500, importMs: 500, catchUpMs: 500 },
  ...{ pausingMs: 500, resumingMs: 500, stoppingMs: 500, completingMs: 500 },
};

const incremental = { 'MigrateOption.MigrateType': '3' };

/** Ferry asks rarely for a job that runs. In ms. */
const patience = 40_000;

/** Waits until the card offers an operation on the job, and prints the card. */
async function offers({ slack }: Stage, card: Message, operation: string): Promise<void> {
  const now = () => slack.message(card);
  await slack.until(() => JSON.stringify(now()?.blocks ?? []).includes(operation), {
    what: `the button ${operation}`,
    timeoutMs: patience,
  });
  say(words.channelShows, slack.render(now() ?? card));
}

/** A job that was just created. */
function newestJob({ dts }: { readonly dts: DtsEndpoint }): string {
  return [...dts.jobs.keys()].at(-1) ?? '';
}

const status = ({ dts }: Stage, jobId: string): string => dts.jobs.get(jobId)?.status ?? 'deleted';

/** Check, fix, check again, start, and cut over with two people. */
export async function aMigration(stage: Stage): Promise<void> {
  const { migration } = words;
  title(migration.title);
  const { slack, dts } = stage;
  const card = await request(
    stage,
    ALICE,
    { JobName: 'ledger-to-production', 'DstInfo.InstanceId': production, ...incremental },
    'briefly',
  );
  await press(stage, BOB, card, 'approve');
  await press(stage, DAN, card, 'approve');
  await reply(stage, card, /dts-\w{8}/);
  const jobId = newestJob(stage);
  dts.controls.failCheck('DstEmptyCheck', { jobId, until: 'always' });
  await offers(stage, card, 'check_job');
  await press(stage, ALICE, card, 'check_job');
  await reply(stage, card, migration.checkFailed);
  dts.controls.passChecks(jobId);
  say(words.cloud, migration.fixed);
  await offers(stage, card, 'check_job');
  await press(stage, ALICE, card, 'check_job');
  await reply(stage, card, migration.checkPassed);
  await offers(stage, card, 'start_job');
  await press(stage, ALICE, card, 'start_job');
  await offers(stage, card, 'complete_job');
  const made = countCalls(stage, 'CompleteMigrateJob');
  await press(stage, BOB, card, 'complete_job');
  await slack.until(() => /1 of 2|1\/2/.test(cardText(stage, card)), {
    what: 'the first approval of the cut-over',
  });
  expect(made() === 0, 'one person cut over');
  await press(stage, DAN, card, 'complete_job');
  await reply(stage, card, migration.complete);
  expect(status(stage, jobId) === 'success', `the job is ${status(stage, jobId)}`);
  show(stage, card);
}

/** A migration that a person pauses in the console, and an approver stops in Slack. */
export async function aStop(stage: Stage): Promise<void> {
  const { migration } = words;
  title(migration.stopTitle);
  const { dts } = stage;
  const card = await request(stage, ALICE, { JobName: 'wrong-source', ...incremental }, 'briefly');
  await press(stage, BOB, card, 'approve');
  await reply(stage, card, /dts-\w{8}/);
  const jobId = newestJob(stage);
  await offers(stage, card, 'check_job');
  await press(stage, ALICE, card, 'check_job');
  await offers(stage, card, 'start_job');
  await press(stage, ALICE, card, 'start_job');
  await dts.until(() => status(stage, jobId) === 'running', { what: 'the start' });
  const paused = dts.controls.act(jobId, { action: 'pause' });
  expect(paused.kind === 'done', 'the console refused to pause');
  say(words.cloud, migration.paused);
  await offers(stage, card, 'continue_job');
  await press(stage, BOB, card, 'stop_job');
  await reply(stage, card, migration.stopped);
  expect(status(stage, jobId) === 'canceled', `the job is ${status(stage, jobId)}`);
  show(stage, card);
}

/** The check runs before the approval. It fails, the requester edits the request, and it passes. */
export async function anEarlyCheck(stage: Stage): Promise<void> {
  const { migration } = words;
  title(migration.earlyTitle);
  const { dts } = stage;
  await stage.setRules('  approve: before_start\n');
  say(words.operator, migration.operatorSetsIt);
  dts.controls.failCheck('ConnectDBCheck');
  const card = await request(stage, ALICE, { JobName: 'checked-first', ...incremental }, 'briefly');
  await reply(stage, card, migration.checkFailed);
  const starts = countCalls(stage, 'StartMigrateJob');
  const first = newestJob(stage);
  await edit(stage, ALICE, card, { 'SrcInfo.Port': '3307' }, /10301 → 3307/);
  await reply(stage, card, migration.checkPassed);
  expect(!dts.jobs.has(first), 'the job with the wrong port was not deleted');
  expect(starts() === 0, 'the job started without an approval');
  await offers(stage, card, 'approve');
  await press(stage, BOB, card, 'approve');
  await offers(stage, card, 'stop_job');
  expect(starts() === 1, 'the approval did not start the job');
}
