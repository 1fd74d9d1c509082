import type { Block, KnownBlock } from '@slack/types';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import {
  ALICE,
  APP_TOKEN,
  APPROVERS_GROUP,
  BOT_TOKEN,
  BOT_USER,
  DAN,
  DB_MIGRATIONS,
  DEACTIVATED,
  EVA,
  GENERAL,
  MEI,
  PRIVATE_WITHOUT_BOT,
  SHARED_CHANNEL,
  SINGLE_CHANNEL_GUEST,
  type SlackOptions,
  type SlackWorkspace,
  STRANGER,
  startSlack,
} from '../../playground/slack';
import { quietClient } from '../support/quietApp';

let workspace: SlackWorkspace;
let client: WebClient;
let clock: number;

const open: SlackWorkspace[] = [];

async function start(options: SlackOptions = {}): Promise<SlackWorkspace> {
  const started = await startSlack(options);
  open.push(started);
  return started;
}

beforeEach(async () => {
  clock = 1_800_000_000_000;
  // Nobody listens, so the acknowledgements fail at once, but triggers are still issued.
  workspace = await start({ now: () => clock });
  client = clientOf(workspace);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

const clientOf = (of: SlackWorkspace, token?: string) => quietClient(of.apiUrl, token);

/** The error of a refused call, and Slack's message about it. */
async function refusal(call: Promise<unknown>): Promise<{ error: string; says: string }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof WebAPIPlatformError)) throw error;
    const says = error.data.response_metadata?.messages?.join('\n') ?? '';
    return { error: error.data.error, says };
  }
  return { error: 'none', says: '' };
}

async function trigger(userId = ALICE): Promise<string> {
  await workspace.as(userId).shortcut('any');
  return String(workspace.deliveries.at(-1)?.payload['trigger_id']);
}

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
const x = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const button = (more: object = {}) => ({
  type: 'button',
  action_id: 'b',
  text: plain('Go'),
  ...more,
});
const option = (index: number) => ({ text: plain(`option ${index}`), value: `${index}` });
const select = (count: number) => ({
  type: 'static_select',
  action_id: 's',
  options: times(count, option),
});
const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('Label'),
  element: { action_id: 'e', ...element },
  ...more,
});

type AnyBlocks = (KnownBlock | Block)[];

const post = (blocks: object[]) =>
  client.chat.postMessage({ channel: DB_MIGRATIONS, text: 'x', blocks: blocks as AnyBlocks });

