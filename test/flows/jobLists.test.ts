import {
  ALICE,
  BOB,
  DAN,
  DB_MIGRATIONS,
  EVA,
  type Message,
  PRIVATE_WITH_BOT,
} from '../../playground/slack/index';
import type { JobStatus } from '../../src/domain/job/job';
import { command } from '../support/command';
import { homeOf, openHome } from '../support/home';
import { passTime } from '../support/passTime';
import { aPolicyFile } from '../support/policyFile';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anyPart, en, saying } from '../support/words';

const rules = [
  {
    name: 'hush',
    when: { destinations: ['cdb-hush*'] },
    channel: PRIVATE_WITH_BOT,
    approvers: [BOB],
  },
];
let test: TestFerry;
let policy: ReturnType<typeof aPolicyFile>;

/** Requests a job, and resolves to its ID once it was created and Ferry has read it. */
async function created(
  JobName: string,
  { destination = 'cdb-e78e0nnv', by = ALICE }: { destination?: string; by?: string } = {},
): Promise<string> {
  const { dts, slack } = test;
  const before = new Set(dts.jobs.keys());
  await test.send(
    { JobName, 'DstInfo.InstanceId': destination, 'MigrateOption.MigrateType': '3' },
    by,
  );
  const channel = destination.startsWith('cdb-hush') ? PRIVATE_WITH_BOT : DB_MIGRATIONS;
  const isIt = (message: Message) =>
    message.threadTs === undefined && slack.render(message).includes(`: ${JobName} `);
  const card = await slack.until(() => slack.messages(channel).find(isIt), { what: JobName });
  await slack.as(BOB).click(card, 'approve');
  const isNew = () => [...dts.jobs.keys()].find((id) => !before.has(id));
  return passTime(test, isNew, { what: `the job of ${JobName}` });
}

/** Starts a job in the console. */
async function started(jobId: string): Promise<void> {
  const { dts } = test;
  const has = (status: string) => () => dts.jobs.get(jobId)?.status === status;
  await passTime(test, has('created'), { what: 'the created job' });
  dts.controls.act(jobId, { action: 'check' });
  test.clock.advance(60_000);
  dts.controls.act(jobId, { action: 'start' });
}

const answer = async (userId: string, words: string) =>
  test.slack.render(await command(test.slack, userId, words)).replace(/^ {2}/gm, '');

