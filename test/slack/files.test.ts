import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  ALICE,
  type SlackOptions,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack/index';
import type { FileProblem } from '../../src/domain/form/fileProblem';
import { interactiveClient } from '../../src/slack/clients';
import { type FileLimits, readTextFile, type TextFile } from '../../src/slack/files';
import { listenLocally, portOf } from '../support/listenLocally';

let logged: string;
let slack: SlackWorkspace;
const stops: (() => Promise<unknown>)[] = [];
/** Closes its own workspace, because `slack` may refer to another one by then. */
async function start(options: SlackOptions = {}): Promise<SlackWorkspace> {
  const workspace = await startSlack(options);
  stops.push(() => workspace.close());
  return workspace;
}
beforeEach(async () => {
  logged = '';
  slack = await start();
});
afterEach(async () => {
  expect(logged).not.toContain(slack.botToken);
  for (const stop of stops.splice(0).reverse()) await stop();
});

const keep = (...parts: unknown[]) => {
  logged += `${JSON.stringify(parts)}\n`;
};
const log = { info: keep, warn: keep, error: keep };
const limits: FileLimits = { maxBytes: 1_000, timeoutMs: 5_000 };

const upload = (content: string | Uint8Array, name = 'tables.txt') =>
  slack.as(ALICE).upload({ name, content });
const read = (fileId: string, of: Partial<FileLimits> = {}, apiUrl = slack.apiUrl) =>
  readTextFile({ client: interactiveClient(slack.botToken, apiUrl, log), log }, fileId, {
    ...limits,
    ...of,
  });
const problemOf = (file: TextFile): FileProblem['code'] | undefined =>
  file.ok ? undefined : file.problem.code;

describe('text is read as it was written', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['in UTF-8', 'db1.订单\ndb2', 'db1.订单\ndb2'],
    ['in UTF-8 with its mark', '\ufeffdb1', 'db1'],
    ['in UTF-16, as Windows writes it', Buffer.from('\ufeffdb1.订单', 'utf16le'), 'db1.订单'],
    ['in the other UTF-16', Buffer.from('\ufeffdb1', 'utf16le').swap16(), 'db1'],
    ['when it is empty', '', ''],
    ['when it fills the limit', 'x'.repeat(1_000), 'x'.repeat(1_000)],
  ])('%s', async (_, content, text) => {
    expect(await read(upload(content))).toEqual({ ok: true, text });
  });

  it('with a single lookup, by ID alone', async () => {
    const id = upload('db1');
    await read(id);
    expect(slack.calls).toMatchObject([
      { method: 'files.info', args: { file: id }, token: 'bot' },
      { method: 'url_private', token: 'bot' },
    ]);
  });

  it('from the address for downloads, or the other one if there is none', async () => {
    const id = upload('db1');
    slack.describeFile(id, { url_private: 'https://files.example.com/files-pri/T1-F1/a.txt' });
    expect(await read(id)).toEqual({ ok: true, text: 'db1' });
    const server = await serve((_, response) => response.end('db2'));
    expect(await read('F1', {}, server.apiUrl)).toEqual({ ok: true, text: 'db2' });
  });

  it('even if it is HTML', async () => {
    expect(await read(upload('<p>db1', 'tables.html'))).toEqual({ ok: true, text: '<p>db1' });
  });
});

it.each([
  [201, 'unreachable'],
  [299, 'unreachable'],
  [300, 'not_allowed'],
  [302, 'not_allowed'],
  [399, 'not_allowed'],
  [400, 'unreachable'],
  [401, 'not_allowed'],
  [402, 'unreachable'],
  [403, 'not_allowed'],
  [404, 'gone'],
  [409, 'unreachable'],
  [410, 'gone'],
  [411, 'unreachable'],
  [500, 'unreachable'],
])('the status %i of a download means: %s', async (status, problem) => {
  const server = await serve((_, response) => response.writeHead(status).end('db1'));
  expect(problemOf(await read('F1', {}, server.apiUrl))).toBe(problem);
});

it.each([
  ['text/html', false],
  ['TEXT/HTML; charset=utf-8', false],
  ['text/html5', true],
  ['application/text/html', true],
  [undefined, true],
])('a response of the type %s is the file: %s', async (type, isFile) => {
  const server = await serve((_, response) => {
    if (type !== undefined) response.setHeader('content-type', type);
    response.end('db1');
  });
  const file = await read('F1', {}, server.apiUrl);
  expect(file).toEqual(isFile ? { ok: true, text: 'db1' } : { ...file, ok: false });
  expect(problemOf(file)).toBe(isFile ? undefined : 'not_allowed');
});

it('a file that arrives in parts has them in order', async () => {
  const server = await serve((_, response) => {
    response.write('db1\n');
    setImmediate(() => response.end('db2'));
  });
  expect(await read('F1', {}, server.apiUrl)).toEqual({ ok: true, text: 'db1\ndb2' });
});

