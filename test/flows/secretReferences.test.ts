import { randomBytes } from 'node:crypto';
import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import {
  ALICE,
  BOB,
  DB_MIGRATIONS,
  MEI,
  type Message,
  PRIVATE_WITH_BOT,
} from '../../playground/slack/index';
import type { PlainFault } from '../../playground/tencentcloud/index';
import type { SecretProblem, SecretRule } from '../../src/domain/secrets/secretPolicy';
import type { SecretPath } from '../../src/domain/secrets/secretReference';
import { code, say } from '../../src/i18n/text';
import { type FormEntries, inFormOrder } from '../support/aForm';
import { canary, expectNoCanary } from '../support/canary';
import { fieldsShown, modalText, openForm, sendForm } from '../support/modal';
import { offered } from '../support/offered';
import { passTime } from '../support/passTime';
import { aPolicyFile } from '../support/policyFile';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import {
  anyNumber,
  anyPart,
  anyText,
  anyTime,
  en,
  explained,
  jobInThread,
  saying,
} from '../support/words';

const dbas = 'S0DBAS0001';

const ip = exampleForm['SrcInfo.Ip'];
const rds = 'rm-bp1a2b3c4d5e6f7g8';
const secrets: readonly SecretRule[] = [
  { secret: 'ssm:orders-*', hosts: [ip] },
  { secret: 'env:ORDERS', hosts: [ip] },
  { secret: 'env:UNSET', anywhere: true },
  { secret: 'ssm:rds-key', instances: [rds] },
  { secret: 'ssm:new-orders', instances: [exampleForm['DstInfo.InstanceId']] },
  { secret: 'ssm:other-host', hosts: ['*.db.example.com'] },
  { secret: 'ssm:other-instance', instances: ['cdb-another1'] },
  { secret: 'ssm:for-bob', anywhere: true, requesters: [BOB] },
  { secret: 'ssm:for-dbas', anywhere: true, requesters: [dbas] },
  { secret: 'ssm:elsewhere', anywhere: true, channels: [PRIVATE_WITH_BOT] },
  { secret: 'ssm:private', hosts: ['dcg-gz7rack2/10.0.0.5'] },
  { secret: 'ssm:racked', hosts: ['dcg-gz7rack1/10.0.0.5'] },
  { secret: 'ssm:one-node', hosts: ['14.17.22.36'] },
  { secret: 'ssm:all-nodes', hosts: ['14.17.22.*'] },
  { secret: 'ssm:sessions', instances: ['crs-sh2sess2'] },
];

const shanghai = { region: 'ap-shanghai' };
/** A rule that no request here meets. Its channel becomes one that the policy knows. */
const rules = [{ name: 'Elsewhere', when: { engines: ['sqlserver'] }, channel: PRIVATE_WITH_BOT }];
const policy = aPolicyFile({ rules, secrets });
const oldKey = `k1:${randomBytes(32).toString('base64')}`;

let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry({
    ...policy.environment,
    SEAL_KEYS: oldKey,
    FERRY_SECRET_ORDERS: canary,
    FERRY_SECRET_UNSET: '',
  });
  test.dts.add({
    secrets: [
      {
        ...shanghai,
        name: 'orders-root',
        versions: [
          { id: 'v1', text: 'old' },
          { id: 'v2', text: canary },
        ],
      },
      {
        ...shanghai,
        name: 'orders-closed',
        status: 'Disabled',
        versions: [{ id: 'v1', text: 'x' }],
      },
      { ...shanghai, name: 'orders-empty', versions: [{ id: 'v1', text: '' }] },
      { ...shanghai, name: 'new-orders', versions: [{ id: 'v1', text: 'of-the-destination' }] },
      { ...shanghai, name: 'rds-key', versions: [{ id: 'v1', text: 'of-the-rds' }] },
      { ...shanghai, name: 'for-bob', versions: [{ id: 'v1', text: 'of-bob' }] },
      { ...shanghai, name: 'for-dbas', versions: [{ id: 'v1', text: 'of-the-dbas' }] },
      { ...shanghai, name: 'racked', versions: [{ id: 'v1', text: 'of-the-rack' }] },
      { ...shanghai, name: 'all-nodes', versions: [{ id: 'v1', text: 'of-all-nodes' }] },
      { ...shanghai, name: 'sessions', versions: [{ id: 'v1', text: 'of-the-sessions' }] },
      { ...shanghai, name: 'unlisted', versions: [{ id: 'v1', text: 'x' }] },
    ],
  });
  test.slack.addGroup({ id: dbas, handle: 'dbas', name: 'DBAs', users: [BOB] });
});
afterAll(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
  policy.remove();
});

