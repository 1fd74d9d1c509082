import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, DB_MIGRATIONS, type Message, type View } from '../../playground/slack/index';
import type { FieldPath } from '../../src/domain/migration/fields';
import { type FormEntries, inFormOrder } from '../support/aForm';
import { openHome } from '../support/home';
import { openForm } from '../support/modal';
import { offered } from '../support/offered';
import { aPolicyFile } from '../support/policyFile';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anything, en, saying } from '../support/words';

const policy = aPolicyFile({ approvals: { break_glass: [BOB], required: 2 } });
let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry(policy.environment);
});
afterAll(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
  policy.remove();
});

const rlo = '\u202e';
const wideSpaces = '\u3000'.repeat(30);
const forged = `root (${en.options.SrcAccessType.extranet})${wideSpaces}To MySQL cdb-safe0001`;

/** A form with a list of nodes, without the fields of a single source. */
const redisCluster: FormEntries = {
  SrcDatabaseType: 'redis',
  SrcNodeType: 'cluster',
  'SrcInfo.Supplier': undefined,
  'SrcInfo.Ip': undefined,
  'SrcInfo.Port': undefined,
  'SrcInfo.User': undefined,
  'MigrateOption.IsOverrideRoot': undefined,
};

/** Fills in and submits the form. Returns Ferry's response to Slack. */
async function sendForm(changes: FormEntries) {
  const person = await openForm(test.slack);
  await fillForm(test.slack, person, inFormOrder({ ...exampleForm, ...changes }));
  const sent = await person.submit();
  await person.dismiss();
  return sent;
}

describe('the form refuses', () => {
  it.each<[string, FieldPath, FormEntries, string]>([
    ['wide spaces in an account', 'SrcInfo.User', { 'SrcInfo.User': forged }, 'U+3000'],
    ['spaces in a row', 'SrcInfo.User', { 'SrcInfo.User': `root${' '.repeat(30)}To` }, '3 spaces'],
    ['an invisible job name', 'JobName', { JobName: '\u200b\u2060\u3164' }, 'U+200B'],
    ['a blank Braille job name', 'JobName', { JobName: '\u2800\u2800' }, 'U+2800'],
    ['a tag character', 'JobName', { JobName: 'orders\u{e0041}' }, 'U+E0041'],
    ['reversed text', 'Reason', { Reason: `drop ${rlo}on` }, 'U+202E'],
    ['an escape sequence', 'Reason', { Reason: 'see \u001b[2J' }, 'U+001B'],
    ['stacked marks', 'Reason', { Reason: `e${'\u0301'.repeat(40)}` }, 'combining mark'],
    ['fifty empty lines', 'Reason', { Reason: `a${'\n'.repeat(50)}b` }, 'empty lines'],
    ['a reversed tag', 'Tags', { Tags: `team=a\nowner=${rlo}b` }, 'Line 2 contains U+202E'],
    [
      'a reversed table',
      'DatabaseInfo',
      { 'MigrateOption.MigrateObject': '2', DatabaseInfo: `orders\nshop."a${rlo}b"` },
      'Line 2: a name contains U+202E',
    ],
    [
      'a reversed node',
      'SrcInfoMulti',
      { ...redisCluster, SrcInfoMulti: `1.2.3.4${rlo}:6379` },
      'U+202E',
    ],
  ])('%s, and names the character without printing it', async (_, path, changes, words) => {
    const sent = await sendForm(changes);
    expect(sent).toMatchObject({ result: 'errors' });
    const errors = 'errors' in sent ? sent.errors : {};
    expect(errors[path]).toContain(words);
    expect(JSON.stringify(errors)).not.toMatch(/[\p{Cf}\u3000\u2800]/u);
  });
});

describe('a decision is refused', () => {
  it.each([
    ['approve_with_comment', 'the comment'],
    ['deny', 'the reason'],
    ['break_glass', 'the reason'],
  ] as const)('on %s, if %s contains an invisible character', async (button, _) => {
    const card = await test.request({ JobName: `decided-by-${button}` });
    const bob = test.slack.as(BOB);
    for (const [text, name] of [
      [`fine ${rlo}enif`, 'U+202E'],
      ['fine \u001b[31m', 'U+001B'],
      ['\u200b', 'U+200B'],
    ] as const) {
      await bob.click(card, button);
      await test.slack.until(() => bob.view(), { what: 'the form' });
      await bob.fill({ Reason: text });
      const sent = await bob.submit();
      expect(sent).toMatchObject({ errors: { Reason: expect.stringContaining(name) } });
      await bob.dismiss();
    }
    expect(test.replies(card).join()).not.toContain('fine');
  });
});

