import { ALICE, BOB, DAN, EVA, MEI, type Person } from '../../playground/slack/index';
import { person, plain } from '../../src/i18n/text';
import { fail } from '../support/fail';
import { homeOf, openHome } from '../support/home';
import { requestInChinese, waiting, zh } from '../support/inChinese';
import { modalText } from '../support/modal';
import { passTime } from '../support/passTime';
import { newPostgresDatabase } from '../support/postgres';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { tcpProxy } from '../support/tcpProxy';
import { whoTheyAre } from '../support/whoTheyAre';
import { anyText, anything, button, en, saying, sayingAtStart } from '../support/words';

async function opened({ slack }: TestFerry, userId: string): Promise<Person> {
  const person = slack.as(userId);
  await openHome(slack, person);
  return person;
}

/** Resolves once a person's Home tab contains the words, and advances the time. */
const says = (test: TestFerry, person: Person, words: string | RegExp) =>
  passTime(test, () => matches(homeOf(test.slack, person), words), {
    what: `Home: ${words}`,
    stepMs: 500,
  });
const matches = (text: string, words: string | RegExp) =>
  typeof words === 'string' ? text.includes(words) : words.test(text);

/** The part of a Home tab under a heading. */
const under = (text: string, heading: string): string =>
  text.split('\n# ').find((part) => part.startsWith(`${heading}\n`)) ?? '';

/** The choice of a menu that filters nothing. */
const everything = 'all';

const publications = ({ slack }: TestFerry, userId: string) =>
  slack.calls.filter(
    ({ method, args }) => method === 'views.publish' && args['user_id'] === userId,
  );

