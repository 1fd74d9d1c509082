import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import {
  ALICE,
  APP_TOKEN,
  BOB,
  BOT_TOKEN,
  DB_MIGRATIONS,
  type Delivery,
  GENERAL,
  type JsonObject,
  MEI,
  SIGNING_SECRET,
  type SlackWorkspace,
  STRANGER,
  startSlack,
} from '../../playground/slack';
import { portOf } from '../support/listenLocally';

/** The app under test: a small one that uses every kind of interaction. */
function teach(app: App): void {
  app.command('/order', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: orderModal(body.channel_id) });
  });
  app.command('/echo', async ({ ack, body }) => {
    await ack({ text: `you said ${body.text}`, response_type: 'ephemeral' });
  });
  app.command('/later', async ({ ack, respond }) => {
    await ack();
    await respond({ text: 'here it is', response_type: 'in_channel' });
  });
  app.shortcut('start', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: orderModal(DB_MIGRATIONS) });
  });
  app.shortcut('quote', async ({ ack, shortcut, client }) => {
    await ack();
    if (shortcut.type !== 'message_action') return;
    const quoted = `quoted: ${shortcut.message.text}`;
    await client.chat.postMessage({ channel: shortcut.channel.id, text: quoted });
  });
  app.options('dish', async ({ ack, options }) => {
    const dishes = ['noodles', 'rice', 'risotto'].filter((dish) => dish.startsWith(options.value));
    await ack({
      options: dishes.map((dish) => ({ text: { type: 'plain_text', text: dish }, value: dish })),
    });
  });
  app.action('size', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || body.view === undefined) return;
    const chosen = body.view.state.values['size']?.['size']?.selected_option?.value;
    const view = orderModal(DB_MIGRATIONS, `size ${chosen}`);
    await client.views.update({ view_id: body.view.id, hash: body.view.hash, view });
  });
  app.view(
    { callback_id: 'order', type: 'view_submission' },
    async ({ ack, view, client, body }) => {
      const note = view.state.values['note']?.['note']?.value ?? '';
      if (note.startsWith('bad')) {
        await ack({ response_action: 'errors', errors: { note: 'Not this note' } });
        return;
      }
      if (note === 'again') {
        await ack({ response_action: 'push', view: { ...orderModal('x'), callback_id: 'second' } });
        return;
      }
      await ack();
      await client.chat.postMessage({
        channel: view.private_metadata,
        text: 'An order',
        blocks: [
          { type: 'section', text: { type: 'mrkdwn', text: `<@${body.user.id}> orders: ${note}` } },
          {
            type: 'actions',
            block_id: 'decide',
            elements: [
              {
                type: 'button',
                action_id: 'yes',
                value: note,
                text: { type: 'plain_text', text: 'Yes' },
              },
            ],
          },
        ],
        metadata: { event_type: 'order', event_payload: { note } },
      });
    },
  );
  app.view(
    { callback_id: /^(order|second)$/, type: 'view_closed' },
    async ({ ack, body, client }) => {
      await ack();
      await client.chat.postMessage({ channel: body.user.id, text: 'Maybe another time' });
    },
  );
  app.action('yes', async ({ ack, body, action, respond }) => {
    await ack();
    const value = action.type === 'button' ? action.value : '';
    await respond({ replace_original: true, text: `${body.user.id} said yes to ${value}` });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: {
        type: 'home',
        blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Welcome' } }],
      },
    });
  });
}

function orderModal(channel: string, heading = 'What will it be?') {
  const option = (value: string) => ({
    text: { type: 'plain_text' as const, text: value },
    value,
  });
  return {
    type: 'modal' as const,
    callback_id: 'order',
    private_metadata: channel,
    notify_on_close: true,
    title: { type: 'plain_text' as const, text: 'Order' },
    submit: { type: 'plain_text' as const, text: 'Send' },
    blocks: [
      {
        type: 'section',
        block_id: 'size',
        text: { type: 'mrkdwn', text: heading },
        accessory: {
          type: 'static_select',
          action_id: 'size',
          options: [option('small'), option('large')],
        },
      },
      {
        type: 'input',
        block_id: 'note',
        label: { type: 'plain_text', text: 'Note' },
        hint: { type: 'plain_text', text: 'up to 20' },
        element: { type: 'plain_text_input', action_id: 'note', max_length: 20 },
      },
      {
        type: 'input',
        block_id: 'dish',
        optional: true,
        label: { type: 'plain_text', text: 'Dish' },
        element: { type: 'external_select', action_id: 'dish', min_query_length: 0 },
      },
    ],
  };
}

