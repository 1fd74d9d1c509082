import { ALICE, BOB, DAN, MEI, type Message, type Person } from '../../playground/slack/index';
import { person, quote, say } from '../../src/i18n/text';
import { afterName, requestInChinese, zh } from '../support/inChinese';
import { modalText } from '../support/modal';
import { passTime } from '../support/passTime';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anyTime, anything, en, jobInThread, saying } from '../support/words';

/** What Details shows after a person presses it on a card. */
async function detailsOf(test: TestFerry, card: Message, by = DAN): Promise<string> {
  const person = test.slack.as(by);
  await person.clickStale(card, 'details');
  const { slack } = test;
  await slack.until(() => isFilled(test, person), { what: 'the details' });
  return modalText(slack, person);
}
const isFilled = ({ slack }: TestFerry, person: Person) =>
  person.view() !== undefined &&
  ![en.details.opening, zh.details.opening].some((words) =>
    modalText(slack, person).includes(words),
  );

/** A person without permission tries to approve. */
const refused = ({ slack }: TestFerry, card: Message) =>
  slack.answerTo(DAN, (dan) => dan.click(card, 'approve'));

describe.each(flowDatabases)('details on %s', (database) => {
  let test: TestFerry;
  beforeAll(async () => {
    test = await startTestFerry({ REQUIRED_APPROVALS: '2' }, { database });
  });
  afterAll(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });

  it('show everything about a request except secrets', async () => {
    const { slack } = test;
    const card = await test.request({
      JobName: 'whole-story',
      'SrcInfo.Password': 'canary-typed',
      'MigrateOption.MigrateObject': '2',
      DatabaseInfo: 'orders\nshop.items',
      Tags: 'team=orders',
    });
    await refused(test, card);
    const bob = slack.as(BOB);
    await bob.click(card, 'approve_with_comment');
    await slack.until(() => bob.view(), { what: 'the form for a comment' });
    await bob.fill({ Reason: 'Checked with <!channel> the team.' });
    await bob.submit();
    await test.reply(card, 'Checked with');

    const text = await detailsOf(test, slack.message(card) ?? card);
    for (const words of [
      '== Details ==',
      ': whole-story',
      saying(en.card.status.partlyApproved([person(BOB)], 1, 2, en.card.stillNeeded(1, []))),
      saying(en.details.asked(ALICE, anyTime)),
      '2 from @db-approvers',
      'MigrateOption.RunMode 1',
      'SrcInfo.Ip 14.17.22.36',
      'SrcInfo.Port 10301',
      'DstInfo.InstanceId cdb-e78e0nnv',
      'DatabaseInfo 2 databases, 1 table:\ndatabase orders\nshop.items',
      'Tags[0].TagKey team\nTags[0].TagValue orders',
      `SrcInfo.Password ${en.card.typedSecret}`,
      'The old server is leaving its data center.',
      'Revision 1\n> Checked with <!channel> the team.',
    ]) {
      expect(text).toMatch(words);
    }
    expect(text.slice(text.indexOf(en.details.history))).toMatch(
      saying(
        say`1 · ${anything} · Revision 1 · ${en.details.requested(ALICE)}\n`,
        say`2 · ${anything} · ${en.details.refused(DAN, en.details.actions.approve, en.refusal({ code: 'not_an_approver' }))}\n`,
        say`3 · ${anything} · ${en.thread.approvedSaying(BOB, en.card.tally(1, 2), undefined)}${quote('Checked with <!channel> the team.')}`,
      ),
    );
    expect(slack.everything()).not.toContain('canary-typed');
  });

  it('show the job, and changes by the names of their fields', async () => {
    const { slack } = test;
    const card = await test.request({ JobName: 'to-the-end' });
    const alice = slack.as(ALICE);
    await alice.click(card, 'edit');
    await slack.until(
      () => alice.view() && modalText(slack, alice).includes(en.form.labels['SrcInfo.Port']),
      {
        what: 'the form',
      },
    );
    await alice.fill({ 'SrcInfo.Port': '3306', 'SrcInfo.Password': 'again' });
    await alice.submit();
    await test.reply(card, saying(en.thread.edited(anything, 2)));
    await slack.as(BOB).click(card, 'approve');
    await test.reply(card, saying(en.thread.approved(anything, en.card.tally(1, 2), undefined)));
    await slack.as(MEI).click(card, 'approve');
    await test.reply(card, jobInThread());
    const text = await detailsOf(test, slack.message(card) ?? card, MEI);
    for (const words of [
      '🟡 Job dts-',
      '@Bob Okafor, ',
      '@林梅, ',
      saying(say`Revision 2 · ${en.thread.edited(ALICE, 2)}`),
      `${en.form.labels['SrcInfo.Port']}: 10301 → 3306`,
      saying(en.operations.create_job.history.launched(1)),
      saying(say`Revision 2 · ${en.thread.created(anything)}`),
    ]) {
      expect(text).toMatch(words);
    }
  });
});

it('are in Chinese if Ferry is', async () => {
  const test = await startTestFerry({ DEFAULT_LOCALE: 'zh-CN' });
  const card = await requestInChinese(test);
  await refused(test, card);
  const text = await detailsOf(test, card, MEI);
  for (const words of [
    `== ${zh.details.title} ==`,
    zh.details.rule,
    `${zh.details.parameters}\nJobName usertest`,
    `SrcInfo.Password ${zh.card.typedSecret}`,
    `@Alice Chen ${afterName(zh.details.requested(''))}`,
    `@Dan Silva ${afterName(zh.details.refused('', zh.details.actions.approve, zh.refusal({ code: 'not_an_approver' })))}`,
  ]) {
    expect(text).toMatch(words);
  }
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
});

it('report an error if they cannot be read, and a request that does not exist', async () => {
  const test = await startTestFerry();
  const card = await test.request();
  const { slack } = test;
  const asked = JSON.stringify(card.blocks).replaceAll(/"1\.[\w-]+:1"/g, '"77:1"');
  expect(await detailsOf(test, { ...card, blocks: JSON.parse(asked) })).toMatch(
    saying(en.refusal({ code: 'no_such_request', requestId: 77 })),
  );
  slack.faults.next('views.open', { kind: 'error', error: 'fatal_error' });
  const told = await slack.answerTo(BOB, (bob) => bob.click(card, 'details'));
  expect(told.text).toMatch(saying(en.trouble.expiredForm));
  await test.stop();
});

it('keep the network error after the job was found, although the thread leaves it out', async () => {
  const test = await startTestFerry();
  await test.disconnectDts();
  const card = await test.request();
  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, saying(en.operations.create_job.thread.postponed(1, anyTime)));
  await test.reconnectDts();
  test.dts.next({ kind: 'reset', when: 'after' });
  await passTime(test, () => saying(en.thread.found(anything)).test(test.replies(card).join()), {
    what: 'the job',
  });
  const refused = /ECONNREFUSED/;
  const lost = /socket hang up|ECONNRESET/;
  expect(await detailsOf(test, card)).toMatch(
    new RegExp(`${refused.source}[^\\0]*(?:${lost.source})`),
  );
  expect(test.replies(card).join('\n')).not.toMatch(refused);
  expect(test.replies(card).join('\n')).not.toMatch(lost);
  await test.stop();
});
