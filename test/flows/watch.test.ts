import {
  BOB,
  DAN,
  DB_MIGRATIONS,
  type Delivery,
  EVA,
  GENERAL,
  MEI,
  type Message,
  MULTI_CHANNEL_GUEST,
  PRIVATE_WITH_BOT,
  STRANGER,
} from '../../playground/slack/index';
import { pageExample } from '../../playground/tencentcloud/index';
import { type JobStatus, jobOperations } from '../../src/domain/job/job';
import { mostWatched, watchedJobOf } from '../../src/domain/request/watch';
import { Secret } from '../../src/domain/secrets/secret';
import { channel, plain } from '../../src/i18n/text';
import { createStore } from '../../src/store/createStore';
import { openOrFail } from '../support/aDatabase';
import { passCopying, type Version } from '../support/aJob';
import { aRule } from '../support/aRule';
import { createJob } from '../support/createJob';
import { homeOf, openHome } from '../support/home';
import { testStart } from '../support/movableClock';
import { passTime } from '../support/passTime';
import { aPolicyFile } from '../support/policyFile';
import { untilQuiet } from '../support/quiet';
import { runAudit } from '../support/runAudit';
import {
  type DatabaseName,
  flowDatabases,
  type Mode,
  startTestFerry,
  type TestFerry,
} from '../support/startTestFerry';
import { anyPart, anyText, anything, button, en, saying } from '../support/words';

const { answer: answers } = en.watch;

const incremental = 3;

/** What people see and do in a workspace. */
function actingIn(test: TestFerry) {
  const { dts, slack } = test;
  const until = <T>(probe: () => T | undefined | false, what: string): Promise<T> =>
    passTime(test, probe, { what, stepMs: 10_000, timeoutMs: 60_000 });
  const answer = async (userId: string, words: string, where = DB_MIGRATIONS): Promise<string> => {
    const person = slack.as(userId);
    const before = person.ephemerals().length;
    await person.command(where, '/migrate', words);
    return slack.render(await until(() => person.ephemerals()[before], `an answer to ${words}`));
  };
  const cards = (jobId: string, where = DB_MIGRATIONS): Message[] =>
    slack
      .messages(where)
      .filter(({ threadTs, onlyFor }) => threadTs === undefined && onlyFor === undefined)
      .filter((message) => slack.render(message).includes(jobId));
  const shown = (jobId: string): string => {
    const [card] = cards(jobId);
    return card === undefined ? '' : slack.render(card);
  };
  const posted = (jobId: string): Promise<Message> =>
    until(() => cards(jobId)[0], `the card of ${jobId}`);
  const created = async (JobName: string): Promise<string> => {
    const jobId = await createJob(dts, {
      JobName,
      MigrateOption: { ...pageExample.MigrateOption, MigrateType: incremental },
    });
    await until(() => dts.jobs.get(jobId)?.status === 'created', 'the created job');
    return jobId;
  };
  const status = (jobId: string, wanted: JobStatus) =>
    until(() => shown(jobId).includes(`· ${en.job.label[wanted]}`), `the status ${wanted}`);
  const replied = (card: Message, words: RegExp) =>
    until(() => test.replies(card).some((text) => words.test(text)), `a reply with ${words}`);
  return { answer, cards, created, posted, replied, shown, status, until };
}

