import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactEncrypt } from 'jose';
import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, DAN, MEI, type Message } from '../../playground/slack/index';
import { listAlterations } from '../../src/i18n/en/alterations';
import type { FormEntries } from '../support/aForm';
import { canary, expectNoCanary } from '../support/canary';
import {
  aMigratedDatabase,
  type DatabaseWriter,
  databaseWriter,
  type Value,
} from '../support/databaseWriter';
import { eventually } from '../support/eventually';
import { sendForm } from '../support/modal';
import { passTime } from '../support/passTime';
import { aPolicyFile, type PolicyFileContent } from '../support/policyFile';
import { runAudit } from '../support/runAudit';
import {
  type DatabaseName,
  flowDatabases,
  startTestFerry,
  type TestFerry,
} from '../support/startTestFerry';
import {
  anyNumber,
  anyPart,
  anyTime,
  anything,
  button,
  en,
  explained,
  jobInThread,
  saying,
} from '../support/words';

const minute = 60_000;
const hour = 60 * minute;
const sealKey = randomBytes(32);
const auditKey = () => randomBytes(32).toString('base64');

let folder: string;
let url: string;
let test: TestFerry;
let policy: ReturnType<typeof aPolicyFile>;
let writer: DatabaseWriter;

async function start(
  database: DatabaseName,
  content: PolicyFileContent = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'ferry-record-'));
  url = await aMigratedDatabase(database, folder);
  writer = databaseWriter(url);
  policy = aPolicyFile({
    ...content,
    approvals: { reminders: { after: [] }, ...content.approvals },
  });
  test = await startTestFerry(
    {
      ...policy.environment,
      DATABASE_URL: url,
      SEAL_KEYS: `k1:${sealKey.toString('base64')}`,
      FERRY_SECRET_ORDERS: canary,
      OPEN_REQUESTS_PER_PERSON: '100',
      ...environment,
    },
    { database },
  );
}

async function stop(): Promise<void> {
  await test.stop();
  policy.remove();
  rmSync(folder, { recursive: true });
}

