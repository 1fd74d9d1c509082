import { createServer } from 'node:http';
import type { App, ReceiverEvent } from '@slack/bolt';
import type { Measurement } from '../../src/domain/measure/measurement';
import { createApp } from '../../src/slack/createApp';
import { eventually } from '../support/eventually';
import { limitsDuring } from '../support/limitsDuring';
import { listenLocally } from '../support/listenLocally';

/** An app, what it measured and logged, and a function that delivers something to it. */
function begin(apiUrl = 'http://127.0.0.1:9/api/') {
  let running: Pick<App, 'processEvent'> | undefined;
  const measured: Measurement[] = [];
  const lines: { message: string; fields: unknown }[] = [];
  const note = (message: string, fields?: unknown) => void lines.push({ message, fields });
  const receiver = {
    init: (app: App) => {
      running = app;
    },
    start: async () => {},
    stop: async () => {},
  };
  const created = createApp({
    ...{ token: 'xoxb-only-for-tests', apiUrl },
    identity: { botId: 'B1', botUserId: 'U1', teamId: 'T1', workspaceUrl: '', scopes: [] },
    connection: {
      ...{ receiver, listener: undefined, start: async () => undefined },
      ...{ isUp: () => true, stop: async () => {} },
    },
    log: { info: note, warn: note, error: note },
    metrics: { measure: (measurement) => void measured.push(measurement) },
  });
  const deliver = async (body: ReceiverEvent['body'], ack = async () => {}): Promise<void> => {
    await running?.processEvent({ body, ack });
  };
  return { ...created, deliver, lines, measured };
}

const user = { user: { id: 'U2', team_id: 'T1' }, team: { id: 'T1' } };
const command = { command: '/migrate', text: '', user_id: 'U2', team_id: 'T1' };

it.each<[string, ReceiverEvent['body']]>([
  ['command', command],
  [
    'event',
    { type: 'event_callback', team_id: 'T1', event: { type: 'app_home_opened', user: 'U2' } },
  ],
  [
    'block_actions',
    { ...user, type: 'block_actions', actions: [{ type: 'button', action_id: 'a' }] },
  ],
  ['block_suggestion', { ...user, type: 'block_suggestion', action_id: 'a' }],
  ['view_submission', { ...user, type: 'view_submission', view: { callback_id: 'v' } }],
  ['view_closed', { ...user, type: 'view_closed', view: { callback_id: 'v' } }],
  ['shortcut', { ...user, type: 'shortcut', callback_id: 's' }],
  ['message_action', { ...user, type: 'message_action', callback_id: 's', channel: { id: 'C1' } }],
])('the acknowledgement of a delivery is measured: %s', async (delivery, body) => {
  const { app, deliver, lines, measured } = begin();
  const answer = ({ ack }: { ack(): Promise<void> }) => ack();
  app.command('/migrate', answer);
  app.action('a', answer);
  app.options('a', answer);
  app.view('v', answer);
  app.view({ type: 'view_closed', callback_id: 'v' }, answer);
  app.shortcut('s', answer);
  const begun = performance.now();
  await deliver(body);
  const seconds = (performance.now() - begun) / 1_000;
  expect(measured).toEqual([{ kind: 'acknowledged', delivery, seconds: expect.any(Number) }]);
  const [measurement] = measured;
  const found = measurement?.kind === 'acknowledged' ? measurement.seconds : undefined;
  expect(found).toBeGreaterThanOrEqual(0);
  expect(found).toBeLessThanOrEqual(seconds);
  expect(lines).toEqual([]);
});

it('a delivery that cannot be acknowledged is logged and not measured', async () => {
  const { app, deliver, lines, measured } = begin();
  app.command('/migrate', ({ ack }) => ack());
  await deliver(command, () => Promise.reject(new Error('the connection is closed')));
  expect(measured).toEqual([]);
  const fields = { user: 'U2', delivery: 'command', error: expect.any(Error) };
  expect(lines).toEqual([{ message: 'a Slack interaction failed', fields }]);
});

it('is idle once all listeners have ended, whether they succeeded or not', async () => {
  const { app, deliver, idle, lines } = begin();
  const ends: (() => void)[] = [];
  app.command('/migrate', async ({ command: { text } }) => {
    await new Promise<void>((resolve) => {
      ends.push(resolve);
    });
    if (text === 'fail') throw new Error('failed');
  });
  await idle();
  const deliveries = [deliver({ ...command, text: 'fail' }), deliver(command)];
  await eventually('both listeners', () => ends.length === 2);
  let isIdle = false;
  const idling = idle().then(() => {
    isIdle = true;
  });
  ends[0]?.();
  await eventually('the failure', () => lines.length === 1);
  expect(isIdle).toBe(false);
  ends[1]?.();
  await idling;
  await Promise.all(deliveries);
});

describe('an answer to a response URL', () => {
  /** What Ferry measures and requests while it answers a command, and the limits of its calls in ms. */
  async function answer(status: number) {
    const paths: unknown[] = [];
    const server = createServer(({ url }, response) => {
      paths.push(url);
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    const port = await listenLocally(server);
    const root = `http://127.0.0.1:${port}`;
    const { app, deliver, measured } = begin(`${root}/api/`);
    app.command('/migrate', ({ respond }) => respond('words').then(() => undefined));
    const response_url = `${root}/commands/T1/1/canary`;
    const limits = await limitsDuring(() => deliver({ ...command, response_url }));
    server.close();
    return { limits, measured, paths };
  }

  it('that Slack limits is counted under one label, because its URL is a secret', async () => {
    const { measured } = await answer(429);
    expect(measured).toEqual([{ kind: 'slack_limit', method: 'response_url' }]);
  });

  it('has a timeout', async () => {
    expect(await answer(200)).toMatchObject({ limits: [4_000], measured: [] });
  });

  it('follows no redirect', async () => {
    expect((await answer(307)).paths).toEqual(['/commands/T1/1/canary']);
  });
});