describe('blocks of a message', () => {
  const number = { type: 'number_input', is_decimal_allowed: false };
  it.each<[string, object[], object[], string]>([
    ['50 blocks', times(50, () => section('x')), times(51, () => section('x')), '/blocks'],
    ['section text 3000', [section(x(3000))], [section(x(3001))], '/blocks/0/text/text'],
    ['text not empty', [section('x')], [section('')], '/blocks/0/text/text'],
    [
      '10 fields',
      [{ type: 'section', fields: times(10, () => mrkdwn('x')) }],
      [{ type: 'section', fields: times(11, () => mrkdwn('x')) }],
      '/blocks/0/fields',
    ],
    [
      'field text 2000',
      [{ type: 'section', fields: [mrkdwn(x(2000))] }],
      [{ type: 'section', fields: [mrkdwn(x(2001))] }],
      '/blocks/0/fields/0/text',
    ],
    [
      'header text 150',
      [{ type: 'header', text: plain(x(150)) }],
      [{ type: 'header', text: plain(x(151)) }],
      '/blocks/0/text/text',
    ],
    [
      'header is plain',
      [{ type: 'header', text: plain('x') }],
      [{ type: 'header', text: mrkdwn('x') }],
      '/blocks/0/text/type',
    ],
    [
      '25 actions',
      [actions(...times(25, (index) => button({ action_id: `${index}` })))],
      [actions(...times(26, (index) => button({ action_id: `${index}` })))],
      '/blocks/0/elements',
    ],
    [
      '10 context elements',
      [{ type: 'context', elements: times(10, () => mrkdwn('x')) }],
      [{ type: 'context', elements: times(11, () => mrkdwn('x')) }],
      '/blocks/0/elements',
    ],
    [
      'button text 75',
      [actions(button({ text: plain(x(75)) }))],
      [actions(button({ text: plain(x(76)) }))],
      '/blocks/0/elements/0/text/text',
    ],
    [
      'button value 2000',
      [actions(button({ value: x(2000) }))],
      [actions(button({ value: x(2001) }))],
      '/blocks/0/elements/0/value',
    ],
    [
      'button url 3000',
      [actions(button({ url: `https://a/${x(2990)}` }))],
      [actions(button({ url: `https://a/${x(2991)}` }))],
      '/blocks/0/elements/0/url',
    ],
    [
      'confirm text 300',
      [actions(button({ confirm: { text: plain(x(300)) } }))],
      [actions(button({ confirm: { text: plain(x(301)) } }))],
      '/confirm/text/text',
    ],
    [
      'confirm button 30',
      [actions(button({ confirm: { text: plain('x'), deny: plain(x(30)) } }))],
      [actions(button({ confirm: { text: plain('x'), deny: plain(x(31)) } }))],
      '/confirm/deny/text',
    ],
    ['100 options', [actions(select(100))], [actions(select(101))], '/elements/0/options'],
    ['options not empty', [actions(select(1))], [actions(select(0))], '/elements/0/options'],
    [
      '10 radio buttons',
      [actions({ ...select(10), type: 'radio_buttons' })],
      [actions({ ...select(11), type: 'radio_buttons' })],
      '/elements/0/options',
    ],
    [
      '5 overflow options',
      [actions({ ...select(5), type: 'overflow' })],
      [actions({ ...select(6), type: 'overflow' })],
      '/elements/0/options',
    ],
    [
      'option text 75',
      [actions({ ...select(1), options: [{ text: plain(x(75)), value: 'v' }] })],
      [actions({ ...select(1), options: [{ text: plain(x(76)), value: 'v' }] })],
      '/options/0/text/text',
    ],
    [
      'option value 150',
      [actions({ ...select(1), options: [{ text: plain('x'), value: x(150) }] })],
      [actions({ ...select(1), options: [{ text: plain('x'), value: x(151) }] })],
      '/options/0/value',
    ],
    [
      'initial option is offered',
      [actions({ ...select(2), initial_option: option(1) })],
      [actions({ ...select(2), initial_option: option(2) })],
      'must exactly match',
    ],
    [
      'input label 2000',
      [input({ type: 'plain_text_input' }, { label: plain(x(2000)) })],
      [input({ type: 'plain_text_input' }, { label: plain(x(2001)) })],
      '/blocks/0/label/text',
    ],
    [
      'placeholder 150',
      [input({ type: 'plain_text_input', placeholder: plain(x(150)) })],
      [input({ type: 'plain_text_input', placeholder: plain(x(151)) })],
      '/element/placeholder/text',
    ],
    [
      'max_length 3000',
      [input({ type: 'plain_text_input', max_length: 3000 })],
      [input({ type: 'plain_text_input', max_length: 3001 })],
      '/element/max_length',
    ],
    [
      'number_input is_decimal_allowed',
      [input(number)],
      [input({ type: 'number_input' })],
      'is_decimal',
    ],
    [
      'number bounds are strings',
      [input({ ...number, min_value: '1' })],
      [input({ ...number, min_value: 1 })],
      '/element/min_value',
    ],
    [
      'datetimepicker 10 digits',
      [input({ type: 'datetimepicker', initial_date_time: 1_800_000_000 })],
      [input({ type: 'datetimepicker', initial_date_time: 1_800_000_000_000 })],
      '/element/initial_date_time',
    ],
    [
      'datetimepicker not in a section',
      [actions({ type: 'datetimepicker', action_id: 'd' })],
      [{ ...section('x'), accessory: { type: 'datetimepicker', action_id: 'd' } }],
      '/blocks/0/accessory/type',
    ],
    [
      'block_id unique',
      [
        { ...section('x'), block_id: 'a' },
        { ...section('x'), block_id: 'b' },
      ],
      [
        { ...section('x'), block_id: 'a' },
        { ...section('x'), block_id: 'a' },
      ],
      '/blocks/1/block_id',
    ],
    [
      'action_id unique in a block',
      [actions(button(), button({ action_id: 'c' }))],
      [actions(button(), button())],
      'already exists',
    ],
    [
      'block_id 255',
      [{ ...section('x'), block_id: x(255) }],
      [{ ...section('x'), block_id: x(256) }],
      '/blocks/0/block_id',
    ],
    ['known blocks', [{ type: 'divider' }], [{ type: 'dividre' }], 'unsupported type: dividre'],
    ['known elements', [actions(button())], [actions({ type: 'knob' })], 'unsupported type: knob'],
  ])('%s', async (_name, good, bad, says) => {
    expect(await refusal(post(good))).toEqual({ error: 'none', says: '' });
    const refused = await refusal(post(bad));
    expect(refused.error).toBe('invalid_blocks');
    expect(refused.says).toContain(says);
    expect(workspace.mistakes).toMatchObject([
      { where: 'chat.postMessage', error: 'invalid_blocks', detail: expect.stringContaining(says) },
    ]);
  });

  it('have about 13,200 characters in total at most', async () => {
    const blocks = (last: number) => [...times(4, () => section(x(2990))), section(x(last))];
    expect((await refusal(post(blocks(700)))).error).toBe('none');
    expect((await refusal(post(blocks(1300)))).error).toBe('msg_blocks_too_long');
  });

  it('get IDs if they have none', async () => {
    const { ts } = await post([actions({ type: 'button', text: plain('Go') })]);
    const message = workspace.message({ channel: DB_MIGRATIONS, ts: ts ?? '' });
    expect(message?.blocks[0]).toMatchObject({
      block_id: expect.stringMatching(/.+/),
      elements: [{ action_id: expect.stringMatching(/.+/) }],
    });
  });
});