let jobs = 0;
/** The example with another name and a stored password. */
const referring = (reference: string, changes: FormEntries = {}): FormEntries => {
  jobs += 1;
  return {
    JobName: `job-${jobs}`,
    'SrcInfo.Password': undefined,
    'SrcInfo.Password.Source': reference,
    ...changes,
  };
};
const cardOf = ({ JobName = '' }: FormEntries) =>
  test.slack.until(
    () => {
      const card = test.card();
      return card !== undefined && test.shown(card).includes(`: ${JobName}`) && card;
    },
    { what: 'the card' },
  );
/** What Details shows after a person presses it on the card. */
async function detailsOf({ slack }: TestFerry, card: Message): Promise<string> {
  const mei = slack.as(MEI);
  await mei.click(card, 'details');
  const text = await slack.until(
    () => {
      const view = mei.view();
      const rendered = view === undefined ? '' : slack.render(view);
      return rendered.includes(en.details.history) && rendered;
    },
    { what: 'the details' },
  );
  await mei.dismiss();
  return text;
}
const readings = () => test.dts.callsOf('GetSecretValue').length;
const creations = () => test.dts.callsOf('CreateMigrateJob').length;
async function approved(card: Message, by = BOB): Promise<void> {
  await test.slack.as(by).click(card, 'approve');
  await test.reply(card, jobInThread());
}
const lastBody = () => test.dts.callsOf('CreateMigrateJob').at(-1)?.body;

const fromSsm = (label: string, reference: string): RegExp =>
  saying(say`${label} ${en.card.storedSecret.ssm(code(reference))}`);
const refusedSecret = (problem: SecretProblem, path: SecretPath = 'SrcInfo.Password'): string =>
  en.form.secretRefused(path, problem, 'sender');
const forOthers = (secret: string, target: string, path?: SecretPath): string =>
  refusedSecret({ code: 'secret_for_other_targets', secret, target }, path);

