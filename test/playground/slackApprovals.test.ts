import type { App } from '@slack/bolt';
import type { Block, KnownBlock } from '@slack/types';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import {
  ALICE,
  ALL_SCOPES,
  APPROVERS_GROUP,
  BOB,
  DAN,
  DB_MIGRATIONS,
  DEACTIVATED,
  MEI,
  type Message,
  NoSuchButton,
  OTHER_BOT,
  PRIVATE_WITH_BOT,
  type SlackOptions,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack';
import { connectQuietApp, quietClient } from '../support/quietApp';

let workspace: SlackWorkspace;
let client: WebClient;
const stops: (() => Promise<unknown>)[] = [];

async function start(options: SlackOptions = {}): Promise<void> {
  const started = await startSlack(options);
  stops.push(() => started.close());
  workspace = started;
  client = quietClient(workspace.apiUrl);
}

async function teach(lesson: (app: App) => void): Promise<void> {
  const receiver = await connectQuietApp(workspace.apiUrl, lesson);
  stops.push(() => receiver.client.disconnect());
}

beforeEach(() => start());
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    if (!(error instanceof WebAPIPlatformError)) throw error;
    return error.data.error;
  }
}

type AnyBlocks = (KnownBlock | Block)[];
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });
const button = (action: string, more: object = {}) => ({
  type: 'button',
  action_id: action,
  text: plain(action),
  value: `value of ${action}`,
  ...more,
});
const actions = (...elements: object[]) => ({ type: 'actions', block_id: 'actions', elements });
const section = (accessory: object) => ({
  type: 'section',
  block_id: 'section',
  text: plain('Look'),
  accessory,
});
const home = (...blocks: object[]) => ({ type: 'home' as const, blocks: blocks as AnyBlocks });
const modal = (title: string, ...blocks: object[]) => ({
  type: 'modal' as const,
  callback_id: 'modal',
  title: plain(title),
  submit: plain('Go'),
  blocks: [{ type: 'divider' }, ...blocks] as AnyBlocks,
});

async function posted(channel: string, ...blocks: object[]): Promise<Message> {
  const answer = await client.chat.postMessage({ channel, text: 'x', blocks: blocks as AnyBlocks });
  const message = workspace.message({ channel: answer.channel ?? '', ts: answer.ts ?? '' });
  if (message === undefined) throw new Error('not posted');
  return message;
}

describe('a channel', () => {
  const all = async (channel: string, ts: string) => ({
    post: await refusal(client.chat.postMessage({ channel, text: 'x' })),
    whisper: await refusal(client.chat.postEphemeral({ channel, user: ALICE, text: 'x' })),
    update: await refusal(client.chat.update({ channel, ts, text: 'y' })),
    history: await refusal(client.conversations.history({ channel })),
    replies: await refusal(client.conversations.replies({ channel, ts })),
    members: await refusal(client.conversations.members({ channel })),
  });
  const fine = {
    post: 'none',
    whisper: 'none',
    update: 'none',
    history: 'none',
    replies: 'none',
    members: 'none',
  };

  it('that is archived accepts nothing, and needs the bot to be invited again later', async () => {
    const { ts } = await posted(DB_MIGRATIONS, actions(button('a')));
    expect(await all(DB_MIGRATIONS, ts)).toEqual(fine);
    workspace.archive(DB_MIGRATIONS);
    expect(await all(DB_MIGRATIONS, ts)).toEqual({
      post: 'is_archived',
      whisper: 'is_archived',
      update: 'is_inactive',
      history: 'not_in_channel',
      replies: 'not_in_channel',
      members: 'none',
    });
    const { channel } = await client.conversations.info({ channel: DB_MIGRATIONS });
    expect(channel).toMatchObject({ is_archived: true, is_member: false });
    expect(() => workspace.as(ALICE).say(DB_MIGRATIONS, 'x')).toThrow('is archived');
    workspace.unarchive(DB_MIGRATIONS);
    expect(await all(DB_MIGRATIONS, ts)).toMatchObject({ post: 'not_in_channel' });
    workspace.inviteBot(DB_MIGRATIONS);
    expect(await all(DB_MIGRATIONS, ts)).toEqual(fine);
  });

  it('without the bot accepts no message, and is not found if it is private', async () => {
    const open = await posted(DB_MIGRATIONS, actions(button('a')));
    workspace.removeBot(DB_MIGRATIONS);
    expect(await all(DB_MIGRATIONS, open.ts)).toMatchObject({
      post: 'not_in_channel',
      whisper: 'not_in_channel',
      history: 'not_in_channel',
      replies: 'not_in_channel',
      members: 'none',
    });
    const secret = await posted(PRIVATE_WITH_BOT, actions(button('a')));
    workspace.removeBot(PRIVATE_WITH_BOT);
    const hidden = Object.keys(fine).map((method) => [method, 'channel_not_found']);
    expect(await all(PRIVATE_WITH_BOT, secret.ts)).toEqual(Object.fromEntries(hidden));
  });

  it('no longer has a deleted message', async () => {
    const message = await posted(DB_MIGRATIONS, actions(button('a')));
    workspace.deleteMessage(message);
    const { channel, ts } = message;
    expect(await refusal(client.chat.update({ channel, ts, text: 'y' }))).toBe('message_not_found');
    expect((await client.conversations.history({ channel })).messages).toEqual([]);
    await expect(workspace.as(BOB).click(message, 'a')).rejects.toThrow('there is no message');
  });
});

