import { BOB, type Message } from '../../../playground/slack/index';
import type { PlainFault } from '../../../playground/tencentcloud/index';
import { bold, code, person, quote, say } from '../../../src/i18n/text';
import { createJob } from '../../support/createJob';
import { fail } from '../../support/fail';
import { passTime } from '../../support/passTime';
import {
  type DatabaseName,
  databases,
  startTestFerry,
  type TestFerry,
} from '../../support/startTestFerry';
import {
  anyJob,
  anyPart,
  anyText,
  anyTime,
  anything,
  button,
  en,
  explained,
  jobInThread,
  jobOnCard,
  saying,
  sayingAny,
  sayingOnly,
} from '../../support/words';

/** The end of a request: the stand-ins' counts, and what people read. */
interface End {
  calls: number;
  card: RegExp;
  buttons: readonly string[];
  /** All replies in the thread, in order. */
  replies: readonly RegExp[];
}

const job = anyJob;
const approved = /@Bob Okafor approved\./;
/** Replies in this order. The approval may be in one message with what it led to. */
const inOrder = (replies: readonly RegExp[]): RegExp =>
  new RegExp(replies.map(({ source }) => source).join('[\\s\\S]*'));
const doubts = [
  'timed_out',
  'connection_lost',
  'no_answer',
  'server_error',
  'unreadable_answer',
  'redirected',
] as const;
const doubted = sayingAny(
  ...doubts.map((failure) => [
    bold(en.operations.create_job.thread.outcomeUnknown),
    ...say` ${explained(failure).headline}`,
  ]),
);

const lookAgain = en.card.lookAgain;
const createIt = en.operations.create_job.again;

/** How a request without a response can end. */
const ends = {
  /** Ferry found the job, and nobody had to act. */
  adopted: {
    calls: 1,
    card: jobOnCard(job, [person(BOB)]),
    buttons: [en.explanations.console.dts],
    replies: [approved, doubted, saying(en.thread.found(job))],
  },
  /** Ferry found nothing and asks a person. */
  missing: {
    calls: 1,
    card: saying(en.operations.create_job.status.unconfirmed(anyText)),
    buttons: [lookAgain, createIt],
    replies: [
      approved,
      doubted,
      saying(
        en.operations.create_job.thread.foundNone,
        en.thread.next,
        en.operations.create_job.thread.unconfirmedNext(anything),
      ),
    ],
  },
  /** Ferry has no permission to search, and names the missing one. */
  forbidden: {
    calls: 1,
    card: saying(en.operations.create_job.status.unconfirmed(anyText)),
    buttons: [lookAgain, createIt],
    replies: [approved, doubted, saying(en.operations.create_job.thread.searchForbidden)],
  },
  /** All of Ferry's searches failed. */
  unseen: {
    calls: 1,
    card: saying(en.operations.create_job.status.unconfirmed(anyText)),
    buttons: [lookAgain, createIt],
    replies: [approved, doubted, saying(en.operations.create_job.thread.searchFailed)],
  },
  /** Two jobs match, and a person chooses. */
  ambiguous: {
    calls: 1,
    card: saying(en.operations.create_job.status.unconfirmed(anyText)),
    buttons: [en.card.chooseJob(job), en.card.chooseJob(job), lookAgain, createIt],
    replies: [
      approved,
      doubted,
      saying(
        en.operations.create_job.thread.foundSeveral([
          { jobId: job, createTime: anything },
          { jobId: job, createTime: anything },
        ]),
      ),
    ],
  },
} as const satisfies Record<string, End>;
type EndName = keyof typeof ends;

/**
 * The ways in which the response of CreateMigrateJob is lost, before or after the job is created.
 */
const losses: readonly { loss: string; faults: readonly PlainFault[] }[] = [
  ...(['noAnswer', 'stalledBody', 'reset', 'html', 'empty', 'noResponse'] as const).map((kind) => ({
    loss: { noAnswer: 'no headers', stalledBody: 'half a body' }[String(kind)] ?? kind,
    faults: (['before', 'after'] as const).map((when) => ({ kind, when })),
  })),
  ...[500, 502, 503, 504].map((status) => ({
    loss: `HTTP ${status}`,
    faults: (['before', 'after'] as const).map((when) => ({
      kind: 'status' as const,
      status,
      when,
    })),
  })),
  ...([301, 302, 307, 308] as const).map((status) => ({
    loss: `redirect ${status}`,
    // A server that redirects hasn't processed the request.
    faults: [{ kind: 'redirect' as const, status, location: '/elsewhere' }],
  })),
];

