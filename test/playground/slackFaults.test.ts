import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { App, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { WebSocket } from 'ws';
import {
  ALICE,
  APP_TOKEN,
  DB_MIGRATIONS,
  type SlackOptions,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack';
import { listenLocally } from '../support/listenLocally';
import { connectQuietApp, quietClient } from '../support/quietApp';

let workspace: SlackWorkspace;
const stops: (() => Promise<unknown>)[] = [];

async function start(options: SlackOptions = {}): Promise<SlackWorkspace> {
  const started = await startSlack(options);
  stops.push(() => started.close());
  workspace = started;
  return started;
}

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function connect(teach: (app: App) => void): Promise<SocketModeReceiver> {
  const receiver = await connectQuietApp(workspace.apiUrl, teach);
  stops.push(() => receiver.client.disconnect());
  return receiver;
}

const client = () => quietClient(workspace.apiUrl);

const post = () => client().chat.postMessage({ channel: DB_MIGRATIONS, text: 'x' });
const posted = () => workspace.messages(DB_MIGRATIONS).length;

describe('faults of the Web API', () => {
  it('come before the effect, as often as planned', async () => {
    await start();
    workspace.faults.next('chat.postMessage', { kind: 'rateLimited', retryAfterSeconds: 7 }, 2);
    workspace.faults.next('chat.postMessage', { kind: 'error', error: 'fatal_error' });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    await expect(post()).rejects.toMatchObject({ data: { error: 'fatal_error' } });
    expect(posted()).toBe(0);
    await post();
    expect(posted()).toBe(1);
    expect(workspace.calls.map(({ answer }) => answer.kind)).toEqual([
      'fault',
      'fault',
      'fault',
      'ok',
    ]);
  });

  it('come after the effect if planned so', async () => {
    await start();
    workspace.faults.next('chat.postMessage', { kind: 'reset', after: true });
    workspace.faults.next('chat.postMessage', { kind: 'status', status: 503, after: true });
    await expect(post()).rejects.toThrow();
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    expect(posted()).toBe(2);
    expect(workspace.calls[0]?.answer).toEqual({ kind: 'fault', fault: 'reset', applied: true });
  });

  it('slow a call down', async () => {
    await start();
    workspace.faults.next('chat.postMessage', { kind: 'slow', ms: 60 });
    const before = performance.now();
    await post();
    expect(performance.now() - before).toBeGreaterThanOrEqual(55);
    expect(posted()).toBe(1);
  });
});

describe('an acknowledgement', () => {
  it('that is late is a failure for the person, and recorded as late', async () => {
    await start({ ackTimeoutMs: 40 });
    await connect((app) => {
      app.command('/slow', async ({ ack }) => {
        await new Promise((resolve) => setTimeout(resolve, 90));
        await ack();
      });
    });
    const told = await workspace.as(ALICE).command(DB_MIGRATIONS, '/slow');
    expect(told).toEqual({ ok: false, error: 'operation_timeout' });
    expect(workspace.deliveries[0]?.outcome).toEqual({
      kind: 'failed',
      error: 'operation_timeout',
    });
    await workspace.until(() => workspace.deliveries[0]?.outcome.kind === 'late');
  });

  it('is dispatch_failed if no app listens', async () => {
    await start();
    const told = await workspace.as(ALICE).command(DB_MIGRATIONS, '/any');
    expect(told).toEqual({ ok: false, error: 'dispatch_failed' });
    workspace.deliverTo({ mode: 'http', requestUrl: 'http://127.0.0.1:1/' });
    expect(await workspace.as(ALICE).command(DB_MIGRATIONS, '/any')).toEqual(told);
  });

  it('that Slack could not use is a mistake', async () => {
    await start();
    await connect((app) => {
      app.command('/order', async ({ ack, body, client: bot }) => {
        await ack();
        await bot.views.open({ trigger_id: body.trigger_id, view });
      });
      app.view('order', async ({ ack }) => {
        await ack({ response_action: 'errors', errors: { elsewhere: 'no' } });
      });
      app.command('/wrong', async ({ ack }) => {
        await ack({ blocks: [{ type: 'header', text: { type: 'plain_text', text: '' } }] });
      });
    });
    const plain = (text: string) => ({ type: 'plain_text' as const, text });
    const element = { type: 'plain_text_input' as const, action_id: 'a', min_length: 2 };
    const view = {
      type: 'modal' as const,
      callback_id: 'order',
      title: plain('Order'),
      submit: plain('Send'),
      blocks: [{ type: 'input' as const, block_id: 'note', label: plain('Note'), element }],
    };
    const alice = workspace.as(ALICE);
    await alice.command(DB_MIGRATIONS, '/order');
    await workspace.until(() => alice.view());
    await expect(alice.fill({ note: 'x' })).rejects.toThrow('takes 2 characters at least, not 1');
    await expect(alice.fill({ other: 'x' })).rejects.toThrow('there are: note/a');
    await alice.fill({ note: 'canary "5%" 梅' });
    expect(await alice.submit()).toEqual({ result: 'failed', error: 'unknown_block_in_errors' });
    expect(alice.view()).toBeDefined();
    const told = await alice.command(DB_MIGRATIONS, '/wrong');
    expect(told).toEqual({ ok: false, error: 'invalid_command_response' });
    expect(workspace.mistakes).toMatchObject([
      { where: 'acknowledgement', error: 'unknown_block_in_errors', detail: 'elsewhere' },
      { where: 'acknowledgement', error: 'invalid_command_response', detail: 'invalid_blocks' },
    ]);
    expect(workspace.everything()).not.toContain('canary');
    await client().chat.postMessage({ channel: DB_MIGRATIONS, text: 'a canary "5%" 梅' });
    expect(workspace.everything()).toContain('canary "5%" 梅');
  });
});

describe('redelivery', () => {
  const countingApp = async () => {
    const seen: { trigger: string; running: number }[] = [];
    let running = 0;
    await connect((app) => {
      app.command('/once', async ({ ack, body }) => {
        running += 1;
        seen.push({ trigger: body.trigger_id, running });
        await new Promise((resolve) => setTimeout(resolve, 20));
        await ack();
        running -= 1;
      });
    });
    return seen;
  };

  it('repeats the same envelope in sequence', async () => {
    await start();
    const seen = await countingApp();
    workspace.redeliverNext(2);
    expect(await workspace.as(ALICE).command(DB_MIGRATIONS, '/once')).toMatchObject({ ok: true });
    expect(seen.map(({ running }) => running)).toEqual([1, 1, 1]);
    expect(new Set(seen.map(({ trigger }) => trigger)).size).toBe(1);
    expect(new Set(workspace.deliveries.map(({ envelopeId }) => envelopeId)).size).toBe(1);
    expect(workspace.deliveries.map(({ copy }) => copy)).toEqual([0, 1, 2]);
    await workspace.as(ALICE).command(DB_MIGRATIONS, '/once');
    expect(seen).toHaveLength(4);
  });

  it('sends copies at once, with new envelope IDs, if configured', async () => {
    await start();
    const seen = await countingApp();
    workspace.redeliverNext(1, { concurrently: true, envelope: 'new' });
    await workspace.as(ALICE).command(DB_MIGRATIONS, '/once');
    expect(seen.map(({ running }) => running)).toEqual([1, 2]);
    expect(new Set(workspace.deliveries.map(({ envelopeId }) => envelopeId)).size).toBe(2);
    expect(workspace.deliveries.every(({ outcome }) => outcome.kind === 'acknowledged')).toBe(true);
  });

  it('of events happens if they are not acknowledged', async () => {
    await start({ redelivery: { eventRetryDelaysMs: [0, 0] } });
    const told = await workspace.as(ALICE).openHome();
    expect(told).toEqual({ ok: false, error: 'dispatch_failed' });
    await workspace.until(() => workspace.deliveries.length === 3, { what: 'two retries' });
    expect(workspace.deliveries.map(({ attempt }) => attempt)).toEqual([0, 1, 2]);
    const ids = workspace.deliveries.map(({ payload }) => payload['event_id']);
    expect(new Set(ids).size).toBe(1);
  });
});

it('retries of events over HTTP have headers that say so', async () => {
  await start({ redelivery: { eventRetryDelaysMs: [0] } });
  const heard: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    heard.push(request.headers);
    request.resume();
    response.writeHead(heard.length === 1 ? 500 : 200).end();
  });
  const port = await listenLocally(server);
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  workspace.deliverTo({ mode: 'http', requestUrl: `http://127.0.0.1:${port}/` });
  const told = await workspace.as(ALICE).openHome();
  expect(told).toEqual({ ok: false, error: 'http_service_error' });
  await workspace.until(() => workspace.deliveries[1]?.outcome.kind === 'acknowledged');
  expect(heard[0]).not.toHaveProperty('x-slack-retry-num');
  expect(heard[1]).toMatchObject({
    'x-slack-retry-num': '1',
    'x-slack-retry-reason': 'http_error',
  });
});