describe('a user group', () => {
  const usergroup = APPROVERS_GROUP;
  const users = async () => (await client.usergroups.users.list({ usergroup })).users;
  const listed = async (more: object = {}) =>
    (await client.usergroups.list(more)).usergroups?.map(({ id }) => id);

  it('has members who are added while it is used', async () => {
    expect(await users()).toEqual([BOB, MEI]);
    workspace.setGroup(usergroup, { users: [DAN] });
    expect(await users()).toEqual([DAN]);
    workspace.deactivate(DAN);
    expect(await users()).toEqual([]);
  });

  it('that is disabled is only listed on request', async () => {
    workspace.setGroup(usergroup, { disabled: true });
    expect(await refusal(users())).toBe('no_such_subteam');
    expect(await listed()).toEqual([]);
    const { users: still } = await client.usergroups.users.list({
      usergroup,
      include_disabled: true,
    });
    expect(still).toEqual([BOB, MEI]);
    const all = await client.usergroups.list({ include_disabled: true, include_users: true });
    expect(all.usergroups).toMatchObject([{ users: [BOB, MEI] }]);
    expect(all.usergroups?.[0]?.date_delete).toBeGreaterThan(0);
  });

  it('needs a paid plan', async () => {
    workspace.setPlan('free');
    expect(await refusal(users())).toBe('plan_upgrade_required');
    expect(await refusal(listed())).toBe('plan_upgrade_required');
    workspace.setPlan('paid');
    expect(await listed()).toEqual([usergroup]);
  });
});

