import { createHmac } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALICE, BOB, DB_MIGRATIONS } from '../../playground/slack/index';
import { person } from '../../src/i18n/text';
import { openSqlite } from '../../src/store/sqlite';
import { command } from '../support/command';
import { passTime } from '../support/passTime';
import { aPolicyFile } from '../support/policyFile';
import { startTestFerry } from '../support/startTestFerry';
import { anyJob, anyText, en, jobInThread, jobOnCard, saying } from '../support/words';

describe('the socket', () => {
  it('is reopened at once after Slack closes it, and work continues', async () => {
    const test = await startTestFerry();
    const { slack } = test;
    const card = await test.request();
    for (const close of [
      () => slack.socket.disconnect('refresh_requested'),
      () => slack.socket.drop(),
    ]) {
      const began = performance.now();
      close();
      await slack.until(() => slack.socket.connections === 0, { what: 'the end' });
      await slack.until(() => slack.socket.connections > 0, { what: 'a new connection' });
      expect(performance.now() - began).toBeLessThan(2_000);
    }
    await slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    await test.stop();
  });

  it('survives responses that make the library end the process', async () => {
    const test = await startTestFerry();
    const { slack } = test;
    const before = slack.callsOf('apps.connections.open').length;
    slack.faults.next('apps.connections.open', { kind: 'status', status: 500 });
    slack.faults.next('apps.connections.open', { kind: 'reset' });
    slack.socket.drop();
    await slack.until(
      () =>
        slack.callsOf('apps.connections.open').length >= before + 3 && slack.socket.connections > 0,
      { what: 'a third try', timeoutMs: 10_000 },
    );
    const card = await test.request();
    await slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    await test.stop();
  });

  it('appears in /readyz, for GET and HEAD alike', async () => {
    const test = await startTestFerry();
    const ready = async (method = 'GET') =>
      (await fetch(`http://127.0.0.1:${test.ferry.port}/readyz`, { method })).status;
    expect(await ready()).toBe(200);
    expect(await ready('HEAD')).toBe(200);
    expect(await ready('POST')).toBe(404);
    test.slack.faults.next('apps.connections.open', { kind: 'error', error: 'invalid_auth' }, 9);
    const before = test.slack.callsOf('apps.connections.open').length;
    test.slack.socket.drop();
    await test.slack.until(
      () => test.slack.callsOf('apps.connections.open')[before]?.answer.kind !== 'pending',
      { what: 'the refusal' },
    );
    expect(await ready()).toBe(503);
    expect(await ready('HEAD')).toBe(503);
    expect((await fetch(`http://127.0.0.1:${test.ferry.port}/healthz`)).status).toBe(200);
    await test.stop();
  });
});

describe('the port', () => {
  const reaches = async (host: string, port: number): Promise<boolean> =>
    fetch(`http://${host}:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );

  it.each([
    ['socket', {}, [true, false, false]],
    ['http', {}, [true, true, true]],
    ['socket', { HOST: '0.0.0.0' }, [true, true, false]],
    ['socket', { HOST: '::1' }, [false, false, true]],
    ['http', { HOST: '127.0.0.2' }, [false, true, false]],
  ] as const)(
    'in %s mode with %j is open on the right address',
    async (mode, changes, expected) => {
      const test = await startTestFerry(changes, { mode });
      const { port } = test.ferry;
      const hosts = ['127.0.0.1', '127.0.0.2', '[::1]'];
      expect(await Promise.all(hosts.map((host) => reaches(host, port)))).toEqual(expected);
      await test.stop();
    },
  );

  it('writes to the database at most once a second, however often /readyz is read', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'ferry-readyz-')), 'ferry.db');
    const test = await startTestFerry({ DATABASE_URL: `sqlite:${path}` });
    const database = openSqlite(path);
    database.exec(`create table probes (at);
      create trigger probed after update on turns when new.name = 'probe'
        begin insert into probes values (1); end;
      create trigger first_probed after insert on turns when new.name = 'probe'
        begin insert into probes values (1); end;`);
    const probes = () => database.prepare('select * from probes').all().length;
    const ready = async () => (await fetch(`http://127.0.0.1:${test.ferry.port}/readyz`)).status;
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 50 }, ready));
    for (let more = 0; more < 20; more += 1) answers.push(await ready());
    const seconds = (performance.now() - began) / 1_000;
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(probes()).toBeGreaterThanOrEqual(1);
    expect(probes()).toBeLessThanOrEqual(1 + Math.floor(seconds));
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const before = probes();
    await Promise.all([ready(), ready()]);
    expect(probes()).toBe(before + 1);
    database.close();
    await test.stop();
  });
});