describe('connections', () => {
  it('receive a disconnect frame, and can be opened again with a new ticket', async () => {
    await start();
    const receiver = await connect(() => undefined);
    expect(workspace.socket.connections).toBe(1);
    const left = new Promise((resolve) => receiver.client.once('disconnected', resolve));
    workspace.socket.disconnect('refresh_requested');
    await left;
    expect(workspace.socket.connections).toBe(0);
    workspace.socket.refuse(1);
    await expect(receiver.client.start()).rejects.toMatchObject({ statusCode: 500 });
    workspace.socket.refuse(1, 'invalid_auth');
    await expect(receiver.client.start()).rejects.toMatchObject({
      data: { error: 'invalid_auth' },
    });
    await receiver.client.start();
    expect(workspace.socket.connections).toBe(1);
    expect(workspace.callsOf('apps.connections.open')).toHaveLength(4);
  });

  it('drop without a closing frame', async () => {
    await start();
    const receiver = await connect(() => undefined);
    const left = new Promise((resolve) => receiver.client.once('disconnected', resolve));
    workspace.socket.drop();
    await left;
    await workspace.until(() => workspace.socket.connections === 0);
  });

  it('take turns', async () => {
    await start();
    const counts = [0, 0];
    for (const index of [0, 1]) {
      await connect((app) => {
        app.command('/turn', async ({ ack }) => {
          counts[index] = (counts[index] ?? 0) + 1;
          await ack();
        });
      });
    }
    for (let time = 0; time < 4; time += 1)
      await workspace.as(ALICE).command(DB_MIGRATIONS, '/turn');
    expect(counts).toEqual([2, 2]);
  });

  it('need an unused ticket', async () => {
    await start();
    const app = new WebClient(APP_TOKEN, { slackApiUrl: workspace.apiUrl });
    const { url = '' } = await app.apps.connections.open();
    const first = new WebSocket(url);
    await new Promise((resolve) => first.addEventListener('message', resolve));
    const second = new WebSocket(url);
    const outcome = await new Promise((resolve) => {
      second.addEventListener('open', () => resolve('open'));
      second.addEventListener('error', () => resolve('refused'));
    });
    expect(outcome).toBe('refused');
    expect(workspace.socket.connections).toBe(1);
  });
});

it('until names what it waited for and what happened last', async () => {
  await start();
  await post();
  const waiting = workspace.until(() => false, { timeoutMs: 20, what: 'a sign of life' });
  await expect(waiting).rejects.toThrow(
    /a sign of life: not within 20 ms; last calls: chat.postMessage \(ok\)/,
  );
});