describe('a password', () => {
  it.each<{ from: string; entries: FormEntries; says: RegExp; reads: number }>([
    {
      from: 'Secrets Manager',
      entries: { 'SrcInfo.Password.Source': 'ssm:orders-root:v2' },
      says: fromSsm(en.card.secrets['SrcInfo.Password'], 'ssm:orders-root:v2'),
      reads: 1,
    },
    {
      from: 'the environment',
      entries: { 'SrcInfo.Password.Source': 'env:ORDERS' },
      says: saying(
        say`${en.card.secrets['SrcInfo.Password']} ${en.card.storedSecret.env(code('env:ORDERS'))}`,
      ),
      reads: 0,
    },
    {
      from: 'the form',
      entries: { 'SrcInfo.Password.Source': 'typed', 'SrcInfo.Password': canary },
      says: saying(`${en.card.secrets['SrcInfo.Password']} ${en.card.typedSecret}`),
      reads: 0,
    },
  ])('from $from reaches Tencent Cloud and appears nowhere else', async (source) => {
    const before = readings();
    const card = await test.request(
      referring('', { 'SrcInfo.Password.Source': undefined, ...source.entries }),
    );
    expect(await detailsOf(test, card)).toMatch(source.says);
    await expectNoCanary(test, 'pending');
    expect(readings()).toBe(before);

    await approved(card);
    expect(lastBody()).toMatchObject({ SrcInfo: { Password: canary } });
    expect(readings()).toBe(before + source.reads);
    expect(await detailsOf(test, card)).toMatch(source.says);
    await expectNoCanary(test, 'created');

    test.dts.next({ kind: 'code', code: 'InvalidParameter', message: `Password "${canary}"` });
    const refused = await test.request(
      referring('', { 'SrcInfo.Password.Source': undefined, ...source.entries }),
    );
    await test.slack.as(BOB).click(refused, 'approve');
    await test.reply(refused, saying(en.operations.create_job.thread.failed));
    await detailsOf(test, refused);
    await expectNoCanary(test, 'refused');
  });

  it('is selected by name and version, among those that the policy may allow', async () => {
    const { slack } = test;
    const alice = await openForm(slack);
    const path = 'SrcInfo.Password.Source';
    expect(await offered(slack, alice, path, 'orders')).toEqual([
      {
        heading: en.form.lookUp.secretsManager,
        options: [
          'new-orders · v1 | ssm:new-orders:v1',
          'orders-empty · v1 | ssm:orders-empty:v1',
          '⚠ orders-closed · v1 | ssm:orders-closed:v1 | Disabled',
          'orders-root · v2 | ssm:orders-root:v2',
          'orders-root · v1 | ssm:orders-root:v1',
        ],
      },
      { heading: en.form.lookUp.environment, options: ['ORDERS | env:ORDERS'] },
    ]);
    await alice.fill({ [path]: 'ssm:orders-root:v2' });
    expect(modalText(slack, alice)).toContain('orders-root · v2');
    expect(JSON.stringify(await offered(slack, alice, path, 'unlisted'))).toContain(
      en.form.lookUp.noSecrets,
    );
    const offers = async (to: typeof alice) =>
      JSON.stringify(await offered(slack, to, path, 'for-bob'));
    expect(await offers(alice)).not.toContain('ssm:for-bob');
    await alice.dismiss();
    const bob = await openForm(slack, BOB);
    expect(await offers(bob)).toContain('ssm:for-bob');
  });

  it('without known versions is not reported as missing', async () => {
    test.clock.advance(601_000); // Nothing is cached anymore.
    test.dts.next(
      { kind: 'code', code: 'UnauthorizedOperation' },
      { action: 'ListSecretVersionIds', times: 50 },
    );
    const alice = await openForm(test.slack);
    const groups = await offered(test.slack, alice, 'SrcInfo.Password.Source', 'rds-key');
    test.dts.clearFaults();
    expect(groups.map(({ heading }) => heading)).toEqual([
      en.form.lookUp.failed('UnauthorizedOperation'),
    ]);
  });

  it('of the target, and the AccessKey of an RDS instance, are referred to in the same way', async () => {
    const card = await test.request(
      referring('env:ORDERS', {
        'SrcInfo.Supplier': 'aliyun',
        'SrcInfo.RdsInstanceId': rds,
        'SrcInfo.AccessKey.Source': 'ssm:rds-key:v1',
        'DstInfo.User': 'migration',
        'DstInfo.Password.Source': 'ssm:new-orders:v1',
      }),
    );
    const details = await detailsOf(test, card);
    expect(details).toMatch(fromSsm(en.card.secrets['SrcInfo.AccessKey'], 'ssm:rds-key:v1'));
    expect(details).toMatch(fromSsm(en.card.secrets['DstInfo.Password'], 'ssm:new-orders:v1'));
    await approved(card);
    expect(lastBody()).toMatchObject({
      SrcInfo: { Password: canary, AccessKey: 'of-the-rds' },
      DstInfo: { Password: 'of-the-destination' },
    });
  });
});