/** The texts that are set off from Ferry's words: formatted as values, or links to the console. */
function valuesOf(block: unknown): string[] {
  if (Array.isArray(block)) return block.flatMap(valuesOf);
  if (typeof block !== 'object' || block === null) return [];
  const style: unknown = Reflect.get(block, 'style');
  const isCode = typeof style === 'object' && style !== null && 'code' in style;
  const isLink = Reflect.get(block, 'type') === 'link';
  const own =
    (isCode || isLink) && 'text' in block && typeof block.text === 'string' ? [block.text] : [];
  return [...own, ...Object.values(block).flatMap(valuesOf)];
}

describe('values are formatted separately', () => {
  const account = `root (${en.options.SrcAccessType.extranet})   To MySQL cdb-safe0001`;
  let card: Message;
  beforeAll(async () => {
    card = await test.request({
      JobName: 'orders, approved by Bob',
      'SrcInfo.User': account,
      'DstInfo.User': 'ferry',
      'DstInfo.Password': 'p',
      Tags: 'team=orders; Note all is well',
      Reason: 'Moving house.\nTo MySQL cdb-safe0001',
    });
  });

  const linesOf = (item: Message | View) =>
    test.slack
      .render(item)
      .split('\n')
      .map((line) => line.trim());

  it('on the card, one element per value', () => {
    const values = valuesOf(card.blocks);
    for (const value of ['14.17.22.36:10301', 'orders', 'cdb-e78e0nnv']) {
      expect(values).toContain(value);
    }
    const lines = linesOf(card);
    expect(lines.filter((line) => line.includes('→'))).toEqual([
      expect.stringContaining('cdb-e78e0nnv'),
    ]);
    expect(lines.filter((line) => line.includes('cdb-safe0001'))).toEqual([
      '> To MySQL cdb-safe0001',
    ]);
  });

  it('in Details', async () => {
    const alice = test.slack.as(ALICE);
    await alice.click(card, 'details');
    const view = await test.slack.until(
      () => JSON.stringify(alice.view()?.blocks ?? []).includes(en.details.history) && alice.view(),
      { what: 'the details' },
    );
    const values = valuesOf(view.blocks);
    for (const value of [account, '14.17.22.36:10301', 'cdb-e78e0nnv', 'ferry']) {
      expect(values).toContain(value);
    }
    expect(values).toContain('team=orders; Note all is well');
    const lines = linesOf(view);
    expect(lines.filter((line) => line.startsWith('To MySQL'))).toEqual([
      expect.stringContaining('cdb-e78e0nnv'),
    ]);
    expect(lines).toContain('> To MySQL cdb-safe0001');
    await alice.dismiss();
  });

  it('where people change them, on the Home tab and in replies to commands', async () => {
    const alice = test.slack.as(ALICE);
    const home = await openHome(test.slack, alice);
    expect(valuesOf(home.blocks)).toContain('orders, approved by Bob');
    expect(valuesOf(home.blocks)).toContain('cdb-e78e0nnv');

    await alice.command(DB_MIGRATIONS, '/migrate', `sh${rlo}ow`);
    const answer = await test.slack.until(
      () =>
        test.slack
          .messages(DB_MIGRATIONS)
          .findLast(({ text }) =>
            saying(en.command.unknown('/migrate', anything, anything)).test(text),
          ),
      { what: 'the answer' },
    );
    expect(answer.text).toContain('`sh&lt;U+202E&gt;ow`');
  });
});

describe('text from elsewhere is made harmless', () => {
  it("in a server's message, which is quoted in the thread", async () => {
    const card = await test.request({ JobName: 'refused-by-dts' });
    const message = `refused ${rlo}by\u0007 \u001b[2JDTS\u3000here\u200b`;
    test.dts.next({ kind: 'code', code: 'InvalidParameter', message });
    const bob = test.slack.as(BOB);
    await bob.click(card, 'break_glass');
    await test.slack.until(() => bob.view(), { what: 'the form' });
    await bob.fill({ Reason: 'hurry' });
    await bob.submit();
    const told = await test.reply(card, saying(en.operations.create_job.thread.failed));
    expect(told).toContain('refused <U+202E>by<U+0007> <U+001B>[2JDTS here<U+200B>');
  });

  it('in the names of resources', async () => {
    const name = `orders${rlo}\n(cdb-other001)`;
    test.dts.add({
      instances: [
        {
          region: 'ap-shanghai',
          engine: 'mysql',
          id: 'cdb-odd00001',
          name,
          address: '10.8.0.9',
          port: 3306,
        },
      ],
    });
    const person = await openForm(test.slack);
    const groups = await offered(test.slack, person, 'DstInfo.InstanceId', 'odd00001');
    expect(groups.flatMap(({ options }) => options).join()).toContain(
      'orders<U+202E> (cdb-other001) (cdb-odd00001)',
    );
    await person.dismiss();
  });
});