describe('a direct conversation', () => {
  const metadata = { event_type: 'request', event_payload: { id: 7 } };

  it('keeps posts with their metadata, and allows updates', async () => {
    const { channel = '', ts = '' } = await client.chat.postMessage({
      channel: ALICE,
      text: 'psst',
      metadata,
    });
    expect((await client.conversations.open({ users: ALICE })).channel?.id).toBe(channel);
    const again = await client.conversations.open({ channel, return_im: true });
    expect(again.channel).toMatchObject({ id: channel, is_im: true, user: ALICE });
    const read = async () =>
      (await client.conversations.history({ channel, include_all_metadata: true })).messages;
    expect(await read()).toMatchObject([{ text: 'psst', metadata }]);
    const changed = { ts, text: 'hush' };
    expect(await refusal(client.chat.update({ channel: ALICE, ...changed }))).toBe(
      'channel_not_found',
    );
    await client.chat.update({ channel, ...changed });
    expect(await read()).toMatchObject([{ text: 'hush', metadata }]);
    expect(workspace.as(ALICE).directMessages()).toMatchObject([{ text: 'hush' }]);
    expect(workspace.as(BOB).messages(channel)).toEqual([]);
  });

  it('can be read with only im:history', async () => {
    await start({ scopes: ALL_SCOPES.filter((scope) => scope !== 'im:history') });
    const { channel = '' } = await client.chat.postMessage({ channel: ALICE, text: 'psst' });
    expect(await refusal(client.conversations.history({ channel }))).toBe('missing_scope');
  });

  it('with a deactivated person accepts messages but cannot be opened; with a bot it does not exist', async () => {
    expect(await refusal(client.conversations.open({ users: DEACTIVATED }))).toBe('user_disabled');
    const { channel = '' } = await client.chat.postMessage({
      channel: DEACTIVATED,
      text: 'hello?',
    });
    expect((await client.conversations.history({ channel })).messages).toHaveLength(1);
    const say = (user: string) => refusal(client.chat.postMessage({ channel: user, text: 'x' }));
    expect(await say(OTHER_BOT)).toBe('cannot_dm_bot');
    expect(await say('U0NOBODY01')).toBe('channel_not_found');
    const open = (users?: string) => refusal(client.apiCall('conversations.open', { users }));
    expect(await open(OTHER_BOT)).toBe('cannot_dm_bot');
    expect(await open('U0NOBODY01')).toBe('user_not_found');
    expect(await open()).toBe('users_list_not_supplied');
    expect(await refusal(client.conversations.open({ channel: DB_MIGRATIONS }))).toBe(
      'method_not_supported_for_channel_type',
    );
  });

  it('has buttons that the person clicks', async () => {
    const heard: string[] = [];
    await teach((app) => {
      app.action('more', async ({ ack, body }) => {
        await ack();
        if (body.type === 'block_actions') heard.push(body.channel?.name ?? '');
      });
    });
    const message = await posted(ALICE, actions(button('more')));
    expect(await workspace.as(ALICE).click(message, 'more')).toMatchObject({ ok: true });
    expect(heard).toEqual(['directmessage']);
    await expect(workspace.as(BOB).click(message, 'more')).rejects.toThrow(NoSuchButton);
  });
});

describe('elements of a message', () => {
  it('are overflow menus, selects and buttons in any place', async () => {
    await teach((app) => {
      app.action(/./, ({ ack }) => ack());
    });
    const overflow = {
      type: 'overflow',
      action_id: 'more',
      options: [option('cancel'), option('edit')],
    };
    const select = {
      type: 'static_select',
      action_id: 'who',
      placeholder: plain('Whom?'),
      options: [option('one'), option('two')],
    };
    const message = await posted(DB_MIGRATIONS, section(select), actions(button('yes'), overflow));
    expect(workspace.render(message)).toBe('@App Bot\n  Look <Whom?>\n  [yes] [… [cancel] [edit]]');
    const sent = () => workspace.deliveries.at(-1)?.payload;
    const bob = workspace.as(BOB);

    await bob.click(message, 'more', { choice: 'edit' });
    expect(sent()).toMatchObject({
      actions: [{ type: 'overflow', action_id: 'more', selected_option: { value: 'edit' } }],
      state: { values: { section: { who: { selected_option: null } } } },
    });
    await expect(bob.click(message, 'more', { choice: 'erase' })).rejects.toThrow('offers no');
    await expect(bob.click(message, 'more')).rejects.toThrow('say which choice');

    await bob.click(message, 'who', { choice: 'two' });
    const chosen = { values: { section: { who: { selected_option: { value: 'two' } } } } };
    expect(sent()).toMatchObject({
      actions: [{ type: 'static_select', selected_option: { value: 'two' } }],
      state: chosen,
    });
    await bob.click(message, 'yes');
    expect(sent()).toMatchObject({ actions: [{ value: 'value of yes' }], state: chosen });
    await workspace.as(MEI).click(message, 'yes');
    expect(sent()).toMatchObject({
      state: { values: { section: { who: { selected_option: null } } } },
    });
  });

  it('ask before they act if they have a confirm', async () => {
    await teach((app) => {
      app.action('drop', ({ ack }) => ack());
    });
    const confirm = { title: plain('Sure?'), text: plain('Gone then'), confirm: plain('Drop') };
    const message = await posted(DB_MIGRATIONS, section(button('drop', { confirm })));
    const declined = await workspace.as(BOB).click(message, 'drop', { confirm: false });
    expect(declined).toEqual({ ok: false, error: 'not_confirmed' });
    expect(workspace.deliveries).toEqual([]);
    expect(await workspace.as(BOB).click(message, 'drop')).toMatchObject({ ok: true });
    const without = button('drop', { confirm: { title: plain('Sure?') } });
    expect(await refusal(posted(DB_MIGRATIONS, actions(without)))).toBe('invalid_blocks');
  });
});

