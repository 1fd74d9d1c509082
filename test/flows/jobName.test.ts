import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, DB_MIGRATIONS } from '../../playground/slack/index';
import { acceptBlock } from '../../views/requestForm';
import { fail } from '../support/fail';
import { acceptWarnings } from '../support/modal';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anything, en, jobInThread, saying } from '../support/words';

describe.each(flowDatabases)('on %s, a job name that is taken', (database) => {
  let test: TestFerry;
  beforeEach(async () => {
    test = await startTestFerry({}, { database });
  });
  afterEach(() => test.stop());

  /** Fills in and submits a form. Returns the text of the modal. */
  async function send(changes: Partial<Record<keyof typeof exampleForm, string>> = {}) {
    const alice = test.slack.as(ALICE);
    await alice.command(DB_MIGRATIONS, '/migrate');
    await test.slack.until(() => alice.view(), { what: 'the form' });
    await fillForm(test.slack, alice, { ...exampleForm, ...changes });
    await alice.submit();
    return shown();
  }
  const shown = () => {
    const text = () => test.slack.render(test.slack.as(ALICE).view() ?? fail());
    return test.slack.until(() => !text().includes('Sending') && text(), { what: 'the answer' });
  };

  it('by an open request causes a warning in the form, which keeps its entries', async () => {
    await test.request();
    const again = await send({ 'SrcInfo.User': 'somebody', 'SrcInfo.Password': 'canary-typed' });
    expect(again).toContain(
      en.form.nameTaken({ kind: 'request', id: 1, channel: 'C1', isOfThisForm: false }),
    );
    expect(again).toContain('somebody');
    expect(test.slack.everything()).not.toContain('canary-typed');
    expect(test.card()?.ts).toBe(test.slack.messages(DB_MIGRATIONS)[0]?.ts);

    const alice = test.slack.as(ALICE);
    await alice.fill({ JobName: 'another-name', 'SrcInfo.Password': 'p' });
    await alice.submit();
    expect(await shown()).toContain('Request #2');
  });

  it('by a job of the account causes a warning too, and may be kept', async () => {
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    const [jobId] = test.dts.jobs.keys();
    expect(await send()).toMatch(
      saying(en.form.nameTaken({ kind: 'job', jobId: jobId ?? '', createTime: anything })),
    );

    const alice = test.slack.as(ALICE);
    await alice.fill({ 'SrcInfo.Password': 'p' });
    expect(await alice.submit()).toEqual({
      result: 'errors',
      errors: { [acceptBlock]: en.form.tick },
    });
    await acceptWarnings(alice);
    await alice.submit();
    expect(await shown()).toContain('Request #2');
  });

  it('is not searched for long: the request continues if DTS does not answer', async () => {
    test.dts.next({ kind: 'noAnswer', when: 'after' }, { action: 'DescribeMigrateJobs' });
    expect(await send()).toContain(en.direct.title(1));
  });
});
