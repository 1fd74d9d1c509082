import { z } from 'zod';
import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { BOB, DB_MIGRATIONS, type Person } from '../../playground/slack/index';
import { acceptBlock } from '../../views/requestForm';
import { type FormEntries, inFormOrder } from '../support/aForm';
import { acceptWarnings, fieldsShown, modalText, openForm, sendForm } from '../support/modal';
import { testStart } from '../support/movableClock';
import { offered } from '../support/offered';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anyNumber, anyPart, anyText, en, jobInThread, saying } from '../support/words';

let test: TestFerry;
let alice: Person;
beforeAll(async () => {
  test = await startTestFerry();
});
beforeEach(async () => {
  test.slack.faults.clear();
  alice = await openForm(test.slack);
});
afterAll(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
});

const redrawings = () => test.slack.callsOf('views.update');
/** Delays the next view updates. Resolves after `count` more have arrived. */
function slowly(count = 1): () => Promise<unknown> {
  const before = redrawings().length;
  test.slack.faults.next('views.update', { kind: 'slow', ms: 150 }, count);
  const arrived = () =>
    redrawings()
      .slice(before)
      .filter(({ answer }) => answer.kind !== 'pending').length >= count;
  return () => test.slack.until(arrived, { what: `${count} new views` });
}
const shows = (path: string) => fieldsShown(alice).includes(path);
const chosen = (label: string) =>
  new RegExp(`^${label}(?: \\(optional\\))?: (.*?)(?: \\(|$)`, 'm').exec(
    modalText(test.slack, alice),
  )?.[1];

it('a choice changes the fields, and entries in the others stay', async () => {
  const { slack } = test;
  await fillForm(slack, alice, { JobName: 'kept', 'SrcInfo.User': 'root', Reason: 'because' });
  for (const [choice, comes, goes] of [
    [{ SrcAccessType: 'cvm' }, 'SrcInfo.CvmInstanceId', 'SrcInfo.Supplier'],
    [{ SrcAccessType: 'ccn' }, 'SrcInfo.CcnId', 'SrcInfo.CvmInstanceId'],
    [{ SrcDatabaseType: 'mongodb' }, 'SrcNodeType', 'MigrateOption.IsOverrideRoot'],
    [{ SrcNodeType: 'cluster' }, 'SrcInfoMulti', 'SrcInfo.Ip'],
    [{ 'MigrateOption.MigrateObject': '2' }, 'DatabaseInfo', 'DstInfo.ReadOnly'],
    [{ 'MigrateOption.RunMode': '2' }, 'MigrateOption.ExpectTime', ''],
    [{ 'MigrateOption.ExternParams.SrcAuthFlag': '0' }, 'Reason', 'SrcInfo.User'],
  ] as const) {
    await fillForm(slack, alice, choice);
    await slack.until(() => shows(comes) && !shows(goes), { what: `${comes} in place of ${goes}` });
  }
  expect(chosen(en.form.labels.JobName)).toBe('kept');
  expect(chosen(en.form.labels.Reason)).toBe('because');
  expect(chosen(en.form.labels.SrcDatabaseType)).toBe('MongoDB');
});

it('text that is typed between a choice and the new view stays too', async () => {
  const arrived = slowly();
  await alice.fill({
    'MigrateOption.MigrateObject': '2',
    'SrcInfo.Password': 'typed-late',
    JobName: 'late',
  });
  expect(shows('DatabaseInfo')).toBe(false);
  await arrived();
  expect(shows('DatabaseInfo')).toBe(true);
  expect(chosen(en.form.labels.JobName)).toBe('late');
  expect(chosen(en.form.labels['SrcInfo.Password'])).toBe('typed-late');
});

it("the target's engine follows the source's until a person changes it", async () => {
  const { slack } = test;
  await fillForm(slack, alice, { Advanced: 'on' });
  const becomes = (engine: string) =>
    slack.until(() => chosen(en.form.labels.DstDatabaseType) === engine, { what: engine });
  await slack.until(() => shows('DstDatabaseType'), { what: 'the advanced part' });
  await alice.fill({ SrcDatabaseType: 'postgresql' });
  await becomes('PostgreSQL');
  await alice.fill({ SrcDatabaseType: 'mariadb' });
  await becomes('MariaDB');
  await alice.fill({ DstDatabaseType: 'cynosdbmysql' });
  await becomes(en.options.DstDatabaseType.cynosdbmysql);
  await alice.fill({ SrcDatabaseType: 'redis' });
  await slack.until(() => shows('SrcNodeType'), { what: 'the fields of redis' });
  expect(chosen(en.form.labels.DstDatabaseType)).toBe(en.options.DstDatabaseType.cynosdbmysql);
});