describe.each(flowDatabases)('the Home tab on %s', (database) => {
  let test: TestFerry;
  beforeAll(async () => {
    test = await startTestFerry({ REQUIRED_APPROVALS: '2' }, { database });
  });
  afterAll(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });

  it('says that there is nothing yet, and opens the form', async () => {
    const bob = await opened(test, BOB);
    const text = homeOf(test.slack, bob);
    for (const words of [
      button(en.home.request),
      en.home.none.waiting,
      en.home.none.mine,
      en.home.none.lately,
    ]) {
      expect(text).toContain(words);
    }
    await bob.click(bob.home() ?? fail(), 'request_migration');
    await test.slack.until(() => bob.view(), { what: 'the form' });
    await bob.dismiss();
  });

  it('is updated after every change for everyone who has opened it', async () => {
    const { slack } = test;
    const [alice, bob, dan] = [
      await opened(test, ALICE),
      slack.as(BOB),
      await opened(test, DAN),
    ] as const;
    await test.request({ JobName: 'first-one' });
    await says(test, bob, '#1 first-one');
    expect(under(homeOf(test.slack, bob), en.home.waiting)).toMatch(
      sayingAtStart(
        [
          en.home.waiting,
          '#1 first-one',
          'MySQL 14.17.22.36:10301 → orders (cdb-e78e0nnv, 8.0, 4 GB, ap-shanghai)',
          `🟡 ${plain(en.card.status.waiting(en.card.needed(2, [])))} · ${anything}`,
          [en.card.approve, en.card.deny, en.card.details].map(button).join(' '),
        ].join('\n'),
      ),
    );
    expect(under(homeOf(test.slack, bob), en.home.mine)).toContain(en.home.noOthers.mine);
    await says(test, alice, '#1 first-one');
    expect(under(homeOf(test.slack, alice), en.home.waiting)).toContain(en.home.none.waiting);
    expect(under(homeOf(test.slack, alice), en.home.mine)).toContain('#1 first-one');
    await says(test, dan, '#1 first-one');
    expect(under(homeOf(test.slack, dan), en.home.waiting)).toContain(en.home.none.waiting);
    expect(under(homeOf(test.slack, dan), en.home.lately)).toMatch(
      /#1 first-one\n.*\n.*\n\[Details\]/,
    );

    await bob.click(bob.home() ?? fail(), 'approve');
    await says(test, bob, saying(en.card.status.partlyApproved([person(BOB)], 1, 2, anyText)));
    expect(under(homeOf(test.slack, bob), en.home.waiting)).toContain(en.home.none.waiting);

    const mei = await opened(test, MEI);
    expect(under(homeOf(test.slack, mei), en.home.waiting)).toMatch(
      saying(en.card.status.partlyApproved(anyText, 1, 2, anyText)),
    );
    await mei.click(mei.home() ?? fail(), 'approve');
    for (const person of [alice, bob, dan, mei]) await says(test, person, '🟡 Job dts-');
  });

  it("has the card's buttons, and sends refusals as direct messages", async () => {
    const { slack } = test;
    const bob = slack.as(BOB);
    await test.request({ JobName: 'second-one' });
    await says(test, bob, '#2 second-one');
    const before = bob.home() ?? fail();
    await bob.click(before, 'details', { blockId: 'waiting_2' });
    await slack.until(() => bob.view() && modalText(slack, bob).includes(en.details.history), {
      what: 'the details',
    });
    await bob.dismiss();

    await slack.as(MEI).openHome();
    const mei = slack.as(MEI);
    await says(test, mei, '#2 second-one');
    await mei.click(mei.home() ?? fail(), 'deny');
    await slack.until(() => mei.view(), { what: 'the denial form' });
    await mei.fill({ Reason: 'Not this week.' });
    await mei.submit();
    await says(test, bob, saying(en.card.status.denied(MEI)));

    // A click on an outdated view.
    await test.request({ JobName: 'third-one' });
    await says(test, bob, '#3 third-one');
    slack.faults.next('users.info', { kind: 'status', status: 503 }, 1, whoTheyAre);
    await bob.click(bob.home() ?? fail(), 'approve');
    const told = await slack.until(() => bob.directMessages().at(-1), { what: 'the refusal' });
    expect(told.text).toMatch(saying(en.refusal({ code: 'person_unknown' })));
    expect(under(homeOf(test.slack, bob), en.home.waiting)).toContain('#3 third-one');
  });

  it('is the same after a restart, and is published at most every 2 seconds', async () => {
    const { slack } = test;
    await test.restart();
    const dan = slack.as(DAN);
    slack.forget();
    for (let index = 0; index < 6; index += 1) await test.request({ JobName: `burst-${index}` });
    await says(test, dan, 'burst-5');
    const times = publications(test, DAN).map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(times.length).toBeLessThan(7);
    for (const gap of gaps) expect(gap).toBeGreaterThan(1_900);
  });

  it('is published after Slack failed at first, without delaying others', async () => {
    const { slack } = test;
    slack.faults.next('views.publish', { kind: 'status', status: 500 }, 3);
    await test.request({ JobName: 'after-all' });
    for (const userId of [ALICE, BOB, DAN, MEI]) await says(test, slack.as(userId), 'after-all');
    expect(test.logged()).toContain('a Home tab could not be published');
  });

  it('has pages', async () => {
    for (let index = 0; index < 14; index += 1) {
      await test.request({ JobName: `many-${String(index).padStart(2, '0')}` }, DAN);
    }
    const eva = await opened(test, EVA);
    await says(test, eva, 'many-13');
    await openHome(test.slack, eva);
    const first = homeOf(test.slack, eva);
    expect(first).toContain(`${en.home.page(1)}\n${button(en.home.next)}`);
    expect(under(first, en.home.lately).match(/^#/gm)).toHaveLength(10);
    await eva.click(eva.home() ?? fail(), 'turn_home_next');
    await says(test, eva, `${en.home.page(2)}\n${button(en.home.previous)}`);
    const second = homeOf(test.slack, eva);
    expect(under(second, en.home.mine)).toBe('');
    expect(under(second, en.home.lately)).toContain('many-03');
    expect(under(first, en.home.lately)).not.toContain('many-03');
    // A change doesn't turn the page that a person reads.
    await test.request({ JobName: 'one-more' }, DAN);
    await says(test, eva, 'many-04');
    expect(homeOf(test.slack, eva)).toContain(en.home.page(2));
    await eva.click(eva.home() ?? fail(), 'turn_home_previous');
    await says(test, eva, `${en.home.page(1)}\n${button(en.home.next)}`);
    expect(under(homeOf(test.slack, eva), en.home.lately)).toContain('one-more');
    // An approver has these requests in another list, and each only once.
    const bob = await opened(test, BOB);
    // Home may still be the one of an earlier moment.
    const waiting = () => under(homeOf(test.slack, bob), en.home.waiting).match(/^#/gm) ?? [];
    await passTime(test, () => waiting().length === 10, { what: 'a full page', stepMs: 500 });
    const shown = homeOf(test.slack, bob).match(/^#\d+ \S+/gm) ?? [];
    expect(new Set(shown).size).toBe(shown.length);
  });
});

it('shows the requests of the chosen owner and status until another choice', async () => {
  const test = await startTestFerry();
  const { slack } = test;
  await test.request({ JobName: 'mine-open' });
  await test.request({ JobName: 'theirs-open' }, DAN);
  const denied = await test.request({ JobName: 'mine-denied' });
  const bob = slack.as(BOB);
  await bob.click(denied, 'deny');
  await slack.until(() => bob.view(), { what: 'the denial form' });
  await bob.fill({ Reason: 'Not this week.' });
  await bob.submit();
  const alice = await opened(test, ALICE);
  const names = ['mine-open', 'theirs-open', 'mine-denied'];
  const shown = () => names.filter((name) => homeOf(test.slack, alice).includes(name));
  const shows = (what: string, ...expected: string[]) =>
    passTime(test, () => shown().join() === expected.join(), { what, stepMs: 500 });
  const select = (menu: string, choice: string) =>
    alice.click(alice.home() ?? fail(), `filter_home_${menu}`, { choice });
  await shows('everything', ...names);
  await select('owner', 'mine');
  await shows("Alice's requests", 'mine-open', 'mine-denied');
  await select('status', 'done');
  await shows("Alice's decided requests", 'mine-denied');
  // A change keeps the filter.
  const before = publications(test, ALICE).length;
  await test.request({ JobName: 'another' });
  await passTime(test, () => publications(test, ALICE).length > before, { what: 'the update' });
  expect(shown()).toEqual(['mine-denied']);
  expect(homeOf(test.slack, alice)).not.toContain('another');
  await select('owner', everything);
  await select('status', 'waiting');
  await shows('everything that waits', 'mine-open', 'theirs-open');
  await select('status', everything);
  await shows('everything again', ...names);
  expect(slack.mistakes).toEqual([]);
  await test.stop();
});

it('is kept up to date by one of several processes, and none restores an old view', async () => {
  const test = await startTestFerry({}, { database: 'postgres' });
  const { slack } = test;
  const other = await test.another();
  const bob = await opened(test, BOB);
  for (let index = 0; index < 4; index += 1) await test.request({ JobName: `job-${index}` });
  await says(test, bob, 'job-3');
  for (let index = 0; index < 4; index += 1) {
    const waiting = () => under(homeOf(test.slack, bob), en.home.waiting);
    const block = /job-(\d)/.exec(waiting());
    expect(block).not.toBeNull();
    await bob.click(bob.home() ?? fail(), 'approve', { blockId: `waiting_${index + 1}` });
    await says(test, bob, new RegExp(`#${index + 1} job-${index}\\n.*\\n🟡 Job`));
    expect(waiting()).not.toContain(`job-${index}`);
  }
  expect(under(homeOf(test.slack, bob), en.home.waiting)).toContain(en.home.none.waiting);
  expect(slack.mistakes).toEqual([]);
  await other.stop();
  await test.stop();
});

it('reports that the database is unavailable', async () => {
  const url = new URL(await newPostgresDatabase());
  const proxy = await tcpProxy(Number(url.port));
  url.port = String(proxy.port);
  const test = await startTestFerry({ DATABASE_URL: url.href }, { database: 'postgres' });
  const alice = await opened(test, ALICE);
  await proxy.close();
  await alice.openHome();
  const isSaid = () => homeOf(test.slack, alice).match(saying(en.home.unavailable)) !== null;
  await test.slack.until(isSaid, { what: 'that it cannot be read', timeoutMs: 15_000 });
  expect(homeOf(test.slack, alice)).toContain(button(en.home.request));
  await proxy.reopen();
  await says(test, alice, en.home.none.lately);
  await test.stop();
  await proxy.close();
});

it('is in Chinese', async () => {
  const test = await startTestFerry({ DEFAULT_LOCALE: 'zh-CN' });
  await requestInChinese(test);
  const mei = await opened(test, MEI);
  for (const words of [
    `# ${zh.home.waiting}\n#1 usertest`,
    `🟡 ${waiting} · `,
    `[${zh.card.approve}] [${zh.card.deny}] [${zh.card.details}]`,
    `# ${zh.home.lately}`,
  ]) {
    expect(homeOf(test.slack, mei)).toContain(words);
  }
  await test.stop();
});
