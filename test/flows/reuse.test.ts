import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import {
  ALICE,
  BOB,
  DAN,
  DB_MIGRATIONS,
  type Message,
  type Person,
} from '../../playground/slack/index';
import { plain } from '../../src/i18n/text';
import { type FormEntries, inFormOrder } from '../support/aForm';
import { command } from '../support/command';
import { modalText, openForm, sendForm } from '../support/modal';
import { aPolicyFile } from '../support/policyFile';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { en, jobInThread, saying } from '../support/words';

const policy = aPolicyFile({
  secrets: [{ secret: 'env:ORDERS', anywhere: true }],
  presets: {
    'Orders to Shanghai': {
      'SrcInfo.Ip': '14.17.22.36',
      'SrcInfo.Port': 3306,
      'SrcInfo.User': 'migration',
      'DstInfo.InstanceId': 'cdb-e78e0nnv',
      'MigrateOption.MigrateType': 3,
    },
    Sessions: { SrcDatabaseType: 'redis', SrcNodeType: 'cluster' },
    Night: { 'MigrateOption.RunMode': 2, 'MigrateOption.ExpectTime': '2026-12-01 02:00:00' },
  },
});

let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry({ ...policy.environment, FERRY_SECRET_ORDERS: 'of-the-environment' });
});
afterAll(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
  policy.remove();
});

/** The reply to `/migrate` with these words. */
const answerTo = async (words: string) =>
  test.slack.render(await command(test.slack, ALICE, words));
/** The modal that `/migrate` with these words opens, once it contains `says`. */
async function opened(words: string, says: string, by = ALICE): Promise<Person> {
  const person = test.slack.as(by);
  await person.command(DB_MIGRATIONS, '/migrate', words);
  await shows(person, says);
  return person;
}
const shows = (person: Person, words: string) =>
  test.slack.until(
    () => person.view() !== undefined && modalText(test.slack, person).includes(words),
    { what: `a modal with “${words}”` },
  );
const typed = { 'SrcInfo.Password.Source': 'typed', 'SrcInfo.Password': 'canary-typed' } as const;
const numberOf = (card: Message) => /#(\d+)/.exec(test.shown(card))?.[1] ?? '';
const named: FormEntries = {
  'MigrateOption.MigrateObject': '2',
  'MigrateOption.IsOverrideRoot': '0',
};
/** The next card after a form was submitted. */
async function cardAfter(send: () => Promise<unknown>): Promise<Message> {
  const before = test.card()?.ts;
  await send();
  return test.slack.until(() => test.card()?.ts !== before && test.card(), { what: 'the card' });
}
async function sentInfo(card: Message): Promise<unknown> {
  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, jobInThread());
  const body = test.dts.callsOf('CreateMigrateJob').at(-1)?.body;
  const text = typeof body === 'object' && body !== null && Reflect.get(body, 'DatabaseInfo');
  return JSON.parse(String(text));
}

