import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, DB_MIGRATIONS, MEI } from '../../playground/slack/index';
import type { AddressPart, ValueProblem } from '../../src/domain/migration/checks';
import { locales } from '../../src/i18n/locales';
import { inFormOrder } from '../support/aForm';
import { acceptWarnings, modalText, openForm, sendForm } from '../support/modal';
import { aPolicyFile } from '../support/policyFile';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { en, jobInThread, saying } from '../support/words';

const policy = aPolicyFile({
  rules: [
    { name: 'Strict', when: { sources: ['14.17.*', '*.pay.example.com'] }, required: 2 },
    { name: 'Inside', when: { sources: ['10.0.0.0/8'] }, required: 2 },
    { name: 'Backbone', when: { sources: ['ccn-main7net/192.168.0.0/16'] }, required: 2 },
    { name: 'Machine', when: { sources: ['ins-1a2b3c4d/*'] }, required: 2 },
  ],
});

let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry(policy.environment);
});
afterAll(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
  policy.remove();
});

let jobs = 0;
const from = (host: string) => {
  jobs += 1;
  return { JobName: `host-${jobs}`, 'SrcInfo.Ip': host };
};
const creations = () => test.dts.callsOf('CreateMigrateJob').length;

it.each([
  ['14.17.22.36', '14.17.22.36'],
  ['14.17.22.36.', '14.17.22.36'],
  ['::14.17.22.36', '14.17.22.36'],
  ['::ffff:e11:1624', '14.17.22.36'],
  ['64:ff9b::14.17.22.36', '14.17.22.36'],
  ['64:ff9b:0:0:0:0:0e11:1624', '14.17.22.36'],
  ['db.pay.example.com.', 'db.pay.example.com'],
  ['DB.Pay.EXAMPLE.com', 'db.pay.example.com'],
])(
  'a rule covers %s in its one spelling, which approvers see and DTS gets',
  async (host, spelling) => {
    const before = creations();
    const card = await test.request(from(host));
    expect(test.shown(card)).toContain(`${spelling}:`);
    if (host !== spelling) expect(test.shown(card)).not.toContain(host);
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, '1 of 2');
    expect(creations()).toBe(before);
    await test.slack.as(MEI).click(card, 'approve');
    await test.reply(card, jobInThread());
    expect(test.dts.callsOf('CreateMigrateJob').at(-1)?.body).toMatchObject({
      SrcInfo: { Ip: spelling },
    });
  },
);

it('a numeric pattern does not cover a name that begins with the same numbers', async () => {
  const card = await test.request(from('14.17.example.com'));
  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, jobInThread());
});

it('a network covers an address behind a gateway in any spelling', async () => {
  const before = creations();
  const card = await test.request({
    ...from('::ffff:10.1.2.3'),
    SrcAccessType: 'dcg',
    'SrcInfo.Supplier': undefined,
    'SrcInfo.UniqDcgId': 'dcg-gz7rack1',
    'SrcInfo.VpcId': 'vpc-gz7main1',
    'SrcInfo.SubnetId': 'subnet-gz7main1',
  });
  expect(test.shown(card)).toContain('10.1.2.3');
  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, '1 of 2');
  expect(creations()).toBe(before);
});

it('nobody leaves the network of an address empty to avoid a rule for the network', async () => {
  const card = test.card();
  const alice = await openForm(test.slack);
  const entries = {
    ...exampleForm,
    ...from('192.168.1.5'),
    SrcAccessType: 'ccn',
    'SrcInfo.Supplier': undefined,
    'SrcInfo.VpcId': 'vpc-gz7main1',
    'SrcInfo.SubnetId': 'subnet-gz7main1',
  };
  await fillForm(test.slack, alice, inFormOrder(entries));
  expect(await sendForm(test.slack, alice)).toContain(en.form.look);
  await acceptWarnings(alice);
  expect(await sendForm(test.slack, alice)).toMatch(
    saying(en.refusal({ code: 'field_needed', path: 'SrcInfo.CcnId' })),
  );
  expect(test.card()?.ts).toBe(card?.ts);
  await alice.dismiss();
});