it.each([
  ['https://files.slack-gov.com/files-pri/T1-F1/a.txt', { ok: true, text: 'db1' }],
  ['https://files.slack.com/files-pri/T1-F1/a.txt', { ok: true, text: 'db1' }],
  ['https://slack-gov.com/files-pri/T1-F1/a.txt', { ok: true, text: 'db1' }],
  ['http://files.slack-gov.com/files-pri/T1-F1/a.txt', { ok: false }],
  ['https://other.slack-gov.com/files-pri/T1-F1/a.txt', { ok: false }],
  ['https://files.slack-gov.com/other/a.txt', { ok: false }],
  ['https://eve@files.slack-gov.com/files-pri/T1-F1/a.txt', { ok: false }],
])('the API at slack-gov.com may have a file at %s: %j', async (url_private, expected) => {
  const { fetch } = globalThis;
  const asked: string[] = [];
  globalThis.fetch = async (input) => {
    const address = input instanceof Request ? input.url : String(input);
    asked.push(address);
    const file = { size: 3, url_private };
    return address.endsWith('/files.info')
      ? Response.json({ ok: true, file })
      : new Response('db1', { headers: { 'content-type': 'text/plain' } });
  };
  const found = await read('F1', {}, 'https://slack-gov.com/api/').finally(() => {
    globalThis.fetch = fetch;
  });
  expect(found).toMatchObject(expected);
  expect(asked.slice(1)).toEqual(found.ok ? [url_private] : []);
});

it('a refusal whose words have no end is not read', async () => {
  const server = await serve((_, response) => {
    response.writeHead(403).write('the first words');
  });
  expect(problemOf(await read('F1', {}, server.apiUrl))).toBe('not_allowed');
  await server.closed;
});

describe('other content', () => {
  it.each([
    ['bytes that are not UTF-8', Buffer.from([0x64, 0x62, 0xb1])],
    ['a NUL among letters', Buffer.from('a\0b')],
    ['half a character of UTF-16', Buffer.from([0xff, 0xfe, 0x64])],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
  ])('%s', async (_, content) => {
    expect(await read(upload(content))).toEqual({ ok: false, problem: { code: 'not_text' } });
  });
});

describe('a file that is too large', () => {
  const tooLarge = { ok: false, problem: { code: 'too_large', maxBytes: 1_000 } };

  it('is not fetched at all', async () => {
    expect(await read(upload('x'.repeat(1_001)))).toEqual(tooLarge);
    expect(slack.callsOf('url_private')).toEqual([]);
  });

  it('is not read if the response is larger than Slack said', async () => {
    const id = upload('x'.repeat(1_001));
    slack.describeFile(id, { size: 10 });
    expect(await read(id)).toEqual(tooLarge);
    expect(logged).toContain('more bytes than was said');
  });

  it('is cut off if it has no end', async () => {
    const server = await serve((_, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(500)));
        response.once('drain', write);
      };
      write();
    });
    expect(await read('F1', {}, server.apiUrl)).toEqual(tooLarge);
    await server.closed;
  });
});

