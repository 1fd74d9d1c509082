import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Timers } from '../delivery/timers';
import type { Faults } from '../records/faults';
import type { Recorder } from '../records/recorder';
import type { Call } from '../records/records';
import { TEAM } from '../workspace/seed';
import type { SlackFile } from '../workspace/slackFile';
import type { World } from '../workspace/world';
import { bearerOf, tokenKind } from './tokens';

export interface FileDownloadParts {
  readonly world: World;
  readonly recorder: Recorder;
  readonly faults: Faults;
  readonly timers: Timers;
  /** The scopes of the bot token. */
  readonly scopes: ReadonlySet<string>;
}

/**
 * The method name under which downloads are recorded and faults are planned. With the status 200
 * and an error, the sign-in page is shown without a redirect.
 */
const METHOD = 'url_private';

/**
 * Answers `url_private` and `url_private_download`. Without permission, the client is redirected to
 * the sign-in page, which is HTML with status 200:
 * https://github.com/slackapi/deno-slack-sdk/issues/285,
 * https://github.com/slackapi/bolt-js/issues/2585
 */
export class FileDownloads {
  constructor(private readonly parts: FileDownloadParts) {}

  isFor({ pathname, searchParams }: URL): boolean {
    return pathname.startsWith('/files-pri/') || (pathname === '/' && searchParams.has('redir'));
  }

  async handle(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (url.pathname === '/') {
      showSignIn(response);
      return;
    }
    const { world, recorder, faults, timers } = this.parts;
    const token = tokenKind(bearerOf(request));
    const call = recorder.call({
      method: METHOD,
      args: { path: url.pathname },
      at: world.now(),
      token,
      rawBody: '',
      answer: { kind: 'pending' },
    });
    const fault = faults.take(METHOD, {});
    if (fault?.kind === 'slow') await timers.wait(fault.ms);
    else if (fault !== undefined) {
      call.answer = { kind: 'fault', fault: fault.kind, applied: false };
      if (fault.kind === 'reset') response.destroy();
      else if (fault.kind === 'rateLimited') {
        response.writeHead(429, { 'retry-after': String(fault.retryAfterSeconds) }).end();
      } else if (fault.kind === 'status' && fault.status !== 200) {
        response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<html></html>');
      } else showSignIn(response);
      world.changes.announce();
      return;
    }
    this.#serve(url, call, response);
    world.changes.announce();
  }

  #serve(url: URL, call: Call, response: ServerResponse): void {
    const { world, scopes } = this.parts;
    const [, team, id = '', download] =
      /^\/files-pri\/([^/-]+)-([^/]+)\/(download\/)?[^/]+$/.exec(url.pathname) ?? [];
    const file = team === TEAM.id ? world.files.get(id) : undefined;
    if (file === undefined) {
      call.answer = { kind: 'error', error: 'file_not_found', body: {} };
      response.writeHead(404, { 'content-type': 'text/html' }).end('<html></html>');
    } else if (call.token !== 'bot' || !scopes.has('files:read')) {
      call.answer = { kind: 'error', error: 'sign_in', body: {} };
      const signIn = `/?redir=${encodeURIComponent(url.pathname)}`;
      response.writeHead(302, { location: signIn, 'content-type': 'text/html; charset=utf-8' });
      response.end(`<a href="${signIn}">Found</a>.\n`);
    } else {
      call.answer = { kind: 'ok', body: {} };
      serveContent(file, download !== undefined, response);
    }
  }
}

function serveContent(file: SlackFile, download: boolean, response: ServerResponse): void {
  const name = encodeURIComponent(file.name);
  response.writeHead(200, {
    'content-type': file.mimetype,
    'content-length': file.content.length,
    ...(download ? { 'content-disposition': `attachment; filename*=UTF-8''${name}` } : {}),
  });
  response.end(file.content);
}

function showSignIn(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<!DOCTYPE html><html lang="en-US"><title>Slack</title>Sign in to Slack</html>');
}