describe('modals', () => {
  beforeEach(() =>
    teach((app) => {
      app.action('open', async ({ ack, body, client: bot }) => {
        await ack();
        if (body.type !== 'block_actions') return;
        await bot.views.open({
          trigger_id: body.trigger_id,
          view: modal('First', actions(button('push'))),
        });
      });
      app.action('push', async ({ ack, body, client: bot }) => {
        await ack();
        if (body.type !== 'block_actions') return;
        const title = `After ${body.view?.title.text}`;
        const view = modal(title.slice(0, 24), actions(button('push')));
        await bot.views.push({ trigger_id: body.trigger_id, view }).catch(() => {});
      });
      app.view('modal', async ({ ack, view }) => {
        await (view.title.text === 'After After First'
          ? ack({ response_action: 'clear' })
          : ack({ response_action: 'update', view: modal('Updated') }));
      });
    }),
  );

  const title = () => workspace.as(ALICE).view()?.content['title'];
  const shows = (text: string) =>
    workspace.until(() => JSON.stringify(title() ?? '').includes(`"${text}"`), { what: text });
  const click = async (action: string) => {
    const view = workspace.as(ALICE).view();
    if (view === undefined) throw new Error('no modal');
    await workspace.as(ALICE).click(view, action);
  };
  const open = async () => {
    const message = await posted(DB_MIGRATIONS, actions(button('open')));
    await workspace.as(ALICE).click(message, 'open');
    await shows('First');
  };

  it('stack up to three, and each returns to the one below', async () => {
    await open();
    const root = workspace.as(ALICE).view();
    await click('push');
    await shows('After First');
    expect(workspace.as(ALICE).view()).toMatchObject({
      rootViewId: root?.id,
      previousViewId: root?.id,
    });
    await click('push');
    await shows('After After First');
    await click('push');
    await workspace.until(() => workspace.callsOf('views.push').at(-1)?.answer.kind === 'error');
    expect(workspace.mistakes).toMatchObject([{ error: 'push_limit_reached' }]);
    await workspace.as(ALICE).dismiss();
    await shows('After First');
    await workspace.as(ALICE).dismiss();
    expect(workspace.as(ALICE).view()?.id).toBe(root?.id);
  });

  it('are updated by a submission, or all closed', async () => {
    await open();
    expect(await workspace.as(ALICE).submit()).toMatchObject({ result: 'updated' });
    await shows('Updated');
    await open();
    await click('push');
    await shows('After First');
    await click('push');
    await shows('After After First');
    expect(await workspace.as(ALICE).submit()).toEqual({ result: 'closed' });
    expect(workspace.as(ALICE).view()).toBeUndefined();
  });

  it('accept no push if none is open, and have no buttons below the one in front', async () => {
    await open();
    const first = workspace.as(ALICE).view();
    await click('push');
    await shows('After First');
    if (first === undefined) throw new Error('no modal');
    await expect(workspace.as(ALICE).click(first, 'push')).rejects.toThrow('in front');
    await workspace.as(ALICE).dismiss();
    await workspace.as(ALICE).dismiss();
    const message = await posted(DB_MIGRATIONS, actions(button('push')));
    await workspace.as(ALICE).click(message, 'push');
    await workspace.until(() => workspace.callsOf('views.push').at(-1)?.answer.kind === 'error');
    expect(workspace.callsOf('views.push').at(-1)?.answer).toMatchObject({ error: 'not_found' });
  });
});