describe('a file that Slack does not return', () => {
  it('is gone if it was deleted', async () => {
    const id = upload('db1');
    slack.deleteFile(id);
    expect(problemOf(await read(id))).toBe('gone');
    expect(problemOf(await read(''))).toBe('gone');
    const tombstone = upload('db1');
    slack.describeFile(tombstone, { mode: 'tombstone' });
    expect(problemOf(await read(tombstone))).toBe('gone');
  });

  it('is gone if it was deleted in between', async () => {
    slack.faults.next('url_private', { kind: 'status', status: 404 });
    expect(problemOf(await read(upload('db1')))).toBe('gone');
  });

  it('is not allowed without the scope, which the log names', async () => {
    slack = await start({ scopes: ['commands'] });
    expect(problemOf(await read(upload('db1')))).toBe('not_allowed');
    expect(logged).toContain('missing_scope');
  });

  it('is not allowed if a sign-in page comes instead', async () => {
    slack.faults.next('url_private', { kind: 'status', status: 200 });
    expect(problemOf(await read(upload('db1')))).toBe('not_allowed');
    slack.faults.next('url_private', { kind: 'status', status: 403 });
    expect(problemOf(await read(upload('db1')))).toBe('not_allowed');
  });

  it.each([
    ['files.info', { kind: 'status', status: 500 }],
    ['files.info', { kind: 'status', status: 200 }],
    ['files.info', { kind: 'reset' }],
    ['files.info', { kind: 'error', error: 'internal_error' }],
    ['files.info', { kind: 'rateLimited', retryAfterSeconds: 30 }],
    ['url_private', { kind: 'status', status: 206 }],
    ['url_private', { kind: 'status', status: 503 }],
    ['url_private', { kind: 'rateLimited', retryAfterSeconds: 30 }],
    ['url_private', { kind: 'reset' }],
  ] as const)('cannot be reached if %s hits %j', async (method, fault) => {
    slack.faults.next(method, fault);
    expect(problemOf(await read(upload('db1')))).toBe('unreachable');
  });

  it.each([
    ['file_not_found', 'gone'],
    ['file_deleted', 'gone'],
    ['access_denied', 'not_allowed'],
    ['token_revoked', 'not_allowed'],
    ['fatal_error', 'unreachable'],
    ['request_timeout', 'unreachable'],
    ['service_unavailable', 'unreachable'],
  ])('if Slack answers %s, it is %s', async (error, problem) => {
    slack.faults.next('files.info', { kind: 'error', error });
    expect(problemOf(await read(upload('db1')))).toBe(problem);
    expect(logged).toContain(error);
  });

  it('is not awaited longer than configured', async () => {
    const started = performance.now();
    slack.faults.next('url_private', { kind: 'slow', ms: 60_000 });
    expect(problemOf(await read(upload('db1'), { timeoutMs: 300 }))).toBe('unreachable');
    const server = await serve((_, response) => response.write('never the end'));
    expect(problemOf(await read('F1', { timeoutMs: 300 }, server.apiUrl))).toBe('unreachable');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('the log names the file, the problem and its reason', () => {
  it.each<[string, string, RegExp, (id: string) => unknown]>([
    ['deleted', 'gone', /deleted/, (id) => slack.describeFile(id, { mode: 'tombstone' })],
    [
      'larger than allowed',
      'too_large',
      /2000 bytes/,
      (id) => slack.describeFile(id, { size: 2_000 }),
    ],
    [
      'without an address',
      'not_allowed',
      /no address/,
      (id) => slack.describeFile(id, { url_private: '', url_private_download: '' }),
    ],
    [
      'that Slack refuses',
      'not_allowed',
      /403/,
      () => slack.faults.next('url_private', { kind: 'status', status: 403 }),
    ],
    [
      'replaced by a page',
      'not_allowed',
      /page/,
      () => slack.faults.next('url_private', { kind: 'status', status: 200 }),
    ],
    [
      'that is removed during the download',
      'gone',
      /410/,
      () => slack.faults.next('url_private', { kind: 'status', status: 410 }),
    ],
    [
      'whose connection breaks',
      'unreachable',
      /fetch failed \(.+\)/,
      () => slack.faults.next('url_private', { kind: 'reset' }),
    ],
  ])('%s', async (_, problem, reason, prepare) => {
    const id = upload('db1');
    prepare(id);
    expect(problemOf(await read(id))).toBe(problem);
    expect(logged).toContain(JSON.stringify({ file: id, problem }).slice(1, -1));
    expect(logged).toMatch(reason);
  });

  it('of bytes that are not text', async () => {
    await read(upload(Buffer.from('a\0b')));
    expect(logged).toContain('no text');
  });
});

describe('the token is only sent to Slack', () => {
  it.each([
    ['another host', (other: string) => `${other}/files-pri/T1-F1/a.txt`],
    ['a host with a similar name', () => 'https://files.slack.com.example.com/files-pri/T1-F1/a'],
    [
      'a subdomain of a similar name',
      () => 'https://files.slack.com@example.com/files-pri/T1-F1/a',
    ],
    ['plain HTTP', () => 'http://files.slack.com/files-pri/T1-F1/a.txt'],
    ['a method of the API', () => new URL('api.test', slack.apiUrl).href],
    ['a path outside of the files', () => new URL('/files-pri/../api/api.test', slack.apiUrl).href],
    ['no address', () => 'tables.txt'],
  ])('not to %s', async (_, address) => {
    const asked: string[] = [];
    const other = await serve((request, response) => {
      asked.push(request.headers.authorization ?? '');
      response.end('db1');
    });
    const id = upload('db1');
    const url = address(new URL(other.apiUrl).origin);
    slack.describeFile(id, { url_private: url, url_private_download: url });
    expect(problemOf(await read(id))).toBe('not_allowed');
    expect(asked).toEqual([]);
    expect(slack.calls.map(({ method }) => method)).toEqual(['files.info']);
  });

  it('and the log names the other host', async () => {
    const id = upload('db1');
    const url = 'https://files.example.com/files-pri/T1-F1/a.txt';
    slack.describeFile(id, { url_private: url, url_private_download: url });
    await read(id);
    expect(logged).toContain('files.example.com');
  });

  it('not to a redirect by Slack', async () => {
    const asked: string[] = [];
    const other = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.end('db1');
    });
    const server = await serve((_, response) =>
      response.writeHead(307, { location: `${other.apiUrl}elsewhere` }).end(),
    );
    expect(problemOf(await read('F1', {}, server.apiUrl))).toBe('not_allowed');
    expect(asked).toEqual([]);
  });
});

/** A server that replaces Slack, describes one small file and returns `file` for it. */
async function serve(
  file: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<{ apiUrl: string; closed: Promise<unknown> }> {
  let closed: () => void;
  const whenClosed = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const origin = () => `http://127.0.0.1:${portOf(server)}`;
  const server: Server = createServer((request, response) => {
    if (request.url === '/api/files.info') {
      const address = `${origin()}/files-pri/T1-F1/a.txt`;
      response.end(JSON.stringify({ ok: true, file: { size: 3, url_private: address } }));
      return;
    }
    response.once('close', () => closed());
    file(request, response);
  });
  await listenLocally(server);
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return {
    apiUrl: `${origin()}/api/`,
    closed: whenClosed,
  };
}