it.each([2, 3])(
  '%i choices before the first new view result in the fields of all',
  async (count) => {
    const arrived = slowly(count);
    const choices = [
      { SrcDatabaseType: 'redis' },
      { SrcAccessType: 'dcg' },
      { 'MigrateOption.MigrateObject': '2' },
    ] as const;
    for (const choice of choices.slice(0, count)) await alice.fill(choice);
    await arrived();
    const asked = fieldsShown(alice);
    expect(asked).toContain('SrcNodeType');
    expect(asked).toContain('SrcInfo.UniqDcgId');
    expect(asked).not.toContain('SrcInfo.User');
    expect(asked.includes('DatabaseInfo')).toBe(count === 3);
    expect(chosen(en.form.labels['SrcInfo.Port'])).toBe('6379');
  },
);

it('choices made while earlier ones are still being drawn result in the fields of all', async () => {
  const { slack } = test;
  const first = slowly(1);
  await alice.fill({ SrcAccessType: 'cvm' });
  await alice.fill({ 'MigrateOption.MigrateObject': '2' });
  await first();
  const rest = slowly(2);
  // The view in front is the first update; the second is in transit.
  await slack.until(() => shows('SrcInfo.CvmInstanceId'), { what: 'the first new view' });
  await alice.fill({ Advanced: ['on'] });
  await alice.fill({ SrcDatabaseType: 'redis' });
  await rest();
  await slack.until(() => shows('SrcNodeType'), { what: 'the last new view' });
  for (const path of ['DatabaseInfo', 'SrcInfo.CvmInstanceId', 'Tags'])
    expect([path, shows(path)]).toEqual([path, true]);
});

it('a form that is submitted before its new fields appear comes back with them', async () => {
  const { slack } = test;
  await fillForm(slack, alice, inFormOrder({ ...exampleForm, JobName: 'too-soon' }));
  slack.faults.next('views.update', { kind: 'error', error: 'internal_error' });
  await alice.fill({ 'MigrateOption.MigrateObject': '2' });
  const answer = await sendForm(slack, alice);
  expect(answer).toContain(en.form.changed);
  expect(shows('DatabaseInfo')).toBe(true);
  expect(chosen(en.form.labels.JobName)).toBe('too-soon');
  await fillForm(slack, alice, { DatabaseInfo: 'orders', 'SrcInfo.Password': '123456' });
  expect(await sendForm(slack, alice)).toMatch(saying(en.sent.done(anyNumber, anyPart, anyText)));
});

describe('the advanced options', () => {
  const advanced = ['MigrateOption.ConsistencyType', 'Tags', 'MigrateOption.IsOverrideRoot'];
  const isOpen = () => advanced.every(shows);

  it('are hidden until a person asks for them, and are sent with their initial values', async () => {
    const { slack } = test;
    expect(advanced.filter(shows)).toEqual([]);
    await alice.fill({ Advanced: ['on'] });
    await slack.until(isOpen, { what: 'the advanced options' });
    await alice.fill({ Advanced: [] });
    await slack.until(() => !isOpen(), { what: 'the form without them' });
    const JobName = 'hidden-options';
    await fillForm(slack, alice, inFormOrder({ ...exampleForm, JobName }));
    expect(advanced.filter(shows)).toEqual([]);
    expect(await sendForm(slack, alice)).toMatch(saying(en.sent.done(anyNumber, anyPart, anyText)));
    const { MigrateOption } = await jobOf(JobName);
    expect(MigrateOption).toMatchObject({ ConsistencyType: 1, RunMode: 1, IsOverrideRoot: 0 });
  });

  it('stay open as long as one of them is set, and what is set is sent', async () => {
    const { slack } = test;
    const JobName = 'set-options';
    await fillForm(slack, alice, inFormOrder({ ...exampleForm, JobName }));
    await fillForm(slack, alice, { 'MigrateOption.ConsistencyType': '2' });
    await alice.fill({ Advanced: [] });
    await slack.until(() => chosen(en.form.labels['MigrateOption.ConsistencyType']), {
      what: 'the option that is set',
    });
    expect(isOpen()).toBe(true);
    expect(await sendForm(slack, alice)).toMatch(saying(en.sent.done(anyNumber, anyPart, anyText)));
    expect((await jobOf(JobName)).MigrateOption).toMatchObject({ ConsistencyType: 2 });
  });

  /** Approves the newest request. Returns the body of its call. */
  async function jobOf(JobName: string) {
    const { slack, dts } = test;
    const card = await slack.until(
      () => {
        const newest = test.card();
        return newest !== undefined && slack.render(newest).includes(JobName) && newest;
      },
      { what: 'the card' },
    );
    await slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    const body = z.object({ JobName: z.string(), MigrateOption: z.unknown() });
    return body.parse(dts.callsOf('CreateMigrateJob').at(-1)?.body);
  }
});