/** What Ferry's search for the job hits, and the resulting end. */
const searches: readonly {
  search: string;
  key: string;
  ifCreated: EndName;
  ifNot: EndName | undefined;
}[] = [
  { search: 'DTS lists its jobs', key: 'listed', ifCreated: 'adopted', ifNot: 'missing' },
  { search: 'the first search fails', key: 'stumble', ifCreated: 'adopted', ifNot: 'missing' },
  {
    search: 'searching is not allowed',
    key: 'forbidden',
    ifCreated: 'forbidden',
    ifNot: 'forbidden',
  },
  { search: 'every search fails', key: 'blind', ifCreated: 'unseen', ifNot: 'unseen' },
  { search: 'it is on the second page', key: 'paged', ifCreated: 'adopted', ifNot: 'missing' },
  {
    search: 'its name goes elsewhere too',
    key: 'elsewhere',
    ifCreated: 'adopted',
    ifNot: 'missing',
  },
  {
    search: 'a job of another engine has its name',
    key: 'engine',
    ifCreated: 'adopted',
    ifNot: 'missing',
  },
  { search: 'an older job has its name', key: 'older', ifCreated: 'adopted', ifNot: 'missing' },
  // Ferry can't distinguish another job that matches in everything, so there is no row without its
  // own job.
  { search: 'another job matches too', key: 'double', ifCreated: 'ambiguous', ifNot: undefined },
];

interface Row {
  loss: string;
  isCreated: boolean;
  search: string;
  end: EndName;
  fault: PlainFault;
  key: string;
  name: string;
}

/** If DTS's list works, all losses are tested; otherwise one of each kind. */
const oneOfAKind = ['no headers', 'reset', 'HTTP 500', 'redirect 307'];
/** The database doesn't affect how a response is lost. */
const onPostgres = ['reset', 'redirect 307'];

const rowsOn = (database: DatabaseName): readonly Row[] =>
  searches.flatMap(({ search, key, ifCreated, ifNot }) =>
    losses
      .filter(({ loss }) => key === 'listed' || oneOfAKind.includes(loss))
      .filter(({ loss }) => database === 'sqlite' || onPostgres.includes(loss))
      .flatMap(({ loss, faults }) =>
        faults.flatMap((fault) => {
          const isCreated = 'when' in fault && fault.when === 'after';
          const end = isCreated ? ifCreated : ifNot;
          const name = `${key} ${loss.replace(/\W/g, '_')} ${isCreated}`;
          return end === undefined ? [] : [{ loss, isCreated, search, end, fault, key, name }];
        }),
      ),
  );

/**
 * Without rate limits, the rows of a bot don't wait for each other. Each row gets several searches,
 * although the test advances the clock while the bot works on other rows.
 */
const unlimited = {
  DTS_CALLS_PER_SECOND: '1000',
  SLACK_POSTS_PER_SECOND: '1000',
  DTS_SETTLE_SECONDS: '600',
  DTS_TIMEOUT_SECONDS: '4',
};