/** Works on the database of a bot, which may have stopped. */
async function inStore<T>(
  test: TestFerry,
  database: DatabaseName,
  work: (store: ReturnType<typeof createStore>) => Promise<T>,
): Promise<T> {
  const url = test.environment()['DATABASE_URL'] ?? '';
  const db = await openOrFail(
    database === 'sqlite'
      ? { kind: 'sqlite', path: url.replace('sqlite:', '') }
      : { kind: 'postgres', url: new Secret(url) },
  );
  const store = createStore(db, database, () => test.clock.now());
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const ways = [
  ['2021-12-06', 'sqlite', 'socket'],
  ['2018-03-30', 'postgres', 'http'],
] as const satisfies readonly (readonly [Version, DatabaseName, Mode])[];

describe.each(ways)(
  'a watched job that only version %s knows, on %s',
  (version, database, mode) => {
    it('is followed to its end in one message and its thread, and never changed', async () => {
      const test = await startTestFerry(
        {},
        { database, mode, dts: { newJobsKnownTo: [version], creatingMs: 1 } },
      );
      const { dts, slack } = test;
      const { answer, cards, created, posted, replied, shown, status, until } = actingIn(test);
      const jobId = await created('console-made');
      expect(await answer(DAN, `watch ${jobId}`)).toMatch(
        saying(answers.begun(jobId, channel(DB_MIGRATIONS))),
      );
      const card = await posted(jobId);
      expect(shown(jobId)).toContain('console-made');
      expect(shown(jobId)).toMatch(saying(en.watch.watches(DAN, anyPart, 'ap-shanghai')));
      for (const operation of jobOperations) {
        expect(shown(jobId)).not.toContain(button(en.job.button[operation]));
      }
      expect(await answer(DAN, 'jobs')).toMatch(new RegExp(`${jobId} \\| console-made \\|`));
      expect(await answer(DAN, 'list')).toContain(en.home.none.mine);
      // Its number belongs to no request.
      expect(await answer(DAN, 'show 1')).toMatch(
        saying(en.refusal({ code: 'no_such_request', requestId: 1 })),
      );

      dts.controls.act(jobId, { action: 'check' });
      await status(jobId, 'check_passed');
      await replied(card, saying(en.job.thread.moved.check_passed ?? ''));
      dts.controls.act(jobId, { action: 'start' });
      await status(jobId, 'running');
      const plans = () =>
        slack
          .messages(DB_MIGRATIONS)
          .filter(({ blocks }) => JSON.stringify(blocks).includes('"type":"plan"'));
      await until(() => plans().length > 0, 'the progress');
      const person = slack.as(DAN);
      await openHome(slack, person);
      const home = () => homeOf(slack, person);
      await until(() => home().includes(jobId), 'the job in the Home tab');
      passCopying({ ferry: test });
      await status(jobId, 'ready_complete');
      dts.controls.act(jobId, { action: 'complete' });
      await status(jobId, 'success');
      await replied(card, saying(en.job.thread.moved.success ?? '', en.watch.thread.ended));
      expect(shown(jobId)).not.toContain(button(en.watch.stop));
      expect(cards(jobId)).toHaveLength(1);
      expect(plans()).toHaveLength(1);
      expect(test.replies(card).length).toBeLessThan(10);

      const reads = () => dts.calls.filter(({ action }) => action?.startsWith('Describe')).length;
      const before = reads();
      const end = test.clock.now().getTime() + 3_600_000;
      const isOver = () => test.clock.now().getTime() >= end;
      await passTime(test, isOver, { what: 'an hour', stepMs: 300_000 });
      expect(reads()).toBe(before);
      expect(await answer(DAN, 'jobs')).not.toContain(jobId);
      const changes = dts.calls.filter(
        ({ action = '' }) => !/^(Describe|Get|List)/.test(action) && action !== 'CreateMigrateJob',
      );
      expect(changes).toEqual([]);
      expect(dts.callsOf('CreateMigrateJob')).toHaveLength(1);
      expect(await answer(DAN, `watch ${jobId}`)).toMatch(
        saying(answers.over(jobId, en.job.label.success)),
      );

      await test.ferry.stop();
      const events = await inStore(test, database, ({ requests }) => requests.events(1, 0));
      expect(events[0]).toMatchObject({
        by: { userId: DAN },
        payload: { type: 'watched', jobId, region: 'ap-shanghai' },
      });
      expect(events.at(-1)?.payload).toMatchObject({ type: 'job_moved', to: 'success' });
      const audit = { DATABASE_URL: test.environment()['DATABASE_URL'] ?? '' };
      expect(await runAudit(audit, 'verify')).toMatchObject({ code: 0 });
      expect(slack.mistakes).toEqual([]);
      await test.stop();
    }, 120_000);
  },
);

describe('a person', () => {
  const policy = aPolicyFile({});
  let test: TestFerry;
  let acting: ReturnType<typeof actingIn>;
  const startsWith = (settings: Parameters<typeof policy.write>[0]) => policy.write(settings);
  beforeAll(async () => {
    startsWith({
      watch: [BOB, DAN, MULTI_CHANNEL_GUEST, STRANGER],
      rules: [
        {
          name: 'hush',
          when: { destinations: ['cdb-hush*'] },
          channel: PRIVATE_WITH_BOT,
          approvers: [BOB],
        },
      ],
    });
    test = await startTestFerry(policy.environment, { dts: { creatingMs: 1 } });
    acting = actingIn(test);
  });
  afterAll(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
    policy.remove();
  });

  it.each([
    ['whom the policy lists', BOB, undefined],
    ['whom the policy does not list', EVA, en.refusal({ code: 'may_not_watch' })],
    ['who is a guest, though listed', MULTI_CHANNEL_GUEST, en.refusal({ code: 'guest' })],
    ['of another organization, though listed', STRANGER, en.refusal({ code: 'external' })],
  ])('%s is allowed or refused, as the policy says', async (_, userId, refusal) => {
    const jobId = await acting.created(`of-${userId.toLowerCase()}`);
    const reads = () =>
      test.dts.calls.filter(({ body }) => JSON.stringify(body ?? '').includes(jobId)).length;
    const before = reads();
    const said = await acting.answer(userId, `watch ${jobId}`);
    if (refusal === undefined) {
      expect(said).toMatch(saying(answers.begun(jobId, channel(DB_MIGRATIONS))));
      await acting.posted(jobId);
      return;
    }
    expect(said).toMatch(saying(refusal));
    expect(reads()).toBe(before);
    expect(acting.cards(jobId)).toEqual([]);
  });

  it('whom Slack does not confirm may not watch', async () => {
    const jobId = await acting.created('unconfirmed');
    const { slack } = test;
    slack.faults.next('users.info', { kind: 'error', error: 'internal_error' }, 100);
    expect(await acting.answer(DAN, `watch ${jobId}`)).toMatch(
      saying(en.refusal({ code: 'person_unknown' })),
    );
    slack.faults.clear();
    expect(acting.cards(jobId)).toEqual([]);
  });

  it.each([
    ['watch', answers.missing('/migrate', 'watch')],
    ['unwatch', answers.missing('/migrate', 'unwatch')],
    ['watch #42', answers.malformed('#42')],
    ['watch dts-ABC_1', answers.malformed('dts-ABC_1')],
    ['watch <!channel>', answers.malformed(anything)],
    ['unwatch dts-abc ap-guangzhou', answers.malformed('dts-abc ap-guangzhou')],
    ['watch dts-abc nowhere!', answers.noRegion('nowhere!')],
    ['watch dts-gone1234', answers.unknown('dts-gone1234', 'ap-shanghai', '/migrate')],
    ['watch DTS-GONE1234 ap-tokyo', answers.unknown('dts-gone1234', 'ap-tokyo', '/migrate')],
    ['unwatch dts-gone1234', en.refusal({ code: 'not_watched', jobId: 'dts-gone1234' })],
  ])('who types `%s` gets a message about what is wrong', async (words, expected) => {
    expect(await acting.answer(BOB, words)).toMatch(saying(expected));
  });

  it('gets a message if a job could not be read', async () => {
    const jobId = await acting.created('unreadable');
    const { dts } = test;
    // Ferry reads other watched jobs, too.
    const fits = ({ body }: { body: unknown }) => JSON.stringify(body).includes(jobId);
    dts.next({ kind: 'html', when: 'after' }, { action: 'DescribeMigrationDetail', fits });
    expect(await acting.answer(BOB, `watch ${jobId}`)).toMatch(
      saying(answers.unreadable(jobId, anyText)),
    );
    expect(acting.cards(jobId)).toEqual([]);
  });

  it('gets the link to the message of a job that is watched or that Ferry created', async () => {
    const jobId = await acting.created('twice');
    await acting.answer(BOB, `watch ${jobId}`, GENERAL);
    await acting.posted(jobId);
    expect(await acting.answer(DAN, `watch ${jobId}`)).toMatch(
      saying(answers.already(jobId, answers.link(anything))),
    );
    expect(acting.cards(jobId)).toHaveLength(1);
    const hidden = await acting.created('hidden');
    await acting.answer(BOB, `watch ${hidden}`, PRIVATE_WITH_BOT);
    await acting.until(() => acting.cards(hidden, PRIVATE_WITH_BOT).length > 0, 'the card');
    expect(await acting.answer(DAN, `watch ${hidden}`)).toMatch(saying(answers.hidden(hidden)));
    expect(await acting.answer(DAN, `unwatch ${hidden}`)).toMatch(
      saying(en.refusal({ code: 'not_watched', jobId: hidden })),
    );
    expect(await acting.answer(DAN, 'jobs')).not.toContain(hidden);

    const before = new Set(test.dts.jobs.keys());
    const card = await test.request({ JobName: 'by-ferry' });
    await test.slack.as(MEI).click(card, 'approve');
    const own = await acting.until(
      () => [...test.dts.jobs.keys()].find((id) => !before.has(id)),
      'the job',
    );
    await acting.until(() => test.replies(card).join().includes(own), 'the JobId');
    expect(await acting.answer(BOB, `watch ${own}`)).toMatch(
      saying(answers.ferrys(own, answers.link(anything))),
    );
  });

  /** A copy of a delivery, until Ferry has handled it. */
  const replayed = async (delivery: Delivery | undefined): Promise<void> => {
    if (delivery === undefined) throw new Error('nothing was delivered');
    await test.slack.replay(delivery);
    await untilQuiet(test);
  };

  it('ends a watch by command or button, if the person may watch, and each attempt is recorded', async () => {
    const jobId = await acting.created('ended');
    await acting.answer(BOB, `watch ${jobId}`);
    const card = await acting.posted(jobId);
    const { slack } = test;
    const refusal = await slack.answerTo(EVA, (eva) => eva.click(card, 'unwatch'));
    expect(slack.render(refusal)).toMatch(saying(en.refusal({ code: 'may_not_watch' })));
    expect(acting.shown(jobId)).toContain(button(en.watch.stop));
    const click = slack.deliveries.length;
    const ending = await slack.answerTo(DAN, (dan) => dan.click(card, 'unwatch'));
    expect(slack.render(ending)).toMatch(saying(answers.ending(jobId)));
    await acting.replied(card, saying(en.watch.thread.unwatched(DAN)));
    await acting.until(() => !acting.shown(jobId).includes(button(en.watch.stop)), 'the card');
    const said = slack.as(DAN).ephemerals().length;
    await replayed(slack.deliveries[click]);
    expect(slack.as(DAN).ephemerals()).toHaveLength(said);
    test.dts.controls.act(jobId, { action: 'check' });
    const again = await acting.answer(BOB, `watch ${jobId}`);
    expect(again).toMatch(saying(answers.begun(jobId, channel(DB_MIGRATIONS))));
    await acting.until(() => acting.cards(jobId).length === 2, 'another card');
    expect(await acting.answer(BOB, `unwatch ${jobId}`)).toMatch(saying(answers.ending(jobId)));
    expect(await acting.answer(BOB, `unwatch ${jobId}`)).toMatch(
      saying(en.refusal({ code: 'not_watched', jobId })),
    );
    // The first thread does not mention the check.
    expect(test.replies(card)).toHaveLength(1);
    expect(test.logged()).toMatch(
      /"event":"attempt_refused"[^\n]*"action":"unwatch","code":"may_not_watch"/,
    );
  });
});

