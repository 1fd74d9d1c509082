import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { BOB, type Person } from '../../playground/slack/index';
import type { PlainFault } from '../../playground/tencentcloud/index';
import { type FieldPath, fieldPaths } from '../../src/domain/migration/fields';
import { type FormEntries, inFormOrder } from '../support/aForm';
import { fieldsShown, modalText, openForm, sendForm } from '../support/modal';
import { offered, offeredAtOnce } from '../support/offered';
import { aPolicyFile } from '../support/policyFile';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { whoTheyAre } from '../support/whoTheyAre';
import { anyNumber, anyPart, anyText, en, jobInThread, saying } from '../support/words';

const longName = 'n'.repeat(128);
const policy = aPolicyFile({
  secrets: [
    { secret: 'ssm:*', anywhere: true },
    { secret: 'env:*', anywhere: true },
  ],
});

let test: TestFerry;
beforeAll(async () => {
  const many = Array.from({ length: 120 }, (_, index) => [`FERRY_SECRET_MANY_${index}`, 'x']);
  test = await startTestFerry({ ...policy.environment, ...Object.fromEntries(many) });
});
afterAll(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
  policy.remove();
});

/** A form with this access type and region. */
async function formFor(entries: FormEntries): Promise<Person> {
  const person = await openForm(test.slack);
  await fillForm(test.slack, person, inFormOrder(entries));
  const fits = () =>
    Object.entries(entries).every(
      ([path, value]) => scopeOf(person)[path] === value || !(path in scopes),
    );
  await test.slack.until(fits, { what: 'the form for these choices' });
  return person;
}
const scopes = {
  SrcDatabaseType: '',
  DstDatabaseType: '',
  'SrcInfo.Region': '',
  'DstInfo.Region': '',
  'SrcInfo.VpcId': '',
};
const scopeOf = (person: Person): Record<string, unknown> =>
  JSON.parse(String(person.view()?.content['private_metadata'])).scope;

const via = (
  SrcAccessType: string,
  region = 'ap-guangzhou',
  more: FormEntries = {},
): FormEntries => ({
  SrcAccessType,
  'SrcInfo.Region': region,
  ...more,
});

