import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, type Message, type Person } from '../../playground/slack/index';
import { type FormEntries, inFormOrder } from '../support/aForm';
import { acceptWarnings, fieldsShown, modalText, openForm, sendForm } from '../support/modal';
import { aPolicyFile } from '../support/policyFile';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anyNumber, anyPart, anyText, en, jobInThread, saying } from '../support/words';

const source = 'SrcInfo.Password';
const target = 'DstInfo.Password';
const isSent = saying(en.sent.done(anyNumber, anyPart, anyText));

const redis: FormEntries = {
  SrcDatabaseType: 'redis',
  'SrcInfo.User': undefined,
  'SrcInfo.Port': '6379',
  'DstInfo.InstanceId': 'crs-sh2sess2',
  'MigrateOption.MigrateType': '3',
};

/** The parameters of the job after Bob approves the request. */
async function sentBy(test: TestFerry, card: Message): Promise<object> {
  await test.slack.as(BOB).click(test.slack.message(card) ?? card, 'approve');
  await test.reply(card, jobInThread());
  return Object(test.dts.callsOf('CreateMigrateJob').at(-1)?.body);
}

async function cardAfter(test: TestFerry, send: () => Promise<unknown>): Promise<Message> {
  const before = test.card()?.ts;
  await send();
  return test.slack.until(() => test.card()?.ts !== before && test.card(), { what: 'the card' });
}

async function editing(test: TestFerry, card: Message): Promise<Person> {
  const alice = test.slack.as(ALICE);
  await alice.click(card, 'edit');
  await test.slack.until(() => alice.view() && fieldsShown(alice).includes(target), {
    what: 'the form',
  });
  return alice;
}

describe('if passwords can only be typed', () => {
  let test: TestFerry;
  beforeAll(async () => {
    test = await startTestFerry();
    await test.request({ JobName: 'taken' });
  });
  afterAll(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });

  /** A form that has lost two passwords, because its job name is taken. */
  async function formWithoutPasswords(JobName: string): Promise<Person> {
    const alice = await openForm(test.slack);
    const both = { 'DstInfo.User': 'root', [target]: 'canary-target' };
    await fillForm(test.slack, alice, inFormOrder({ ...exampleForm, ...both, JobName: 'taken' }));
    expect(await sendForm(test.slack, alice)).toContain(
      en.form.enterAgain({ file: false, secrets: [source, target] }),
    );
    await fillForm(test.slack, alice, { JobName, [source]: 'canary-source' });
    return alice;
  }

  it('the form names those that it has lost, and warns about an optional one that stays away', async () => {
    const alice = await formWithoutPasswords('with-both');
    expect(await sendForm(test.slack, alice)).toContain(en.form.secretEmptied(target));
    await fillForm(test.slack, alice, { [target]: 'canary-target' });
    const card = await cardAfter(test, async () => {
      expect(await sendForm(test.slack, alice)).toMatch(isSent);
    });
    expect(await sentBy(test, card)).toMatchObject({
      SrcInfo: { Password: 'canary-source' },
      DstInfo: { User: 'root', Password: 'canary-target' },
    });
  });

  it('a person may do without an optional one', async () => {
    const alice = await formWithoutPasswords('with-one');
    await sendForm(test.slack, alice);
    await acceptWarnings(alice);
    const card = await cardAfter(test, async () => {
      expect(await sendForm(test.slack, alice)).toMatch(isSent);
    });
    const body = await sentBy(test, card);
    expect(body).toMatchObject({ SrcInfo: { Password: 'canary-source' } });
    expect(Reflect.get(body, 'DstInfo')).not.toHaveProperty('Password');
  });

  it('an edited request shows its advanced ones and warns about them, too', async () => {
    const card = await test.request({ JobName: 'to-edit', [target]: 'canary-target' });
    const alice = await editing(test, card);
    await fillForm(test.slack, alice, { Reason: 'another', [source]: 'canary-source' });
    expect(await sendForm(test.slack, alice)).toContain(en.form.secretEmptied(target));
    expect(modalText(test.slack, alice)).toContain(en.form.accept);
    await alice.dismiss();
  });
});

describe('if passwords can also be stored', () => {
  const policy = aPolicyFile({ secrets: [{ secret: 'env:ORDERS', anywhere: true }] });
  let test: TestFerry;
  beforeAll(async () => {
    test = await startTestFerry({ ...policy.environment, FERRY_SECRET_ORDERS: 'stored' });
  });
  afterAll(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
    policy.remove();
  });

  it('an optional one that the person wants to type is required, until they choose none', async () => {
    const card = await test.request({
      ...redis,
      [`${source}.Source`]: 'typed',
      [source]: 'canary-source',
      [`${target}.Source`]: 'typed',
      [target]: 'canary-target',
    });
    const alice = await editing(test, card);
    await fillForm(test.slack, alice, { Reason: 'another', [target]: 'canary-target' });
    expect(await alice.submit()).toEqual({ result: 'incomplete', blocks: [source] });
    await fillForm(test.slack, alice, { [`${source}.Source`]: '' });
    await test.slack.until(() => !fieldsShown(alice).includes(source), { what: 'no password' });
    await sendForm(test.slack, alice);
    await test.reply(card, 'revision 2');
    const body = await sentBy(test, card);
    expect(body).toMatchObject({ DstInfo: { Password: 'canary-target' } });
    expect(Reflect.get(body, 'SrcInfo')).not.toHaveProperty('Password');
  });
});