describe('the form refuses a secret', () => {
  it('that the policy does not allow, says why, and keeps the entries', async () => {
    const { slack } = test;
    const before = test.card()?.ts;
    const alice = await openForm(slack);
    await fillForm(slack, alice, inFormOrder({ ...exampleForm, ...referring('ssm:unlisted:v1') }));
    const cases: readonly (readonly [FormEntries, string])[] = [
      [{}, refusedSecret({ code: 'secret_not_listed', secret: 'ssm:unlisted' })],
      [
        { 'SrcInfo.Password.Source': 'env:SEAL_KEYS' },
        refusedSecret({ code: 'secret_is_own_setting', secret: 'env:SEAL_KEYS' }),
      ],
      [{ 'SrcInfo.Password.Source': 'ssm:other-host:v1' }, forOthers('ssm:other-host', ip)],
      [
        { 'SrcInfo.Password.Source': 'ssm:for-bob:v1' },
        refusedSecret({ code: 'secret_for_others', secret: 'ssm:for-bob' }),
      ],
      [
        { 'SrcInfo.Password.Source': 'ssm:for-dbas:v1' },
        refusedSecret({ code: 'secret_for_others', secret: 'ssm:for-dbas' }),
      ],
      [
        { 'SrcInfo.Password.Source': 'ssm:elsewhere:v1' },
        refusedSecret({
          code: 'secret_for_other_channels',
          secret: 'ssm:elsewhere',
          channel: DB_MIGRATIONS,
        }),
      ],
      [
        {
          'SrcInfo.Password.Source': 'env:ORDERS',
          'DstInfo.Password.Source': 'ssm:other-instance:v1',
        },
        forOthers('ssm:other-instance', 'cdb-e78e0nnv', 'DstInfo.Password'),
      ],
    ];
    for (const [changes, words] of cases) {
      await fillForm(slack, alice, changes);
      const answer = await sendForm(slack, alice);
      expect(answer).toContain(words);
      expect(answer).toContain(`${en.form.labels['SrcInfo.User']}: root`);
    }
    expect(test.card()?.ts).toBe(before);
  });

  it('that belongs to a group while Slack does not list its members', async () => {
    const { slack } = test;
    const bob = await openForm(slack, BOB);
    await fillForm(slack, bob, inFormOrder({ ...exampleForm, ...referring('ssm:for-dbas:v1') }));
    test.clock.advance(31_000); // By then, the cached data about the group has expired.
    slack.faults.next('usergroups.users.list', { kind: 'reset' });
    expect(await sendForm(slack, bob)).toContain(
      refusedSecret({ code: 'secret_requester_unknown', secret: 'ssm:for-dbas' }),
    );
    expect(await sendForm(slack, bob)).toMatch(saying(en.sent.done(anyNumber, anyPart, anyText)));
  });

  it('that is only allowed for a private address without its gateway', async () => {
    const { slack } = test;
    const alice = await openForm(slack);
    const behind = {
      SrcAccessType: 'dcg',
      'SrcInfo.Supplier': undefined,
      'SrcInfo.UniqDcgId': 'dcg-gz7rack1',
      'SrcInfo.VpcId': 'vpc-gz7prod1',
      'SrcInfo.SubnetId': 'subnet-gz7data2',
      'SrcInfo.Ip': '10.0.0.5',
    };
    const entries = { ...exampleForm, ...referring('ssm:private:v1', behind) };
    await fillForm(slack, alice, inFormOrder(entries));
    expect(await sendForm(slack, alice)).toContain(
      forOthers('ssm:private', 'dcg-gz7rack1/10.0.0.5'),
    );
    await fillForm(slack, alice, {
      'SrcInfo.UniqDcgId': 'dcg-sh4rack1',
      'SrcInfo.Password.Source': 'ssm:racked:v1',
    });
    expect(await sendForm(slack, alice)).toContain(
      forOthers('ssm:racked', 'dcg-sh4rack1/10.0.0.5'),
    );
    await fillForm(slack, alice, { 'SrcInfo.UniqDcgId': 'dcg-gz7rack1' });
    expect(await sendForm(slack, alice)).toMatch(saying(en.sent.done(anyNumber, anyPart, anyText)));
  });

  it('that may not be sent to every node of a cluster', async () => {
    const { slack } = test;
    const alice = await openForm(slack);
    const cluster = {
      SrcDatabaseType: 'redis',
      SrcNodeType: 'cluster',
      'SrcInfo.Supplier': undefined,
      'SrcInfo.Ip': undefined,
      'SrcInfo.Port': undefined,
      'SrcInfo.User': undefined,
      SrcInfoMulti: `${ip}:6379\n14.17.22.37:6379`,
      DstDatabaseType: undefined,
      'DstInfo.InstanceId': 'crs-sh2sess2',
      'DstInfo.Password.Source': 'ssm:sessions:v1',
      'MigrateOption.MigrateType': '3',
      'MigrateOption.IsOverrideRoot': undefined,
    };
    const entries = { ...exampleForm, ...referring('ssm:one-node:v1', cluster) };
    await fillForm(slack, alice, inFormOrder(entries));
    expect(await sendForm(slack, alice)).toContain(forOthers('ssm:one-node', '14.17.22.37'));
    await fillForm(slack, alice, { 'SrcInfo.Password.Source': 'ssm:all-nodes:v1' });
    expect(await sendForm(slack, alice)).toMatch(saying(en.sent.done(anyNumber, anyPart, anyText)));
    await approved(await cardOf(entries));
    expect(lastBody()).toMatchObject({
      SrcInfoMulti: [{ Password: 'of-all-nodes' }, { Password: 'of-all-nodes' }],
      DstInfo: { Password: 'of-the-sessions' },
    });
  });
});

