import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { FileProblem } from '../domain/form/fileProblem';
import { failure, type Result, success } from '../domain/result';
import { decodeText } from '../domain/text/decodeText';
import type { Log } from '../ports/log';
import { failureOf, lastingError } from './platformError';

export interface FileContext {
  client: WebClient;
  log: Log;
}

export interface FileLimits {
  maxBytes: number;
  /** For lookup and download together. The client may time out sooner. */
  timeoutMs: number;
}

export type TextFile = { ok: true; text: string } | { ok: false; problem: FileProblem };

/** The response of `files.info`: https://docs.slack.dev/reference/objects/file-object */
const fileInfo = z.object({
  size: z.number(),
  mode: z.string().optional(),
  mimetype: z.string().optional(),
  url_private: z.string().optional(),
  url_private_download: z.string().optional(),
});

/** Why a step failed, and what to log about it. */
interface Failure {
  problem: FileProblem;
  reason: string;
}

type Step<Value> = Result<Value, Failure>;

const failed = (problem: FileProblem, reason: string) => failure<Failure>({ problem, reason });

/**
 * Reads the text of an uploaded file. Only the file's ID comes from the form; Slack provides its
 * URL and size. Never throws.
 */
export async function readTextFile(
  { client, log }: FileContext,
  fileId: string,
  limits: FileLimits,
): Promise<TextFile> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  const found = await lookUp(client, fileId, limits);
  const bytes = found.ok ? await download(client, found.value, limits, signal) : found;
  const decoded = bytes.ok ? decode(bytes.value) : bytes;
  if (decoded.ok) return { ok: true, text: decoded.value };
  const { problem, reason } = decoded.problem;
  log.warn('a file could not be read', { file: fileId, problem: problem.code, reason });
  return { ok: false, problem };
}

function decode(bytes: Uint8Array): Step<string> {
  const text = decodeText(bytes);
  return text === undefined ? failed({ code: 'not_text' }, 'its bytes are no text') : success(text);
}

interface Found {
  url: URL;
  mimetype: string | undefined;
}

async function lookUp(
  client: WebClient,
  fileId: string,
  { maxBytes }: FileLimits,
): Promise<Step<Found>> {
  let info: z.infer<typeof fileInfo>;
  try {
    const { file } = await client.files.info({ file: fileId });
    info = fileInfo.parse(file);
  } catch (error) {
    return failed({ code: codeOf(error) }, failureOf(error));
  }
  if (info.mode === 'tombstone') return failed({ code: 'gone' }, 'it was deleted');
  if (info.size > maxBytes) {
    return failed({ code: 'too_large', maxBytes }, `it has ${info.size} bytes`);
  }
  const address = info.url_private_download ?? info.url_private ?? '';
  if (!URL.canParse(address)) return failed({ code: 'not_allowed' }, 'it has no address');
  const url = new URL(address);
  return isSlacks(url, client)
    ? success({ url, mimetype: info.mimetype })
    : failed({ code: 'not_allowed' }, `its address is at ${url.host}, which is not Slack's`);
}

function codeOf(error: unknown): 'gone' | 'not_allowed' | 'unreachable' {
  switch (lastingError(error)) {
    case undefined:
      return 'unreachable';
    case 'file_not_found':
    case 'file_deleted':
      return 'gone';
    default:
      return 'not_allowed';
  }
}

/**
 * True if the bot's token may be sent to the URL: to Slack's file hosts, or to files on a server
 * that replaces Slack's API. Files in other services have external URLs, and parts of the API echo
 * the token.
 */
function isSlacks({ origin, pathname, username }: URL, { slackApiUrl }: WebClient): boolean {
  const api = new URL(slackApiUrl);
  const origins = ['https://files.slack.com', `https://files.${api.host}`, api.origin];
  return origins.includes(origin) && pathname.startsWith('/files-pri/') && username === '';
}

async function download(
  { token = '' }: WebClient,
  { url, mimetype }: Found,
  { maxBytes }: FileLimits,
  signal: AbortSignal,
): Promise<Step<Uint8Array>> {
  const tooLarge = failed({ code: 'too_large', maxBytes }, 'it has more bytes than was said');
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'manual',
      signal,
    });
    const refused = refusalIn(response.status, response.headers.get('content-type'), mimetype);
    if (refused !== undefined) {
      await response.body?.cancel();
      return refused;
    }
    const body: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of body) {
      length += chunk.length;
      // Leaving the loop ends the download.
      if (length > maxBytes) return tooLarge;
      chunks.push(chunk);
    }
    return success(Buffer.concat(chunks));
  } catch (error) {
    return failed({ code: 'unreachable' }, failureOf(error));
  }
}

/**
 * Without permission, Slack redirects to a sign-in page, or returns that page with status 200:
 * https://github.com/slackapi/deno-slack-sdk/issues/285
 */
function refusalIn(
  status: number,
  contentType: string | null,
  mimetype: string | undefined,
): ReturnType<typeof failed> | undefined {
  const isPage = isHtml(contentType) && !isHtml(mimetype);
  if (status === 200 && !isPage) return undefined;
  const reason = status === 200 ? 'a page was shown instead' : `the answer was ${status}`;
  if (status === 404 || status === 410) return failed({ code: 'gone' }, reason);
  const isDenied = status === 200 || (status >= 300 && status < 400) || status === 401;
  return failed({ code: isDenied || status === 403 ? 'not_allowed' : 'unreachable' }, reason);
}

const isHtml = (type: string | null | undefined): boolean =>
  typeof type === 'string' && /^text\/html\b/i.test(type);