it('the port is the one of the engine, until a person changes it', async () => {
  const { slack } = test;
  const port = () => chosen(en.form.labels['SrcInfo.Port']);
  expect(port()).toBe('3306');
  await alice.fill({ SrcDatabaseType: 'postgresql' });
  await slack.until(() => port() === '5432', { what: 'the port of PostgreSQL' });
  await alice.fill({ 'SrcInfo.Port': '6000', SrcDatabaseType: 'redis' });
  await slack.until(() => shows('SrcNodeType'), { what: 'the fields of Redis' });
  expect(port()).toBe('6000');
});

it('a new form has the regions of the last request', async () => {
  const { slack } = test;
  const regions = { 'SrcInfo.Region': 'ap-beijing', 'DstInfo.Region': 'ap-guangzhou' };
  await alice.dismiss();
  await test.request({ JobName: 'of-regions', ...regions });
  const person = await openForm(slack);
  expect(modalText(slack, person)).toContain('ap-beijing');
  expect(modalText(slack, person)).toContain('ap-guangzhou');
});

it('the lists of the source wait for its region', async () => {
  const { slack } = test;
  await fillForm(slack, alice, { SrcAccessType: 'cvm', 'SrcInfo.Region': '' });
  const remembered = () => String(alice.view()?.content['private_metadata']);
  await slack.until(() => !remembered().includes('SrcInfo.Region'), { what: 'no region' });
  for (const path of ['SrcInfo.CvmInstanceId', 'SrcInfo.VpcId', 'SrcInfo.SubnetId'] as const) {
    await slack.until(() => shows(path), { what: path });
    const [group] = await offered(slack, alice, path);
    expect([path, group?.heading]).toEqual([path, en.form.lookUp.chooseRegion]);
  }
});

it('a form with accepted warnings makes one request, however often it is delivered', async () => {
  const { slack } = test;
  const cards = () => slack.messages(DB_MIGRATIONS).filter(({ threadTs }) => !threadTs).length;
  const entries = { 'MigrateOption.MigrateObject': '2', DatabaseInfo: 'orders\nOrders' };
  await fillForm(slack, alice, inFormOrder({ ...exampleForm, JobName: 'once', ...entries }));
  const before = cards();
  expect(await sendForm(slack, alice)).toContain(en.form.look);
  expect(cards()).toBe(before);
  await acceptWarnings(alice);
  slack.redeliverNext(2, { concurrently: true });
  await alice.submit();
  await slack.until(() => cards() > before, { what: 'the card' });
  await slack.until(() => !modalText(slack, alice).includes(en.sent.sending), { what: 'the end' });
  expect(cards()).toBe(before + 1);
});

describe('a form whose warnings were not accepted can be submitted', () => {
  const ccn: FormEntries = {
    SrcAccessType: 'ccn',
    'SrcInfo.Ip': '10.0.0.5',
    'SrcInfo.VpcId': 'vpc-1a2b3c4d',
    'SrcInfo.SubnetId': 'subnet-1a2b3c4d',
  };
  const warning = en.oddity({ code: 'field_left_out', path: 'SrcInfo.CcnId' });
  const isSent = saying(en.sent.done(anyNumber, anyPart, anyText));

  it('after choices dropped the field of the warning and brought it back', async () => {
    const { slack } = test;
    await fillForm(slack, alice, inFormOrder({ ...exampleForm, JobName: 'to-and-fro', ...ccn }));
    expect(await sendForm(slack, alice)).toContain(warning);
    await fillForm(slack, alice, { SrcAccessType: 'dcg' });
    await slack.until(() => shows('SrcInfo.UniqDcgId'), { what: 'the gateway' });
    await fillForm(slack, alice, { SrcAccessType: 'ccn' });
    await slack.until(() => shows('SrcInfo.CcnId'), { what: 'the network' });
    expect(modalText(slack, alice)).not.toContain(en.form.look);
    const again = await sendForm(slack, alice);
    expect([again, shows(acceptBlock)]).toEqual([expect.stringContaining(warning), true]);
    await acceptWarnings(alice);
    expect(await sendForm(slack, alice)).toMatch(isSent);
  });

  it('after Ferry gave the form back for another reason', async () => {
    const { slack } = test;
    const entries = { ...ccn, 'MigrateOption.MigrateObject': '2', DatabaseInfo: 'shop' };
    await fillForm(slack, alice, inFormOrder({ ...exampleForm, JobName: 'by-file', ...entries }));
    expect(await sendForm(slack, alice)).toContain(warning);
    await fillForm(slack, alice, { DatabaseInfo: '' });
    const file = alice.upload({ name: 'tables.txt', content: 'mysql.user' });
    await fillForm(slack, alice, { 'DatabaseInfo.File': file });
    expect(await sendForm(slack, alice)).not.toContain(warning);
    const password = exampleForm['SrcInfo.Password'];
    await fillForm(slack, alice, { DatabaseInfo: 'shop', 'SrcInfo.Password': password });
    expect(await sendForm(slack, alice)).toContain(warning);
    await acceptWarnings(alice);
    expect(await sendForm(slack, alice)).toMatch(isSent);
  });
});

