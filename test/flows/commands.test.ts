import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  DAN,
  DB_MIGRATIONS,
  GENERAL,
  MEI,
  TEAM,
} from '../../playground/slack/index';
import { ruleTitle } from '../../src/i18n/en/ruleName';
import { channel, person, plain, say } from '../../src/i18n/text';
import { command } from '../support/command';
import { fail } from '../support/fail';
import { beginning, requestInChinese, waiting, zh } from '../support/inChinese';
import { passTime } from '../support/passTime';
import { newPostgresDatabase } from '../support/postgres';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { tcpProxy } from '../support/tcpProxy';
import { anyTime, anything, en, jobInThread, saying } from '../support/words';

/** The reply to `/migrate` with these words, which only that person sees. */
async function answerTo(
  { slack }: TestFerry,
  words: string,
  { by = BOB, channel = DB_MIGRATIONS }: { by?: string; channel?: string } = {},
): Promise<string> {
  const answer = await command(slack, by, words, channel);
  expect(answer.channel).toBe(channel);
  return slack.render(answer).replace(/^ {2}/gm, '');
}

describe.each(flowDatabases)('on %s,', (database) => {
  let test: TestFerry;
  beforeAll(async () => {
    test = await startTestFerry({}, { database });
  });
  afterAll(async () => {
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });

  it("list shows what waits for the person, the person's requests, and the newest ones", async () => {
    expect(await answerTo(test, 'list')).toContain(
      [
        en.home.waiting,
        en.home.none.waiting,
        en.home.mine,
        en.home.none.mine,
        en.home.lately,
        en.home.none.lately,
      ].join('\n'),
    );
    await test.request({ JobName: 'of-alice' });
    await test.request({ JobName: 'of-bob' }, BOB);
    const card = test.card() ?? fail();
    await test.slack.as(MEI).click(card, 'approve');
    await test.reply(card, jobInThread());
    expect(await answerTo(test, ' LIST ')).toMatch(
      saying([
        ...say`${en.home.waiting}\n#1 of-alice 🟡 ${en.card.status.waiting(undefined)} · ${anything}\n`,
        ...say`${en.home.mine}\n#2 of-bob 🟡 ${en.card.status.created([person(MEI)], anything)} · ${anything}\n`,
        ...say`${en.home.lately}\n${en.home.noOthers.lately}`,
      ]),
    );
    expect(await answerTo(test, 'list', { by: DAN })).toContain(en.home.none.waiting);
    expect(test.slack.as(DAN).ephemerals().at(-1)?.onlyFor).toBe(DAN);
  });

  it('list stays short, however many there are', async () => {
    for (let index = 0; index < 7; index += 1) await test.request({ JobName: `more-${index}` });
    const answer = await answerTo(test, 'list');
    expect(answer.match(/^#/gm)).toHaveLength(6);
    expect(answer).toMatch(saying(en.command.more));
  });

  it('show gives the status of a request and links to its card', async () => {
    const answer = await answerTo(test, 'show #2', { by: DAN });
    const card = test.slack
      .messages(DB_MIGRATIONS)
      .find((message) => test.slack.render(message).includes('Migration #2:'));
    for (const words of [
      '#2 of-bob\n🟡 Job dts-',
      saying(en.details.asked(BOB, anyTime)),
      'From MySQL at 14.17.22.36:10301 as root',
      'To MySQL cdb-e78e0nnv',
      en.command.card,
    ]) {
      expect(answer).toMatch(words);
    }
    const url = `https://${TEAM.domain}.slack.com/archives/${DB_MIGRATIONS}/p${card?.ts.replace('.', '')}`;
    expect(JSON.stringify(test.slack.as(DAN).ephemerals().at(-1)?.blocks)).toContain(url);
  });

  it('show reports a missing request', async () => {
    expect(await answerTo(test, 'show 999')).toMatch(
      saying(en.refusal({ code: 'no_such_request', requestId: 999 })),
    );
  });

  it('a typo is answered with a suggestion', async () => {
    expect(await answerTo(test, 'show')).toMatch(
      saying(en.command.numberMissing('/migrate', 'show')),
    );
    expect(await answerTo(test, 'shw 4')).toMatch(
      saying(en.command.unknown('/migrate', 'shw', 'show')),
    );
    const help = (await answerTo(test, 'help')).replaceAll('`', '');
    for (const word of ['list', 'show 42', 'policy']) expect(help).toContain(`/migrate ${word} `);
  });

  it('a reply follows the acknowledgement, and is sent once', async () => {
    const { slack } = test;
    const before = slack.as(BOB).ephemerals().length;
    await answerTo(test, 'list');
    const { payload, outcome } = slack.deliveries.at(-1) ?? fail();
    expect(payload).toMatchObject({ text: 'list' });
    expect(outcome).toMatchObject({ kind: 'acknowledged' });
    expect(JSON.stringify(outcome)).not.toContain(en.home.waiting);
    expect(slack.as(BOB).ephemerals()).toHaveLength(before + 1);
  });

  it('a reply that Slack refuses is sent again once, and then logged', async () => {
    const { slack } = test;
    const unavailable = { kind: 'status', status: 503 } as const;
    slack.faults.next('response_url', unavailable);
    expect(await answerTo(test, 'list')).toContain(en.home.waiting);
    const told = slack.as(BOB).ephemerals().length;
    slack.faults.next('response_url', unavailable, 2);
    await slack.as(BOB).command(DB_MIGRATIONS, '/migrate', 'list');
    const line = () =>
      test
        .logged()
        .split('\n')
        .find((each) => each.includes('an answer could not be delivered'));
    expect(await passTime(test, line, { what: 'the line', stepMs: 0 })).toContain(
      `"user":"${BOB}"`,
    );
    await answerTo(test, 'show 1');
    expect(slack.as(BOB).ephemerals()).toHaveLength(told + 1);
  });
});

describe('policy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-policy-'));
  const path = join(folder, 'policy.yml');
  const policy = (rules: readonly unknown[]) =>
    writeFileSync(
      path,
      JSON.stringify({
        approvals: { channel: DB_MIGRATIONS, approvers: [APPROVERS_GROUP] },
        rules,
      }),
    );
  const environment = { POLICY_FILE: path, APPROVAL_CHANNEL: undefined, APPROVERS: undefined };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('shows which rules apply in this channel, and to whom', async () => {
    policy([
      {
        name: 'Production',
        when: { destinations: ['cdb-prod*'], engines: ['mysql'] },
        required: 2,
        requesters: [ALICE],
      },
      { name: 'From general', when: { channels: [GENERAL] }, approvers: [BOB] },
    ]);
    const test = await startTestFerry(environment);
    const here = (await answerTo(test, 'policy')).replaceAll('`', '');
    expect(here).toMatch(saying(en.command.policy('/migrate', channel(DB_MIGRATIONS))));
    expect(here).toMatch(
      saying(
        say`\nProduction\nChannel: #db-migrations\n`,
        '@Alice Chen',
        '2 from @db-approvers',
        en.command.covers(en.policy.covers({ engines: ['mysql'], destinations: ['cdb-prod*'] })),
        say`\n\n${ruleTitle('usual')}\n`,
        en.command.covers(en.policy.covers({})),
      ),
    );
    expect(here).not.toContain('From general');
    const there = await answerTo(test, 'policy', { channel: GENERAL });
    expect(there).toMatch(saying(en.command.covers(en.policy.covers({ channels: [GENERAL] }))));
    // No rules follow a rule that covers everything requested in the channel.
    expect(there).not.toContain(ruleTitle('usual'));
    await test.stop();
  });

  it('reports how many rules it left out', async () => {
    policy(
      Array.from({ length: 60 }, (_, index) => ({
        name: `Rule ${index}`,
        when: { destinations: [`cdb-abcd${index}`] },
        approvers: [BOB, MEI, DAN, APPROVERS_GROUP],
      })),
    );
    const test = await startTestFerry(environment);
    const answer = await answerTo(test, 'policy');
    const shown = answer.match(/^Rule \d+$/gm)?.length ?? 0;
    const [, leftOut] = /… and (\d+) more rules/.exec(answer) ?? [];
    expect(shown).toBeGreaterThan(3);
    expect(shown + Number(leftOut)).toBe(61);
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });
});