describe('views', () => {
  const modal = (more: object = {}) => ({
    type: 'modal' as const,
    title: plain('Title'),
    blocks: [section('x')] as AnyBlocks,
    ...more,
  });
  const openView = async (view: ReturnType<typeof modal>) =>
    client.views.open({ trigger_id: await trigger(), view });

  it.each<[string, object, object, string]>([
    ['title 24', { title: plain(x(24)) }, { title: plain(x(25)) }, '/view/title/text'],
    ['submit 24', { submit: plain(x(24)) }, { submit: plain(x(25)) }, '/view/submit/text'],
    ['close 24', { close: plain(x(24)) }, { close: plain(x(25)) }, '/view/close/text'],
    [
      'private_metadata 3000',
      { private_metadata: x(3000) },
      { private_metadata: x(3001) },
      '/view/private_metadata',
    ],
    ['callback_id 255', { callback_id: x(255) }, { callback_id: x(256) }, '/view/callback_id'],
    ['external_id 255', { external_id: x(255) }, { external_id: x(256) }, '/view/external_id'],
    [
      '100 blocks',
      { blocks: times(100, () => section('x')) },
      { blocks: times(101, () => section('x')) },
      '/view/blocks',
    ],
    [
      'submit with an input',
      { submit: plain('Go'), blocks: [input({ type: 'plain_text_input' })] },
      { blocks: [input({ type: 'plain_text_input' })] },
      'submit',
    ],
    ['a title', {}, { title: undefined }, 'title'],
  ])('%s', async (_name, good, bad, says) => {
    expect((await refusal(openView(modal(good)))).error).toBe('none');
    const refused = await refusal(openView(modal(bad)));
    expect(refused.error).toBe('invalid_arguments');
    expect(refused.says).toContain(says);
  });

  it('have 250 KB at most', async () => {
    const blocks = times(100, () => section(x(2900)));
    expect((await refusal(openView(modal({ blocks })))).error).toBe('view_too_large');
  });

  it('open once per trigger, within 3 s', async () => {
    const used = await trigger();
    const late = await trigger();
    await client.views.open({ trigger_id: used, view: modal() });
    const again = client.views.open({ trigger_id: used, view: modal() });
    expect((await refusal(again)).error).toBe('exchanged_trigger_id');
    clock += 3001;
    const expired = client.views.open({ trigger_id: late, view: modal() });
    expect((await refusal(expired)).error).toBe('expired_trigger_id');
    const unknown = client.views.open({ trigger_id: '1.2.x', view: modal() });
    expect((await refusal(unknown)).error).toBe('invalid_trigger_id');
  });

  it('stack three deep', async () => {
    await openView(modal());
    const push = async () => client.views.push({ trigger_id: await trigger(), view: modal() });
    await push();
    await push();
    expect((await refusal(push())).error).toBe('push_limit_reached');
  });

  it('update with their hash, while they are open', async () => {
    const { view } = await openView(modal());
    const view_id = view?.id ?? '';
    const hash = view?.hash ?? '';
    await client.views.update({ view_id, hash, view: modal({ title: plain('Second') }) });
    const stale = client.views.update({ view_id, hash, view: modal() });
    expect((await refusal(stale)).error).toBe('hash_conflict');
    expect(workspace.as(ALICE).view()?.content['title']).toMatchObject({ text: 'Second' });
    await workspace.as(ALICE).dismiss();
    const gone = client.views.update({ view_id, view: modal() });
    expect((await refusal(gone)).error).toBe('not_found');
  });
});