describe.each(flowDatabases)(
  'on %s, a watched job that turns out to be the job of a request',
  (database) => {
    let test: TestFerry;
    let acting: ReturnType<typeof actingIn>;
    let jobId: string;
    /** The card of the request, whose call was lost. */
    let request: Message;
    let watch: Message;
    beforeEach(async () => {
      test = await startTestFerry({}, { database, dts: { creatingMs: 1 } });
      acting = actingIn(test);
      test.dts.next({ kind: 'reset', when: 'after' });
      const code = 'UnauthorizedOperation';
      test.dts.next({ kind: 'code', code }, { action: 'DescribeMigrateJobs', times: 100 });
      request = await test.request();
      await test.slack.as(BOB).click(request, 'approve');
      await acting.until(
        () => test.shown(request).includes(button(en.card.lookAgain)),
        'the question',
      );
      jobId = await acting.until(() => [...test.dts.jobs.keys()][0], 'the job');
      await acting.answer(DAN, `watch ${jobId}`);
      watch = await acting.posted(jobId);
      test.dts.clearFaults();
    });
    afterEach(() => test.stop());

    it('is no longer watched, and its watch names the request', async () => {
      expect(test.shown(watch)).toContain(button(en.watch.stop));
      await test.slack.as(BOB).click(request, 'look_again');
      await test.reply(request, saying(en.thread.found(anything)));
      await acting.replied(watch, saying(en.watch.thread.handedOver(1)));
      const [ended] = plain(en.watch.handedOver(1, testStart)).split(' at ');
      await acting.until(() => test.shown(watch).includes(ended ?? ''), 'the end of the watch');
      expect(test.shown(watch)).not.toContain(button(en.watch.stop));
      // Ferry did create it.
      expect(test.shown(watch)).not.toContain('did not create it');
      await test.slack.as(BOB).click(request, 'check_job');
      await acting.until(() => test.dts.callsOf('CreateMigrateCheckJob').length > 0, 'the check');
      expect(test.replies(watch)).toHaveLength(1);
      expect(await acting.answer(DAN, `unwatch ${jobId}`)).toMatch(
        saying(en.refusal({ code: 'not_watched', jobId })),
      );
      expect(test.slack.mistakes).toEqual([]);
    });
  },
);