describe('/migrate', () => {
  it('help lists everything, including presets', async () => {
    const help = await answerTo('help');
    for (const words of [
      '/migrate new NAME',
      '/migrate clone 42',
      '`Orders to Shanghai`, `Sessions`, `Night`',
    ]) {
      expect(help).toContain(words);
    }
  });

  it.each([
    ['clonne 4', saying(en.command.unknown('/migrate', 'clonne', 'clone'))],
    ['everything', saying(en.command.unknown('/migrate', 'everything', undefined))],
    ['clone', saying(en.command.numberMissing('/migrate', 'clone'))],
    ['clone it', saying(en.command.numberMissing('/migrate', 'clone'))],
    [
      'new Orders to Shanghia',
      saying(en.command.noPreset('Orders to Shanghia', 'Orders to Shanghai', [])),
    ],
    [
      'new *',
      saying(en.command.noPreset('*', undefined, ['Orders to Shanghai', 'Sessions', 'Night'])),
    ],
  ])('%s is answered with a suggestion', async (words, answer) => {
    expect(await answerTo(words)).toMatch(answer);
  });

  it('new NAME opens the form prefilled from the preset, and it can be submitted', async () => {
    const { slack } = test;
    const alice = await opened(
      'new Orders to Shanghai',
      en.form.filledFromPreset('Orders to Shanghai'),
    );
    expect(modalText(slack, alice)).toContain(`${en.form.labels['SrcInfo.Port']}: 3306`);
    await fillForm(slack, alice, {
      JobName: 'from-a-preset',
      'SrcInfo.Region': 'ap-guangzhou',
      'SrcInfo.Password.Source': 'env:ORDERS',
      Reason: 'because',
    });
    const card = await cardAfter(() => sendForm(slack, alice));
    expect(test.shown(card)).toContain('MySQL 14.17.22.36:3306');
    expect(test.shown(card)).toContain(en.card.types['3']);
  });

  it("new NAME shows the fields for the preset's choices", async () => {
    const alice = await opened('new Sessions', en.form.filledFromPreset('Sessions'));
    expect(modalText(test.slack, alice)).toContain(`${en.form.labels.SrcInfoMulti}:`);
  });

  it("new NAME shows the preset's time, which is in UTC+8", async () => {
    const alice = await opened('new Night', en.form.filledFromPreset('Night'));
    const label = en.form.labels['MigrateOption.ExpectTime'];
    expect(modalText(test.slack, alice)).toContain(`${label}: 2026-11-30T18:00:00Z`);
    await alice.dismiss();
  });

  it('new NAME keeps its notice when the form is redrawn', async () => {
    const { slack } = test;
    const notice = en.form.filledFromPreset('Orders to Shanghai');
    const alice = await opened('new Orders to Shanghai', notice);
    await fillForm(slack, alice, { 'MigrateOption.MigrateObject': '2' });
    await shows(alice, en.form.labels.DatabaseInfo);
    expect(modalText(slack, alice)).toContain(notice);
    expect(modalText(slack, alice)).not.toContain(en.form.intro);
    await alice.dismiss();
  });

  it('new NAME selects the only secret that the policy allows', async () => {
    const notice = en.form.filledFromPreset('Orders to Shanghai');
    const alice = await opened('new Orders to Shanghai', notice);
    const label = en.form.labels['SrcInfo.Password.Source'];
    expect(modalText(test.slack, alice)).toContain(`${label}: ORDERS`);
    await alice.dismiss();
  });
});

describe('a clone', () => {
  it('has everything from the request except typed secrets, and anyone can request it', async () => {
    const { slack } = test;
    const card = await test.request({ JobName: 'to-clone', ...typed, Tags: 'team=orders' });
    const dan = slack.as(DAN);
    await dan.click(card, 'clone');
    await shows(dan, en.form.filledFrom(Number(numberOf(card)), true));
    const filled = modalText(slack, dan);
    for (const words of [
      `${en.form.labels.JobName}: to-clone`,
      `${en.form.labels['SrcInfo.User']}: root`,
      `${en.form.labels['DstInfo.InstanceId']}: orders (cdb-e78e0nnv)`,
      'team=orders',
    ]) {
      expect(filled).toContain(words);
    }
    expect(filled).toContain(
      `${en.form.labels['SrcInfo.Password.Source']}: ${en.options['SrcInfo.Password.Source'].typed}`,
    );
    expect(filled).toContain(`${en.form.labels['SrcInfo.Password']}: ____`);
    expect(slack.everything()).toContain('to-clone');
    expect(slack.everything()).not.toContain('canary-typed');
    expect(await dan.submit()).toEqual({ result: 'incomplete', blocks: ['SrcInfo.Password'] });

    await fillForm(slack, dan, { JobName: 'cloned', 'SrcInfo.Password': 'another' });
    const copy = await cardAfter(() => sendForm(slack, dan));
    expect(test.shown(copy)).toContain('@Dan Silva requested');
    const facts = (text: string) =>
      text
        .split('\n')
        .filter((line) =>
          new RegExp(
            `^\\s*(${[en.card.from, en.card.to, en.card.what, en.card.tags].join('|')}) `,
          ).test(line),
        );
    const factsOf = async (of: Message) => {
      await dan.click(of, 'details');
      const isShown = () => dan.view() && modalText(slack, dan).includes(en.details.history);
      await slack.until(isShown, { what: 'the details' });
      const found = facts(modalText(slack, dan));
      await dan.dismiss();
      return found;
    };
    const copied = await factsOf(copy);
    expect(copied).toEqual(await factsOf(card));
    expect(copied).toHaveLength(4);
  });

  it('can be opened by number, and keeps references to secrets', async () => {
    const { slack } = test;
    const card = await test.request({
      JobName: 'by-number',
      'SrcInfo.Password': undefined,
      'SrcInfo.Password.Source': 'env:ORDERS',
    });
    const bob = await opened(
      `clone #${numberOf(card)}`,
      en.form.filledFrom(Number(numberOf(card)), false),
      BOB,
    );
    expect(modalText(slack, bob)).toContain(`${en.form.labels['SrcInfo.Password.Source']}: ORDERS`);
    await fillForm(slack, bob, { JobName: 'by-number-again' });
    const copy = await cardAfter(() => sendForm(slack, bob));
    await bob.click(copy, 'details');
    const isShown = () =>
      bob.view() &&
      modalText(slack, bob).includes(`${en.card.secrets['SrcInfo.Password']} env:ORDERS`);
    await slack.until(isShown, { what: 'the details' });
    await bob.dismiss();
  });

  it('of a missing request is refused', async () => {
    await opened('clone 999', plain(en.refusal({ code: 'no_such_request', requestId: 999 })));
  });
});

