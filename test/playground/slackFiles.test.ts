import {
  ALICE,
  ALL_SCOPES,
  APP_TOKEN,
  BOT_TOKEN,
  type JsonObject,
  type SlackOptions,
  type SlackWorkspace,
  startSlack,
  TEAM,
  ValueRefused,
} from '../../playground/slack';
import { fail } from '../support/fail';
import { connectQuietApp, quietClient } from '../support/quietApp';

let workspace: SlackWorkspace;
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** The uploaded files in the submitted view's state. */
let submitted: unknown;

/** A workspace with an app that requests files. */
async function start(options: SlackOptions = {}, element: JsonObject = {}): Promise<void> {
  const started = await startSlack(options);
  stops.push(() => started.close());
  workspace = started;
  submitted = undefined;
  const receiver = await connectQuietApp(workspace.apiUrl, (app) => {
    app.shortcut('start', async ({ ack, body, client }) => {
      await ack();
      await client.views
        .open({
          trigger_id: body.trigger_id,
          view: {
            type: 'modal',
            callback_id: 'attach',
            title: { type: 'plain_text', text: 'Attach' },
            submit: { type: 'plain_text', text: 'Send' },
            blocks: [
              {
                type: 'input',
                block_id: 'list',
                optional: true,
                label: { type: 'plain_text', text: 'List' },
                element: { type: 'file_input', action_id: 'list', ...element },
              },
            ],
          },
        })
        .catch(() => undefined);
    });
    app.view('attach', async ({ ack, view }) => {
      submitted = view.state.values['list']?.['list'];
      await ack();
    });
  });
  stops.push(() => receiver.client.disconnect());
}

const client = (token = BOT_TOKEN) => quietClient(workspace.apiUrl, token);
const alice = () => workspace.as(ALICE);
async function openForm(): Promise<void> {
  await alice().shortcut('start');
  await workspace.until(() => alice().view(), { what: 'the form' });
}
const upload = (name = 'Tables of 2024.txt', content: string | Uint8Array = 'db1\ndb2\n') =>
  alice().upload({ name, content });
const infoOf = async (file: string) => (await client().files.info({ file })).file;

/** What a browser or an app gets at the file's URL. */
const get = async (fileId: string, headers: Record<string, string>, redirect?: 'manual') => {
  const url = (await infoOf(fileId))?.url_private_download ?? '';
  return fetch(url, { headers, ...(redirect === undefined ? {} : { redirect }) });
};
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('a file in a form', () => {
  it("arrives in the state of the view with Slack's description", async () => {
    await start();
    await openForm();
    const id = upload();
    await alice().fill({ list: [id] });
    expect(workspace.render(alice().view() ?? fail())).toContain(
      'List (optional): Tables of 2024.txt',
    );
    expect(await alice().submit()).toEqual({ result: 'closed' });
    const address = new RegExp(
      `^http://127.*/files-pri/${TEAM.id}-${id}/(download/)?tables_of_2024.txt$`,
    );
    expect(submitted).toMatchObject({
      type: 'file_input',
      files: [
        {
          id,
          name: 'Tables of 2024.txt',
          mimetype: 'text/plain',
          filetype: 'text',
          size: 8,
          user: ALICE,
          user_team: TEAM.id,
          url_private: expect.stringMatching(address),
          url_private_download: expect.stringMatching(address),
        },
      ],
    });
  });

  it('may be omitted, and removed', async () => {
    await start();
    await openForm();
    await alice().fill({ list: [upload()] });
    await alice().fill({ list: null });
    await alice().submit();
    expect(submitted).toEqual({ type: 'file_input', files: [] });
  });

  it('must be one that the client accepts', async () => {
    await start({}, { filetypes: ['txt', 'json'], max_files: 1 });
    await openForm();
    const refused = (files: string[]) => expect(alice().fill({ list: files })).rejects;
    await refused(['F0NOSUCH01']).toThrow(ValueRefused);
    await refused([upload('a.png')]).toThrow('takes no a.png, only txt, json');
    await refused([upload(), upload()]).toThrow('takes 1 at most');
    await refused([upload('big.txt', Buffer.alloc(10_000_001))]).toThrow('10000000 bytes');
    await alice().fill({ list: [upload('a.JSON')] });
  });

  it('needs an input that Slack accepts, and the scope for files', async () => {
    const mistake = () => workspace.until(() => workspace.mistakes[0]);
    await start({}, { filetypes: 'txt', max_files: 11 });
    await alice().shortcut('start');
    expect(await mistake()).toMatchObject({ where: 'views.open', error: 'invalid_arguments' });
    expect((await mistake()).detail).toMatch(/array of strings.*from 1 to 10/s);

    await start({ scopes: ALL_SCOPES.filter((scope) => scope !== 'files:read') });
    await alice().shortcut('start');
    const scope = { where: 'views.open', error: 'missing_scope', detail: 'files:read' };
    expect(await mistake()).toEqual(scope);
  });
});