describe('the form lists', () => {
  it.each<{ what: string; path: FieldPath; choices: FormEntries; options: string[] }>([
    {
      what: 'instances for a source',
      path: 'SrcInfo.InstanceId',
      choices: via('cdb'),
      options: [
        'orders-old (cdb-powiqx8q) | cdb-powiqx8q | MySQL 8.0 · ap-guangzhou · 10.0.2.10:3306',
        'shop (cdb-gz5shop2) | cdb-gz5shop2 | MySQL 8.0 · ap-guangzhou · 10.0.2.11:3306',
      ],
    },
    {
      what: 'instances for a target',
      path: 'DstInfo.InstanceId',
      choices: { SrcDatabaseType: 'redis' },
      options: [
        '会话缓存 (crs-sh2sess2) | crs-sh2sess2 | Redis 6.2.13 · ap-shanghai · 10.8.1.40:6379',
        '⚠ without a password (crs-sh2memo3) | crs-sh2memo3 | The instance takes connections without a password · Redis 6.2.13 · ap-shan…',
      ],
    },
    {
      what: 'machines',
      path: 'SrcInfo.CvmInstanceId',
      choices: via('cvm'),
      options: [
        'mysql-on-a-machine (ins-1a2b3c4d) | ins-1a2b3c4d | ap-guangzhou · RUNNING · 10.0.2.100, ap-guangzhou-4',
        '⚠ retired (ins-gz4stop1) | ins-gz4stop1 | STOPPED · ap-guangzhou · 10.0.2.101, ap-guangzhou-4',
      ],
    },
    {
      what: 'VPN gateways',
      path: 'SrcInfo.UniqVpnGwId',
      choices: via('vpncloud'),
      options: [
        'office (vpngw-gz7offic) | vpngw-gz7offic | ap-guangzhou · AVAILABLE · 203.0.113.7',
        '⚠ branch (vpngw-gz7fresh) | vpngw-gz7fresh | PENDING · ap-guangzhou · 203.0.113.8',
      ],
    },
    {
      what: 'Direct Connect gateways',
      path: 'SrcInfo.UniqDcgId',
      choices: via('dcg'),
      options: ['data center (dcg-gz7rack1) | dcg-gz7rack1 | ap-guangzhou · vpc-gz7prod1'],
    },
    {
      what: 'Cloud Connect Networks',
      path: 'SrcInfo.CcnId',
      choices: via('ccn'),
      options: [
        'backbone (ccn-main7net) | ccn-main7net | ap-guangzhou · AVAILABLE',
        '⚠ former backbone (ccn-old7net2) | ccn-old7net2 | ISOLATED · ap-guangzhou',
      ],
    },
    {
      what: 'VPCs',
      path: 'SrcInfo.VpcId',
      choices: via('ccn'),
      options: [
        'production (vpc-gz7prod1) | vpc-gz7prod1 | ap-guangzhou · 10.0.0.0/16',
        'staging <&> `*old*` (vpc-gz7test2) | vpc-gz7test2 | ap-guangzhou · 10.1.0.0/16',
      ],
    },
    {
      what: 'the subnets of the VPC',
      path: 'SrcInfo.SubnetId',
      choices: via('ccn', 'ap-guangzhou', { 'SrcInfo.VpcId': 'vpc-gz7test2' }),
      options: [
        'staging (subnet-gz7test3) | subnet-gz7test3 | ap-guangzhou · 10.1.1.0/24, ap-guangzhou-6',
      ],
    },
  ])('$what with their state, and why some cannot be used', async ({ path, choices, options }) => {
    const person = await formFor(choices);
    expect(await offered(test.slack, person, path)).toEqual([
      { heading: en.form.lookUp.found, options },
    ]);
  });

  it('what matches by name or ID, in any case', async () => {
    const { slack } = test;
    const person = await openForm(slack);
    const shanghai = '华东地区(上海) (ap-shanghai) | ap-shanghai | ap-shanghai · AVAILABLE';
    const fsi =
      '华东地区(上海金融) (ap-shanghai-fsi) | ap-shanghai-fsi | ap-shanghai-fsi · AVAILABLE';
    for (const typed of ['上海', 'SHANGHAI', ' shanghai ']) {
      const [group] = await offered(slack, person, 'SrcInfo.Region', typed);
      expect(group).toEqual({ heading: en.form.lookUp.found, options: [shanghai, fsi] });
    }
    expect(await offered(slack, person, 'SrcInfo.Region', 'mumbai')).toEqual([
      {
        heading: en.form.lookUp.found,
        options: ['⚠ 亚太南部(孟买) (ap-mumbai) | ap-mumbai | UNAVAILABLE · ap-mumbai'],
      },
    ]);
    expect(await offered(slack, person, 'SrcInfo.Region', '§')).toEqual([
      {
        heading: en.form.lookUp.none,
        options: [`${en.form.lookUp.empty} | -`],
      },
    ]);
  });

  it('an ID that the account does not have, once it is complete', async () => {
    const { slack } = test;
    const person = await openForm(slack);
    const nothing = en.form.lookUp.none;
    expect(await offered(slack, person, 'DstInfo.InstanceId', 'cdb-oth')).toEqual([
      { heading: nothing, options: [`${en.form.lookUp.empty} | -`] },
    ]);
    expect(await offered(slack, person, 'DstInfo.InstanceId', 'cdb-other123')).toEqual([
      { heading: nothing, options: [`${en.form.lookUp.asTyped('cdb-other123')} | cdb-other123`] },
    ]);
  });

  it('only the typed text until a region is selected, and says so', async () => {
    const { slack } = test;
    const person = await openForm(slack);
    await fillForm(slack, person, { 'DstInfo.Region': '' });
    await slack.until(() => scopeOf(person)['DstInfo.Region'] === undefined, { what: 'no region' });
    const heading = en.form.lookUp.chooseRegion;
    expect(await offered(slack, person, 'DstInfo.InstanceId')).toEqual([
      { heading, options: [`${en.form.lookUp.empty} | -`] },
    ]);
    expect(await offered(slack, person, 'DstInfo.InstanceId', 'cdb-other123')).toEqual([
      { heading, options: [`${en.form.lookUp.asTyped('cdb-other123')} | cdb-other123`] },
    ]);
    // Selecting the empty entry is treated as no selection.
    await person.suggest('DstInfo.InstanceId', '');
    await person.fill({ 'DstInfo.InstanceId': '-' });
    await fillForm(
      slack,
      person,
      inFormOrder({
        ...exampleForm,
        'SrcInfo.Password': undefined,
        'SrcInfo.Password.Source': 'env:MANY_1',
        'DstInfo.InstanceId': undefined,
      }),
    );
    expect(await sendForm(slack, person)).toEqual({
      'DstInfo.InstanceId': en.fieldProblem({ code: 'required' }),
    });
  });

  it('why Tencent Cloud returned no list; typed IDs can be used, and later the list works', async () => {
    const { dts, slack } = test;
    const person = await formFor(via('vpncloud', 'ap-shanghai'));
    const plant =
      'plant (vpngw-sh4plant) | vpngw-sh4plant | ap-shanghai · AVAILABLE · 203.0.113.40';
    for (const [fault, code] of [
      [{ kind: 'code', code: 'UnauthorizedOperation' }, 'UnauthorizedOperation'],
      [{ kind: 'reset', when: 'before' }, en.form.lookUp.unreachable],
    ] as const) {
      dts.next(fault, { action: 'DescribeVpnGateways' });
      const heading = en.form.lookUp.failed(code);
      expect(await offered(slack, person, 'SrcInfo.UniqVpnGwId')).toEqual([
        { heading, options: [`${en.form.lookUp.empty} | -`] },
      ]);
      expect(await offered(slack, person, 'SrcInfo.UniqVpnGwId', 'vpngw-12345678')).toEqual([
        { heading, options: [`${en.form.lookUp.asTyped('vpngw-12345678')} | vpngw-12345678`] },
      ]);
      test.clock.advance(5_000);
    }
    const [group] = await offered(slack, person, 'SrcInfo.UniqVpnGwId', 'plant');
    expect(group).toEqual({ heading: en.form.lookUp.found, options: [plant] });
  });

  it.each<{ what: string; engine: string; fault: PlainFault }>([
    {
      what: 'must not list',
      engine: 'postgresql',
      fault: { kind: 'code', code: 'UnauthorizedOperation' },
    },
    { what: 'lists too late', engine: 'mongodb', fault: { kind: 'slow', ms: 5_000 } },
  ])('instances without the versions that Ferry $what', async ({ engine, fault }) => {
    const { dts, slack } = test;
    const person = await formFor({ SrcDatabaseType: engine });
    const action = 'DescribeDBInstances';
    const before = dts.callsOf(action).length;
    dts.next(fault, { action });
    const [group] = await offered(slack, person, 'DstInfo.InstanceId');
    expect(group?.heading).toBe(en.form.lookUp.found);
    expect(group?.options).not.toEqual([]);
    const product = en.options.DstDatabaseType[engine === 'mongodb' ? 'mongodb' : 'postgresql'];
    for (const option of group?.options ?? []) expect(option).toContain(`${product} · ap-`);
    expect(dts.callsOf(action).slice(before)).toEqual([expect.objectContaining({ fault })]);
  });

  it('nothing yet after a second if Tencent Cloud is slow, and its answer later', async () => {
    const { clock, dts, slack } = test;
    const person = await formFor(via('dcg', 'ap-shanghai'));
    const hold = dts.next({ kind: 'hold' }, { action: 'DescribeDirectConnectGateways' });
    const asked = offeredAtOnce(slack, person, 'SrcInfo.UniqDcgId', 'dcg-12345678');
    const { index } = await hold.arrived;
    clock.advance(1_000);
    expect(await asked).toEqual([
      {
        heading: en.form.lookUp.loading,
        options: [`${en.form.lookUp.asTyped('dcg-12345678')} | dcg-12345678`],
      },
    ]);
    hold.release();
    await dts.until(() => dts.calls[index]?.exchange === 'answered', { what: 'the answer' });
    expect(await offered(slack, person, 'SrcInfo.UniqDcgId')).toEqual([
      {
        heading: en.form.lookUp.found,
        options: ['机房专线 (dcg-sh4rack1) | dcg-sh4rack1 | ap-shanghai · ccn-main7net'],
      },
    ]);
    expect(
      dts.callsOf('DescribeDirectConnectGateways').filter(({ region }) => region === 'ap-shanghai'),
    ).toHaveLength(1);
  });

  it('the first fifty of many, and says that there are more', async () => {
    const { dts, slack } = test;
    const machines = Array.from({ length: 230 }, (_, index) => ({
      region: 'ap-nanjing',
      zone: 'ap-nanjing-1',
      vpcId: 'vpc-nj111111',
      subnetId: 'subnet-nj111111',
      id: `ins-nj${1_000 + index}`,
      name: `worker-${index}`,
      address: '10.2.0.1',
    }));
    dts.add({ machines });
    const person = await formFor(via('cvm', 'ap-nanjing'));
    const [group, ...others] = await offered(slack, person, 'SrcInfo.CvmInstanceId');
    expect(group?.heading).toBe(en.form.lookUp.more(50));
    expect(group?.options).toHaveLength(50);
    expect(others).toEqual([]);
    const [last] = await offered(slack, person, 'SrcInfo.CvmInstanceId', 'worker-229');
    expect(last?.options).toHaveLength(1);
  });

  it('names and IDs of any length and kind within the limits of Slack', async () => {
    const { dts, slack } = test;
    const names = [
      '',
      ' ',
      'n'.repeat(3_000),
      '𝒳'.repeat(60),
      'a\nb\t\u202ec\u0000',
      '<!channel> *x* `y` :tada:',
    ];
    const ids = [
      ...names.map((_, index) => `vpc-tk00000${index}`),
      'x'.repeat(76),
      'y'.repeat(150),
      'z'.repeat(151),
    ];
    const vpcs = ids.map((id, index) => ({
      region: 'ap-tokyo',
      id,
      name: names[index] ?? 'named',
      cidr: 'c'.repeat(200),
    }));
    dts.add({ vpcs });
    const person = await formFor(via('ccn', 'ap-tokyo'));
    const [group] = await offered(slack, person, 'SrcInfo.VpcId');
    expect(group?.options.map((option) => option.split(' | ')[1])).toEqual(ids.slice(0, -1));
    expect(slack.mistakes).toEqual([]);
  });

  it('secrets of any length and number within the limits of Slack', async () => {
    const { dts, slack } = test;
    const versions = ['v'.repeat(15), 'v'.repeat(64)] as const;
    dts.add({
      secrets: [
        {
          region: 'ap-shanghai',
          name: longName,
          versions: [
            { id: versions[0], text: 'of-the-long-one' },
            { id: versions[1], text: 'x' },
          ],
        },
      ],
    });
    test.clock.advance(601_000); // The list is no longer cached.
    const person = await openForm(slack);
    const path = 'SrcInfo.Password.Source';
    const groups = await offered(slack, person, path);
    const [typedHere, , variables] = groups;
    expect(typedHere?.heading).toBe(en.form.lookUp.notStored);
    expect(variables?.options).toHaveLength(50);
    const [long] = await offered(slack, person, path, longName);
    const reference = `ssm:${longName}:${versions[0]}`;
    expect(long?.options.map((option) => option.split(' | ')[1])).toEqual([reference]);
    expect(slack.mistakes).toEqual([]);

    // It stays selected when the form comes back, and arrives.
    await person.fill({ [path]: reference });
    const entries = { ...exampleForm, JobName: 'long-secret', 'SrcInfo.Password': undefined };
    await fillForm(
      slack,
      person,
      inFormOrder({ ...entries, 'SrcInfo.Password.Source': undefined }),
    );
    slack.faults.next('users.info', { kind: 'error', error: 'internal_error' }, 1, whoTheyAre);
    expect(await sendForm(slack, person)).toMatch(saying(en.refusal({ code: 'person_unknown' })));
    expect(await sendForm(slack, person)).toMatch(
      saying(en.sent.done(anyNumber, anyPart, anyText)),
    );
    const card = await slack.until(() => test.card(), { what: 'the card' });
    await slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    expect(dts.callsOf('CreateMigrateJob').at(-1)?.body).toMatchObject({
      SrcInfo: { Password: 'of-the-long-one' },
    });
  });
});

