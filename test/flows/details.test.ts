import { ALICE, BOB, DAN, MEI, type Message, type Person } from '../../playground/slack/index';
import { afterName, requestInChinese, zh } from '../support/inChinese';
import { modalText } from '../support/modal';
import { databases, startTestFerry, type TestFerry } from '../support/startTestFerry';

/** What Details shows to somebody who presses it on a card. */
async function detailsOf(test: TestFerry, card: Message, by = DAN): Promise<string> {
  const person = test.slack.as(by);
  await person.clickStale(card, 'details');
  const { slack } = test;
  await slack.until(() => isFilled(test, person), { what: 'the details' });
  return modalText(slack, person);
}
const isFilled = ({ slack }: TestFerry, person: Person) =>
  person.view() !== undefined &&
  !['Reading the request', zh.details.opening].some((words) =>
    modalText(slack, person).includes(words),
  );

/** Somebody tries to approve who may not. */
async function refused({ slack }: TestFerry, card: Message): Promise<void> {
  const dan = slack.as(DAN);
  const before = dan.ephemerals().length;
  await dan.click(card, 'approve');
  await slack.until(() => dan.ephemerals()[before], { what: 'the refusal' });
}

describe.each(databases)('details, kept in %s,', (database) => {
  let test: TestFerry;
  beforeAll(async () => {
    test = await startTestFerry({ REQUIRED_APPROVALS: '2' }, { database });
  });
  afterAll(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });

  it('hold everything about a request, and no secret', async () => {
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
      '🟡 1 of 2 approvals: @Bob Okafor. Waiting for 1 more',
      'Asked by @Alice Chen at',
      'Approve: 2 of @db-approvers',
      'MigrateOption.RunMode 1',
      'SrcInfo.Ip 14.17.22.36',
      'SrcInfo.Port 10301',
      'DstInfo.InstanceId cdb-e78e0nnv',
      'DatabaseInfo 2 databases, 1 table:\ndatabase orders\nshop.items',
      'Tags[0].TagKey team\nTags[0].TagValue orders',
      'SrcInfo.Password typed in the form, stored sealed',
      'The old server is leaving its data centre.',
      'Revision 1:\n> Checked with <!channel> the team.',
    ]) {
      expect(text).toContain(words);
    }
    expect(text.slice(text.indexOf('Record'))).toMatch(
      /1 · .* · Revision 1 · @Alice Chen asked for the migration\.\n2 · .* · @Dan Silva tried to approve\. Refused: “You are not an approver of this request.*”\n3 · .* · @Bob Okafor approved \(1 of 2\):\n> Checked with <!channel> the team\./,
    );
    expect(slack.everything()).not.toContain('canary-typed');
  });

  it('tell of the job, and of changes by the names of their fields', async () => {
    const { slack } = test;
    const card = await test.request({ JobName: 'to-the-end' });
    const alice = slack.as(ALICE);
    await alice.click(card, 'edit');
    await slack.until(() => alice.view() && modalText(slack, alice).includes('Port'), {
      what: 'the form',
    });
    await alice.fill({ 'SrcInfo.Port': '3306', 'SrcInfo.Password': 'again' });
    await alice.submit();
    await test.reply(card, 'It is now revision 2');
    await slack.as(BOB).click(card, 'approve');
    await test.reply(card, 'approved (1 of 2)');
    await slack.as(MEI).click(card, 'approve');
    await test.reply(card, 'is created');
    const text = await detailsOf(test, slack.message(card) ?? card, MEI);
    for (const words of [
      '🟢 Job dts-',
      '@Bob Okafor, ',
      '@林梅, ',
      'Revision 2 · @Alice Chen changed the request. It is now revision 2:',
      'Port of the source: 10301 → 3306',
      'Ferry made call 1 of CreateMigrateJob.',
      'Revision 2 · The job dts-',
    ]) {
      expect(text).toContain(words);
    }
  });
});

it('are written in Chinese where Ferry is', async () => {
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
    expect(text).toContain(words);
  }
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
});

it('that cannot be read say so, and those of a request that is not there', async () => {
  const test = await startTestFerry();
  const card = await test.request();
  const { slack } = test;
  const asked = JSON.stringify(card.blocks).replaceAll('"1:1"', '"77:1"');
  expect(await detailsOf(test, { ...card, blocks: JSON.parse(asked) })).toContain(
    'There is no request #77 that you can see.',
  );
  slack.faults.next('views.open', { kind: 'error', error: 'fatal_error' });
  const before = slack.as(BOB).ephemerals().length;
  await slack.as(BOB).click(card, 'details');
  const told = await slack.until(() => slack.as(BOB).ephemerals()[before], { what: 'an answer' });
  expect(told.text).toContain('Slack did not open the form.');
  await test.stop();
});
