import { WebClient } from '@slack/web-api';
import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  BOT_TOKEN,
  DAN,
  DB_MIGRATIONS,
  DEACTIVATED,
  GENERAL,
  type Message,
  PRIVATE_WITHOUT_BOT,
  SINGLE_CHANNEL_GUEST,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack';

let workspace: SlackWorkspace;
let client: WebClient;

beforeEach(async () => {
  workspace = await startSlack();
  client = new WebClient(BOT_TOKEN, { slackApiUrl: workspace.apiUrl });
});
afterEach(() => workspace.close());

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });

async function post(content: object): Promise<Message> {
  const { ts } = await client.chat.postMessage({
    channel: DB_MIGRATIONS,
    text: 'x',
    ...content,
  } as Parameters<typeof client.chat.postMessage>[0]);
  const message = workspace.message({ channel: DB_MIGRATIONS, ts: ts ?? '' });
  if (message === undefined) throw new Error('not posted');
  return message;
}

describe('notifications', () => {
  const user = { kind: 'user', id: ALICE };
  const group = { kind: 'group', id: APPROVERS_GROUP };
  const here = { kind: 'broadcast', range: 'here' };
  const section = (text: object) => ({ blocks: [{ type: 'section', text }] });
  it.each([
    ['a mention in mrkdwn', section(mrkdwn(`hi <@${ALICE}>`)), [user]],
    ['a mention with a label', section(mrkdwn(`hi <@${ALICE}|x>, <@${ALICE}>`)), [user]],
    ['a group', section(mrkdwn(`<!subteam^${APPROVERS_GROUP}|@db>`)), [group]],
    ['a broadcast', section(mrkdwn('<!here> look')), [here]],
    [
      'context and fields',
      {
        blocks: [
          { type: 'context', elements: [mrkdwn('<!here>')] },
          { type: 'section', fields: [mrkdwn(`<@${ALICE}>`)] },
        ],
      },
      [here, user],
    ],
    ['text without blocks', { text: '<!here>' }, [here]],
    ['text next to blocks', { text: '<!here>', ...section(mrkdwn('quiet')) }, []],
    ['escaped text', section(mrkdwn(`&lt;!here&gt; &lt;@${ALICE}&gt;`)), []],
    ['plain text', section(plain(`<!here> <@${ALICE}>`)), []],
    ['bare names', { text: '@here @channel @alice.chen' }, []],
    ['bare names with link_names', { text: '@here', link_names: true }, [here]],
    ['nobody known', section(mrkdwn('<@U0NOBODY> <!subteam^S0NONE>')), []],
    [
      'rich text',
      {
        blocks: [
          {
            type: 'rich_text',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: ALICE }] }],
          },
        ],
      },
      [user],
    ],
  ])('%s', async (_name, content, pings) => {
    expect(workspace.notifications(await post(content))).toEqual(pings);
  });
});

it('renders a message as a person reads it', async () => {
  const message = await post({
    blocks: [
      { type: 'header', text: plain('Request <1>') },
      {
        type: 'section',
        text: mrkdwn(
          `<@${ALICE}> asks <#${DB_MIGRATIONS}>: a &lt; b &amp;&amp; <https://x.test/?a=1|docs>`,
        ),
        fields: [mrkdwn('*Source*\nold'), plain('&lt;stays&gt;')],
      },
      { type: 'context', elements: [mrkdwn('<!date^1800000000^{date}|15 Jan>')] },
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'a', text: plain('Approve') },
          { type: 'button', action_id: 'r', text: plain('Reject') },
        ],
      },
    ],
  });
  expect(workspace.render(message)).toBe(
    [
      '@App Bot',
      '  # Request <1>',
      '  @Alice Chen asks #db-migrations: a < b && docs (https://x.test/?a=1)',
      '    *Source* old',
      '    &lt;stays&gt;',
      '  · 15 Jan',
      '  [Approve] [Reject]',
    ].join('\n'),
  );
});

