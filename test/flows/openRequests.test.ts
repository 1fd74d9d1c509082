import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, MEI, type Person } from '../../playground/slack/index';
import { beginning, zh } from '../support/inChinese';
import { modalText, openForm, sendForm } from '../support/modal';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anyNumber, en, saying } from '../support/words';

const limit = { OPEN_REQUESTS_PER_PERSON: '2' };
let test: TestFerry;
afterEach(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
});

const cards = () =>
  test.slack.messages(test.card()?.channel ?? '').filter(({ threadTs }) => threadTs === undefined);

/** Opens and fills in a form. */
async function filled(jobName: string, by = ALICE): Promise<Person> {
  const person = await openForm(test.slack, by);
  await fillForm(test.slack, person, { ...exampleForm, JobName: jobName });
  return person;
}

describe.each(flowDatabases)('on %s, the limit of open requests', (database) => {
  it('refuses another one in the form, says what to do, and accepts it later', async () => {
    test = await startTestFerry(limit, { database });
    const first = await test.request({ JobName: 'first' });
    await test.request({ JobName: 'second' });
    const person = await filled('third');
    const said = await sendForm(test.slack, person);
    expect(said).toMatch(saying(en.refusal({ code: 'too_many_open', open: 2, limit: 2 })));
    expect(said).toContain('/migrate list');
    expect(cards()).toHaveLength(2);
    // The limit applies to each person separately.
    await test.request({ JobName: 'somebody-elses' }, MEI);

    await test.slack.as(ALICE).click(first, 'withdraw');
    const isWithdrawn = () => test.replies(first).some((text) => text.includes('withdr'));
    await test.slack.until(isWithdrawn, { what: 'the withdrawal' });
    // The form that came back has everything except the password.
    await fillForm(test.slack, person, { 'SrcInfo.Password': 'typed-again' });
    expect(await sendForm(test.slack, person)).toContain('#');
    await test.slack.until(() => cards().length === 4, { what: 'the fourth card' });
  });

  it('is explained in Chinese', async () => {
    test = await startTestFerry(
      { OPEN_REQUESTS_PER_PERSON: '1', DEFAULT_LOCALE: 'zh-CN' },
      { database },
    );
    await test.request({ JobName: 'first' });
    const person = await filled('second');
    await person.submit();
    const words = beginning(zh.refusal({ code: 'too_many_open', open: 1, limit: 1 }));
    await test.slack.until(() => modalText(test.slack, person).includes(words), { what: words });
  });

  it('accepts a repeated delivery of a form as the request that it made', async () => {
    test = await startTestFerry({ OPEN_REQUESTS_PER_PERSON: '1' }, { database });
    const person = await filled('once');
    test.slack.redeliverNext(3, { kind: 'viewSubmission', concurrently: true });
    await person.submit();
    await test.slack.until(() => cards().length === 1, { what: 'the card' });
    const isSettled = () => !modalText(test.slack, person).includes('Sending');
    await test.slack.until(isSettled, { what: 'the answer' });
    expect(modalText(test.slack, person)).not.toMatch(
      saying(en.refusal({ code: 'too_many_open', open: anyNumber, limit: anyNumber })),
    );
    expect(cards()).toHaveLength(1);
  });
});
