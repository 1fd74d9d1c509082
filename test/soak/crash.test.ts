import { setTimeout as sleep } from 'node:timers/promises';
import type { BotProcess } from '../../playground/botProcess';
import { ALICE, BOB, type Call, DAN, EVA, MEI } from '../../playground/slack/index';
import { databases } from '../support/startTestFerry';
import { jobInThread } from '../support/words';
import {
  ask,
  audit,
  cardOf,
  effectiveCalls,
  endOf,
  isShort,
  isWaiting,
  nameIn,
  onSlackCall,
  type Shown,
  type Stage,
  shown,
  startApproving,
  startStage,
  tally,
  untilAllEnded,
  waitFor,
} from './stage';

/** Short waits, so that the work of a killed process continues during the test. */
const hasty = { DTS_TIMEOUT_SECONDS: '4', DTS_SETTLE_SECONDS: '6' };

/** A lease on PostgreSQL, and the longest wait of a request after it. In ms. */
const patienceMs = 150_000;

let stage: Stage;
let bot: BotProcess;
afterEach(() => stage.close());

/** Kills the process, and notifies the test. */
function killer() {
  let tell = (): void => {};
  const killed = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return {
    killed,
    kill() {
      stage.kill(bot);
      tell();
    },
  };
}

async function restarted(killed: Promise<void>, what: string): Promise<void> {
  const late = sleep(60_000, 'late' as const, { ref: false });
  if ((await Promise.race([killed, late])) === 'late') {
    throw new Error(`never came to ${what}; ${bot.output}`);
  }
  bot = await stage.start();
}

const request = (jobName: string): Shown | undefined =>
  shown(stage).find((each) => each.jobName === jobName);

async function ended(jobName: string): Promise<string | undefined> {
  return waitFor(
    () => {
      const each = request(jobName);
      return each && endOf(each);
    },
    `the end of ${jobName}`,
    () => `${JSON.stringify(request(jobName))} ${bot.output}`,
    patienceMs,
  );
}