describe('a selection from the lists arrives in the call', () => {
  const lists = /(Region|Id)$|\.Reference$/;
  const network = {
    'SrcInfo.Supplier': undefined,
    'SrcInfo.VpcId': 'vpc-gz7prod1',
    'SrcInfo.SubnetId': 'subnet-gz7data2',
    'SrcInfo.Ip': '10.0.2.10',
  };
  const routes: Readonly<Record<string, FormEntries>> = {
    cdb: {
      'SrcInfo.InstanceId': 'cdb-powiqx8q',
      'SrcInfo.Ip': undefined,
      'SrcInfo.Port': undefined,
    },
    cvm: { ...network, 'SrcInfo.CvmInstanceId': 'ins-1a2b3c4d' },
    vpncloud: { ...network, 'SrcInfo.UniqVpnGwId': 'vpngw-gz7offic' },
    // This ID isn't in the account, so it is used as typed.
    dcg: { ...network, 'SrcInfo.UniqDcgId': 'dcg-gz7other', 'SrcInfo.SubnetId': 'subnet-gz7other' },
    ccn: { ...network, 'SrcInfo.CcnId': 'ccn-main7net' },
  };

  it.each(Object.keys(routes))('for %s', async (access) => {
    const { dts, slack } = test;
    const before = test.card()?.ts;
    const person = await openForm(slack);
    const picked: Record<string, string> = {};
    const entries = inFormOrder({
      ...exampleForm,
      JobName: `by-${access}`,
      'SrcInfo.Password': undefined,
      'SrcInfo.Password.Source': 'env:MANY_1',
      SrcAccessType: access,
      'SrcInfo.Supplier': undefined,
      ...routes[access],
    });
    for (const path of fieldPaths) {
      const entry = entries[path];
      if (entry === undefined) continue;
      if (!lists.test(path)) {
        await fillForm(slack, person, { [path]: entry });
        continue;
      }
      await slack.until(() => fieldsShown(person).includes(path), { what: path });
      await pick(person, path, entry);
      if (path.startsWith('SrcInfo.') && !path.endsWith('Reference')) picked[path.slice(8)] = entry;
    }
    expect(modalText(slack, person)).toContain('ap-guangzhou');
    expect(await sendForm(slack, person)).toMatch(
      saying(en.sent.done(anyNumber, anyPart, anyText)),
    );
    const card = await slack.until(() => test.card()?.ts !== before && test.card(), {
      what: 'the card',
    });
    await slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    expect(dts.callsOf('CreateMigrateJob').at(-1)?.body).toMatchObject({
      SrcAccessType: access,
      SrcInfo: picked,
      DstInfo: { Region: 'ap-shanghai', InstanceId: 'cdb-e78e0nnv' },
    });
  });

  /** Searches until the form knows the earlier choices, then selects. */
  async function pick(person: Person, path: string, value: string): Promise<void> {
    const deadline = performance.now() + 30_000;
    for (;;) {
      const groups = await offered(test.slack, person, path, value);
      const values = groups.flatMap(({ options }) =>
        options.map((option) => option.split(' | ')[1]),
      );
      if (values.includes(value)) break;
      if (performance.now() > deadline) throw new Error(`${path} offers ${JSON.stringify(groups)}`);
    }
    await person.fill({ [path]: value });
  }
});
