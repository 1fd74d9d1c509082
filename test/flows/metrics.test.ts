import { basename } from 'node:path/posix';
import { Client } from 'pg';
import { z } from 'zod';
import { ALICE, BOB, DB_MIGRATIONS } from '../../playground/slack/index';
import { systemClock } from '../../src/operations/systemClock';
import { version } from '../../src/version';
import { databaseWriter } from '../support/databaseWriter';
import { passTime } from '../support/passTime';
import { type Scrape, scrape, scrapeUntil } from '../support/scrape';
import { flowDatabases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anything, en, jobInThread, saying } from '../support/words';

describe.each(flowDatabases)('on %s, /metrics', (database) => {
  let test: TestFerry;
  beforeAll(async () => {
    test = await startTestFerry({}, { database });
  });
  afterAll(() => test.stop());

  /** How much each of these samples has grown. */
  const growth = (before: Scrape, after: Scrape, samples: readonly string[]) =>
    Object.fromEntries(
      samples.map((sample) => [sample, after.value(sample) - before.value(sample)]),
    );

  it('is rendered at most once a second', async () => {
    const read = async () => {
      const response = await fetch(`http://127.0.0.1:${test.ferry.port}/metrics`);
      return response.text();
    };
    const [first, ...others] = await Promise.all([read(), read(), read()]);
    expect(others).toEqual([first, first]);
    // The time that the process has used differs in each text.
    await scrape(test);
    await new Promise((resolve) => setTimeout(resolve, 1_010));
    expect(await read()).not.toBe(first);
  });

  it('counts requests by state, decisions, the way to the JobId, and jobs by status', async () => {
    const { clock, slack } = test;
    const before = await scrape(test);
    expect(before.value('ferry_requests{state="pending"}')).toBe(0);
    expect(before.value(`ferry_info{version="${version}"}`)).toBe(1);
    const card = await test.request();
    const pending = 'ferry_requests{state="pending"}';
    await scrapeUntil(test, (now) => now.value(pending) === 1, 'the request');
    clock.advance(3_600_000);
    await slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    await passTime(test, () => test.dts.callsOf('DescribeMigrationDetail').length > 0, {
      what: 'the look at the job',
    });
    const after = await scrapeUntil(
      test,
      (now) => now.value(pending) === 0 && now.total('ferry_jobs') === 1,
      'the job',
    );
    const decided = 'ferry_decision_seconds';
    const approved = '{operation="create_job",decision="approved"}';
    const seconds = after.value(`${decided}_sum${approved}`);
    expect(seconds).toBeGreaterThanOrEqual(3_600);
    expect(seconds).toBeLessThan(7_200);
    const once = [
      `${decided}_count${approved}`,
      'ferry_events_total{type="requested"}',
      'ferry_events_total{type="approved"}',
      'ferry_events_total{type="launched"}',
      'ferry_operations_total{operation="create_job",outcome="done"}',
      'ferry_quorum_to_job_seconds_count{how="answered"}',
    ];
    expect(growth(before, after, once)).toEqual(
      Object.fromEntries(once.map((sample) => [sample, 1])),
    );
    const call = 'ferry_operation_seconds_count{operation="create_job",outcome="done"}';
    expect(after.value(call)).toBe(1);
  });

  it('counts outcomes by code, with one label for every code that Ferry does not know', async () => {
    const known = 'FailedOperation.StatusInConflictError';
    for (const code of [known, 'Evil.Fake', 'Evil.Other']) {
      test.dts.next({ kind: 'code', code });
      const card = await test.request();
      await test.slack.as(BOB).click(card, 'approve');
      await test.slack.until(() => test.replies(card).length > 0, { what: 'the explanation' });
    }
    const after = await scrapeUntil(
      test,
      (now) => now.value('ferry_events_total{type="failed"}') === 3,
      'the failures',
    );
    const failed = (code: string): number => after.value(`ferry_problems_total{code="${code}"}`);
    expect({ known: failed(known), unlisted: failed('unlisted') }).toEqual({
      known: 1,
      unlisted: 2,
    });
    expect(after.samples.join('\n')).not.toMatch(/evil|fake/i);
  });

  it('counts the search for the effect of a call without a response', async () => {
    const before = await scrape(test);
    test.dts.next({ kind: 'reset', when: 'after' });
    const card = await test.request();
    await test.slack.as(BOB).click(card, 'approve');
    await passTime(
      test,
      () => test.replies(card).some((text) => saying(en.thread.found(anything)).test(text)),
      { what: 'the job' },
    );
    const once = [
      'ferry_operations_total{operation="create_job",outcome="done"}',
      'ferry_reconciliations_total{operation="create_job",result="found"}',
      'ferry_quorum_to_job_seconds_count{how="found"}',
    ];
    const after = await scrape(test);
    expect(growth(before, after, once)).toEqual(
      Object.fromEntries(once.map((sample) => [sample, 1])),
    );
    const lost = 'ferry_operations_total{operation="create_job",outcome="unknown"}';
    expect(after.value(lost)).toBe(1);
    expect(after.value('ferry_problems_total{code="no_answer"}')).toBe(1);
  });

  it('measures decisions other than approvals', async () => {
    const card = await test.request();
    await test.slack.as(ALICE).click(card, 'withdraw');
    const withdrawn = 'ferry_decision_seconds_count{operation="create_job",decision="withdrawn"}';
    await scrapeUntil(test, (now) => now.value(withdrawn) === 1, 'the decision');
  });

  it('shows what waits to be posted, how long, and that Slack limits the rate', async () => {
    const { clock, slack } = test;
    await scrapeUntil(test, (now) => now.total('ferry_outbox_requests') === 0, 'an empty outbox');
    slack.faults.next('chat.postMessage', { kind: 'rateLimited', retryAfterSeconds: 60 }, 100);
    await test.send();
    const waits = 'ferry_outbox_requests{audience="channel"}';
    const limited = 'ferry_slack_rate_limited_total{method="chat.postMessage"}';
    await scrapeUntil(
      test,
      (now) => now.value(waits) >= 1 && now.value(limited) >= 1,
      'the card that waits',
    );
    clock.advance(50_000);
    const oldest = 'ferry_outbox_oldest_seconds{audience="channel"}';
    await scrapeUntil(test, (now) => now.value(oldest) >= 50, 'the age');
    slack.faults.clear();
    const cards = () =>
      slack.callsOf('chat.postMessage').filter(({ answer }) => answer.kind === 'ok');
    const posted = cards().length;
    await passTime(test, () => cards().length > posted, { what: 'the card', timeoutMs: 60_000 });
    await scrapeUntil(
      test,
      (now) => now.total('ferry_outbox_requests') === 0 && now.value(oldest) === 0,
      'an empty outbox',
    );
  });

  it('counts refused attempts to connect', async () => {
    const { clock, slack } = test;
    const before = await scrape(test);
    const opened = 'ferry_slack_connections_total';
    const limit = { kind: 'rateLimited', retryAfterSeconds: 1 } as const;
    slack.faults.next('apps.connections.open', limit, 1);
    slack.socket.drop();
    const isBack = async () => (await scrape(test)).value(opened) === before.value(opened) + 1;
    while (!(await isBack())) clock.advance(1_000);
    const limited = 'ferry_slack_rate_limited_total{method="apps.connections.open"}';
    expect((await scrape(test)).value(limited)).toBe(1);
  });

  it('counts refused answers to commands, and shows nothing of their secret URLs', async () => {
    const { slack } = test;
    slack.faults.next('response_url', { kind: 'status', status: 429 }, 2);
    await slack.as(ALICE).command(DB_MIGRATIONS, '/migrate', 'list');
    const limited = 'ferry_slack_rate_limited_total{method="response_url"}';
    const { samples } = await scrapeUntil(test, (now) => now.value(limited) === 2, 'the refusals');
    const url = z.string().parse(slack.deliveries.at(-1)?.payload['response_url']);
    expect(samples.join('\n')).not.toContain(basename(url));
  });

  it('counts refused decisions on a request that differs from the audit log', async () => {
    const { slack } = test;
    const altered = 'ferry_altered_records_total';
    const before = (await scrape(test)).value(altered);
    const card = await test.request();
    const writer = databaseWriter(test.environment()['DATABASE_URL'] ?? '');
    await writer.run("update requests set reason = 'other' where status = ?", 'pending');
    await slack.as(BOB).click(card, 'approve');
    await scrapeUntil(test, (now) => now.value(altered) === before + 1, 'the alteration');
  });

  it('shows connections to Slack, acknowledgements, the keys and the event loop', async () => {
    const { slack } = test;
    const before = await scrape(test);
    const opened = before.value('ferry_slack_connections_total');
    slack.socket.drop();
    const after = await scrapeUntil(
      test,
      (now) => now.value('ferry_slack_connections_total') === opened + 1,
      'the reconnect',
    );
    expect(after.value('ferry_slack_connected')).toBe(1);
    for (const delivery of ['shortcut', 'view_submission', 'block_actions']) {
      const sample = `ferry_slack_acknowledgement_seconds_count{delivery="${delivery}"}`;
      expect([delivery, after.value(sample) > 0]).toEqual([delivery, true]);
    }
    expect(after.value('ferry_keys_valid')).toBe(1);
    expect(after.value('ferry_database_up')).toBe(1);
    expect(after.value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  });
});

it('a scrape ends in time, and says that the database is down, while PostgreSQL does not respond', async () => {
  const test = await startTestFerry({}, { database: 'postgres', machineClock: systemClock });
  const client = new Client({ connectionString: test.environment()['DATABASE_URL'] });
  await client.connect();
  await client.query('begin; lock table requests in access exclusive mode');
  const began = performance.now();
  const scraped = await scrape(test);
  expect(scraped.value('ferry_database_up')).toBe(0);
  expect(scraped.value('ferry_slack_connected')).toBe(1);
  // Prometheus gives up after ten seconds.
  expect(performance.now() - began).toBeLessThan(9_000);
  await client.query('rollback');
  await client.end();
  await scrapeUntil(test, (now) => now.value('ferry_database_up') === 1, 'the database');
  await test.stop();
});
