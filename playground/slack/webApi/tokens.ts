import type { IncomingMessage } from 'node:http';
import type { TokenKind } from '../records/records';
import { APP_TOKEN, BOT_TOKEN } from '../workspace/seed';

/** The token in an `Authorization: Bearer` header. */
export function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
}

export function tokenKind(token: string | undefined): TokenKind {
  if (token === undefined || token === '') return 'none';
  if (token === BOT_TOKEN) return 'bot';
  return token === APP_TOKEN ? 'app' : 'unknown';
}