const rich = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

describe('surfaces', () => {
  const text = mrkdwn('x');
  const card = { type: 'card', title: text };
  const container = (...children: object[]) => ({
    type: 'container',
    title: plain('x'),
    child_blocks: children,
  });
  const alert = { type: 'alert', text };
  const cell = { type: 'raw_text', text: 'x' };
  const table = { type: 'table', rows: [[cell]] };
  const task = (changes: object = {}) => ({
    ...{ type: 'task_card', task_id: 'x', title: 'x', status: 'pending' },
    ...changes,
  });
  const plan = (...tasks: object[]) => ({ type: 'plan', title: 'x', tasks });

  it.each<[string, object, string]>([
    ['section', section('x'), 'message modal home'],
    ['alert', alert, 'modal'],
    ['card', card, 'message home'],
    ['carousel', { type: 'carousel', elements: [card] }, 'message home'],
    ['container', container(section('x')), 'message'],
    ['context_actions', { type: 'context_actions', elements: [] }, 'message'],
    ['data_table', { type: 'data_table', rows: [], caption: 'x' }, 'message'],
    ['markdown', { type: 'markdown', text: 'x' }, 'message'],
    ['plan', { type: 'plan', title: 'x' }, 'message'],
    ['table', table, 'message'],
    ['task_card', { type: 'task_card', task_id: 'x', title: 'x' }, 'message'],
  ])('%s', async (_type, block, surfaces) => {
    const blocks = [block] as AnyBlocks;
    const view = { title: plain('x'), submit: plain('x'), blocks };
    const verdicts = {
      message: await refusal(post([block])),
      modal: await refusal(
        client.views.open({ trigger_id: await trigger(), view: { type: 'modal', ...view } }),
      ),
      home: await refusal(client.views.publish({ user_id: ALICE, view: { type: 'home', blocks } })),
    };
    const accepted = Object.entries(verdicts).filter(([, { error }]) => error === 'none');
    expect(accepted.map(([surface]) => surface).join(' ')).toBe(surfaces);
  });

  it.each<[string, object, string]>([
    ['an alert in a container', container(alert), '/blocks/0/child_blocks/0/type'],
    ['a container in a container', container(container()), '/blocks/0/child_blocks/0/type'],
    [
      '11 blocks in a container',
      container(...times(11, () => section('x'))),
      '/blocks/0/child_blocks',
    ],
    ['a container without a title', { type: 'container', child_blocks: [] }, 'title'],
    ['a plan without a title', { type: 'plan', tasks: [] }, 'title'],
    ['a plan of sections', plan(section('x')), 'must be a task_card'],
    ['a plan with a task twice', plan(task(), task()), 'already exists'],
    ['a task with another status', plan(task({ status: 'running' })), '/tasks/0/status'],
    ['a task without an ID', { type: 'task_card', title: 'x' }, 'task_id'],
    ['a task with mrkdwn', task({ details: text }), '/details'],
    ['a table without rows', { type: 'table', rows: [] }, 'rows'],
    ['a table of 101 rows', { type: 'table', rows: times(101, () => [cell]) }, '/rows'],
    ['a table of 21 columns', { type: 'table', rows: [times(21, () => cell)] }, '/rows/0'],
    ['an empty text', rich(''), '/blocks/0/elements/0/elements/0/text'],
    ['a task with an empty text', plan(task({ details: rich('') })), '/tasks/0/details'],
    ['a table with an empty text', { type: 'table', rows: [[rich('')]] }, '/rows/0/0'],
    [
      'a table with an empty cell',
      { type: 'table', rows: [[{ type: 'raw_text', text: '' }]] },
      'must be more than 0 characters',
    ],
    ['a table with mrkdwn', { type: 'table', rows: [[text]] }, '/rows/0/0'],
    [
      'a table with another alignment',
      { ...table, column_settings: [{ align: 'top' }] },
      '/column_settings/0/align',
    ],
  ])('%s is refused', async (_name, block, says) => {
    const { error, says: reason } = await refusal(post([block]));
    expect(error).toBe('invalid_blocks');
    expect(reason).toContain(says);
  });
});