const rows = (text: string): string[] => text.split('\n').filter((line) => /^#\d+ \|/.test(line));

const under = (text: string, heading: string): string =>
  text.split('\n# ').find((part) => part.startsWith(`${heading}\n`)) ?? '';

const label = (status: JobStatus): string => en.job.label[status];

describe.each(flowDatabases)('jobs on %s', (database) => {
  let running: string;
  beforeAll(async () => {
    policy = aPolicyFile({ rules });
    test = await startTestFerry(policy.environment, {
      database,
      dts: { newJobsKnownTo: [database === 'sqlite' ? '2021-12-06' : '2018-03-30'], creatingMs: 1 },
    });
    running = await created('runs');
    const failing = await created('fails', { by: EVA });
    await created('waits');
    await created('hushed', { destination: 'cdb-hush0001' });
    await started(running);
    await started(failing);
    test.dts.controls.fail(failing, 'final', { log: 'The disk is full.' });
    test.dts.controls.setLag(running, { seconds: 7, megabytes: 3 });
  });
  afterAll(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
    policy.remove();
  });

  it('are listed with their progress by `/migrate jobs`: failed, waiting, running', async () => {
    const isRead = (list: string[]) =>
      /fails/.test(list[0] ?? '') && /waits/.test(list[1] ?? '') && /%/.test(list[2] ?? '');
    const shown = await passList(DAN, isRead);
    expect(shown[0]).toMatch(new RegExp(`^#2 \\| fails \\| 🔴 ${label('failed')} \\|`));
    expect(shown[1]).toMatch(new RegExp(`^#3 \\| waits \\| 🟡 ${label('created')} \\| – \\| –$`));
    expect(shown[2]).toMatch(new RegExp(`^#1 \\| runs \\| 🔵 ${label('running')} \\|`));
  });

  it('are listed only to people who may see their requests', async () => {
    const has = (list: string[]) => list.join('\n').includes('| hushed |');
    await passList(BOB, has);
    await passList(ALICE, has);
    expect(has(rows(await answer(DAN, 'jobs')))).toBe(false);
  });

  it('have a table with links, and a text for where Slack shows none', async () => {
    const message = await command(test.slack, DAN, 'jobs');
    const blocks = JSON.stringify(message.blocks);
    expect(blocks).toContain('"type":"table"');
    expect(blocks).toMatch(/"type":"link","url":"https:[^"]+\/archives\/[^"]+"/);
    for (const name of ['runs', 'fails', 'waits']) expect(message.text).toContain(name);
    expect(message.text).toContain(label('running'));
  });

  it('are in the Home tab once they were started, with links, and each request once', async () => {
    for (const userId of [ALICE, DAN]) {
      const person = test.slack.as(userId);
      await openHome(test.slack, person);
      const jobs = () => under(homeOf(test.slack, person), en.home.jobs);
      await passTime(test, () => /#1 runs[\s\S]*%/.test(jobs()), { what: 'the progress' });
      expect(jobs()).toMatch(/#2 fails[\s\S]*#1 runs/);
      expect(jobs()).not.toContain('waits');
      expect(homeOf(test.slack, person)).toContain('#3 waits');
      const shown = homeOf(test.slack, person).match(/^#\d+ /gm) ?? [];
      expect(new Set(shown).size).toBe(shown.length);
      expect(homeOf(test.slack, person).includes('hushed')).toBe(userId === ALICE);
      expect(JSON.stringify(person.home()?.blocks)).toMatch(/archives[^}]*"text":"#1"/);
    }
  });

  it('are filtered in the Home tab by status and owner', async () => {
    const alice = test.slack.as(ALICE);
    const names = ['runs', 'fails', 'waits', 'hushed'];
    const shown = () => names.filter((name) => homeOf(test.slack, alice).includes(` ${name}\n`));
    const select = async (menu: string, choice: string, ...expected: string[]) => {
      const home = alice.home();
      if (home === undefined) throw new Error('no Home tab');
      await alice.click(home, `filter_home_${menu}`, { choice });
      await passTime(test, () => shown().join() === expected.join(), { what: `${menu} ${choice}` });
    };
    await select('status', 'under_way', 'runs');
    await select('status', 'attention', 'fails', 'waits', 'hushed');
    await select('status', 'done');
    await select('status', 'all', ...names);
    await select('owner', 'mine', 'runs', 'waits', 'hushed');
    await select('owner', 'all', ...names);
  });

  it('are included in `/migrate show`, with the error of a failed one', async () => {
    expect(await answer(DAN, 'show 1')).toMatch(/Step \d of 3: .*, \d+%/);
    expect(await answer(DAN, 'show 2')).toMatch(saying(en.job.thread.error(anyPart)));
    expect(await answer(DAN, 'show 2')).toContain('The disk is full.');
  });

  it('have pages of 15, and the command for the next page', async () => {
    for (let index = 0; index < 13; index += 1) await created(`many-${index}`, { by: EVA });
    await passList(DAN, (list) => list.length === 1, 'jobs 2');
    const text = await answer(DAN, 'jobs');
    const first = rows(text);
    expect(text).toMatch(saying(en.job.list.next('/migrate', 2)));
    const last = await answer(DAN, 'jobs 2');
    expect(last).toContain(en.job.list.heading(2));
    expect(last).not.toMatch(saying(en.job.list.next('/migrate', 3)));
    const all = [...first, ...rows(last)].map((row) => row.split(' ')[0]);
    expect(new Set(all).size).toBe(16);
    expect(rows(await answer(DAN, 'jobs 9'))).toHaveLength(15);
  });
});

/** The rows of the list, once they are as expected. */
async function passList(
  userId: string,
  isExpected: (list: string[]) => boolean,
  words = 'jobs',
): Promise<string[]> {
  for (let round = 0; round < 200; round += 1) {
    const list = rows(await answer(userId, words));
    if (isExpected(list)) return list;
    test.clock.advance(5_000);
  }
  throw new Error('the list never showed it');
}