describe.each(databases)('on %s, a call of CreateMigrateJob without a response', (database) => {
  const rows = rowsOn(database);
  let test: TestFerry;
  const cards = new Map<string, Message>();
  const isOf = (name: string) => (call: { rawBody: string }) =>
    call.rawBody.includes(`"JobName":"${name}"`);
  const callsFor = (name: string) =>
    test.dts
      .callsOf('CreateMigrateJob')
      // Jobs of other people were created without a fault.
      .filter((call) => call.fault !== undefined && isOf(name)(call));
  const shown = (name: string) => {
    const card = cards.get(name);
    return card === undefined ? '' : test.shown(card);
  };

  // All rows share a bot and its clock. Each is checked separately below.
  beforeAll(async () => {
    test = await startTestFerry(unlimited, {
      database,
      dts: { callsPerSecond: 100_000, listFirst: 'oldest' },
    });
    const { slack, dts, clock } = test;
    const named = (key: string) => rows.filter((row) => row.key === key).map(({ name }) => name);
    const DstInfo = { InstanceId: 'cdb-another1', Region: 'ap-shanghai' };
    for (const JobName of named('older')) await createJob(dts, { JobName });
    // Their names contain names of others, so DTS returns them too.
    const paged = named('paged');
    for (let count = 0; count < 101; count += 1) {
      for (let at = 0; at < paged.length; at += 4) {
        await createJob(dts, { JobName: `${paged.slice(at, at + 4).join('; ')} ${count}` });
      }
    }
    // A clock may be wrong by five minutes, so a younger job would be offered.
    clock.advance(360_000);
    // These are as young as Ferry's job. Only one property differs.
    for (const JobName of named('elsewhere')) await createJob(dts, { JobName, DstInfo });
    for (const JobName of named('engine')) {
      await createJob(dts, { JobName, SrcDatabaseType: 'mariadb' });
    }
    for (const JobName of named('double')) await createJob(dts, { JobName });

    // The form also searches for jobs with its name, so the faults of searches come after it.
    for (const { name } of rows) cards.set(name, await test.request({ JobName: name }));
    for (const { fault, key, name } of rows) {
      const looks = { action: 'DescribeMigrateJobs', fits: isOf(name) };
      dts.next(fault, { fits: isOf(name) });
      if (key === 'stumble') dts.next({ kind: 'status', status: 502, when: 'before' }, looks);
      if (key === 'blind') dts.next({ kind: 'reset', when: 'before' }, { ...looks, times: 99 });
      if (key === 'forbidden') {
        const code = 'UnauthorizedOperation.NotEnoughPrivileges';
        dts.next({ kind: 'code', code }, { ...looks, times: 99 });
      }
    }
    for (const card of cards.values()) await slack.as(BOB).click(card, 'approve');
    const calls = () => dts.callsOf('CreateMigrateJob').filter(({ fault }) => fault !== undefined);
    await dts.until(() => calls().length >= rows.length, { what: 'every call', timeoutMs: 60_000 });
    const isOver = ({ name, end }: Row) =>
      sayingAny(
        en.card.status.created(anyText, anything),
        en.operations.create_job.status.unconfirmed(anyText),
      ).test(shown(name)) &&
      inOrder(ends[end].replies).test(test.replies(cards.get(name) ?? fail()).join('\n'));
    await passTime(test, () => rows.every(isOver), { what: 'every end', timeoutMs: 40_000 }).catch(
      // Rows that did end are checked anyway.
      () => {},
    );
  }, 180_000);
  afterAll(async () => {
    await test.stop();
  });

  it.each(
    rows.map((row) => ({ ...row, when: row.isCreated ? 'after creating' : 'before creating' })),
  )('$loss $when, and $search: $end', ({ name, end, isCreated }) => {
    const card = cards.get(name) ?? fail();
    const { calls, card: words, buttons, replies } = ends[end];
    expect(callsFor(name)).toHaveLength(calls);
    expect(shown(name)).toMatch(words);
    const labels = [...shown(name).matchAll(/\[(?:… \[)?([^\]]+)\]/g)].map(([, label]) => label);
    // Once Ferry has read the job, its card has what DTS allows.
    const { check_job, modify_job, delete_job } = en.job.button;
    // The last button of four makes room for what DTS allows.
    const offered = labels.includes(check_job)
      ? [check_job, modify_job, delete_job, en.card.details, ...buttons, en.card.clone]
      : [...buttons, en.card.details, en.card.clone];
    expect(labels).toEqual(offered.map((label) => expect.stringMatching(sayingOnly(label))));
    expect(test.replies(card).join('\n')).toMatch(inOrder(replies));
    if (end !== 'adopted') return;
    expect(isCreated).toBe(true);
    expect(shown(name)).toMatch(jobOnCard(callsFor(name)[0]?.jobId));
  });
});

/** Outcomes that are certain, each with the faults of its calls. */
const certain: readonly {
  outcome: string;
  faults: readonly PlainFault[];
  end: End;
}[] = [
  {
    outcome: 'a slow response',
    faults: [{ kind: 'slow', ms: 300 }],
    end: {
      calls: 1,
      card: jobOnCard(job),
      buttons: [],
      replies: [approved, jobInThread(job)],
    },
  },
  {
    outcome: 'an error code',
    faults: [{ kind: 'code', code: 'UnauthorizedOperation.NotEnoughPrivileges' }],
    end: {
      calls: 1,
      card: saying(en.card.status.failed(anyText)),
      buttons: [],
      replies: [
        approved,
        saying(
          en.operations.create_job.thread.failed,
          en.thread.next,
          explained('UnauthorizedOperation.NotEnoughPrivileges').next,
        ),
      ],
    },
  },
  {
    outcome: 'an unknown error code',
    faults: [{ kind: 'code', code: 'FailedOperation.BrandNew', message: 'something new' }],
    end: {
      calls: 1,
      card: saying(en.card.status.failed(anyText)),
      buttons: [],
      replies: [
        approved,
        saying(
          en.operations.create_job.thread.failed,
          [quote('something new')],
          en.reference(code('FailedOperation.BrandNew'), anyPart),
        ),
      ],
    },
  },
  {
    outcome: 'rate-limited twice',
    faults: [
      { kind: 'code', code: 'RequestLimitExceeded' },
      { kind: 'code', code: 'RequestLimitExceeded.UinLimitExceeded' },
    ],
    end: {
      calls: 3,
      card: jobOnCard(job),
      buttons: [],
      replies: [
        approved,
        saying(en.operations.create_job.thread.postponed(1, anyTime)),
        saying(en.operations.create_job.thread.postponed(2, anyTime)),
        jobInThread(job),
      ],
    },
  },
  {
    outcome: 'rate-limited five times',
    faults: Array.from({ length: 5 }, () => ({ kind: 'code', code: 'RequestLimitExceeded' })),
    end: {
      calls: 5,
      card: saying(en.card.status.failed(anyText)),
      buttons: [],
      replies: [
        approved,
        ...[1, 2, 3, 4].map((attempt) =>
          saying(en.operations.create_job.thread.postponed(attempt, anyTime)),
        ),
        saying(en.operations.create_job.thread.failed, 'RequestLimitExceeded'),
      ],
    },
  },
  {
    outcome: 'rate-limited, and then no response arrives',
    faults: [
      { kind: 'code', code: 'RequestLimitExceeded' },
      { kind: 'reset', when: 'after' },
    ],
    end: {
      calls: 2,
      card: jobOnCard(job),
      buttons: [],
      replies: [
        approved,
        saying(en.operations.create_job.thread.postponed(1, anyTime)),
        doubted,
        saying(en.thread.found(anything)),
      ],
    },
  },
];