it('shows plans and tables as text', async () => {
  const blocks = [
    {
      type: 'plan',
      title: 'Steps',
      tasks: [
        { type: 'task_card', task_id: '1', title: 'Export', status: 'complete' },
        {
          ...{ type: 'task_card', task_id: '2', title: 'Import', status: 'in_progress' },
          details: rich('12 %'),
        },
      ],
    },
    {
      type: 'table',
      rows: [
        [{ type: 'raw_text', text: 'Job' }, rich('Lag')],
        [
          { type: 'raw_text', text: 'orders' },
          { type: 'raw_number', value: 3 },
        ],
      ],
    },
  ];
  expect((await refusal(post(blocks))).error).toBe('none');
  const [shown] = workspace.messages(DB_MIGRATIONS).slice(-1);
  expect(shown === undefined ? '' : workspace.render(shown)).toContain(
    [
      '  Steps',
      '    (complete) Export',
      '    (in_progress) Import',
      '      12 %',
      '  Job | Lag',
      '  orders | 3',
    ].join('\n'),
  );
});

describe('messages', () => {
  it('need the bot in the channel, and an active channel', async () => {
    const say = (channel: string) => refusal(client.chat.postMessage({ channel, text: 'x' }));
    expect((await say(GENERAL)).error).toBe('not_in_channel');
    expect((await say(PRIVATE_WITHOUT_BOT)).error).toBe('channel_not_found');
    expect((await say('C0NOWHERE')).error).toBe('channel_not_found');
    workspace.archive(DB_MIGRATIONS);
    expect((await say(DB_MIGRATIONS)).error).toBe('is_archived');
    workspace.unarchive(DB_MIGRATIONS);
    expect((await say(DB_MIGRATIONS)).error).toBe('not_in_channel');
    workspace.inviteBot(DB_MIGRATIONS);
    expect((await say(DB_MIGRATIONS)).error).toBe('none');
    workspace.removeBot(DB_MIGRATIONS);
    expect((await say(DB_MIGRATIONS)).error).toBe('not_in_channel');
  });

  it('to a person open the direct conversation', async () => {
    const { channel } = await client.chat.postMessage({ channel: ALICE, text: 'psst' });
    expect(channel).toMatch(/^D/);
    expect(
      workspace
        .as(ALICE)
        .directMessages()
        .map(({ text }) => text),
    ).toEqual(['psst']);
    const opened = await client.conversations.open({ users: ALICE });
    expect(opened.channel?.id).toBe(channel);
  });

  it('are only changed by their author, within 4,000 characters', async () => {
    const channel = DB_MIGRATIONS;
    const { ts = '' } = await post([section('before')]);
    const update = (more: object) =>
      refusal(client.chat.update({ channel, ts, text: 'x', ...more }));
    expect((await update({ text: x(4001) })).error).toBe('msg_too_long');
    expect((await update({ ts: '1.000001' })).error).toBe('message_not_found');
    const theirs = workspace.as(ALICE).say(channel, 'mine');
    expect((await update({ ts: theirs.ts })).error).toBe('cant_update_message');
    expect((await update({ text: '' })).error).toBe('no_text');
    expect((await update({ text: x(4000) })).error).toBe('none');
    expect(workspace.message({ channel, ts })).toMatchObject({ text: x(4000), blocks: [] });
    workspace.deleteMessage({ channel, ts });
    expect((await update({})).error).toBe('message_not_found');
  });

  it('longer than 40,000 characters are cut', async () => {
    await client.chat.postMessage({ channel: DB_MIGRATIONS, text: x(40_001) });
    expect(workspace.messages(DB_MIGRATIONS)[0]?.text).toHaveLength(40_000);
  });

  it('for one person need that person in the channel', async () => {
    const whisper = (user: string, channel = DB_MIGRATIONS) =>
      refusal(client.chat.postEphemeral({ channel, user, text: 'x' }));
    expect((await whisper('U0NOBODY')).error).toBe('user_not_found');
    workspace.leave(DB_MIGRATIONS, DAN);
    expect((await whisper(DAN)).error).toBe('user_not_in_channel');
    expect((await whisper(MEI)).error).toBe('none');
    expect(workspace.as(MEI).ephemerals()).toHaveLength(1);
    expect(workspace.as(MEI).messages(DB_MIGRATIONS)).toHaveLength(1);
    expect(workspace.as(ALICE).messages(DB_MIGRATIONS)).toHaveLength(0);
  });

  it('include their metadata on request, page by page', async () => {
    const metadata = { event_type: 'order', event_payload: { id: 7 } };
    const channel = DB_MIGRATIONS;
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'first', metadata });
    await client.chat.postMessage({ channel, text: 'reply', thread_ts: ts });
    await client.chat.postMessage({ channel, text: 'second' });
    const first = await client.conversations.history({ channel, limit: 1 });
    expect(first.messages?.map(({ text }) => text)).toEqual(['second']);
    expect(first.has_more).toBe(true);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const rest = await client.conversations.history({
      channel,
      cursor,
      include_all_metadata: true,
    });
    expect(rest.messages).toMatchObject([{ text: 'first', metadata, reply_count: 1 }]);
    expect(rest.has_more).toBe(false);
    const bare = await client.conversations.history({ channel });
    expect(bare.messages?.every((message) => message.metadata === undefined)).toBe(true);
    const thread = await client.conversations.replies({ channel, ts, include_all_metadata: true });
    expect(thread.messages?.map(({ text }) => text)).toEqual(['first', 'reply']);
  });
});