describe.each(databases)('on %s, a process that is killed', (database) => {
  it('around a call leaves it made once, and found or reported as unknown', async () => {
    stage = await startStage(database, hasty);
    bot = await stage.start();
    const { dts } = stage;

    // After the claim and before the call. The form's search for the name comes earlier.
    await ask(stage, ALICE, 'before-the-call');
    await waitFor(() => cardOf(stage, 'before-the-call'), 'the card');
    let trap = killer();
    stage.onConnection = () => {
      trap.kill();
      stage.onConnection = undefined;
      return true;
    };
    const approving = startApproving(stage);
    await restarted(trap.killed, 'the connection');

    const steps = ['held', 'kept', 'lost', 'answered'] as const;
    for (const step of steps) {
      trap = killer();
      const hold = step === 'held' ? dts.next({ kind: 'hold' }) : undefined;
      if (step === 'kept') dts.next({ kind: 'noAnswer', when: 'before' });
      if (step === 'lost') dts.next({ kind: 'noAnswer', when: 'after' });
      const came = dts.until(
        () => {
          const call = dts.callsOf('CreateMigrateJob').find(({ body }) => nameIn(body) === step);
          if (call === undefined) return false;
          const isThere =
            step === 'answered'
              ? call.exchange === 'answered'
              : step === 'lost'
                ? call.jobId !== undefined
                : call.fault !== undefined;
          if (isThere) trap.kill();
          return isThere;
        },
        { what: step, timeoutMs: 60_000 },
      );
      await ask(stage, ALICE, step);
      await came;
      hold?.release();
      await restarted(trap.killed, step);
    }
    await untilAllEnded(stage, patienceMs);
    expect(await ended('before-the-call')).toBe('unconfirmed');
    expect(await ended('held')).toBe('found');
    expect(await ended('kept')).toBe('unconfirmed');
    expect(await ended('lost')).toBe('found');
    expect(['found', 'created']).toContain(await ended('answered'));
    await approving.stop();
    expect(audit(stage)).toEqual([]);

    // Only a person can repeat the call.
    const card = cardOf(stage, 'before-the-call');
    if (card === undefined) throw new Error('no card');
    expect(effectiveCalls(stage, 'before-the-call')).toHaveLength(0);
    await stage.slack.as(BOB).click(card, 'try_again');
    await waitFor(
      () => jobInThread().test(request('before-the-call')?.replies.at(-1) ?? ''),
      'job',
    );
    expect(effectiveCalls(stage, 'before-the-call')).toHaveLength(1);
    expect(stage.slack.mistakes).toEqual([]);
  });

  it('between an approval and its claim loses neither', async () => {
    stage = await startStage(database, { ...hasty, DTS_CALLS_PER_SECOND: '1' });
    bot = await stage.start();
    const { dts } = stage;
    await ask(stage, ALICE, 'first');
    await ask(stage, ALICE, 'second');
    const cards = await waitFor(() => {
      const all = shown(stage).filter(isWaiting);
      return all.length === 2 ? all : undefined;
    }, 'both cards');
    // The second call waits one second for its turn.
    await Promise.all(cards.map(({ card }) => stage.slack.as(BOB).click(card, 'approve')));
    await waitFor(() => dts.callsOf('CreateMigrateJob').length > 0, 'the first call');
    await waitFor(() => !shown(stage).some(isWaiting), 'both approvals');
    stage.kill(bot);
    expect(dts.callsOf('CreateMigrateJob')).toHaveLength(1);
    bot = await stage.start();
    await untilAllEnded(stage, patienceMs);
    expect(audit(stage)).toEqual([]);
    expect(dts.callsOf('CreateMigrateJob')).toHaveLength(2);
    const last = nameIn(dts.callsOf('CreateMigrateJob')[1]?.body);
    expect(await ended(String(last))).toBe('created');
  });

  it('around each post and each update loses none and repeats none', async () => {
    stage = await startStage(database, hasty);
    bot = await stage.start();
    const approving = startApproving(stage);
    const { dts, slack } = stage;
    const told = (call: Call) => JSON.stringify(call.args);
    const isOf = (call: Call, jobName: string) => {
      const { ts } = cardOf(stage, jobName) ?? {};
      return ts !== undefined && (call.args['thread_ts'] === ts || call.args['ts'] === ts);
    };
    const places: [string, (call: Call, jobName: string) => boolean][] = [
      ['card', (call, jobName) => isPost(call) && told(call).includes(jobName)],
      ['update', (call, jobName) => isUpdate(call, jobName, /./)],
      ['approval', (call, jobName) => isReply(call, jobName, / approved\./)],
      ['job-on-card', (call, jobName) => isUpdate(call, jobName, /dts-\w{8}/)],
      ['approval-and-job', (call, jobName) => isReply(call, jobName, /dts-\w{8}/)],
    ];
    const isPost = (call: Call) => call.method === 'chat.postMessage' && !call.args['thread_ts'];
    const isReply = (call: Call, jobName: string, words: RegExp) =>
      call.method === 'chat.postMessage' && isOf(call, jobName) && words.test(told(call));
    const isUpdate = (call: Call, jobName: string, words: RegExp) =>
      call.method === 'chat.update' && isOf(call, jobName) && words.test(told(call));

    for (const [place, isThere] of places) {
      for (const moment of ['before', 'after', 'answered'] as const) {
        const jobName = `${place}-${moment}`;
        const trap = killer();
        let met: Call | undefined;
        const untrap = onSlackCall(stage, (call) => {
          if (met !== undefined || !isThere(call, jobName)) return;
          met = call;
          if (moment === 'answered') return;
          // DTS carries out what has arrived, unless the connection breaks first.
          if (moment === 'before') slack.faults.next(call.method, { kind: 'reset' });
          trap.kill();
        });
        const unwatch = slack.onChange(() => {
          if (moment === 'answered' && met?.answer.kind === 'ok' && stage.bots.has(bot)) {
            trap.kill();
          }
        });
        // An approval has a separate reply only if its effect takes longer than a few seconds.
        const hold = place === 'approval' ? dts.next({ kind: 'hold' }) : undefined;
        await ask(stage, ALICE, jobName);
        await restarted(trap.killed, jobName);
        hold?.release();
        untrap();
        unwatch();
        slack.faults.clear();
      }
    }
    await untilAllEnded(stage, patienceMs);
    await approving.stop();
    expect(audit(stage)).toEqual([]);
    expect(shown(stage)).toHaveLength(places.length * 3);
    expect(slack.mistakes).toEqual([]);
  });

  it('at any time, repeatedly, under a stream of requests', async () => {
    const kills = isShort ? 10 : 200;
    stage = await startStage(database, hasty);
    bot = await stage.start();
    const approving = startApproving(stage, 8_000);
    const begun = performance.now();
    let running = true;
    let sent = 0;
    const promised: string[] = [];
    const people = [ALICE, MEI, DAN, EVA].map(async (userId) => {
      while (running && !stage.closed) {
        sent += 1;
        const jobName = `stream-${sent}`;
        if (await ask(stage, userId, jobName).catch(() => false)) promised.push(jobName);
        await sleep(100 + Math.random() * 400);
      }
    });
    for (let count = 0; count < kills; count += 1) {
      // Half of the kills happen at any time, half of them shortly after a request arrived.
      await sleep(Math.random() * 1_500);
      if (count % 2 === 0) {
        const { calls } = stage.slack;
        const seen = calls.length + Math.floor(Math.random() * 10);
        await waitFor(
          () => calls.length > seen,
          'something to do',
          () => bot.output,
          5_000,
        ).catch(() => {});
        await sleep(Math.random() * 30);
      }
      stage.kill(bot);
      await sleep(Math.random() * 200);
      bot = await stage.start();
    }
    running = false;
    await Promise.all(people);
    await waitFor(
      () => promised.every((jobName) => cardOf(stage, jobName) !== undefined),
      'a card for every request that was confirmed',
      () => promised.filter((jobName) => cardOf(stage, jobName) === undefined).join(', '),
      patienceMs,
    );
    await untilAllEnded(stage, patienceMs);
    // Anything still in transit would arrive by now.
    await sleep(2_000);
    await approving.stop();
    expect(audit(stage)).toEqual([]);
    expect(stage.slack.mistakes).toEqual([]);
    process.stdout.write(
      `${database}: ${kills} kills in ${Math.round((performance.now() - begun) / 1_000)} s; ${sent} forms, ${promised.length} confirmed, ${shown(stage).length} cards: ${tally(stage)}; ${stage.dts.callsOf('CreateMigrateJob').length} calls, ${stage.dts.jobs.size} jobs\n`,
    );
  });
});