describe('visibility', () => {
  it('depends on membership, guests and sign-in', async () => {
    const button = { type: 'button', action_id: 'a', text: plain('Approve') };
    const message = await post({ blocks: [{ type: 'actions', elements: [button] }] });
    workspace.leave(DB_MIGRATIONS, SINGLE_CHANNEL_GUEST);
    workspace.leave(DB_MIGRATIONS, DAN);
    expect(workspace.as(DAN).messages(DB_MIGRATIONS)).toHaveLength(1);
    expect(workspace.as(SINGLE_CHANNEL_GUEST).messages(DB_MIGRATIONS)).toHaveLength(0);
    for (const id of [SINGLE_CHANNEL_GUEST, DEACTIVATED]) {
      await expect(workspace.as(id).click(message, 'a')).rejects.toThrow('does not see');
    }
    expect(() => workspace.as(DAN).say(PRIVATE_WITHOUT_BOT, 'x')).toThrow('does not see');
    await expect(workspace.as(SINGLE_CHANNEL_GUEST).command(GENERAL, '/x')).rejects.toThrow();
    expect(() => workspace.as('U0NOBODY')).toThrow('there is no user');
  });

  it('refuses a command that the app does not have, without a delivery', async () => {
    const other = await startSlack({ commands: ['/order'] });
    const unknown = { ok: false, error: 'unknown_command' };
    for (const name of ['/foo', '/order1', '/']) {
      expect(await other.as(BOB).command(DB_MIGRATIONS, name)).toEqual(unknown);
    }
    // It reaches the app, which is not connected.
    expect(await other.as(BOB).command(DB_MIGRATIONS, '/order')).toMatchObject({
      error: expect.not.stringContaining('unknown'),
    });
    await other.close();
  });

  it('asks before an element with confirm is used', async () => {
    const confirm = { title: plain('Sure?'), text: plain('Really?') };
    const button = { type: 'button', action_id: 'a', text: plain('Drop'), confirm };
    const message = await post({ blocks: [{ type: 'actions', elements: [button] }] });
    const declined = await workspace.as(BOB).click(message, 'a', { confirm: false });
    expect(declined).toEqual({ ok: false, error: 'not_confirmed' });
    expect(workspace.deliveries).toHaveLength(0);
    await workspace.as(BOB).click(message, 'a');
    expect(workspace.deliveries).toHaveLength(1);
    expect(workspace.deliveries[0]?.payload).toMatchObject({
      container: { type: 'message', message_ts: message.ts, is_ephemeral: false },
      message: { ts: message.ts, bot_id: expect.any(String) },
      state: { values: {} },
      actions: [{ type: 'button', action_id: 'a', action_ts: expect.any(String) }],
    });
  });

  it('keeps threads out of the channel', async () => {
    const root = await post({ text: 'root' });
    const reply = await post({ text: 'reply', thread_ts: root.ts });
    expect(
      workspace
        .as(BOB)
        .messages(DB_MIGRATIONS)
        .map(({ text }) => text),
    ).toEqual(['root']);
    expect(workspace.as(BOB).thread(DB_MIGRATIONS, root.ts)).toEqual([root, reply]);
  });
});

describe('state.values', () => {
  const options = [
    { text: plain('One'), value: '1' },
    { text: plain('Two'), value: '2' },
  ];
  const input = (block_id: string, element: object) => ({
    type: 'input',
    block_id,
    optional: true,
    label: plain(block_id),
    element: { action_id: 'a', ...element },
  });
  const blocks = [
    input('text', { type: 'plain_text_input', initial_value: 'start' }),
    input('empty', { type: 'plain_text_input' }),
    input('number', { type: 'number_input', is_decimal_allowed: false, max_value: '5' }),
    input('when', { type: 'datetimepicker' }),
    input('day', { type: 'datepicker', initial_date: '2026-01-02' }),
    input('radio', { type: 'radio_buttons', options, initial_option: options[1] }),
    input('checks', { type: 'checkboxes', options }),
    input('user', { type: 'users_select' }),
    input('users', { type: 'multi_users_select' }),
  ];
  const published = () =>
    client.views.publish({
      user_id: ALICE,
      view: { type: 'home', blocks } as Parameters<typeof client.views.publish>[0]['view'],
    });
  const values = () => workspace.as(ALICE).home()?.values;

  it('contain initial values, and null or nothing for empty inputs', async () => {
    await published();
    expect(values()).toEqual({
      text: { a: { type: 'plain_text_input', value: 'start' } },
      empty: { a: { type: 'plain_text_input', value: null } },
      number: { a: { type: 'number_input', value: null } },
      when: { a: { type: 'datetimepicker', selected_date_time: null } },
      day: { a: { type: 'datepicker', selected_date: '2026-01-02' } },
      radio: {
        a: { type: 'radio_buttons', selected_option: expect.objectContaining({ value: '2' }) },
      },
      checks: { a: { type: 'checkboxes', selected_options: [] } },
      user: { a: { type: 'users_select', selected_user: null } },
      users: { a: { type: 'multi_users_select', selected_users: [] } },
    });
  });

  it('contain the entries', async () => {
    await published();
    const home = workspace.as(ALICE).home();
    const entries = {
      when: 1_800_000_000,
      radio: '1',
      checks: ['1', '2'],
      user: BOB,
      users: [BOB],
      text: null,
    };
    await workspace.as(ALICE).fill(entries, home);
    expect(values()).toMatchObject({
      text: { a: { value: null } },
      when: { a: { selected_date_time: 1_800_000_000 } },
      radio: { a: { selected_option: { value: '1' } } },
      checks: { a: { selected_options: [{ value: '1' }, { value: '2' }] } },
      user: { a: { selected_user: BOB } },
      users: { a: { selected_users: [BOB] } },
    });
    await expect(workspace.as(ALICE).fill({ radio: '3' }, home)).rejects.toThrow('offers no "3"');
    await expect(workspace.as(ALICE).fill({ when: 18 }, home)).rejects.toThrow('10 digits');
  });
});