describe('people', () => {
  it('are described as Slack describes them', async () => {
    const infoOf = async (user: string) =>
      (await client.users.info({ user, include_locale: true })).user;
    expect(await infoOf(MEI)).toMatchObject({
      locale: 'zh-CN',
      tz: 'Asia/Shanghai',
      tz_offset: 28_800,
    });
    expect(await infoOf(SINGLE_CHANNEL_GUEST)).toMatchObject({
      is_restricted: true,
      is_ultra_restricted: true,
    });
    expect(await infoOf(STRANGER)).toMatchObject({ team_id: 'T0PARTNER1' });
    expect(await infoOf(STRANGER)).not.toHaveProperty('is_stranger');
    workspace.leave(DB_MIGRATIONS, STRANGER);
    workspace.leave(SHARED_CHANNEL, STRANGER);
    expect(await infoOf(STRANGER)).toMatchObject({ is_stranger: true, team_id: 'T0PARTNER1' });
    expect(await infoOf(DEACTIVATED)).toMatchObject({ deleted: true });
    expect(await infoOf(EVA)).toMatchObject({ is_admin: true });
    expect((await client.users.info({ user: MEI })).user?.locale).toBeUndefined();
    expect((await refusal(client.users.info({ user: 'U0NOBODY' }))).error).toBe('user_not_found');
  });

  it('are listed by channel and by group', async () => {
    const page = await client.conversations.members({ channel: DB_MIGRATIONS, limit: 3 });
    expect(page.members).toHaveLength(3);
    const cursor = page.response_metadata?.next_cursor ?? '';
    const rest = await client.conversations.members({ channel: DB_MIGRATIONS, cursor });
    expect([...(page.members ?? []), ...(rest.members ?? [])]).toHaveLength(10);
    const usergroup = APPROVERS_GROUP;
    const group = await client.usergroups.users.list({ usergroup });
    expect(group.users).toContain(MEI);
    workspace.deactivate(MEI);
    expect((await client.usergroups.users.list({ usergroup })).users).not.toContain(MEI);
    workspace.setPlan('free');
    const free = client.usergroups.users.list({ usergroup });
    expect((await refusal(free)).error).toBe('plan_upgrade_required');
    const info = await client.conversations.info({ channel: GENERAL });
    expect(info.channel).toMatchObject({ is_member: false, is_private: false });
  });
});

