import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Timers } from '../delivery/timers';
import { isObject, type JsonObject, listAt, parseJson, textAt } from '../json';
import type { Fault, Faults } from '../records/faults';
import type { Recorder } from '../records/recorder';
import type { Call, TokenKind } from '../records/records';
import type { World } from '../workspace/world';
import { ApiError } from './apiError';
import { writeJson } from './body';
import type { Method, Methods } from './method';
import { MethodArgs } from './methodArgs';
import { bearerOf, tokenKind } from './tokens';

export interface WebApiParts {
  readonly world: World;
  readonly recorder: Recorder;
  readonly faults: Faults;
  readonly timers: Timers;
  readonly methods: Methods;
  /** The scopes of the bot token. */
  readonly scopes: ReadonlySet<string>;
  readonly apiUrl: () => string;
}

/** Errors that a correct app never causes, whatever people and networks do. */
const MISTAKES = new Set([
  'invalid_arguments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_cursor',
  'invalid_limit',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'missing_scope',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'not_allowed_token_type',
  'push_limit_reached',
  'unknown_method',
  'view_too_large',
]);

/**
 * Answers Web API calls: records them, applies faults, checks the token and scopes, and runs the
 * method.
 */
export class WebApi {
  constructor(private readonly parts: WebApiParts) {}

  /** @param method the last part of the path, such as `chat.postMessage` */
  async handle(
    method: string,
    request: IncomingMessage,
    rawBody: string,
    response: ServerResponse,
  ): Promise<void> {
    const { recorder, faults, timers, world } = this.parts;
    const { args, token } = readCall(request, rawBody);
    recorder.sent(rawBody, args.all);
    const call = recorder.call({
      method,
      args: args.all,
      at: world.now(),
      token: tokenKind(token),
      rawBody,
      answer: { kind: 'pending' },
    });
    const fault = faults.take(method, args.all);
    if (fault !== undefined && fault.after !== true) {
      if (fault.kind !== 'slow') return this.#fail(call, fault, response);
      await timers.wait(fault.ms);
    }
    const body = this.#run(method, call.token, args);
    if (fault?.after === true) {
      if (fault.kind !== 'slow') return this.#fail(call, fault, response);
      await timers.wait(fault.ms);
    }
    this.#answer(call, body, response);
  }

  #answer(call: Call, body: JsonObject, response: ServerResponse): void {
    const { recorder, scopes, world } = this.parts;
    const error = textAt(body, 'error');
    call.answer = error === undefined ? { kind: 'ok', body } : { kind: 'error', error, body };
    if (error !== undefined && MISTAKES.has(error)) {
      const detail = listAt(body, 'errors').join('; ') || (textAt(body, 'needed') ?? '');
      recorder.mistake(call.method, error, detail);
    }
    writeJson(response, 200, body, { 'x-oauth-scopes': [...scopes].join(',') });
    world.changes.announce();
  }

  #run(name: string, token: TokenKind, args: MethodArgs): JsonObject {
    try {
      const method = this.parts.methods[name];
      if (method === undefined) throw new ApiError('unknown_method', { req_method: name });
      checkToken(method, token);
      const needScope = (...wanted: readonly string[]): void => this.#needScope(wanted);
      if (method.scopes.length > 0) needScope(...method.scopes);
      const { world, scopes } = this.parts;
      return method.run({ world, args, scopes, apiUrl: this.parts.apiUrl(), needScope });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { ok: false, error: error.code, ...error.more };
    }
  }

  #needScope(wanted: readonly string[]): void {
    const { scopes } = this.parts;
    if (wanted.some((scope) => scopes.has(scope))) return;
    throw new ApiError('missing_scope', {
      needed: wanted.join(','),
      provided: [...scopes].join(','),
    });
  }

  #fail(call: Call, fault: Fault, response: ServerResponse): void {
    call.answer = { kind: 'fault', fault: fault.kind, applied: fault.after === true };
    if (fault.kind === 'reset') response.destroy();
    else if (fault.kind === 'rateLimited') {
      const retryAfter = { 'retry-after': String(fault.retryAfterSeconds) };
      writeJson(response, 429, { ok: false, error: 'ratelimited' }, retryAfter);
    } else if (fault.kind === 'status') {
      response.writeHead(fault.status, { 'content-type': 'text/html' });
      response.end('<html><body>Something went wrong</body></html>');
    } else if (fault.kind === 'error') writeJson(response, 200, { ok: false, error: fault.error });
    this.parts.world.changes.announce();
  }
}

function readCall(
  request: IncomingMessage,
  rawBody: string,
): { readonly args: MethodArgs; readonly token: string | undefined } {
  const bearer = bearerOf(request);
  if (request.headers['content-type']?.startsWith('application/json') === true) {
    const parsed = parseJson(rawBody);
    const body = isObject(parsed) ? parsed : {};
    return { args: MethodArgs.ofJson(body), token: bearer ?? textAt(body, 'token') };
  }
  const query = new URL(request.url ?? '/', 'http://localhost').search.slice(1);
  const form = new URLSearchParams([query, rawBody].filter(Boolean).join('&'));
  return { args: MethodArgs.ofForm(form), token: bearer ?? form.get('token') ?? undefined };
}

function checkToken(method: Method, token: TokenKind): void {
  if (method.token === 'none') return;
  if (token === 'none') throw new ApiError('not_authed');
  if (token === 'unknown') throw new ApiError('invalid_auth');
  if (method.token !== 'any' && method.token !== token) {
    throw new ApiError('not_allowed_token_type');
  }
}