describe('databases and tables', () => {
  const many = Array.from(
    { length: 5_000 },
    (_, index) => `orders.table_with_a_long_name_${index}`,
  );

  /** A form for selected databases, filled in except for them. */
  async function formForObjects(JobName: string): Promise<Person> {
    const person = await openForm(test.slack);
    await fillForm(
      test.slack,
      person,
      inFormOrder({ ...exampleForm, ...named, JobName, ...typed }),
    );
    return person;
  }

  it('are previewed on the card and sent as strict JSON', async () => {
    const { slack } = test;
    const alice = await formForObjects('typed-list');
    await fillForm(slack, alice, {
      DatabaseInfo: 'orders\nshop.items\nshop.carts\ncrm.a\ncrm.b\ncrm.c\ncrm.d',
    });
    const card = await cardAfter(() => sendForm(slack, alice));
    expect(test.shown(card).replaceAll('`', '')).toContain(
      '3 databases, 6 tables: database orders; shop.items; shop.carts and 4 more',
    );
    expect(await sentInfo(card)).toEqual([
      { Database: 'orders' },
      { Database: 'shop', Table: ['items', 'carts'] },
      { Database: 'crm', Table: ['a', 'b', 'c', 'd'] },
    ]);
  });

  it("can be pasted in the API page's notation, which has no quotes", async () => {
    const { slack } = test;
    const alice = await formForObjects('pasted-list');
    await fillForm(slack, alice, {
      DatabaseInfo: '[{Database:db1,Table:[table1,table2]},{Database:db2}]',
    });
    const card = await cardAfter(() => sendForm(slack, alice));
    expect(await sentInfo(card)).toEqual([
      { Database: 'db1', Table: ['table1', 'table2'] },
      { Database: 'db2' },
    ]);
  });

  it('can be thousands in a file, and a clone keeps them', async () => {
    const { slack } = test;
    const alice = await formForObjects('from-a-file');
    await fillForm(slack, alice, {
      'DatabaseInfo.File': alice.upload({ name: 'tables.txt', content: many.join('\n') }),
    });
    const card = await cardAfter(() => sendForm(slack, alice));
    expect(test.shown(card)).toContain(en.card.counts(1, 5_000));
    expect(test.shown(card)).toContain(en.card.more(4_997));
    const all = [{ Database: 'orders', Table: many.map((name) => name.slice('orders.'.length)) }];
    expect(await sentInfo(card)).toEqual(all);

    await alice.click(card, 'clone');
    await shows(alice, en.form.keepsObjects(Number(numberOf(card)), 5_000));
    // A choice redraws the form, and the list stays.
    await fillForm(slack, alice, { 'MigrateOption.RunMode': '2' });
    await shows(alice, en.form.labels['MigrateOption.ExpectTime']);
    await fillForm(slack, alice, { 'MigrateOption.RunMode': '1' });
    const isBack = () =>
      !modalText(slack, alice).includes(en.form.labels['MigrateOption.ExpectTime']);
    await slack.until(isBack, { what: 'the form without a time' });
    await fillForm(slack, alice, { JobName: 'the-list-again', 'SrcInfo.Password': 'p' });
    const copy = await cardAfter(() => sendForm(slack, alice));
    expect(test.shown(copy)).toContain(en.card.counts(1, 5_000));
    expect(await sentInfo(copy)).toEqual(all);
  });

  it('of an earlier request are not sent if they changed after the form was opened', async () => {
    const { slack } = test;
    const alice = await formForObjects('edited-later');
    const upload = (names: readonly string[]) =>
      alice.upload({ name: 'tables.txt', content: names.join('\n') });
    await fillForm(slack, alice, { 'DatabaseInfo.File': upload(many) });
    const card = await cardAfter(() => sendForm(slack, alice));
    const number = Number(numberOf(card));
    const dan = slack.as(DAN);
    await dan.click(card, 'clone');
    await shows(dan, en.form.keepsObjects(number, 5_000));

    await alice.click(card, 'edit');
    await shows(alice, en.form.keepsObjects(number, 5_000));
    await fillForm(slack, alice, { 'SrcInfo.Password': 'p' });
    const others = many.map((name) => `${name}_v2`).slice(0, 4_000);
    await fillForm(slack, alice, { 'DatabaseInfo.File': upload(others) });
    await sendForm(slack, alice);
    await slack.until(() => test.shown(card).includes(en.card.counts(1, 4_000)), {
      what: 'the edit',
    });

    await fillForm(slack, dan, { JobName: 'the-list-i-saw', 'SrcInfo.Password': 'p' });
    expect(await sendForm(slack, dan)).toContain(en.form.objectsChanged(number, 4_000));
    await shows(dan, en.form.keepsObjects(number, 4_000));
    // After that notice, the next submission sends the new list.
    await fillForm(slack, dan, { 'SrcInfo.Password': 'p' });
    const copy = await cardAfter(() => sendForm(slack, dan));
    expect(test.shown(copy)).toContain(en.card.counts(1, 4_000));
  });

  it('in an unusable file are not sent: the form comes back with the reason', async () => {
    const { slack } = test;
    const before = test.card()?.ts;
    const alice = await formForObjects('bad-files');
    const upload = (name: string, content: string | Uint8Array) => alice.upload({ name, content });
    const gone = upload('gone.txt', 'orders');
    const lines = [...many.slice(0, 2_999), 'orders..b'];
    for (const [fileId, says] of [
      [
        upload('wrong.txt', lines.join('\n')),
        en.fieldProblem({ code: 'objects', problem: { code: 'empty_name', line: 3_000 } }),
      ],
      [
        upload('large.txt', 'x'.repeat(9_000_000)),
        en.fileProblem({ code: 'too_large', maxBytes: 1_000_000 }),
      ],
      [
        upload('binary.txt', new Uint8Array([0, 159, 146, 150, 0, 255])),
        en.fileProblem({ code: 'not_text' }),
      ],
      [upload('empty.txt', ''), en.fieldProblem({ code: 'objects_missing' })],
      [gone, en.fileProblem({ code: 'gone' })],
    ] as const) {
      await fillForm(slack, alice, { 'DatabaseInfo.File': fileId });
      if (fileId === gone) slack.deleteFile(gone);
      const answer = await sendForm(slack, alice);
      expect(answer).toContain(says);
      expect(answer).toContain(
        en.form.givenBack('', { file: true, secrets: ['SrcInfo.Password'] }).trim(),
      );
      expect(answer).toContain(`${en.form.labels.JobName}: bad-files`);
      await fillForm(slack, alice, { 'SrcInfo.Password': 'again' });
    }
    expect(await sendForm(slack, alice)).toEqual({
      DatabaseInfo: en.fieldProblem({ code: 'objects_missing' }),
    });
    await fillForm(slack, alice, { DatabaseInfo: 'orders' });
    await fillForm(slack, alice, { 'DatabaseInfo.File': upload('both.txt', 'orders') });
    // The form stays open, with the file.
    for (const DatabaseInfo of ['orders', 'orders..b']) {
      await fillForm(slack, alice, { DatabaseInfo });
      expect(await sendForm(slack, alice)).toEqual({
        DatabaseInfo: en.fieldProblem({ code: 'objects_twice' }),
      });
    }
    expect(test.card()?.ts).toBe(before);
    await fillForm(slack, alice, { DatabaseInfo: ' ' });
    const card = await cardAfter(() => sendForm(slack, alice));
    expect(await sentInfo(card)).toEqual([{ Database: 'orders' }]);
  });

  it('with a mistake are reported at the field, with the line', async () => {
    const { slack } = test;
    const alice = await formForObjects('mistyped');
    await fillForm(slack, alice, { DatabaseInfo: 'orders\nshop.*.x' });
    expect(await sendForm(slack, alice)).toEqual({
      DatabaseInfo: expect.stringMatching(/^Line 2: /),
    });
  });
});
