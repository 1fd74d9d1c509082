import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, DB_MIGRATIONS, MEI } from '../../playground/slack/index';
import { pageExample } from '../../playground/tencentcloud/index';
import { openHome } from '../support/home';
import { type Mode, startTestFerry, type TestFerry } from '../support/startTestFerry';
import {
  anyText,
  anything,
  button,
  decidedAlready,
  decidedByYou,
  en,
  jobInThread,
  jobOnCard,
  saying,
} from '../support/words';

describe.each<Mode>(['socket', 'http'])('in %s mode', (mode) => {
  let test: TestFerry;
  beforeAll(async () => {
    test = await startTestFerry({}, { mode });
  });
  afterEach(() => {
    expect(test.slack.mistakes).toEqual([]);
  });
  afterAll(() => test.stop());

  const callsOf = (jobName: string) =>
    test.dts
      .callsOf('CreateMigrateJob')
      .filter(({ rawBody }) => rawBody.includes(`"JobName":"${jobName}"`));

  it("carries the API page's example from /migrate to the JobId in the thread", async () => {
    const { slack, dts } = test;
    const card = await test.request();
    const shown = slack.render(card);
    for (const words of [
      'Migration #1: usertest',
      '@Alice Chen',
      'MySQL 14.17.22.36:10301 → orders (cdb-e78e0nnv',
      'cdb-e78e0nnv',
      'The old server is leaving its data center.',
      button(en.card.approve),
      button(en.card.deny),
    ]) {
      expect(shown).toContain(words);
    }
    expect(shown).not.toContain('123456');
    await slack.as(BOB).click(card, 'approve');
    const reply = await test.reply(card, jobInThread());

    const [call] = dts.callsOf('CreateMigrateJob');
    expect(call?.body).toEqual(pageExample);
    expect(call?.version).toBe('2018-03-30');
    expect(call?.verdict).toEqual({ kind: 'accepted' });
    expect(reply).toContain(String(call?.jobId));
    expect(reply).toMatch(jobInThread());
    expect(reply).toMatch(/RequestId [0-9a-f-]{36}/);
    const settled = test.shown(card);
    expect(settled).toMatch(jobOnCard(call?.jobId));
    expect(settled).not.toContain(button(en.card.approve));
  });

  it("removes the card's buttons before Tencent Cloud has responded", async () => {
    const { slack, dts } = test;
    const hold = dts.next({ kind: 'hold' });
    const card = await test.request({ JobName: 'held' });
    await slack.as(BOB).click(card, 'approve');
    await hold.arrived;
    const during = await slack.until(
      () => {
        const text = test.shown(card);
        return (
          text.match(saying(en.operations.create_job.status.underWay(anyText))) !== null && text
        );
      },
      { what: 'the redrawn card' },
    );
    expect(during).not.toContain(button(en.card.approve));
    hold.release();
    await test.reply(card, jobInThread());
  });

  it('opens the same form with the shortcut and from the Home tab', async () => {
    const { slack } = test;
    const mei = slack.as(MEI);
    await mei.shortcut('request_migration');
    await slack.until(() => mei.view(), { what: 'the form' });
    expect(mei.view()?.content['callback_id']).toBe('request_form');
    await mei.dismiss();
    await mei.click(await openHome(slack, mei), 'request_migration');
    await slack.until(() => mei.view(), { what: 'the form' });
    await mei.dismiss();
  });

  it('reports mistakes at their fields and keeps the form open', async () => {
    const { slack } = test;
    const alice = slack.as(ALICE);
    await alice.command(DB_MIGRATIONS, '/migrate');
    await slack.until(() => alice.view(), { what: 'the form' });
    await fillForm(slack, alice, {
      JobName: 'x',
      'SrcInfo.Ip': '10.0.0.1',
      'SrcInfo.Port': '70000',
      'SrcInfo.User': 'root',
      'SrcInfo.Password': 'p',
      'SrcInfo.Region': 'ap-guangzhou',
      'DstInfo.InstanceId': 'nope',
      'MigrateOption.MigrateType': '2',
      Reason: 'r',
    });
    const sent = await alice.submit();
    expect(sent).toEqual({
      result: 'errors',
      errors: {
        'SrcInfo.Ip': en.fieldProblem({ code: 'not_public' }),
        'SrcInfo.Port': expect.stringContaining('65535'),
        'DstInfo.InstanceId': expect.stringContaining('cdb-e78e0nnv'),
      },
    });
    expect(alice.view()?.content['callback_id']).toBe('request_form');
    await alice.dismiss();
  });

  it('denies with a reason, which is posted in the thread', async () => {
    const { slack } = test;
    const card = await test.request({ JobName: 'denied' });
    await slack.as(BOB).click(card, 'deny');
    await slack.until(() => slack.as(BOB).view(), { what: 'the denial form' });
    await slack.as(BOB).fill({ Reason: 'Wait for <!channel> the *freeze*.' });
    expect((await slack.as(BOB).submit()).result).toBe('closed');
    const reply = await test.reply(card, saying(en.thread.denied(anything)));
    expect(reply).toContain('Wait for <!channel> the *freeze*.');
    const shown = test.shown(card);
    expect(shown).toMatch(saying(en.card.status.denied(BOB)));
    expect(shown).not.toContain(button(en.card.approve));
    expect(callsOf('denied')).toEqual([]);
  });

  it('requires a reason that is more than spaces', async () => {
    const { slack } = test;
    const card = await test.request({ JobName: 'blank' });
    await slack.as(BOB).click(card, 'deny');
    await slack.until(() => slack.as(BOB).view(), { what: 'the denial form' });
    await slack.as(BOB).fill({ Reason: '   ' });
    expect((await slack.as(BOB).submit()).result).toBe('errors');
    await slack.as(BOB).dismiss();
  });

  describe('makes one call, however Approve is pressed', () => {
    const answersTo = (userId: string) => test.slack.as(userId).ephemerals().length;

    it('twice by one person, one after the other', async () => {
      const { slack } = test;
      const card = await test.request({ JobName: 'twice-slowly' });
      await slack.as(BOB).click(card, 'approve');
      await test.reply(card, jobInThread());
      const answer = await slack.answerTo(BOB, (bob) => bob.clickStale(card, 'approve'));
      expect(answer.text).toMatch(decidedByYou('approved'));
      expect(callsOf('twice-slowly')).toHaveLength(1);
    });

    it('by two people at once', async () => {
      const { slack } = test;
      const card = await test.request({ JobName: 'two-people' });
      const before = answersTo(BOB) + answersTo(MEI);
      await Promise.all([BOB, MEI].map((userId) => slack.as(userId).clickStale(card, 'approve')));
      await test.reply(card, jobInThread());
      await slack.until(() => answersTo(BOB) + answersTo(MEI) > before, { what: 'an answer' });
      const answers = [BOB, MEI].flatMap((userId) => slack.as(userId).ephemerals());
      expect(answers.some(({ text }) => decidedAlready('approved').test(text))).toBe(true);
      expect(callsOf('two-people')).toHaveLength(1);
      expect(test.replies(card).filter((text) => text.includes('approved'))).toHaveLength(1);
    });

    it.each([
      ['one after the other', { concurrently: false }],
      ['at the same moment', { concurrently: true }],
      ['at the same moment, as new envelopes', { concurrently: true, envelope: 'new' }],
    ] as const)('once, delivered four times %s', async (name, options) => {
      const { slack } = test;
      const jobName = `redelivered ${name}`;
      const card = await test.request({ JobName: jobName });
      const before = answersTo(BOB);
      slack.redeliverNext(3, options);
      await slack.as(BOB).click(card, 'approve');
      await test.reply(card, jobInThread());
      // A copy gets no reply, because the card already shows the state.
      await test.restart();
      expect(answersTo(BOB)).toBe(before);
      expect(callsOf(jobName)).toHaveLength(1);
      expect(test.replies(card).filter((text) => jobInThread().test(text))).toHaveLength(1);
    });
  });

  it('makes one request of each form, even if the second one is delivered again', async () => {
    const { slack } = test;
    const first = await test.request({ JobName: 'first-of-two' });
    slack.redeliverNext(2, { kind: 'viewSubmission', concurrently: false });
    const second = await test.request({ JobName: 'second-of-two' });
    expect(test.shown(second)).toContain(': second-of-two');
    await slack.as(BOB).click(second, 'approve');
    await test.reply(second, jobInThread());
    await test.restart();
    for (const name of ['first-of-two', 'second-of-two']) {
      const cards = slack
        .messages(DB_MIGRATIONS)
        .filter((message) => slack.render(message).includes(`: ${name}`));
      expect(cards).toHaveLength(1);
    }
    expect(callsOf('second-of-two')).toHaveLength(1);
    expect(callsOf('first-of-two')).toHaveLength(0);
    expect(test.replies(first)).toHaveLength(0);
  });

  it('makes one request of a form that is delivered three times', async () => {
    const { slack } = test;
    slack.redeliverNext(2, { kind: 'viewSubmission', concurrently: true });
    const card = await test.request({ JobName: 'sent-thrice' });
    await slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    const cards = slack
      .messages(DB_MIGRATIONS)
      .filter((message) => slack.render(message).includes(': sent-thrice'));
    expect(cards).toHaveLength(1);
  });
});
