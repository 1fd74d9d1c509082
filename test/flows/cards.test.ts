import {
  ALICE,
  BOB,
  BOT_USER,
  DAN,
  DB_MIGRATIONS,
  EVA,
  GENERAL,
  MEI,
  type Message,
} from '../../playground/slack/index';
import { code, plain, say } from '../../src/i18n/text';
import { command } from '../support/command';
import { fail } from '../support/fail';
import { homeOf, openHome } from '../support/home';
import { passTime } from '../support/passTime';
import { aPolicyFile } from '../support/policyFile';
import { untilQuiet } from '../support/quiet';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anyText, anything, button, en, jobInThread, jobOnCard, saying } from '../support/words';

const onCall = 'S0ONCALL01';
const audit = 'C0AUDIT001';
let test: TestFerry;
afterEach(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
});

/** The lines of a card before its buttons, without the author. */
const linesOf = (card: Message) =>
  test
    .shown(card)
    .split('\n')
    .slice(1)
    .filter((line) => !line.trim().startsWith('['));
const elements = (card: Message) =>
  JSON.stringify((test.slack.message(card) ?? card).blocks).match(/"type":"(button|overflow)"/g) ??
  [];

describe('a card', () => {
  it('has its status in the title, names, the rule and the reason in six lines, and four buttons next to a menu', async () => {
    test = await startTestFerry();
    const card = await test.request();
    const lines = linesOf(card);
    expect(lines[0]).toContain(en.card.label.pending);
    expect(lines[1]).toContain('MySQL 14.17.22.36:10301 → orders (cdb-e78e0nnv, 8.0, 4 GB');
    expect(lines[3]).toContain('@db-approvers');
    expect(lines.length).toBeLessThanOrEqual(6);
    expect(elements(card).filter((each) => each.includes('button'))).toHaveLength(4);
    expect(elements(card).filter((each) => each.includes('overflow'))).toHaveLength(1);
  });

  it('shows IDs where the account says nothing, and is posted anyway', async () => {
    const allowedActions = ['dts:CreateMigrateJob', 'dts:DescribeMigrateJobs'];
    test = await startTestFerry({}, { dts: { allowedActions } });
    const card = await test.request();
    expect(linesOf(card)[1]).toMatch(/→ cdb-e78e0nnv \(ap-shanghai\)$/);
  });

  it.each<[string, Parameters<TestFerry['request']>[0], ('source' | 'target')[]]>([
    ['in another region', { 'DstInfo.Region': 'ap-beijing' }, ['target']],
    ['with a mistyped ID', { 'DstInfo.InstanceId': 'cdb-e78e0nnw' }, ['target']],
    [
      'of another engine',
      {
        SrcAccessType: 'cdb',
        'SrcInfo.Supplier': undefined,
        'SrcInfo.Ip': undefined,
        'SrcInfo.Port': undefined,
        'SrcInfo.InstanceId': 'crs-4t6u8w0y',
      },
      ['source'],
    ],
    ['that the account has', {}, []],
  ])('warns of an instance %s', async (_, entries, absent) => {
    test = await startTestFerry();
    const card = await test.request(entries);
    const { instanceAbsent } = en.card.risks;
    for (const role of ['source', 'target'] as const) {
      const warning = `⚠️ ${instanceAbsent[role]}`;
      expect(test.shown(card).includes(warning)).toBe(absent.includes(role));
    }
  });

  it('calls the address of the source unknown if the form has none', async () => {
    test = await startTestFerry();
    const card = await test.request({
      SrcAccessType: 'vpncloud',
      'SrcInfo.UniqVpnGwId': 'vpngw-1a2b3c4d',
      'SrcInfo.VpcId': 'vpc-1a2b3c4d',
      'SrcInfo.SubnetId': 'subnet-1a2b3c4d',
      'SrcInfo.Ip': '',
      'SrcInfo.Port': '',
    });
    expect(linesOf(card)[1]).toContain(`MySQL ${en.card.addressUnknown} →`);
    const bob = test.slack.as(BOB);
    await openHome(test.slack, bob);
    await bob.click(card, 'deny');
    await test.slack.until(() => bob.view(), { what: 'the denial form' });
  });

  it('warns of the risks that approvers should notice', async () => {
    test = await startTestFerry();
    await test.request({ JobName: 'taken' });
    const card = await test.request({
      JobName: 'taken',
      'MigrateOption.MigrateType': '3',
      'MigrateOption.IsOverrideRoot': '1',
      'DstInfo.ReadOnly': '1',
    });
    for (const risk of [
      en.card.risks.rootOverwritten,
      en.card.risks.targetReadOnly,
      plain(en.card.risks.nameTakenByRequest(1)),
    ]) {
      expect(test.shown(card)).toContain(`⚠️ ${risk}`);
    }
  });

  it('shrinks to two lines when nobody decides on it anymore, and is amber while the job needs a start', async () => {
    test = await startTestFerry();
    const denied = await test.request({ JobName: 'denied' });
    const bob = test.slack.as(BOB);
    await bob.click(denied, 'deny');
    await test.slack.until(() => bob.view(), { what: 'the form' });
    expect(test.slack.render(bob.view() ?? fail())).toMatch(/#1[\s\S]*→[\s\S]*@db-approvers/);
    await bob.fill({ Reason: 'Not today.' });
    await bob.submit();
    await test.slack.until(() => test.shown(denied).includes(en.card.label.denied), {
      what: 'the end',
    });
    expect(linesOf(denied)).toHaveLength(3);

    const created = await test.request({ JobName: 'created' });
    await bob.click(created, 'approve');
    await test.slack.until(() => jobOnCard().test(test.shown(created)), { what: 'the job' });
    expect(linesOf(created)).toHaveLength(3);
    expect(linesOf(created)[0]).toMatch(/^ *# 🟡 /);
    expect(linesOf(created)[0]).toContain(en.job.label.created);
    expect(test.shown(created)).toContain(button(en.explanations.console.dts));
    const blocks = JSON.stringify(test.slack.message(created)?.blocks);
    expect(blocks).toContain('"url":"https://console.cloud.tencent.com/dts/migration"');
    expect(blocks).toContain('"url":"https://console.cloud.tencent.com/cdb"');
  });

  it.each(['edit', 'clone', 'approve_with_comment'])(
    'has %s in its menu, and the button of an earlier version still works',
    async (action) => {
      test = await startTestFerry();
      const card = await test.request();
      const alice = test.slack.as(ALICE);
      await alice.click(card, action);
      await test.slack.until(() => alice.view(), { what: 'the form of the menu' });
      await alice.dismiss();
      const old = {
        type: 'actions',
        block_id: 'again',
        elements: [
          {
            type: 'button',
            action_id: action,
            text: { type: 'plain_text', text: 'Old' },
            value: '1:1',
          },
        ],
      };
      await alice.clickStale({ ...card, blocks: [old] }, action);
      await test.slack.until(() => alice.view(), { what: 'the form of the button' });
    },
  );
});

describe('an emergency approval', () => {
  const start = async () => {
    const policy = aPolicyFile({
      approvals: { required: 2, break_glass: [onCall], break_glass_notify: [DAN, audit] },
    });
    test = await startTestFerry(policy.environment);
    test.slack.addGroup({ id: onCall, handle: 'on-call', name: 'On call', users: [EVA] });
    return test.request();
  };

  it('is offered to people who may use it, and to nobody else', async () => {
    const card = await start();
    const bob = test.slack.as(BOB);
    const told = await test.slack.answerTo(EVA, (eva) => eva.click(card, 'approve'));
    expect(told.text).toMatch(saying(en.decision.emergencyHint));
    const refused = await test.slack.answerTo(BOB, () => bob.click(card, 'break_glass'));
    expect(refused.text).toMatch(
      saying(en.refusal({ code: 'not_allowed', action: 'break_glass' })),
    );
    expect(bob.view()).toBeUndefined();
    await bob.click(card, 'approve');
    await test.reply(card, saying(en.thread.approved(anything, en.card.tally(1, 2), undefined)));
    expect(bob.ephemerals()).toHaveLength(1);
  });

  it('marks the card, mentions the bypassed approvers, and appears in the channel and where the policy says', async () => {
    const card = await start();
    const eva = test.slack.as(EVA);
    await eva.click(card, 'break_glass');
    await test.slack.until(() => eva.view(), { what: 'the form' });
    await eva.fill({ Reason: 'The disk fails.' });
    await eva.submit();
    await test.reply(card, saying(en.thread.brokeGlass(EVA), 'The disk fails.', '@db-approvers'));
    const inChannel = () =>
      test.slack
        .as(MEI)
        .messages(DB_MIGRATIONS)
        .filter(({ threadTs }) => threadTs === card.ts);
    expect(inChannel().some(({ broadcast }) => broadcast === true)).toBe(true);
    const reported = () =>
      test.slack
        .as(DAN)
        .directMessages()
        .map((each) => test.slack.render(each));
    await test.slack.until(() => reported().length > 0, { what: 'the report' });
    expect(reported().join()).toMatch(saying(en.thread.brokeGlass(EVA), 'The disk fails.'));
    await passTime(test, () => test.logged().includes('could not be reported'), {
      what: 'the log of the unknown channel',
      stepMs: 0,
    });
    await test.reply(card, jobInThread());
    expect(test.shown(card)).toContain(en.card.emergencyLabel(en.card.label.created));
    expect(reported()).toHaveLength(1);
  });

  it('is reported once in each place, although Slack fails after some of the reports', async () => {
    const policy = aPolicyFile({
      approvals: { break_glass: [EVA], break_glass_notify: [audit, DAN, GENERAL] },
    });
    test = await startTestFerry(policy.environment);
    test.slack.addChannel({ id: audit, name: 'audit', members: [MEI, BOT_USER] });
    test.slack.join(GENERAL, BOT_USER);
    const card = await test.request();
    // Slack posts the first report, but no response arrives. It loses the last report.
    const to = (channel: string) => (args: Readonly<Record<string, unknown>>) =>
      args['channel'] === channel;
    test.slack.faults.next('chat.postMessage', { kind: 'reset', after: true }, 1, to(audit));
    test.slack.faults.next('chat.postMessage', { kind: 'status', status: 500 }, 1, to(GENERAL));
    const eva = test.slack.as(EVA);
    await eva.click(card, 'break_glass');
    await test.slack.until(() => eva.view(), { what: 'the form' });
    await eva.fill({ Reason: 'The disk fails.' });
    await eva.submit();
    const isReport = (message: Message) =>
      saying(en.thread.brokeGlass(EVA), 'The disk fails.').test(test.slack.render(message));
    const reports = () => [
      test.slack.messages(audit).filter(isReport).length,
      test.slack.as(DAN).directMessages().filter(isReport).length,
      test.slack.messages(GENERAL).filter(isReport).length,
    ];
    await passTime(test, () => reports()[2] === 1, { what: 'the last report' });
    expect(reports()).toEqual([1, 1, 1]);
    expect(test.logged()).not.toContain('could not be reported');
  });

  it('is reported although another app posted the mark of the report before', async () => {
    const policy = aPolicyFile({
      approvals: { break_glass: [EVA], break_glass_notify: [audit] },
    });
    test = await startTestFerry(policy.environment);
    test.slack.addChannel({ id: audit, name: 'audit', members: [MEI, EVA, BOT_USER] });
    const card = await test.request();
    const eva = test.slack.as(EVA);
    const ofCard = test.slack.message(card)?.metadata?.['event_payload'];
    for (let event = 2; event < 8; event += 1) {
      const event_payload = { ...Object(ofCard), event };
      for (const mark of ['ferry_emergency', 'ferry_reply']) {
        eva.sayWithApp(audit, { event_type: mark, event_payload });
        eva.sayWithApp(DB_MIGRATIONS, { event_type: mark, event_payload }, card.ts);
      }
    }
    await eva.click(card, 'break_glass');
    await test.slack.until(() => eva.view(), { what: 'the form' });
    await eva.fill({ Reason: 'The disk fails.' });
    // Ferry searches for its reply, because no response to the first post arrives.
    test.slack.faults.next('chat.postMessage', { kind: 'status', status: 500 });
    await eva.submit();
    const isReport = (message: Message) =>
      saying(en.thread.brokeGlass(EVA), 'The disk fails.').test(test.slack.render(message));
    await passTime(test, () => test.slack.messages(audit).some(isReport), { what: 'the report' });
    await passTime(
      test,
      () => test.replies(card).some((text) => text.includes('The disk fails.')),
      {
        what: 'the reply',
      },
    );
  });
});

describe('messages', () => {
  const replies = (card: Message) => test.replies(card);

  it('of a normal request are a card, one reply and one direct message', async () => {
    test = await startTestFerry();
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, saying('@Bob Okafor approved.', en.thread.createdNext));
    const direct = () => test.slack.as(ALICE).directMessages();
    await test.slack.until(() => direct().length > 0, { what: 'the direct message' });
    await untilQuiet(test);
    expect(replies(card)).toHaveLength(1);
    expect(direct()).toHaveLength(1);
  });

  it('report an approval alone if its outcome takes a long time', async () => {
    test = await startTestFerry();
    const hold = test.dts.next({ kind: 'hold' });
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    await hold.arrived;
    await passTime(test, () => replies(card).length > 0, { what: 'the approval', stepMs: 1_000 });
    expect(replies(card)[0]).toMatch(/approved\.$/);
    hold.release();
    await test.reply(card, jobInThread());
    expect(replies(card)).toHaveLength(2);
  });

  it('never begin with the same line, however often people change their minds', async () => {
    test = await startTestFerry({ REQUIRED_APPROVALS: '2' });
    const card = await test.request();
    const bob = test.slack.as(BOB);
    const firstLines = () => replies(card).map((each) => each.split('\n')[1]);
    for (const times of [1, 2, 3]) {
      await bob.click(card, 'approve');
      await test.slack.until(() => replies(card).length === times * 2 - 1, { what: 'an approval' });
      await bob.click(card, 'take_back');
      await test.slack.until(() => replies(card).length === times * 2, { what: 'its end' });
    }
    expect(new Set(firstLines()).size).toBe(6);
    expect(firstLines()[4]).toContain('(3rd time)');
  });

  it('lose their buttons once the request has moved on, never repeat a headline, and hold no transport errors', async () => {
    test = await startTestFerry({
      FERRY_SECRET_ORDERS: 'canary-of-the-test',
      ...aPolicyFile({ secrets: [{ secret: 'env:ORDERS', hosts: ['14.17.22.36'] }] }).environment,
    });
    const card = await test.request({
      'SrcInfo.Password.Source': 'env:ORDERS',
      'SrcInfo.Password': undefined,
    });
    const code = 'InternalError.DatabaseError';
    test.dts.next({ kind: 'code', code }, { times: 2 });
    await test.slack.as(BOB).click(card, 'approve');
    const { failed, failedAgain } = en.operations.create_job.thread;
    await test.reply(card, failed);
    await test.slack.as(ALICE).click(card, 'try_again');
    await test.reply(card, failedAgain(2));
    await test.slack.as(ALICE).click(card, 'try_again');
    await test.reply(card, jobInThread());
    for (const reply of replies(card)) {
      expect(reply).not.toContain(button(en.card.tryFailedAgain));
      expect(reply).not.toContain(button(en.card.editAgain));
    }
  });

  it('say who has to find out about an unknown outcome, remind them, and put it first in their Home tab', async () => {
    test = await startTestFerry();
    test.dts.next({ kind: 'reset', when: 'before' });
    const card = await test.request({ JobName: 'lost' });
    const bob = test.slack.as(BOB);
    await bob.click(card, 'approve');
    const lost = await test.reply(card, en.operations.create_job.thread.outcomeUnknown);
    expect(lost).not.toMatch(/socket hang up|https?:/);
    const { stillUnknown, undecided } = en.operations.create_job.thread;
    await passTime(test, () => replies(card).some((each) => each.includes(undecided)), {
      what: 'the end of the search',
    });
    expect(replies(card).at(-1)).toMatch(saying(`${en.thread.who} @db-approvers`));
    await test.request({ JobName: 'later' });
    await openHome(test.slack, bob);
    const home = () => homeOf(test.slack, bob);
    await passTime(test, () => home().includes('later'), { what: 'Home' });
    expect(home()).toMatch(
      new RegExp(`${en.home.waiting}\\n#1 lost[^\\0]*\\[${en.card.lookAgain}\\][^\\0]*#2 later`),
    );
    await passTime(
      test,
      () => replies(card).some((each) => saying(stillUnknown(anyText)).test(each)),
      {
        what: 'a reminder',
        stepMs: 3_600_000,
      },
    );
    await bob.click(bob.home() ?? fail(), 'look_again');
    await test.reply(card, saying(en.operations.create_job.thread.searchAgain(BOB)));
  });
});

it('a form that Slack does not open is explained in the channel of its button, or in a direct message', async () => {
  test = await startTestFerry();
  const { slack } = test;
  const card = await test.request();
  const bob = slack.as(BOB);
  const expired = saying(en.trouble.expiredForm);
  const refuse = () =>
    slack.faults.next('views.open', { kind: 'error', error: 'expired_trigger_id' });
  for (const action of ['deny', 'approve_with_comment', 'details', 'clone']) {
    refuse();
    const told = await slack.answerTo(BOB, () => bob.click(card, action), {
      what: `words for ${action}`,
    });
    expect([action, told.channel]).toEqual([action, DB_MIGRATIONS]);
    expect(told.text).toMatch(expired);
  }
  expect(bob.directMessages()).toEqual([]);
  const home = await openHome(slack, bob);
  refuse();
  await bob.click(home, 'deny');
  const told = await slack.until(() => bob.directMessages()[0], { what: 'a direct message' });
  expect(told.text).toMatch(expired);
});

describe('commands and answers', () => {
  const answerTo = async (words: string, channel = DB_MIGRATIONS) =>
    test.slack.render(await command(test.slack, ALICE, words, channel));

  it('tolerate typos, claim nothing without a request, and mention no direct message', async () => {
    const policy = aPolicyFile({ presets: { 'orders-to-shanghai': { JobName: 'orders' } } });
    test = await startTestFerry(policy.environment);
    await test.request({ JobName: 'orders-lost' });
    expect(await answerTo('shwo 1')).toContain('/migrate show');
    expect(await answerTo('new orders')).toContain('orders-to-shanghai');
    const missing = en.command.numberMissing('/migrate', 'show');
    const meant = en.command.meant([say`#1 ${code('orders-lost')}`]);
    expect(await answerTo('show 1x')).toMatch(saying(say`${missing}\n${meant}`));
    expect(await answerTo('show x')).not.toMatch(saying(meant));
    expect(await answerTo('show lost')).toMatch(
      saying(en.command.meant([say`#1 ${code('orders-lost')}`])),
    );
    const explained = await answerTo('explain InternalError.DuplicateJob');
    expect(explained).not.toContain(
      en.explanations.entries['InternalError.DuplicateJob'](about()).meaning,
    );
    expect(await answerTo('explain Quite.New')).toMatch(
      saying(en.explanations.asked.isNew('Quite.New')),
    );
    const direct = test.slack.as(ALICE).directChannel();
    expect(await answerTo('policy', direct)).not.toMatch(/D0\w+|#D/);
    for (const { outcome } of test.slack.deliveries) {
      if (!('response' in outcome) || typeof outcome.response !== 'object') continue;
      const { response } = outcome;
      if (response !== null && 'text' in response) {
        expect(response).toMatchObject({ response_type: 'ephemeral' });
      }
    }
    expect(GENERAL).not.toBe(direct);
  });

  const about = () => ({
    ...{ to: '', from: '', region: '', job: '', engines: '', secret: '' },
    ...{ creates: true, action: '' },
  });
});
