import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { App, directMention, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';
import {
  ALICE,
  APP_TOKEN,
  BOB,
  BOT_TOKEN,
  BOT_USER,
  GENERAL,
  MEI,
  type Message,
  SIGNING_SECRET,
  type SlackWorkspace,
  startSlack,
  TEAM,
} from '../../playground/slack';
import { fail } from '../support/fail';
import { listenLocally, portOf } from '../support/listenLocally';

/** An app connected to the workspace. */
interface Running {
  stop(): Promise<unknown>;
}

const clientOptions = (slack: SlackWorkspace) => ({ slackApiUrl: slack.apiUrl });
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });

let slack: SlackWorkspace;
let app: Running;
beforeEach(async () => {
  slack = await startSlack({ tellsMessages: true });
  slack.inviteBot(GENERAL);
});
afterEach(async () => {
  await app.stop();
  expect(slack.mistakes).toEqual([]);
  await slack.close();
});

const inGeneral = (): readonly Message[] => slack.messages(GENERAL);
const said = (words: string): Promise<Message> =>
  slack.until(() => inGeneral().find((each) => slack.render(each).includes(words)), {
    what: words,
  });

async function inSocketMode(teach: (app: App) => void): Promise<Running> {
  const bolt = new App({
    token: BOT_TOKEN,
    receiver: new SocketModeReceiver({
      appToken: APP_TOKEN,
      logLevel: LogLevel.ERROR,
      installerOptions: { clientOptions: clientOptions(slack) },
    }),
    logLevel: LogLevel.ERROR,
    clientOptions: clientOptions(slack),
  });
  teach(bolt);
  await bolt.start();
  await slack.until(() => slack.socket.connections > 0, { what: 'the connection' });
  return bolt;
}

async function overHttp(
  teach: (app: App) => void,
  settings: { processBeforeResponse?: boolean } = {},
): Promise<Running> {
  const receiver = new HTTPReceiver({
    signingSecret: SIGNING_SECRET,
    logLevel: LogLevel.ERROR,
    ...settings,
  });
  const bolt = new App({
    receiver,
    // Like an app for many workspaces, it looks up its token for each one.
    authorize: async ({ teamId }) => {
      expect(teamId).toBe(TEAM.id);
      return { botToken: BOT_TOKEN, botUserId: BOT_USER };
    },
    logLevel: LogLevel.ERROR,
    clientOptions: clientOptions(slack),
  });
  teach(bolt);
  deliverTo(portOf(await receiver.start(0)));
  return bolt;
}

function deliverTo(port: number): void {
  slack.deliverTo({ mode: 'http', requestUrl: `http://127.0.0.1:${port}/slack/events` });
}