describe('a parameter that DTS may reject', () => {
  const redis: FormEntries = {
    SrcDatabaseType: 'redis',
    'SrcInfo.Supplier': undefined,
    'SrcInfo.User': undefined,
    DstDatabaseType: undefined,
    'DstInfo.InstanceId': 'crs-sh2sess2',
    'DstInfo.Password': 'of-the-cache',
    'MigrateOption.IsOverrideRoot': undefined,
  };
  const past = Math.floor(testStart.getTime() / 1_000) - 86_400;

  it.each<{ what: string; entries: FormEntries; words: string }>([
    {
      what: 'a redis without incremental migration',
      entries: { ...redis, 'MigrateOption.MigrateType': '2' },
      words: en.oddity({ code: 'redis_needs_changes' }),
    },
    {
      what: 'an omitted field',
      entries: { ...redis, 'DstInfo.Password': undefined, 'MigrateOption.MigrateType': '3' },
      words: en.oddity({ code: 'field_left_out', path: 'DstInfo.Password' }),
    },
    {
      what: 'a source that is the target',
      entries: {
        SrcAccessType: 'cdb',
        'SrcInfo.InstanceId': exampleForm['DstInfo.InstanceId'],
        'SrcInfo.Ip': undefined,
        'SrcInfo.Port': undefined,
      },
      words: en.oddity({ code: 'same_instance' }),
    },
    {
      what: 'an engine that the source cannot become',
      entries: {
        DstDatabaseType: 'postgresql',
        'DstInfo.InstanceId': 'postgres-1a2b3c4d',
      },
      words: en.oddity({ code: 'other_engine' }),
    },
    {
      what: 'an IPv6 address',
      entries: { 'SrcInfo.Ip': '2400:3200::1' },
      words: en.oddity({ code: 'ipv6_source', path: 'SrcInfo.Ip' }),
    },
    {
      what: 'a time in the past',
      entries: { 'MigrateOption.RunMode': '2', 'MigrateOption.ExpectTime': String(past) },
      words: en.oddity({ code: 'time_has_passed' }),
    },
  ])(
    'warns of $what until the person accepts it, keeps the passwords, and shows the warning on the card',
    async ({ what, entries, words }) => {
      const { slack } = test;
      const cardOf = () => {
        const newest = test.card();
        return newest !== undefined && slack.render(newest).includes(what) ? newest : undefined;
      };
      await fillForm(slack, alice, inFormOrder({ ...exampleForm, JobName: what, ...entries }));
      const isRedis = entries.SrcDatabaseType === 'redis';
      await slack.until(() => shows('SrcInfo.User') !== isRedis, { what: 'the fields' });
      const answer = await sendForm(slack, alice);
      expect(answer).toContain(en.form.look);
      expect(answer).toContain(words);
      expect(chosen(en.form.labels.JobName)).toBe(what);
      expect(cardOf()).toBeUndefined();

      expect(await sendForm(slack, alice)).toEqual({ [acceptBlock]: en.form.tick });
      expect(cardOf()).toBeUndefined();
      await acceptWarnings(alice);
      expect(await sendForm(slack, alice)).toMatch(
        saying(en.sent.done(anyNumber, anyPart, anyText)),
      );
      const card = await slack.until(cardOf, { what: 'the card' });
      expect(slack.render(card)).toContain(words);
    },
  );
});