describe.each(databases)('on %s, a call with a known outcome', (database) => {
  it.each(certain)('$outcome', async ({ faults, end }) => {
    const test = await startTestFerry({}, { database });
    for (const fault of faults) test.dts.next(fault);
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    const shown = () => test.slack.render(test.slack.message(card) ?? fail());
    const isOver = () =>
      end.card.test(shown()) && inOrder(end.replies).test(test.replies(card).join('\n'));
    await passTime(test, isOver, { what: 'the end' });
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(end.calls);
    const { details, clone, editAgain } = en.card;
    const allowed = [editAgain, details, clone, en.explanations.console.dts];
    expect(shown()).not.toMatch(new RegExp(`\\[(?!${allowed.join('\\]|')}\\])`));
    expect(test.replies(card).join('\n')).toMatch(inOrder(end.replies));
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });

  it('made while the port is closed is retried until it is open', async () => {
    const test = await startTestFerry({}, { database });
    await test.disconnectDts();
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, saying(en.operations.create_job.thread.postponed(1, anyTime)));
    test.clock.advance(5_000);
    await test.reply(card, saying(en.operations.create_job.thread.postponed(2, anyTime)));
    await test.reconnectDts();
    await passTime(test, () => jobInThread().test(test.replies(card).at(-1) ?? ''), {
      what: 'the job',
    });
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(1);
    expect(test.replies(card).length).toBeLessThanOrEqual(4);
    await test.stop();
  });

  it('is given up if the port stays closed, and the thread says who can help', async () => {
    const test = await startTestFerry({}, { database });
    await test.disconnectDts();
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    const last = () => test.replies(card).at(-1) ?? '';
    await passTime(test, () => last().includes(en.operations.create_job.thread.failed), {
      what: 'the end',
    });
    expect(last()).toMatch(
      saying(
        explained('connection_refused').headline,
        `${en.thread.who} ${en.explanations.helpers.operator}`,
      ),
    );
    expect(test.replies(card).length).toBeLessThanOrEqual(6);
    await test.stop();
  });
});

describe('a call that Ferry stops waiting for', () => {
  it('has an unknown outcome, and its job is found', async () => {
    const test = await startTestFerry({ DTS_TIMEOUT_SECONDS: '1' });
    test.dts.next({ kind: 'noAnswer', when: 'after' });
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    const doubt = await test.reply(card, explained('timed_out').headline);
    await test.reply(card, saying(en.thread.found(anything)));
    // The words of a library explain nothing in a thread.
    expect(doubt).not.toContain('Ferry gave up waiting');
    expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(1);
    await test.stop();
  });
});

describe.each(databases)('on %s, two requests with one name and no responses', (database) => {
  it('are left to a person if only one of them created a job', async () => {
    const test = await startTestFerry({}, { database });
    const { slack, dts } = test;
    dts.next({ kind: 'reset', when: 'before' });
    dts.next({ kind: 'reset', when: 'after' });
    const cards = [await test.request(), await test.request()];
    // Searches wait until both calls were made.
    const looks = dts.next({ kind: 'hold' }, { action: 'DescribeMigrateJobs', times: 2 });
    for (const card of cards) await slack.as(BOB).click(card, 'approve');
    await dts.until(() => dts.jobs.size === 1, { what: 'the second call' });
    looks.release();
    const [only] = dts.jobs.keys();
    for (const card of cards) {
      const rendered = () => slack.render(slack.message(card) ?? fail());
      const choice = button(en.card.chooseJob(only ?? fail()));
      const shown = await slack.until(() => rendered().includes(choice) && rendered(), {
        what: 'the job to choose',
      });
      expect(shown).toMatch(saying(en.operations.create_job.status.unconfirmed(anyText)));
    }
    expect(dts.callsOf('CreateMigrateJob')).toHaveLength(2);
    await test.stop();
  });
});