describe.each([
  ['Socket Mode', inSocketMode],
  ['HTTP', overHttp],
] as const)('over %s,', (_, start) => {
  it('an app that talks: mentions, patterns, threads and direct messages', async () => {
    const points = new Map<string, number>();
    app = await start((bolt) => {
      bolt.event('app_mention', async ({ event, say }) => {
        await say({ thread_ts: event.ts, text: `Hello <@${event.user}>` });
      });
      bolt.message(directMention, 'help', async ({ say }) => {
        await say('Give points with name++');
      });
      bolt.message(/^(\w+)\+\+$/, async ({ context, say }) => {
        const name = String(context['matches'][1]);
        points.set(name, (points.get(name) ?? 0) + 1);
        await say(`${name} has ${points.get(name)}`);
      });
      bolt.message('secret', async ({ message, client }) => {
        if (message.subtype !== undefined) return;
        const { channel } = await client.conversations.open({ users: message.user });
        await client.chat.postMessage({ channel: channel?.id ?? '', text: 'Between us' });
      });
    });
    const alice = slack.as(ALICE);
    const greeting = alice.say(GENERAL, `<@${BOT_USER}> help`);
    await said('Give points with name++');
    expect((await said('Hello @Alice Chen')).threadTs).toBe(greeting.ts);
    for (const _each of [1, 2]) {
      slack.as(BOB).say(GENERAL, 'mei++');
      await said(points.has('mei') ? 'mei has 2' : 'mei has 1');
    }
    await said('mei has 2');
    alice.say(GENERAL, 'a secret, please');
    await slack.until(() => alice.directMessages().some(({ text }) => text === 'Between us'), {
      what: 'the direct message',
    });
    // The bot gets no events about its own messages.
    expect(inGeneral().filter(({ user }) => user === BOT_USER)).toHaveLength(4);
  });

  it('an app that polls: replies to all, buttons that redraw, an overflow menu that deletes', async () => {
    const votes = new Map<string, string>();
    const draw = (question: string, choices: readonly string[]) => [
      {
        type: 'section' as const,
        text: { type: 'mrkdwn' as const, text: `*${question}*` },
        accessory: {
          type: 'overflow' as const,
          action_id: 'more',
          confirm: {
            title: plain('Sure?'),
            text: plain('The poll is removed.'),
            confirm: plain('Remove'),
            deny: plain('Keep'),
          },
          options: [option('remove')],
        },
      },
      ...choices.map((choice) => ({
        type: 'section' as const,
        text: plain(`${choice}: ${[...votes.values()].filter((voted) => voted === choice).length}`),
        accessory: {
          type: 'button' as const,
          action_id: `vote_${choice}`,
          text: plain('Vote'),
          value: JSON.stringify({ question, choices, choice }),
        },
      })),
    ];
    app = await start((bolt) => {
      bolt.command('/poll', async ({ ack, command, respond }) => {
        const [question = '', ...choices] = command.text.split('|').map((part) => part.trim());
        if (choices.length < 2) {
          await ack('A question and two choices, please: /poll Lunch? | rice | noodles');
          return;
        }
        await ack();
        await respond({
          response_type: 'in_channel',
          text: question,
          blocks: draw(question, choices),
        });
      });
      bolt.action(/^vote_/, async ({ ack, action, body, respond }) => {
        await ack();
        if (action.type !== 'button') return;
        const { question, choices, choice } = JSON.parse(action.value ?? '{}');
        votes.set(body.user.id, choice);
        await respond({ replace_original: true, text: question, blocks: draw(question, choices) });
      });
      bolt.action({ action_id: 'more', type: 'block_actions' }, async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    const alice = slack.as(ALICE);
    await alice.command(GENERAL, '/poll', 'Lunch?');
    expect(alice.ephemerals().at(-1)?.text).toContain('two choices, please');
    await alice.command(GENERAL, '/poll', 'Lunch? | rice | noodles');
    const poll = await said('rice: 0');
    for (const by of [ALICE, BOB, MEI]) await slack.as(by).click(poll, 'vote_rice');
    await slack.as(MEI).click(poll, 'vote_noodles');
    await said('noodles: 1');
    expect(slack.render(slack.message(poll) ?? poll)).toContain('rice: 2');
    await alice.click(poll, 'more', { choice: 'remove', confirm: false });
    expect(slack.message(poll)).toBeDefined();
    await alice.click(poll, 'more', { choice: 'remove' });
    await slack.until(() => slack.message(poll) === undefined, { what: 'the removal' });
  });

  it('an app that asks: every kind of input, mistakes, a second page, and a changed decision', async () => {
    const heard: string[] = [];
    const input = (block_id: string, element: object) => ({
      type: 'input' as const,
      block_id,
      optional: true,
      label: plain(block_id),
      element: { action_id: 'value', ...element } as never,
    });
    const page = (callback_id: string, blocks: never[]) => ({
      type: 'modal' as const,
      callback_id,
      notify_on_close: true,
      title: plain(callback_id),
      submit: plain('Next'),
      blocks,
    });
    const first = page('first', [
      input('size', { type: 'radio_buttons', options: ['S', 'L'].map(option) }),
      input('extras', { type: 'checkboxes', options: ['milk', 'ice'].map(option) }),
      input('days', { type: 'multi_static_select', options: ['mon', 'tue'].map(option) }),
      input('on', { type: 'datepicker' }),
      input('at', { type: 'timepicker' }),
      input('count', { type: 'number_input', is_decimal_allowed: false, max_value: '9' }),
      input('mail', { type: 'email_text_input' }),
      input('who', { type: 'users_select' }),
      input('where', { type: 'conversations_select' }),
    ] as never[]);
    const second = page('second', [
      input('city', { type: 'external_select', min_query_length: 1 }),
    ] as never[]);
    app = await start((bolt) => {
      bolt.shortcut({ callback_id: 'ask', type: 'shortcut' }, async ({ ack, shortcut, client }) => {
        await ack();
        await client.views.open({ trigger_id: shortcut.trigger_id, view: first });
      });
      bolt.options<'block_suggestion'>(
        { action_id: 'value', block_id: 'city' },
        async ({ ack, payload }) => {
          const cities = ['Shanghai', 'Shenzhen', 'Beijing'].filter((city) =>
            city.toLowerCase().startsWith(payload.value),
          );
          await ack({ option_groups: [{ label: plain('China'), options: cities.map(option) }] });
        },
      );
      bolt.view('first', async ({ ack, view }) => {
        const { values } = view.state;
        if (values['who']?.['value']?.selected_user == null) {
          await ack({ response_action: 'errors', errors: { who: 'Who is it for?' } });
          return;
        }
        heard.push(JSON.stringify(values));
        await ack({ response_action: 'push', view: second });
      });
      bolt.view('second', async ({ ack, view, body, client }) => {
        const city = view.state.values['city']?.['value']?.selected_option?.value;
        heard.push(String(city));
        await ack({ response_action: 'clear' });
        await client.chat.postEphemeral({ channel: GENERAL, user: body.user.id, text: 'Thanks' });
      });
      bolt.view({ callback_id: 'second', type: 'view_closed' }, async ({ ack }) => {
        await ack();
        heard.push('closed');
      });
    });
    const alice = slack.as(ALICE);
    const fillFirst = async (who: string | null) => {
      await alice.shortcut('ask');
      await slack.until(() => alice.view(), { what: 'the first page' });
      const when = { on: '2026-12-24', at: '18:30' };
      const choices = { size: 'L', extras: ['milk', 'ice'], days: ['tue'] };
      await alice.fill({ ...choices, ...when, count: '3', mail: 'a@b.example', where: GENERAL });
      await alice.fill({ who });
      return alice.submit();
    };
    expect(await fillFirst(null)).toMatchObject({ errors: { who: 'Who is it for?' } });
    await alice.fill({ who: BOB });
    expect(await alice.submit()).toMatchObject({ result: 'pushed' });
    for (const part of ['"L"', '"ice"', '"tue"', '2026-12-24', '18:30', '"3"', 'a@b.example', BOB])
      expect(heard[0]).toContain(part);
    await alice.dismiss();
    await slack.until(() => heard.includes('closed'), { what: 'the change of mind' });
    await alice.submit();
    const offered = await alice.suggest('city', 'sh');
    expect(offered.map(({ text }) => text)).toEqual(['Shanghai', 'Shenzhen']);
    await alice.fill({ city: 'Shenzhen' });
    await alice.submit();
    await slack.until(() => alice.ephemerals().some(({ text }) => text === 'Thanks'), {
      what: 'the thanks',
    });
    expect(heard.at(-1)).toBe('Shenzhen');
    expect(alice.view()).toBeUndefined();
  });
});

it('an app that answers before it responds, on Home, receives each of Slack’s repetitions', async () => {
  let presses = 0;
  const home = () => ({
    type: 'home' as const,
    blocks: [
      { type: 'section' as const, text: { type: 'mrkdwn' as const, text: `*${presses}* presses` } },
      {
        type: 'actions' as const,
        block_id: 'row',
        elements: [{ type: 'button' as const, action_id: 'press', text: plain('Press') }],
      },
    ],
  });
  app = await overHttp(
    (bolt) => {
      bolt.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({ user_id: event.user, view: home() });
      });
      bolt.action('press', async ({ ack, body, client }) => {
        presses += 1;
        await client.views.publish({ user_id: body.user.id, view: home() });
        await ack();
      });
    },
    { processBeforeResponse: true },
  );
  const mei = slack.as(MEI);
  await mei.openHome();
  const shown = () => slack.render(mei.home() ?? fail());
  expect(shown()).toContain('*0* presses');
  slack.redeliverNext(1);
  await mei.click(mei.home() ?? fail(), 'press');
  expect(shown()).toContain('*2* presses');
});

it('an app with only Socket Mode and Web API clients, without a framework', async () => {
  const web = new WebClient(BOT_TOKEN, { ...clientOptions(slack), logLevel: LogLevel.ERROR });
  const client = new SocketModeClient({
    appToken: APP_TOKEN,
    logLevel: LogLevel.ERROR,
    clientOptions: clientOptions(slack),
  });
  client.on('slash_commands', async ({ ack, body }) => {
    await ack({ text: `${body.command} by ${body.user_name}` });
    await web.chat.postMessage({ channel: body.channel_id, text: 'posted on its own' });
  });
  client.on('message', async ({ ack, event }) => {
    await ack();
    if (event.user === BOT_USER) return;
    const { messages = [] } = await web.conversations.history({ channel: event.channel });
    await web.chat.postMessage({ channel: event.channel, text: `${messages.length} so far` });
  });
  await client.start();
  app = { stop: () => client.disconnect() };
  const bob = slack.as(BOB);
  await bob.command(GENERAL, '/whoami');
  expect(bob.ephemerals().at(-1)?.text).toBe('/whoami by bob.okafor');
  await said('posted on its own');
  bob.say(GENERAL, 'hello');
  await said(' so far');
});

it('an app with only an HTTP server, which checks signatures', async () => {
  let refused = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const at = request.headers['x-slack-request-timestamp'];
      const mac = createHmac('sha256', SIGNING_SECRET).update(`v0:${at}:${body}`).digest('hex');
      const given = Buffer.from(String(request.headers['x-slack-signature']));
      const expected = Buffer.from(`v0=${mac}`);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
        refused += 1;
        response.writeHead(401).end();
        return;
      }
      const text = new URLSearchParams(body).get('text');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ response_type: 'in_channel', text: `echo: ${text}` }));
    });
  });
  const port = await listenLocally(server);
  app = { stop: () => new Promise((resolve) => server.close(resolve)) };
  deliverTo(port);
  await slack.as(ALICE).command(GENERAL, '/echo', 'signed & <sealed>');
  await said('echo: signed');
  const forged = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'text=forged' });
  expect([forged.status, refused]).toEqual([401, 1]);
});