describe.each(flowDatabases)('on %s', (database) => {
  it('a watch whose process ends before or after its message is posted once', async () => {
    const test = await startTestFerry({}, { database, dts: { creatingMs: 1 } });
    const { answer, cards, created, posted, replied } = actingIn(test);
    const { slack } = test;
    const jobId = await created('posted-once');
    // The process learns nothing about its post, like one that ends after it.
    slack.faults.next(
      'chat.postMessage',
      { kind: 'reset', after: true },
      1,
      ({ channel: where }) => where === DB_MIGRATIONS,
    );
    await answer(DAN, `watch ${jobId}`);
    await posted(jobId);
    await test.restart();
    test.dts.controls.act(jobId, { action: 'check' });
    const [card] = cards(jobId);
    if (card === undefined) throw new Error('no card');
    await replied(card, saying(en.job.thread.moved.check_passed ?? ''));
    expect(cards(jobId)).toHaveLength(1);

    // A process that ends right after it stored the command.
    const other = await created('stored-only');
    await test.ferry.stop();
    const now = test.clock.now();
    await inStore(test, database, async ({ watches }) => {
      const watched = watchedJobOf({ jobId: other, region: 'ap-shanghai' }, {});
      const steps = { steps: [], errors: [] };
      const job = { api: '2021-12-06', status: 'created', said: 'created', ...steps } as const;
      const watch = {
        origin: 'a-command',
        channel: DB_MIGRATIONS,
        requester: { userId: DAN, name: 'Dan' },
        rule: aRule({ channel: DB_MIGRATIONS }),
        watched,
        job: { ...job, since: now, seenAt: now },
        at: now,
      };
      const [first, copy] = [await watches.add(watch), await watches.add(watch)];
      expect(first).toMatchObject({ kind: 'stored', added: true });
      expect(copy).toMatchObject({ kind: 'stored', added: false });
      const rival = await watches.add({ ...watch, origin: 'another-command' });
      expect(rival.kind).toBe('known');
    });
    await test.restart();
    await posted(other);
    await untilQuiet(test);
    expect(cards(other)).toHaveLength(1);
    expect(slack.mistakes).toEqual([]);
    await test.stop();
  }, 120_000);

  it('people watch at most as many jobs as the limits allow, also at the same time', async () => {
    const test = await startTestFerry({}, { database, dts: { creatingMs: 1 } });
    await test.ferry.stop();
    const now = test.clock.now();
    const kinds = await inStore(test, database, async ({ watches }) => {
      const add = (number: number, userId: string, jobId = `dts-${number}`) => {
        const job = { api: '2021-12-06', status: 'created', said: 'created' } as const;
        return watches.add({
          origin: `command ${number}`,
          channel: DB_MIGRATIONS,
          requester: { userId, name: userId },
          rule: aRule({ channel: DB_MIGRATIONS }),
          watched: watchedJobOf({ jobId, region: 'ap-shanghai' }, {}),
          job: { ...job, steps: [], errors: [], since: now, seenAt: now },
          at: now,
        });
      };
      const results: string[] = [];
      for (let number = 0; number < mostWatched.byAll; number += 1) {
        const person = Math.floor(number / mostWatched.byOne);
        const [first, second] = await Promise.allSettled([
          add(number, `U${person}`),
          add(1_000 + number, `U${person}`, `dts-${number}`),
        ]);
        const kinds = [first, second].map((each) =>
          each.status === 'fulfilled' ? each.value.kind : 'conflict',
        );
        results.push(
          kinds.filter((kind) => kind === 'stored').length === 1 ? 'once' : kinds.join(),
        );
        if (number === mostWatched.byOne - 1) {
          const more = await add(5_000, 'U0');
          expect(more).toEqual({ kind: 'too_many', whose: 'byOne' });
        }
      }
      const tooMany = await add(9_000, MEI);
      expect(tooMany).toEqual({ kind: 'too_many', whose: 'byAll' });
      return new Set(results);
    });
    expect([...kinds]).toEqual(['once']);
    await test.stop();
  }, 120_000);
});