it('nobody leaves the address of a machine empty to avoid a rule for the machine', async () => {
  const before = creations();
  const card = await test.request({
    ...from(''),
    SrcAccessType: 'cvm',
    'SrcInfo.Ip': undefined,
    'SrcInfo.Supplier': undefined,
    'SrcInfo.CvmInstanceId': 'ins-1a2b3c4d',
  });
  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, '1 of 2');
  expect(creations()).toBe(before);
});

it.each([
  ['localhost.', 'cannot reach this address'],
  ['127.0.0.1.', 'cannot reach this address'],
  ['::7f00:1', 'cannot reach this address'],
  ['64:ff9b::10.0.0.5', 'cannot reach this address'],
  ['a.internal.', 'cannot reach this address'],
  ['0x7f.0.0.1', 'not an IP address or host name'],
  ['0x0e.0x11.22.36', 'not an IP address or host name'],
  ['a.0x7f', 'not an IP address or host name'],
  ['014.17.22.36', 'not an IP address or host name'],
])('the form refuses %s', async (host, problem) => {
  const alice = await openForm(test.slack);
  await fillForm(test.slack, alice, inFormOrder({ ...exampleForm, ...from(host) }));
  expect(await sendForm(test.slack, alice)).toEqual({
    'SrcInfo.Ip': expect.stringContaining(problem),
  });
  await alice.dismiss();
});

const host = (name: string, port?: string, ...rest: AddressPart[]): ValueProblem => ({
  code: 'more_than_a_host',
  host: name,
  port,
  rest,
});
const several = (...hosts: string[]): ValueProblem => ({ code: 'several_hosts', hosts });

it.each<[string, ValueProblem]>([
  ['14.17.22.36:3306', host('14.17.22.36', '3306')],
  ['14.17.22.36,1433', host('14.17.22.36', '1433')],
  ['14.17.22.36/24', host('14.17.22.36')],
  [
    'mysql://root:canary@db.example.com/shop',
    host('db.example.com', undefined, 'user', 'password', 'database'),
  ],
  [
    'jdbc:mysql://db.example.com:3306/shop?useSSL=false',
    host('db.example.com', '3306', 'database', 'options'),
  ],
  [
    'Server=tcp:db.example.com,1433;User Id=sa;Password=canary',
    host('db.example.com', '1433', 'user', 'password'),
  ],
  ['host=db.example.com port=5432 user=postgres', host('db.example.com', '5432', 'user')],
  ['14.17.22.36 14.17.22.37', several('14.17.22.36', '14.17.22.37')],
  [
    'mongodb://u:canary@a.example.com:27017,b.example.com:27017/?replicaSet=rs0',
    several('a.example.com', 'b.example.com'),
  ],
])('the form says what belongs elsewhere in %s', async (typed, problem) => {
  const alice = await openForm(test.slack);
  await fillForm(test.slack, alice, inFormOrder({ ...exampleForm, ...from(typed) }));
  const said = locales.en.fieldProblem(problem);
  expect(await sendForm(test.slack, alice)).toEqual({ 'SrcInfo.Ip': said });
  expect(said).not.toContain('canary');
  await alice.dismiss();
});

it('a preset fills the form with the one spelling', async () => {
  policy.write({ presets: { Orders: { 'SrcInfo.Ip': 'Orders.Example.COM.' } } });
  await test.restart();
  const alice = test.slack.as(ALICE);
  await alice.command(DB_MIGRATIONS, '/migrate', 'new Orders');
  await test.slack.until(
    () => alice.view() && modalText(test.slack, alice).includes('orders.example.com'),
    {
      what: 'the preset in the form',
    },
  );
});