describe('tokens', () => {
  it('must be valid, of the right kind, and have the scope', async () => {
    const test = (token?: string) => refusal(clientOf(workspace, token ?? '').auth.test());
    expect((await refusal(clientOf(workspace, '').auth.test())).error).toBe('not_authed');
    expect((await test('xoxb-other')).error).toBe('invalid_auth');
    expect((await test(APP_TOKEN)).error).toBe('not_allowed_token_type');
    expect(await client.auth.test()).toMatchObject({ user_id: BOT_USER, team_id: 'T0HARBOUR1' });
    expect((await refusal(client.apiCall('chat.shout'))).error).toBe('unknown_method');
    const narrow = await start({ scopes: ['chat:write'] });
    const call = clientOf(narrow).users.info({ user: ALICE });
    await expect(call).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'users:read', provided: 'chat:write' },
    });
  });

  it('may be in a JSON body', async () => {
    const answer = await fetch(`${workspace.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${BOT_TOKEN}` },
      body: JSON.stringify({ channel: DB_MIGRATIONS, blocks: [section('json')] }),
    });
    expect(await answer.json()).toMatchObject({ ok: true, channel: DB_MIGRATIONS });
  });
});

describe('response_url', () => {
  it('is valid five times within 30 minutes', async () => {
    const urlOf = async (): Promise<string> => {
      await workspace.as(ALICE).command(DB_MIGRATIONS, '/x');
      return String(workspace.deliveries.at(-1)?.payload['response_url']);
    };
    const say = async (url: string) => {
      const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'x' }) });
      return [answer.status, ((await answer.json()) as { error?: string }).error];
    };
    const [used, old] = [await urlOf(), await urlOf()];
    for (let use = 0; use < 5; use += 1) expect(await say(used)).toStrictEqual([200, undefined]);
    expect(await say(used)).toEqual([404, 'used_url']);
    clock += 30 * 60_000 + 1;
    expect(await say(old)).toEqual([404, 'expired_url']);
    expect(workspace.as(ALICE).ephemerals()).toHaveLength(5);
  });
});

it('checks views, messages and blocks without showing them to anyone', async () => {
  const text = (length: number) => ({ type: 'plain_text' as const, text: 'x'.repeat(length) });
  const view = (length: number) => ({ type: 'modal' as const, title: text(length), blocks: [] });
  const header = (length: number) => [{ type: 'header' as const, text: text(length) }];
  expect((await client.blocks.validate({ view: view(24) })).ok).toBe(true);
  expect((await client.blocks.validate({ message: { blocks: header(150) } })).ok).toBe(true);
  const errors = async (call: Promise<unknown>) => {
    const error: unknown = await call.catch((reason: unknown) => reason);
    return error instanceof WebAPIPlatformError ? error.data : {};
  };
  expect(await errors(client.blocks.validate({ view: view(25) }))).toMatchObject({
    error: 'invalid_view',
    errors: [{ pointer: '/view/title/text', code: 'failed_constraint' }],
  });
  expect(await errors(client.blocks.validate({ message: { blocks: header(151) } }))).toMatchObject({
    error: 'invalid_message',
    errors: [{ pointer: '/blocks/0/text/text' }],
  });
  expect(await errors(client.blocks.validate({ blocks: header(151) }))).toMatchObject({
    error: 'invalid_blocks',
    errors: [{ pointer: '/0/text/text' }],
  });
  for (const wrong of [{}, { view: view(1), blocks: header(1) }]) {
    expect(await errors(client.blocks.validate(wrong))).toMatchObject({
      error: 'invalid_arguments',
    });
  }
});