describe('at launch', () => {
  it.each<{ what: string; reference: string; says: string; fault?: PlainFault }>([
    { what: 'missing', reference: 'ssm:orders-gone:v1', says: 'ResourceNotFound.SecretNotExist' },
    { what: 'missing in this version', reference: 'ssm:orders-root:v9', says: 'ResourceNotFound' },
    {
      what: 'disabled',
      reference: 'ssm:orders-closed:v1',
      says: 'ResourceUnavailable.ResourceDisabled',
    },
    {
      what: 'kept from the account',
      reference: 'ssm:orders-root:v2',
      says: 'UnauthorizedOperation',
      fault: { kind: 'code', code: 'UnauthorizedOperation' },
    },
    {
      what: 'empty',
      reference: 'ssm:orders-empty:v1',
      says: explained('stored_secret_unusable').headline,
    },
    {
      what: 'not set in the environment',
      reference: 'env:UNSET',
      says: explained('stored_secret_not_set').headline,
    },
  ])('a secret that is $what ends the request, and the thread names it', async (secret) => {
    const { reference, says, fault } = secret;
    const before = creations();
    const card = await test.request(referring(reference));
    if (fault !== undefined) test.dts.next(fault, { action: 'GetSecretValue' });
    await test.slack.as(BOB).click(card, 'approve');
    const reply = await test.reply(card, saying(en.operations.create_job.thread.failed));
    expect(reply).toContain(reference);
    expect(reply).toContain(says);
    expect(test.shown(card)).toMatch(saying(en.card.status.failed(anyText)));
    expect(creations()).toBe(before);
  });

  it('an unreachable Secrets Manager is asked again, and given up after five attempts', async () => {
    const before = { creations: creations(), readings: readings() };
    test.dts.next({ kind: 'reset', when: 'before' }, { action: 'GetSecretValue', times: 4 });
    // A truncated response that contains the secret.
    const body = `{"Response":{"SecretString":${JSON.stringify(canary)},`;
    test.dts.next(
      { kind: 'status', status: 200, when: 'before', body },
      { action: 'GetSecretValue' },
    );
    const card = await test.request(referring('ssm:orders-root:v2'));
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, saying(en.operations.create_job.thread.postponed(1, anyTime)));
    await test.slack.until(
      () =>
        saying(en.operations.create_job.status.retrying(anyText, anyTime)).test(test.shown(card)),
      {
        what: 'the card that says so',
      },
    );
    const words = explained('stored_secret_not_reached').headline;
    const reply = await passTime(
      test,
      () =>
        test.replies(card).find((text) => text.includes(en.operations.create_job.thread.failed)),
      { what: 'the end' },
    );
    expect(reply).toContain(words);
    expect(reply).toContain('ssm:orders-root:v2');
    expect({ creations: creations(), readings: readings() }).toEqual({
      creations: before.creations,
      readings: before.readings + 5,
    });
    await expectNoCanary(test, 'given up');
  });

  it.each(['RequestLimitExceeded', 'InternalError'])(
    'a secret that Secrets Manager answers with %s is read again, and no password is lost',
    async (code) => {
      const before = { creations: creations(), readings: readings() };
      const card = await test.request({
        ...referring('ssm:orders-root:v2'),
        'DstInfo.User': 'root',
        'DstInfo.Password.Source': 'typed',
        'DstInfo.Password': 'typed-for-the-target',
      });
      test.dts.next({ kind: 'code', code }, { action: 'GetSecretValue' });
      await test.slack.as(BOB).click(card, 'approve');
      const reply = await test.reply(
        card,
        saying(en.operations.create_job.thread.postponed(1, anyTime)),
      );
      expect(reply).toContain(explained('stored_secret_busy').headline);
      await passTime(test, () => test.replies(card).some((text) => jobInThread().test(text)), {
        what: 'the job',
      });
      expect(lastBody()).toMatchObject({ DstInfo: { Password: 'typed-for-the-target' } });
      expect({ creations: creations(), readings: readings() }).toEqual({
        creations: before.creations + 1,
        readings: before.readings + 2,
      });
    },
  );

  it('Slack is asked again about a group until it answers', async () => {
    const before = creations();
    const card = await test.request(referring('ssm:for-dbas:v1'), BOB);
    test.clock.advance(31_000); // By then, the cached data about the groups has expired.
    // The check of the approver reads the groups first.
    test.slack.faults.next('usergroups.users.list', { kind: 'slow', ms: 1 });
    test.slack.faults.next('usergroups.users.list', { kind: 'error', error: 'internal_error' });
    await test.slack.as(MEI).click(card, 'approve');
    await test.reply(card, saying(explained('stored_secret_unknown_person').headline));
    expect(creations()).toBe(before);
    await passTime(test, () => test.replies(card).some((text) => jobInThread().test(text)), {
      what: 'the job',
    });
    expect(lastBody()).toMatchObject({ SrcInfo: { Password: 'of-the-dbas' } });
  });

  it('a secret that the policy no longer allows is not even read', async () => {
    const before = { creations: creations(), readings: readings() };
    const changed = await test.request(referring('ssm:orders-root:v2'));
    const others = await test.request(referring('ssm:for-dbas:v1'), BOB);
    policy.write({
      rules,
      secrets: [
        { secret: 'ssm:orders-*', hosts: ['14.17.22.99'] },
        { secret: 'ssm:for-dbas', anywhere: true, requesters: [ALICE] },
      ],
    });
    await test.restart();
    for (const [card, reference] of [
      [changed, 'ssm:orders-root:v2'],
      [others, 'ssm:for-dbas:v1'],
    ] as const) {
      await test.slack.as(MEI).click(card, 'approve');
      const reply = await test.reply(card, saying(en.operations.create_job.thread.failed));
      expect(reply).toContain(explained('stored_secret_not_allowed').headline);
      expect(reply).toContain(reference);
    }
    expect({ creations: creations(), readings: readings() }).toEqual(before);
    policy.write({ rules, secrets });
    await test.restart();
  });
});

