import { ALICE, BOB, DAN, DB_MIGRATIONS, GENERAL, MEI } from '../../playground/slack/index';
import { plain } from '../../src/i18n/text';
import { systemClock } from '../../src/operations/systemClock';
import { openHome } from '../support/home';
import { requestInChinese, waiting, zh } from '../support/inChinese';
import { modalText, openForm } from '../support/modal';
import { passTime } from '../support/passTime';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { en, jobInThread, saying } from '../support/words';

const formTitles = { en: en.form.title, 'zh-CN': zh.form.title };

describe('the language of replies', () => {
  let test: TestFerry;
  afterEach(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });

  const titleFor = async (userId: string): Promise<string> => {
    const person = await openForm(test.slack, userId);
    const text = modalText(test.slack, person);
    await person.dismiss();
    return text.includes(formTitles['zh-CN']) ? 'zh-CN' : text.includes(formTitles.en) ? 'en' : '';
  };
  const lookUps = () =>
    test.slack.callsOf('users.info').filter(({ args }) => args['include_locale'] !== undefined);

  it("is that of the person's Slack, while channels and unsupported languages get the default", async () => {
    test = await startTestFerry({ DEFAULT_LOCALE: 'en' }, { ownLanguages: true });
    expect(await titleFor(ALICE)).toBe('en');
    expect(await titleFor(MEI)).toBe('zh-CN');
    expect(await titleFor(DAN)).toBe('en');
    await test.stop();
    test = await startTestFerry({ DEFAULT_LOCALE: 'zh-CN' }, { ownLanguages: true });
    expect(await titleFor(BOB)).toBe('en');
    expect(await titleFor(DAN)).toBe('zh-CN');
    const card = await requestInChinese(test, DAN);
    expect(test.slack.render(card)).toContain(waiting);
  });

  it('is the same in forms, refusals, direct messages, commands and Home', async () => {
    test = await startTestFerry({}, { ownLanguages: true });
    const { slack } = test;
    const mei = slack.as(MEI);
    const card = await requestInChinese(test, MEI);
    expect(slack.render(card)).toMatch(saying(en.card.status.waiting(undefined)));
    await mei.dismiss();

    const refusal = await slack.answerTo(MEI, () => mei.click(card, 'approve'));
    expect(refusal.text).toBe(plain(zh.refusal({ code: 'own_request' })));
    await mei.command(DB_MIGRATIONS, '/migrate', 'list');
    const listed = () => mei.ephemerals().some((each) => slack.render(each).includes(zh.home.mine));
    await slack.until(listed, { what: 'the list' });
    await mei.click(card, 'details');
    await slack.until(() => mei.view() && modalText(slack, mei).includes(zh.details.history), {
      what: 'the details',
    });
    await mei.dismiss();
    expect(slack.render(await openHome(slack, mei))).toContain(zh.home.mine);

    const bob = slack.as(BOB);
    expect(slack.render(await openHome(slack, bob))).toContain(en.home.waiting);
    await bob.click(card, 'approve');
    const told = () => mei.directMessages().at(-1)?.text.includes(zh.thread.createdNext);
    await slack.until(told, { what: 'the direct message' });
    await test.reply(card, jobInThread());
  });

  it('is looked up once an hour, in the background if it is known', async () => {
    test = await startTestFerry({}, { ownLanguages: true });
    const { slack } = test;
    for (let times = 0; times < 3; times += 1) expect(await titleFor(MEI)).toBe('zh-CN');
    expect(lookUps()).toHaveLength(1);
    slack.changeUser(MEI, { locale: 'en-GB' });
    test.clock.advance(3_600_000);
    slack.faults.next('users.info', { kind: 'slow', ms: 1_000 });
    expect(await titleFor(MEI)).toBe('zh-CN');
    await slack.until(() => lookUps().at(-1)?.answer.kind === 'ok', { what: 'the second answer' });
    await passTime(test, () => lookUps().length === 2, { what: 'one look-up', stepMs: 0 });
    expect(await titleFor(MEI)).toBe('en');
  });

  it('never delays a reply for longer than half a second', async () => {
    test = await startTestFerry({}, { ownLanguages: true, machineClock: systemClock });
    const { slack } = test;
    slack.faults.next('users.info', { kind: 'slow', ms: 2_000 });
    const begun = performance.now();
    const { ok } = await slack.as(MEI).command(GENERAL, '/migrate', '');
    const acknowledged = performance.now() - begun;
    expect(ok).toBe(true);
    expect(acknowledged).toBeLessThan(1_500);
    await slack.until(() => slack.as(MEI).view(), { what: 'the form' });
    expect(modalText(slack, slack.as(MEI))).toContain(formTitles.en);
    await slack.as(MEI).dismiss();
    await slack.until(() => lookUps().at(-1)?.answer.kind === 'ok', { what: 'the answer' });
    expect(await titleFor(MEI)).toBe('zh-CN');
  });

  it('delays no acknowledgement of a button that needs no form', async () => {
    test = await startTestFerry({}, { ownLanguages: true });
    const { slack } = test;
    const card = await test.request();
    slack.faults.next('users.info', { kind: 'slow', ms: 1_000 });
    const before = lookUps().length;
    const { ok } = await slack.as(BOB).click(card, 'approve');
    expect(ok).toBe(true);
    const { answer } = await slack.until(() => lookUps()[before], { what: 'the lookup' });
    expect(answer.kind).toBe('pending');
    await test.reply(card, jobInThread());
  });

  it('is the default for a minute if Slack does not respond', async () => {
    test = await startTestFerry({}, { ownLanguages: true });
    const { slack } = test;
    slack.faults.next('users.info', { kind: 'status', status: 503 });
    expect(await titleFor(MEI)).toBe('en');
    expect(await titleFor(MEI)).toBe('en');
    expect(lookUps()).toHaveLength(1);
    expect(test.logged()).toContain("a person's language could not be looked up");
    test.clock.advance(60_000);
    expect(await titleFor(MEI)).toBe('en');
    await slack.until(() => lookUps().at(-1)?.answer.kind === 'ok', { what: 'the answer' });
    expect(await titleFor(MEI)).toBe('zh-CN');
  });
});
