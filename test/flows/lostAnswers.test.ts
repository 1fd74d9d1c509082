import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, type Fault } from '../../playground/slack/index';
import { inFormOrder } from '../support/aForm';
import { fail } from '../support/fail';
import { openForm } from '../support/modal';
import { passTime } from '../support/passTime';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { whoTheyAre } from '../support/whoTheyAre';
import { en, jobInThread, saying } from '../support/words';

const failing: Fault = { kind: 'status', status: 500 };

/** A redrawn form names the view that it replaces. */
const isAnswer = ({ hash }: Readonly<Record<string, unknown>>): boolean => hash === undefined;

describe('if Slack takes no answer', () => {
  let test: TestFerry;
  beforeEach(async () => {
    test = await startTestFerry();
  });
  afterEach(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });
  const isLogged = (line: string) =>
    passTime(test, () => test.logged().includes(line), { what: 'the line', stepMs: 0 });

  it('the modal of details stays as it is, and the log says so', async () => {
    const card = await test.request();
    test.slack.faults.next('views.update', failing, 9);
    await test.slack.as(BOB).click(card, 'details');
    await isLogged('details could not be shown');
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
  });

  it.each([
    ['of a copied request', 'clone', 'a form could not be filled from a request'],
    ['of an edit', 'edit', 'a form could not be filled from a request'],
  ])(
    'the form %s says that it did not open, or the log says that it could not',
    async (_, action, line) => {
      const card = await test.request();
      const alice = test.slack.as(ALICE);
      test.slack.faults.next('views.update', failing);
      await alice.click(card, action);
      const shown = () => test.slack.render(alice.view() ?? card);
      await test.slack.until(() => saying(en.form.notOpened).test(shown()), { what: 'the words' });
      expect(test.logged()).toContain(line);
      expect(test.logged()).not.toContain('a form could not be answered in place');
      await alice.dismiss();
      test.slack.faults.next('views.update', failing, 9);
      await alice.click(card, action);
      await isLogged('a form could not be answered in place');
    },
  );

  it('the answer to a form is a direct message, and the request is posted', async () => {
    const alice = await openForm(test.slack, ALICE);
    await fillForm(test.slack, alice, inFormOrder(exampleForm));
    test.slack.faults.next('views.update', failing, 2, isAnswer);
    await alice.submit();
    await test.slack.until(() => test.card(), { what: 'the card' });
    const told = () => alice.directMessages().map((message) => test.slack.render(message));
    await passTime(test, () => told().some((text) => text.includes('#1')), {
      what: 'the direct message',
    });
    expect(test.logged()).toContain('a form could not be answered in place');
  });

  it('a form that could be answered at the second attempt sends no direct message', async () => {
    const alice = await openForm(test.slack, ALICE);
    await fillForm(test.slack, alice, inFormOrder(exampleForm));
    test.slack.faults.next('views.update', failing, 1, isAnswer);
    await alice.submit();
    await test.slack.until(() => test.card(), { what: 'the card' });
    const shown = () => test.slack.render(alice.view() ?? fail());
    await test.slack.until(() => !shown().includes(en.sent.sending), { what: 'the answer' });
    expect(alice.directMessages()).toEqual([]);
  });
});

it('a form stays open with its entries if Slack does not say who submits it', async () => {
  const test = await startTestFerry();
  const { slack } = test;
  const alice = await openForm(slack, ALICE);
  await fillForm(slack, alice, inFormOrder(exampleForm));
  slack.faults.next('users.info', failing, 50, whoTheyAre);
  test.clock.advance(3_600_000);
  expect(await alice.submit()).toEqual({
    result: 'errors',
    errors: { JobName: en.form.sendAgain },
  });
  expect(alice.view()?.values['JobName']).toBeDefined();
  slack.faults.clear();
  await alice.submit();
  await slack.until(() => test.card(), { what: 'the card' });
  await test.stop();
});