const numberOf = (card: Message) => Number(/#(\d+)/.exec(test.shown(card))?.[1]);
const calls = () => test.dts.callsOf('CreateMigrateJob').length;
const click = (by: string, card: Message, action: string) => test.slack.as(by).click(card, action);
const verify = (environment: Readonly<Record<string, string>> = {}) =>
  runAudit({ DATABASE_URL: url, ...environment }, 'verify');

/** The reply that only this person sees. */
const answer = async (by: string, act: () => Promise<unknown>) =>
  (await test.slack.answerTo(by, act)).text;

/** Changes columns of a request's row. */
async function alter(card: Message, values: Readonly<Record<string, Value>>): Promise<void> {
  const columns = Object.keys(values).map((column) => `${column} = ?`);
  await writer.run(
    `update requests set ${columns.join(', ')} where id = ?`,
    ...Object.values(values),
    numberOf(card),
  );
}

/** Changes text in a column of a request's row. */
async function alterText(card: Message, column: string, from: string, to: string): Promise<void> {
  const [row] = await writer.run<Record<string, string>>(
    `select ${column} from requests where id = ?`,
    numberOf(card),
  );
  const before = row?.[column] ?? '';
  expect(before).toContain(from);
  await alter(card, { [column]: before.replace(from, to) });
}

let count = 0;
const aRequest = (changes: FormEntries = {}): Promise<Message> => {
  count += 1;
  return test.request({ JobName: `job-${count}`, 'SrcInfo.Password': canary, ...changes });
};
/** If the policy allows stored secrets, the form asks whether the password is typed. */
const typed: FormEntries = { 'SrcInfo.Password.Source': 'typed', 'SrcInfo.Password': canary };

/** Changes that an attacker could make to a row, and what Ferry reports as changed. */
const host: Alteration = {
  what: 'the host',
  change: (card) => alterText(card, 'parameters', '14.17.22.36', '203.0.113.66'),
  named: listAlterations(['parameters']),
};
const port: Alteration = {
  what: 'the port',
  change: (card) => alterText(card, 'parameters', '10301', '3307'),
  named: listAlterations(['parameters']),
};
const account: Alteration = {
  what: 'the account',
  change: (card) => alterText(card, 'parameters', '"root"', '"admin"'),
  named: listAlterations(['parameters']),
};
const ruleOf: Alteration = {
  what: 'the rule',
  change: (card) => alterText(card, 'rule', '"required":1', '"required":0'),
  named: listAlterations(['rule']),
};
const requester: Alteration = {
  what: 'the requester',
  change: (card) => alter(card, { requester_id: MEI }),
  named: listAlterations(['request']),
};
const approvals: Alteration = {
  what: 'the approvals',
  change: (card) =>
    alterText(
      card,
      'state',
      '"approvals":[',
      `"approvals":[{"by":{"userId":"${DAN}","name":"Dan"},"at":"2026-01-01T00:00:00.000Z","revision":1,"from":[]}${
        test.shown(card).includes(button(en.card.approve)) ? '' : ','
      }`,
    ),
  named: listAlterations(['state']),
};
const reference: Alteration = {
  what: 'the secret reference',
  change: (card) => alterText(card, 'secrets', 'ORDERS', 'OTHERS'),
  named: listAlterations(['secrets']),
};
interface Alteration {
  what: string;
  change(card: Message): Promise<void>;
  named: string;
}

const withReferences: PolicyFileContent = {
  secrets: [{ secret: 'env:*', hosts: ['14.17.22.36', '203.0.113.66'] }],
};
const referring: FormEntries = {
  'SrcInfo.Password.Source': 'env:ORDERS',
  'SrcInfo.Password': undefined,
};

describe.each(flowDatabases)('on %s, a request that was altered in the database', (database) => {
  describe('between request and approval', () => {
    beforeAll(() => start(database, withReferences));
    afterAll(async () => {
      await expectNoCanary(test, 'the end');
      await stop();
    });

    it.each([
      ['origin', 'V9/V9', listAlterations(['request'])],
      ['asked_at', '2026-01-01T00:00:00.000Z', listAlterations(['request'])],
      ['asked_in', 'C0RANDOM00', listAlterations(['request'])],
      ['channel', 'C0RANDOM00', listAlterations(['request'])],
      ['requester_id', MEI, listAlterations(['request'])],
      ['requester_name', 'mei', listAlterations(['request'])],
      ['revision', 0, 'its revision or its editors'],
      ['revised_by', 'V9/V9', 'its revision or its editors'],
      ['editors', JSON.stringify([MEI]), 'its revision or its editors'],
      ['reason', 'Another one.', 'its parameters or its reason'],
      [
        'secrets',
        '{"SrcInfo.Password":{"kind":"env","name":"ORDERS"}}',
        listAlterations(['secrets']),
      ],
      ['status', 'failed', listAlterations(['state'])],
      ['due_at', '2020-01-01T00:00:00.000Z', listAlterations(['state'])],
      ['ended_at', '2020-01-01T00:00:00.000Z', listAlterations(['state'])],
      ['job_id', 'dts-other000', listAlterations(['state'])],
      ['job_name', 'another', listAlterations(['state'])],
      ['version', 5, listAlterations(['event'])],
    ] satisfies [string, Value, string][])(
      'is not approved after its %s changed',
      async (column, value, named) => {
        const card = await aRequest(typed);
        await alter(card, { [column]: value });
        const { code, stdout } = await verify();
        expect(code).toBe(1);
        expect(stdout).toMatch(new RegExp(`position \\d+: request ${numberOf(card)} .*${named}`));
        const said = await answer(BOB, () => click(BOB, card, 'approve'));
        expect(said).toContain(named);
        expect(calls()).toBe(0);
        expect(test.logged()).toContain(`"request":${numberOf(card)},"parts":`);
      },
    );

    it.each([host, port, account, ruleOf, approvals])(
      'is not approved after $what changed',
      async ({ change, named }) => {
        const card = await aRequest(typed);
        await change(card);
        const said = await answer(BOB, () => click(BOB, card, 'approve'));
        expect(said).toContain(named);
        // Later events don't change it.
        expect(await answer(BOB, () => click(BOB, card, 'approve'))).toContain(named);
        expect(calls()).toBe(0);
        expect((await verify()).stdout).toMatch(new RegExp(`request ${numberOf(card)} .*${named}`));
      },
    );

    it('is not launched if the row claims that it is approved', async () => {
      const card = await aRequest(referring);
      const approval = {
        by: { userId: BOB, name: 'bob' },
        at: test.clock.now().toISOString(),
        revision: 1,
        from: [],
      };
      const state = { status: 'approved', approvals: [approval], attempts: 0 };
      const due_at = '2020-01-01T00:00:00.000Z';
      await alter(card, { status: 'approved', state: JSON.stringify(state), due_at });
      expect(await passTime(test, () => failure(card), { what: 'the refusal' })).toContain(
        en.explanations.altered(['state']),
      );
      expect(calls()).toBe(0);
    });

    it('can be edited, and the new revision needs all approvals', async () => {
      const card = await aRequest(typed);
      await host.change(card);
      await answer(BOB, () => click(BOB, card, 'approve'));
      expect(await edit(card, { 'SrcInfo.Ip': '14.17.22.40' })).toMatch(
        saying(en.sent.changed(anyNumber, anyPart, true)),
      );
      await test.reply(card, saying(en.thread.edited(anything, anyNumber)));
      await click(BOB, card, 'approve');
      await test.reply(card, jobInThread());
      expect(test.dts.callsOf('CreateMigrateJob').at(-1)?.body).toMatchObject({
        SrcInfo: { Ip: '14.17.22.40', Password: canary },
      });
      expect((await verify()).stdout).not.toContain(`request ${numberOf(card)} `);
    });

    it('cannot be edited after its requester changed', async () => {
      const card = await aRequest(typed);
      await alter(card, { requester_id: MEI });
      const mei = test.slack.as(MEI);
      await click(MEI, card, 'edit');
      const isRefused = () => {
        const view = mei.view();
        return view !== undefined && test.slack.render(view).includes(listAlterations(['request']));
      };
      await test.slack.until(isRefused, { what: 'the refusal' });
      await mei.dismiss();
    });
  });

  describe('between approval and launch window', () => {
    const windows = [
      {
        days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
        from: '02:00',
        to: '03:00',
        time_zone: 'UTC',
      },
    ];
    beforeAll(async () => {
      await start(database, { ...withReferences, approvals: { windows } });
    });
    afterAll(stop);

    it('is not launched, and the thread says why', async () => {
      while (test.clock.now().getUTCHours() !== 12) test.clock.advance(hour / 2);
      const altered = [host, port, account, ruleOf, requester, approvals, reference];
      const cards: Message[] = [];
      for (const { change } of altered) {
        const card = await aRequest(referring);
        await click(BOB, card, 'approve');
        await test.reply(card, saying(en.operations.create_job.thread.held(anyTime)));
        await change(card);
        cards.push(card);
      }
      while (test.clock.now().getUTCHours() !== 2) test.clock.advance(hour / 2);
      for (const [index, { named }] of altered.entries()) {
        const card = cards[index];
        if (card === undefined) throw new Error('no card');
        const said = await passTime(test, () => failure(card), {
          stepMs: 100,
          what: 'the refusal',
        });
        expect(said).toContain(named);
        expect(test.shown(card)).not.toContain(button(en.card.tryFailedAgain));
      }
      expect(calls()).toBe(0);
      const { code, stdout } = await verify();
      expect(code).toBe(1);
      expect(stdout.trim().split('\n')).toHaveLength(altered.length);
    }, 60_000);
  });

  describe('between failure and retry', () => {
    beforeAll(() => start(database, withReferences));
    afterAll(stop);

    it.each([host, port, account, ruleOf, approvals, requester, reference])(
      'is not retried after $what changed',
      async ({ change, named }) => {
        test.dts.next({ kind: 'code', code: 'InternalError', message: 'try again' });
        const card = await aRequest(referring);
        await click(BOB, card, 'approve');
        await test.reply(card, saying(en.operations.create_job.thread.failed));
        await test.slack.until(() => test.shown(card).includes(button(en.card.tryFailedAgain)), {
          what: 'the button',
        });
        const before = calls();
        await change(card);
        const said = await answer(BOB, () => click(BOB, card, 'try_again'));
        expect(said).toContain(named);
        expect(calls()).toBe(before);
      },
    );
  });

  it('is not called with values that changed between the check and the claim', async () => {
    await start(database);
    const card = await aRequest();
    const { run } = writer;
    const later = test.clock.now().getTime() + 5 * minute;
    await run(`insert into turns (name, next_at) values ('claims', ?)`, later);
    await click(BOB, card, 'approve');
    await test.reply(card, saying(en.thread.approved(anything, [], undefined)));
    const held = async () =>
      (await run<{ next_at: number }>(`select next_at from turns where name = 'claims'`))[0]
        ?.next_at;
    await eventually('the claim’s turn', async () => Number(await held()) > later);
    await host.change(card);
    test.clock.advance(6 * minute);
    expect(await passTime(test, () => failure(card), { what: 'the refusal' })).toContain(
      host.named,
    );
    expect(calls()).toBe(0);
    await stop();
  });
});

/** The thread's words for a launch that was refused because of the audit log. */
const failure = (card: Message): string | undefined =>
  test.replies(card).find((text) => text.includes(explained('record_altered').headline));

/** Edits a request in the form. Returns the form's reply. */
async function edit(card: Message, changes: Record<string, string>) {
  const person = test.slack.as(ALICE);
  await person.click(card, 'edit');
  const isFilled = () => person.view()?.blocks.some((block) => block['block_id'] === 'JobName');
  await test.slack.until(isFilled, { what: 'the filled form' });
  await fillForm(test.slack, person, { ...changes, 'SrcInfo.Password': canary });
  const said = await sendForm(test.slack, person);
  await person.dismiss();
  return said;
}

describe.each(flowDatabases)('on %s, a sealed password', (database) => {
  beforeAll(() => start(database));
  afterAll(async () => {
    await expectNoCanary(test, 'the end');
    await stop();
  });

  const sealedOf = async (card: Message, path = 'SrcInfo.Password'): Promise<string> => {
    const [row] = await writer.run<{ sealed: string }>(
      'select sealed from typed_secrets where request_id = ? and path = ?',
      numberOf(card),
      path,
    );
    if (row === undefined) throw new Error('nothing is sealed');
    return row.sealed;
  };
  const putSealed = (card: Message, sealed: string, path = 'SrcInfo.Password') =>
    writer.run(
      'update typed_secrets set sealed = ? where request_id = ? and path = ?',
      sealed,
      numberOf(card),
      path,
    );
  const isRefused = async (card: Message) => {
    const before = calls();
    await click(BOB, card, 'approve');
    expect(await test.reply(card, saying(en.operations.create_job.thread.failed))).toContain(
      explained('secret_elsewhere').headline,
    );
    expect(calls()).toBe(before);
  };

  it('does not open in another request', async () => {
    const [one, other] = [await aRequest(), await aRequest()];
    await putSealed(one, await sealedOf(other));
    await isRefused(one);
  });

  it('does not open in another field', async () => {
    const card = await aRequest({
      SrcDatabaseType: 'redis',
      DstDatabaseType: undefined,
      'SrcInfo.Supplier': undefined,
      'SrcInfo.User': undefined,
      'SrcInfo.Password': canary,
      'DstInfo.Password': 'of-the-destination',
      'DstInfo.InstanceId': 'crs-1a2b3c4d',
      'MigrateOption.MigrateType': '3',
      'MigrateOption.IsOverrideRoot': undefined,
    });
    const [source, destination] = [await sealedOf(card), await sealedOf(card, 'DstInfo.Password')];
    await putSealed(card, destination);
    await putSealed(card, source, 'DstInfo.Password');
    await isRefused(card);
  });

  it('does not open in a later revision, nor after only the password was typed again', async () => {
    const card = await aRequest();
    const first = await sealedOf(card);
    expect(await edit(card, { 'SrcInfo.Port': '3307' })).toMatch(
      saying(en.sent.changed(anyNumber, anyPart, true)),
    );
    await test.reply(card, saying(en.thread.edited(anything, anyNumber)));
    const second = await sealedOf(card);
    await putSealed(card, first);
    await isRefused(card);
    expect(second).not.toBe(first);
  });

  it('does not open for another host, even if the chain was forged', async () => {
    const card = await aRequest();
    await host.change(card);
    await writer.rerecord(numberOf(card));
    await isRefused(card);
  });
});

describe.each(flowDatabases)('on %s, a request from before the upgrade', (database) => {
  afterEach(stop);

  const earlierSeal = async (card: Message): Promise<string> => {
    const [row] = await writer.run<{ origin: string }>(
      'select origin from requests where id = ?',
      numberOf(card),
    );
    const context = `${row?.origin}/SrcInfo.Password`;
    return new CompactEncrypt(new TextEncoder().encode(canary))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: 'k1', context })
      .encrypt(sealKey);
  };
  const seal = async (card: Message) =>
    writer.run(
      'update typed_secrets set sealed = ? where request_id = ?',
      await earlierSeal(card),
      numberOf(card),
    );

  it('is still launched with the password that was sealed then', async () => {
    await start(database);
    const [card, altered] = [await aRequest(), await aRequest()];
    await seal(card);
    await seal(altered);
    await writer.makeOld();
    await test.restart();
    expect((await verify()).code).toBe(0);
    await host.change(altered);
    expect(await answer(BOB, () => click(BOB, altered, 'approve'))).toContain(host.named);
    await click(BOB, card, 'approve');
    await test.reply(card, jobInThread());
    expect(test.dts.callsOf('CreateMigrateJob').map(({ body }) => body)).toMatchObject([
      { SrcInfo: { Ip: '14.17.22.36', Password: canary } },
    ]);
  });

  it('does not make the earlier seal acceptable for newer requests or edits', async () => {
    await start(database, {}, { AUDIT_KEY: `1:${auditKey()}` });
    const card = await aRequest();
    await seal(card);
    await click(BOB, card, 'approve');
    expect(await test.reply(card, saying(en.operations.create_job.thread.failed))).toContain(
      explained('secret_elsewhere').headline,
    );
    // Events that look old don't help: their links can't be written without the key.
    const marked = await aRequest();
    await seal(marked);
    await writer.run('update events set hashes = null where request_id = ?', numberOf(marked));
    expect(await answer(BOB, () => click(BOB, marked, 'approve'))).toContain(
      listAlterations(['event']),
    );
    expect(calls()).toBe(0);
  });
});