describe('the Home tab', () => {
  const select = {
    type: 'static_select',
    action_id: 'filter',
    options: [option('mine'), option('all')],
    initial_option: option('mine'),
  };
  const content = () =>
    home(section(select), actions(button('open'), { ...select, action_id: 'sort' }));
  const publish = (hash?: string) =>
    client.views.publish({
      user_id: ALICE,
      view: content(),
      ...(hash === undefined ? {} : { hash }),
    });
  const shown = () => {
    const view = workspace.as(ALICE).home();
    if (view === undefined) throw new Error('no Home tab');
    return view;
  };

  it('has buttons and selects, and opens a modal', async () => {
    await teach((app) => {
      app.action(/^(filter|sort)$/, ({ ack }) => ack());
      app.action('open', async ({ ack, body, client: bot }) => {
        await ack();
        if (body.type !== 'block_actions') return;
        await bot.views.open({ trigger_id: body.trigger_id, view: modal('From Home') });
      });
    });
    await publish();
    const alice = workspace.as(ALICE);
    await alice.click(shown(), 'filter', { choice: 'all' });
    await alice.click(shown(), 'sort', { choice: 'all' });
    await alice.click(shown(), 'open');
    await workspace.until(() => alice.view(), { what: 'the modal' });
    const { payload } = workspace.deliveries.at(-1) ?? {};
    expect(payload).toMatchObject({
      container: { type: 'view', view_id: shown().id },
      view: {
        type: 'home',
        hash: shown().hash,
        state: {
          values: {
            section: { filter: { selected_option: { value: 'all' } } },
            actions: { sort: { selected_option: { value: 'all' } } },
          },
        },
      },
      actions: [{ action_id: 'open', value: 'value of open' }],
    });
    expect(payload).not.toHaveProperty('channel');
    expect(payload).not.toHaveProperty('response_url');
    expect(workspace.as(BOB).home()).toBeUndefined();
    await expect(workspace.as(BOB).click(shown(), 'open')).rejects.toThrow('in front');
  });

  it('is published under its hash', async () => {
    await publish();
    const { id, hash } = shown();
    await publish(hash);
    expect(shown().id).toBe(id);
    expect(shown().hash).not.toBe(hash);
    expect(await refusal(publish(hash))).toBe('hash_conflict');
    const update = (at: string) => client.views.update({ view_id: id, view: content(), hash: at });
    expect(await refusal(update(hash))).toBe('hash_conflict');
    expect(await refusal(update(shown().hash))).toBe('none');
    const before = shown().hash;
    await workspace.as(ALICE).fill({ 'section/filter': 'all' }, shown());
    expect(shown().hash).toBe(before);
    const gone = client.views.publish({ user_id: DEACTIVATED, view: content() });
    expect(await refusal(gone)).toBe('user_not_found');
  });
});

describe('an ephemeral message', () => {
  it('is replaced and removed through its button’s response_url', async () => {
    await teach((app) => {
      app.action('ask', async ({ ack, respond }) => {
        await ack();
        const blocks = [actions(button('sure'), button('never mind'))] as AnyBlocks;
        await respond({ text: 'Sure?', blocks, replace_original: false });
      });
      app.action('sure', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'Done', replace_original: true });
      });
      app.action('never mind', async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    const card = await posted(DB_MIGRATIONS, actions(button('ask')));
    const bob = workspace.as(BOB);
    const asked = () => workspace.answerTo(BOB, () => bob.click(card, 'ask'));
    const question = await asked();
    expect(workspace.message(card)?.text).toBe('x');
    expect(workspace.as(MEI).ephemerals()).toEqual([]);
    await expect(workspace.as(MEI).click(question, 'sure')).rejects.toThrow('does not see');
    await bob.click(question, 'sure');
    await workspace.until(() => bob.ephemerals()[0]?.text === 'Done', { what: 'the answer' });
    expect(bob.ephemerals()).toMatchObject([{ ts: question.ts, onlyFor: BOB, blocks: [] }]);
    const { payload } = workspace.deliveries.at(-1) ?? {};
    expect(payload).toMatchObject({ container: { is_ephemeral: true, message_ts: question.ts } });
    expect(payload).not.toHaveProperty('message');
    const { channel, ts } = question;
    expect(await refusal(client.chat.update({ channel, ts, text: 'y' }))).toBe('message_not_found');

    await bob.click(await asked(), 'never mind');
    await workspace.until(() => bob.ephemerals().length === 1, { what: 'one message' });
  });

  it('after a command is not replaced by a second answer', async () => {
    await teach((app) => {
      app.command('/ask', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'first' });
        await respond({ text: 'second', replace_original: true });
      });
    });
    await workspace.as(ALICE).command(DB_MIGRATIONS, '/ask');
    const seen = () => workspace.as(ALICE).ephemerals();
    await workspace.until(() => seen().length === 2, { what: 'both answers' });
    expect(seen().map(({ text }) => text)).toEqual(['first', 'second']);
  });
});
