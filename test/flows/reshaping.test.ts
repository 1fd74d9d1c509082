import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import type { Person } from '../../playground/slack/index';
import { type FormEntries, inFormOrder } from '../support/aForm';
import { fieldsShown, modalText, openForm, sendForm } from '../support/modal';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anyNumber, anyPart, anyText, en, saying } from '../support/words';

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
    'MigrateOption.RunMode': '2',
    'SrcInfo.Password': 'typed-late',
    JobName: 'late',
  });
  expect(shows('MigrateOption.ExpectTime')).toBe(false);
  await arrived();
  expect(shows('MigrateOption.ExpectTime')).toBe(true);
  expect(chosen(en.form.labels.JobName)).toBe('late');
  expect(chosen(en.form.labels['SrcInfo.Password'])).toBe('typed-late');
});

it("the target's engine follows the source's until a person changes it", async () => {
  const { slack } = test;
  const becomes = (engine: string) =>
    slack.until(() => chosen(en.form.labels.DstDatabaseType) === engine, { what: engine });
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
      { 'MigrateOption.RunMode': '2' },
    ] as const;
    for (const choice of choices.slice(0, count)) await alice.fill(choice);
    await arrived();
    const asked = fieldsShown(alice);
    expect(asked).toContain('SrcNodeType');
    expect(asked).toContain('SrcInfo.UniqDcgId');
    expect(asked).not.toContain('SrcInfo.Supplier');
    expect(asked.includes('MigrateOption.ExpectTime')).toBe(count === 3);
    expect(chosen(en.form.labels.DstDatabaseType)).toBe('Redis');
  },
);

it('choices made while earlier ones are still being drawn result in the fields of all', async () => {
  const { slack } = test;
  const first = slowly(1);
  await alice.fill({ SrcAccessType: 'cvm' });
  await alice.fill({ 'MigrateOption.RunMode': '2' });
  await first();
  const rest = slowly(2);
  // The view in front is the first update; the second is in transit.
  await slack.until(() => shows('SrcInfo.CvmInstanceId'), { what: 'the first new view' });
  await alice.fill({ 'MigrateOption.ConsistencyType': '3' });
  await alice.fill({ SrcDatabaseType: 'redis' });
  await rest();
  await slack.until(() => shows('SrcNodeType'), { what: 'the last new view' });
  for (const path of ['MigrateOption.ExpectTime', 'SrcInfo.CvmInstanceId'])
    expect(shows(path)).toBe(true);
  expect(shows('MigrateOption.ConsistencyParams.TablesSelectAll')).toBe(true);
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
  const past = Math.floor(Date.now() / 1_000) - 86_400;

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
      what: 'a time in the past',
      entries: { 'MigrateOption.RunMode': '2', 'MigrateOption.ExpectTime': String(past) },
      words: en.oddity({ code: 'time_has_passed' }),
    },
  ])(
    '$what, causes one warning, may be kept, and is on the card',
    async ({ what, entries, words }) => {
      const { slack } = test;
      const before = test.card()?.ts;
      await fillForm(slack, alice, inFormOrder({ ...exampleForm, JobName: what, ...entries }));
      const answer = await sendForm(slack, alice);
      expect(answer).toContain(en.form.look);
      expect(answer).toContain(words);
      expect(chosen(en.form.labels.JobName)).toBe(what);
      expect(test.card()?.ts).toBe(before);

      await fillForm(slack, alice, {
        'SrcInfo.Password': '123456',
        'DstInfo.Password': entries['DstInfo.Password'],
      });
      expect(await sendForm(slack, alice)).toMatch(
        saying(en.sent.done(anyNumber, anyPart, anyText)),
      );
      const card = await slack.until(() => test.card()?.ts !== before && test.card(), {
        what: 'the card',
      });
      expect(slack.render(card)).toContain(`${en.card.note} ${words}`);
    },
  );
});