describe.each(flowDatabases)('on %s, AUDIT_KEY', (database) => {
  afterEach(stop);

  it('detects a chain that a person with database access has forged', async () => {
    await start(database);
    const forged = await aRequest();
    await alter(forged, { reason: 'Another one.' });
    await writer.rerecord(numberOf(forged));
    // Without a key, nobody can detect it.
    expect((await verify()).code).toBe(0);
    await click(BOB, forged, 'approve');
    await test.reply(forged, jobInThread());

    const from = Number(/(\d+) events?, head/.exec((await verify()).stdout)?.[1]) + 1;
    const open = await aRequest();
    const key = auditKey();
    const AUDIT_KEY = `${from + 1}:${key}`;
    await test.restart({ AUDIT_KEY });
    // Its newest event is older than the key. A protected link leads to it.
    await aRequest();
    const protectedOne = await aRequest();
    for (const card of [open, protectedOne]) {
      await alter(card, { reason: 'Another one.' });
      await writer.rerecord(numberOf(card));
      expect(await answer(BOB, () => click(BOB, card, 'approve'))).toContain(
        listAlterations(['event']),
      );
    }
    expect(calls()).toBe(1);
    const said = await verify({ AUDIT_KEY });
    expect(said).toMatchObject({ code: 1 });
    expect(said.stdout).toMatch(saying(en.audit.broken({ kind: 'unlinked', position: anyNumber })));
    for (const text of [said.stdout, test.logged(), (await test.stored()).toString('latin1')]) {
      expect(text).not.toContain(key);
    }
  });

  it.each([
    'update links set request_id = null where position = 2',
    'update links set content_hash = content_hash || request_id, request_id = null where position = 2',
  ])('prevents hiding a denial together with its link: %s', async (hide) => {
    const AUDIT_KEY = `1:${auditKey()}`;
    await start(database, {}, { AUDIT_KEY });
    const card = await aRequest();
    const id = numberOf(card);
    const [before] = await writer.run<Record<string, Value>>(
      'select status, state, due_at, ended_at, version from requests where id = ?',
      id,
    );
    const [sealed] = await writer.run<{ sealed: string }>(
      'select sealed from typed_secrets where request_id = ?',
      id,
    );
    const bob = test.slack.as(BOB);
    await bob.click(card, 'deny');
    await test.slack.until(() => bob.view(), { what: 'the denial form' });
    await bob.fill({ Reason: 'no' });
    await bob.submit();
    await test.reply(card, saying(en.thread.denied(anything)));

    await writer.run(hide);
    await writer.run('delete from events where position = 2');
    await alter(card, before ?? {});
    await writer.run(
      `insert into typed_secrets (request_id, path, sealed) values (?, 'SrcInfo.Password', ?)`,
      id,
      sealed?.sealed ?? '',
    );
    await test.slack.as(BOB).clickStale(card, 'approve');
    const isRefused = () => test.logged().includes('a request differs from the audit log');
    await passTime(test, isRefused, { what: 'the refusal' });
    expect(calls()).toBe(0);
    expect(await verify({ AUDIT_KEY })).toMatchObject({ code: 1 });
  });

  it('protects new events from an earlier position, if the log was restored to before the key', async () => {
    const [old, newer] = [auditKey(), auditKey()];
    const before = `1:${old},5001:${newer}`;
    await start(database, {}, { AUDIT_KEY: before });
    await aRequest();
    const [, length] =
      /(\d+) events?, head/.exec((await verify({ AUDIT_KEY: before })).stdout) ?? [];
    const lowered = `1:${old},${Number(length) + 1}:${newer}`;
    await test.restart({ AUDIT_KEY: lowered });
    await aRequest();
    expect(await verify({ AUDIT_KEY: lowered })).toMatchObject({ code: 0 });
    expect(await verify({ AUDIT_KEY: before })).toMatchObject({ code: 1 });
  });

  it('protects events after it was set, and earlier events still verify', async () => {
    await start(database);
    const old = await aRequest();
    const next = Number(/(\d+) events?, head/.exec((await verify()).stdout)?.[1]) + 1;
    const AUDIT_KEY = `${next}:${auditKey()}`;
    await test.restart({ AUDIT_KEY });
    await click(BOB, old, 'approve');
    await test.reply(old, jobInThread());
    const whole = await verify({ AUDIT_KEY });
    expect(whole).toMatchObject({ code: 0 });
    expect(whole.stdout).toContain(en.audit.keyed(next));
    expect((await verify()).stdout).toContain(
      en.audit.broken({ kind: 'unlinked', position: next }),
    );

    // Rotation: a second key for new events.
    const rotated = `${AUDIT_KEY},${next + 3}:${auditKey()}`;
    await test.restart({ AUDIT_KEY: rotated });
    await aRequest();
    expect(await verify({ AUDIT_KEY: rotated })).toMatchObject({ code: 0 });
    expect(await verify({ AUDIT_KEY })).toMatchObject({ code: 1 });

    // Ferry doesn't start with a wrong key or without one.
    const last = Number(
      /(\d+) events?, head/.exec((await verify({ AUDIT_KEY: rotated })).stdout)?.[1],
    );
    const [, newest] = rotated.split(',');
    for (const wrong of [
      ...[undefined, AUDIT_KEY, `1:${auditKey()}`],
      // A new key instead of the old ones, and the newest one alone.
      ...[`${last + 1}:${auditKey()}`, newest, `${next}:${auditKey()},${newest}`],
    ]) {
      await expect(test.restart({ AUDIT_KEY: wrong })).rejects.toThrow('"kind":"audit_key"');
      await test.restart({ AUDIT_KEY: rotated });
    }
  });
});