describe('if passwords can be typed and referred to', () => {
  it('the form asks which, and keeps all other entries when that changes', async () => {
    const { slack } = test;
    const alice = await openForm(slack);
    const asked = () => fieldsShown(alice).filter((path) => path.startsWith('SrcInfo.Password'));
    await fillForm(slack, alice, {
      'SrcInfo.User': 'root',
      'SrcInfo.Password.Source': 'env:ORDERS',
    });
    expect(asked()).toEqual(['SrcInfo.Password.Source']);
    await fillForm(slack, alice, { 'SrcInfo.Password.Source': 'typed' });
    await slack.until(() => asked().includes('SrcInfo.Password'), { what: 'a field to type in' });
    expect(asked()).toEqual(['SrcInfo.Password.Source', 'SrcInfo.Password']);
    expect(modalText(slack, alice)).toContain(`${en.form.labels['SrcInfo.User']}: root`);
    await fillForm(slack, alice, { 'SrcInfo.Password.Source': 'env:ORDERS' });
    await slack.until(() => asked().length === 1, { what: 'the form without the field' });
    expect(modalText(slack, alice)).toContain(`${en.form.labels['SrcInfo.User']}: root`);
  });

  it('a typed text survives a choice elsewhere in the form', async () => {
    const { slack } = test;
    const alice = await openForm(slack);
    const entries = {
      ...exampleForm,
      JobName: 'typed-early',
      'SrcInfo.Password.Source': 'typed',
      'SrcInfo.Password': canary,
    };
    await fillForm(slack, alice, inFormOrder(entries));
    await fillForm(slack, alice, {
      SrcDatabaseType: 'percona',
      'MigrateOption.ConsistencyType': '3',
      'MigrateOption.ConsistencyParams.SelectRowsPerTable': '10',
      'MigrateOption.ConsistencyParams.TablesSelectAll': '10',
      'MigrateOption.ConsistencyParams.TablesSelectCount': '10',
    });
    expect(await sendForm(slack, alice)).toMatch(saying(en.sent.done(anyNumber, anyPart, anyText)));
    await approved(await cardOf(entries));
    expect(lastBody()).toMatchObject({ SrcDatabaseType: 'percona', SrcInfo: { Password: canary } });
    await expectNoCanary(test, 'redrawn');
  });

  it('a new key seals, and the old one opens as long as it is configured', async () => {
    const typed = (JobName: string) =>
      test.request({ JobName, 'SrcInfo.Password.Source': 'typed', 'SrcInfo.Password': canary });
    const first = await typed('sealed-1');
    const second = await typed('sealed-2');
    const newKey = `k2:${randomBytes(32).toString('base64')}`;
    await test.restart({ SEAL_KEYS: `${newKey},${oldKey}` });
    const third = await typed('sealed-3');
    await approved(first);
    expect(lastBody()).toMatchObject({ SrcInfo: { Password: canary } });

    await test.restart({ SEAL_KEYS: newKey });
    const before = creations();
    await test.slack.as(BOB).click(second, 'approve');
    const reply = await test.reply(second, saying(en.operations.create_job.thread.failed));
    expect(reply).toContain(explained('secret_no_key').headline);
    expect(reply).toContain(explained('secret_no_key').next);
    expect(creations()).toBe(before);
    await approved(third);
    expect(lastBody()).toMatchObject({ JobName: 'sealed-3', SrcInfo: { Password: canary } });
  });
});

it('the form only offers a list if no key can seal passwords', async () => {
  await test.restart({ SEAL_KEYS: undefined });
  const { slack } = test;
  const alice = await openForm(slack);
  const asked = fieldsShown(alice).filter((path) => path.includes('Password'));
  expect(asked).toEqual(['SrcInfo.Password.Source']);
  const offers = await offered(slack, alice, 'SrcInfo.Password.Source');
  expect(JSON.stringify(offers)).not.toContain(en.options['SrcInfo.Password.Source'].typed);
  const card = await test.request(referring('env:ORDERS'));
  await approved(card);
  expect(lastBody()).toMatchObject({ SrcInfo: { Password: canary } });
});