describe('HTTP mode', () => {
  const post = (port: number, secret: string, at: number) => {
    const body = new URLSearchParams({ command: '/migrate', text: '' }).toString();
    const base = `v0:${at}:${body}`;
    const signature = `v0=${createHmac('sha256', secret).update(base).digest('hex')}`;
    return fetch(`http://127.0.0.1:${port}/slack/events`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-signature': signature,
        'x-slack-request-timestamp': String(at),
      },
    });
  };

  it('only accepts requests with a current signature', async () => {
    const test = await startTestFerry({}, { mode: 'http' });
    const { port } = test.ferry;
    const { signingSecret } = test.slack;
    const now = Math.floor(Date.now() / 1_000);
    expect((await post(port, 'another secret', now)).status).toBe(401);
    expect((await post(port, signingSecret, now - 4_000)).status).toBe(401);
    expect((await post(port, signingSecret, now + 4_000)).status).toBe(401);
    expect((await post(port, signingSecret, Number.NaN)).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${port}/slack/events`)).status).toBe(404);
    expect(test.slack.callsOf('views.open')).toEqual([]);
    await test.stop();
  });
});

describe('a response that a person waits for', () => {
  it('is not delayed by a rate limit elsewhere', async () => {
    const test = await startTestFerry();
    const { slack } = test;
    slack.faults.next('chat.postMessage', { kind: 'rateLimited', retryAfterSeconds: 30 }, 3);
    await test.send();
    const began = performance.now();
    await slack.as(ALICE).command(DB_MIGRATIONS, '/migrate');
    await slack.until(() => slack.as(ALICE).view(), { what: 'the form' });
    expect(performance.now() - began).toBeLessThan(1_000);
    await test.stop();
  });

  it('is an explanation if the form has an unknown parameter', async () => {
    const test = await startTestFerry();
    const alice = test.slack.as(ALICE);
    const answer = await command(test.slack, ALICE, 'everything');
    expect(answer.text).toContain('/migrate');
    expect(alice.view()).toBeUndefined();
    await test.stop();
  });
});

it('posts a card after Slack refused it for a while', async () => {
  const test = await startTestFerry();
  test.slack.faults.next('chat.postMessage', { kind: 'status', status: 503 });
  const card = await test.request();
  expect(test.slack.render(card)).toContain('usertest');
  await test.stop();
});

it('posts a new card with the reminder after the old one was deleted', async () => {
  const policy = aPolicyFile({ approvals: { reminders: { after: ['4h'], mention: [BOB] } } });
  const test = await startTestFerry(policy.environment);
  const card = await test.request();
  test.slack.deleteMessage(card);
  test.clock.advance(4 * 3_600_000);
  const again = await passTime(test, () => test.card()?.ts !== card.ts && test.card(), {
    what: 'a new card',
  });
  await test.reply(again, saying(en.thread.reminded(anyText)));
  await test.stop();
  policy.remove();
});

it('posts a new card after the old one was deleted', async () => {
  const test = await startTestFerry();
  const card = await test.request();
  test.slack.deleteMessage(card);
  await test.slack.as(BOB).clickStale(card, 'approve');
  const again = await test.slack.until(() => test.card()?.ts !== card.ts && test.card(), {
    what: 'a new card',
  });
  const isCreated = () => jobOnCard(anyJob, [person(BOB)]).test(test.shown(again));
  await test.slack.until(isCreated, { what: 'the job' });
  await test.stop();
});