describe('files.info', () => {
  it('describes a file, and reports a deleted one as missing', async () => {
    await start();
    const id = upload();
    expect(await infoOf(id)).toMatchObject({ id, size: 8, mode: 'hosted' });
    workspace.describeFile(id, { size: 3 });
    expect(await infoOf(id)).toMatchObject({ id, size: 3 });
    workspace.deleteFile(id);
    await expect(infoOf(id)).rejects.toMatchObject({ data: { error: 'file_not_found' } });
  });

  it('needs its scope', async () => {
    await start({ scopes: ['commands', 'chat:write'] });
    await expect(infoOf(upload())).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'files:read' },
    });
  });
});

describe('the URL of a file', () => {
  it('returns the content to the bot, byte for byte', async () => {
    await start();
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const answer = await get(upload('all.bin', bytes), bearer(BOT_TOKEN));
    expect(answer.status).toBe(200);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    expect(workspace.callsOf('url_private')).toEqual([
      expect.objectContaining({ token: 'bot', answer: { kind: 'ok', body: {} } }),
    ]);
  });

  it.each([
    ['nobody', {}],
    ['a client with a wrong token', bearer('xoxb-wrong')],
    ['an app-level token', bearer(APP_TOKEN)],
  ])('sends %s to the sign-in page, which is HTML with status 200', async (_, headers) => {
    await start();
    const id = upload();
    const redirect = await get(id, headers, 'manual');
    expect(redirect.status).toBe(302);
    expect(redirect.headers.get('location')).toMatch(/^\/\?redir=%2Ffiles-pri%2F/);
    const page = await get(id, headers);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(await page.text()).toContain('Sign in');
  });

  it('is a page for a bot without the scope too', async () => {
    await start({ scopes: ['commands'] });
    const url = new URL(`/files-pri/${TEAM.id}-${upload()}/a.txt`, workspace.apiUrl);
    expect(await (await fetch(url, { headers: bearer(BOT_TOKEN) })).text()).toContain('Sign in');
  });

  it('returns 404 for a missing file', async () => {
    await start();
    const id = upload();
    const url = (await infoOf(id))?.url_private ?? '';
    workspace.deleteFile(id);
    expect((await fetch(url, { headers: bearer(BOT_TOKEN) })).status).toBe(404);
  });

  it('applies the faults that are planned for url_private', async () => {
    await start();
    const id = upload();
    workspace.faults.next('url_private', { kind: 'status', status: 503 });
    workspace.faults.next('url_private', { kind: 'rateLimited', retryAfterSeconds: 3 });
    workspace.faults.next('url_private', { kind: 'status', status: 200 });
    workspace.faults.next('url_private', { kind: 'reset' });
    expect((await get(id, bearer(BOT_TOKEN))).status).toBe(503);
    expect((await get(id, bearer(BOT_TOKEN))).headers.get('retry-after')).toBe('3');
    expect(await (await get(id, bearer(BOT_TOKEN))).text()).toContain('Sign in');
    await expect(get(id, bearer(BOT_TOKEN))).rejects.toThrow('fetch failed');
    expect(await (await get(id, bearer(BOT_TOKEN))).text()).toBe('db1\ndb2\n');
  });
});