interface Running {
  readonly workspace: SlackWorkspace;
  readonly stop: () => Promise<void>;
}

async function startInSocketMode(): Promise<Running> {
  const workspace = await startSlack();
  const app = new App({
    token: BOT_TOKEN,
    appToken: APP_TOKEN,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: workspace.apiUrl },
  });
  teach(app);
  await app.start();
  return {
    workspace,
    stop: async () => {
      await app.stop();
      await workspace.close();
    },
  };
}

async function startOverHttp(): Promise<Running> {
  const workspace = await startSlack({
    delivery: { mode: 'http', requestUrl: 'http://127.0.0.1:9' },
  });
  const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel: LogLevel.ERROR });
  const app = new App({
    token: BOT_TOKEN,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: workspace.apiUrl },
  });
  teach(app);
  const port = portOf(await receiver.start(0));
  workspace.deliverTo({
    mode: 'http',
    requestUrl: `http://127.0.0.1:${port}/slack/events`,
  });
  return {
    workspace,
    stop: async () => {
      await app.stop();
      await workspace.close();
    },
  };
}

describe.each([
  ['Socket Mode', startInSocketMode],
  ['HTTP', startOverHttp],
] as const)('a Bolt app over %s', (_name, start) => {
  let running: Running;
  let workspace: SlackWorkspace;

  beforeEach(async () => {
    running = await start();
    workspace = running.workspace;
  });
  afterEach(async () => {
    expect(workspace.mistakes).toEqual([]);
    await running.stop();
  });

  const opened = () => workspace.until(() => workspace.as(ALICE).view(), { what: 'the modal' });
  const order = async (note: string) => {
    const alice = workspace.as(ALICE);
    await alice.command(DB_MIGRATIONS, '/order', 'now');
    await opened();
    await alice.fill({ note });
    expect(await alice.submit()).toEqual({ result: 'closed' });
    return workspace.until(() => workspace.as(BOB).messages(DB_MIGRATIONS).at(-1), {
      what: 'the order',
    });
  };

  it('handles a command, a modal and a message', async () => {
    const message = await order('noodles');
    expect(workspace.render(message)).toBe('@App Bot\n  @Alice Chen orders: noodles\n  [Yes]');
    expect(workspace.notifications(message)).toEqual([{ kind: 'user', id: ALICE }]);
    expect(message.metadata).toEqual({ event_type: 'order', event_payload: { note: 'noodles' } });
    const command = workspace.deliveries[0];
    expect(command).toMatchObject({
      kind: 'command',
      payload: { command: '/order', text: 'now', channel_name: 'db-migrations', user_id: ALICE },
      outcome: { kind: 'acknowledged' },
    });
  });

  it('shows errors on a submission, and entries stay', async () => {
    const alice = workspace.as(ALICE);
    await alice.command(DB_MIGRATIONS, '/order');
    await opened();
    expect(await alice.submit()).toEqual({ result: 'incomplete', blocks: ['note'] });
    await alice.fill({ note: 'bad one' });
    expect(await alice.submit()).toEqual({ result: 'errors', errors: { note: 'Not this note' } });
    expect(alice.view()?.values['note']).toEqual({
      note: { type: 'plain_text_input', value: 'bad one' },
    });
  });

  it('dispatches a change, keeps entries over views.update and sends the state', async () => {
    const alice = workspace.as(ALICE);
    await alice.command(DB_MIGRATIONS, '/order');
    const before = await opened();
    await alice.fill({ note: 'kept' });
    expect(await alice.fill({ size: 'large' })).toMatchObject([{ ok: true }]);
    const after = await workspace.until(() => {
      const view = alice.view();
      return view !== undefined && view.hash !== before.hash && view;
    });
    expect(workspace.render(after)).toContain('size large <large>');
    expect(workspace.render(after)).toContain('Note: kept (up to 20)');
    const payload = (workspace.deliveries.at(-1) as Delivery).payload;
    expect(payload).toMatchObject({
      type: 'block_actions',
      container: { type: 'view', view_id: before.id },
      actions: [{ type: 'static_select', selected_option: { value: 'large' }, block_id: 'size' }],
    });
    const view = payload['view'] as JsonObject;
    expect((view['state'] as JsonObject)['values']).toEqual({
      size: { size: { type: 'static_select', selected_option: expect.anything() } },
      note: { note: { type: 'plain_text_input', value: 'kept' } },
      dish: { dish: { type: 'external_select', selected_option: null } },
    });
  });

  it('asks for suggestions', async () => {
    const alice = workspace.as(ALICE);
    await alice.command(DB_MIGRATIONS, '/order');
    await opened();
    expect(await alice.suggest('dish', 'ri')).toEqual([
      { text: 'rice', value: 'rice' },
      { text: 'risotto', value: 'risotto' },
    ]);
    await alice.fill({ dish: 'rice' });
    await expect(alice.fill({ dish: 'noodles' })).rejects.toThrow('offered no "noodles"');
  });

  it('pushes from a submission and closes one view at a time', async () => {
    const alice = workspace.as(ALICE);
    await alice.shortcut('start');
    const first = await opened();
    await alice.fill({ note: 'again' });
    const pushed = await alice.submit();
    expect(pushed).toMatchObject({ result: 'pushed', view: { previousViewId: first.id } });
    await alice.dismiss();
    expect(alice.view()?.id).toBe(first.id);
    await alice.dismiss();
    expect(alice.view()).toBeUndefined();
    await workspace.until(() => alice.directMessages().length === 2, { what: 'both DMs' });
    expect(alice.directMessages()[0]?.text).toBe('Maybe another time');
  });

  it('replaces a message through response_url after a button', async () => {
    const message = await order('rice');
    expect(await workspace.as(MEI).click(message, 'yes')).toMatchObject({ ok: true });
    const replaced = await workspace.until(() => {
      const now = workspace.message(message);
      return now?.text !== message.text && now;
    });
    expect(replaced.text).toBe(`${MEI} said yes to rice`);
    await expect(workspace.as(MEI).click(message, 'yes')).rejects.toThrow('there is no /yes');
    expect(await workspace.as(BOB).clickStale(message, 'yes')).toMatchObject({ ok: true });
    await workspace.until(() => workspace.message(message)?.text.startsWith(BOB));
  });

  it('publishes a Home tab', async () => {
    expect(await workspace.as(MEI).openHome()).toMatchObject({ ok: true });
    const home = await workspace.until(() => workspace.as(MEI).home(), { what: 'the Home tab' });
    expect(workspace.render(home)).toBe('== Home ==\n# Welcome');
  });

  it('shows the text of an acknowledgement to one person, and a response to all', async () => {
    const alice = workspace.as(ALICE);
    await alice.command(DB_MIGRATIONS, '/echo', 'hi');
    expect(alice.ephemerals().map(({ text }) => text)).toEqual(['you said hi']);
    expect(workspace.as(BOB).messages(DB_MIGRATIONS)).toEqual([]);
    await alice.command(GENERAL, '/later');
    const shown = await workspace.until(() => workspace.as(BOB).messages(GENERAL)[0]);
    expect(shown.text).toBe('here it is');
  });

  it('sends a message shortcut with its message', async () => {
    const message = workspace.as(ALICE).say(DB_MIGRATIONS, 'look at this');
    await workspace.as(STRANGER).messageShortcut(message, 'quote');
    await workspace.until(() =>
      workspace.messages(DB_MIGRATIONS).some(({ text }) => text === 'quoted: look at this'),
    );
  });
});