it('reports that the database is unavailable', async () => {
  const url = new URL(await newPostgresDatabase());
  const proxy = await tcpProxy(Number(url.port));
  url.port = String(proxy.port);
  const test = await startTestFerry({ DATABASE_URL: url.href }, { database: 'postgres' });
  await proxy.close();
  for (const words of ['list', 'show 1']) {
    expect(await answerTo(test, words)).toMatch(saying(en.command.unavailable));
  }
  expect(await answerTo(test, 'policy')).toMatch(saying(en.command.covers(en.policy.covers({}))));
  await proxy.reopen();
  await test.stop();
  await proxy.close();
});

it('replies in Chinese', async () => {
  const test = await startTestFerry({ DEFAULT_LOCALE: 'zh-CN' });
  await requestInChinese(test);
  expect(await answerTo(test, 'list', { by: MEI })).toContain(
    `${zh.home.waiting}\n#1 usertest 🟡 ${waiting} · `,
  );
  expect(await answerTo(test, 'show 1')).toContain(zh.command.card);
  expect(await answerTo(test, 'policy')).toContain(plain(zh.command.covers(zh.policy.covers({}))));
  expect(await answerTo(test, 'help')).toContain(
    beginning(zh.command.help('/migrate', []).slice(-1)),
  );
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
});
