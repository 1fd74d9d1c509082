import { BOT_USER, type SlackWorkspace, startSlack, TEAM } from '../../playground/slack/index';
import { silentLog } from '../../src/operations/log';
import { interactiveClient } from '../../src/slack/clients';
import { keepSigningIn, signIn } from '../../src/slack/signIn';

let slack: SlackWorkspace;
beforeEach(async () => {
  slack = await startSlack({ scopes: ['commands', 'chat:write'] });
});
afterEach(() => slack.close());
const client = (token = slack.botToken) => interactiveClient(token, slack.apiUrl, silentLog);

it('returns whom the token belongs to, and its scopes', async () => {
  expect(await signIn(client())).toEqual({
    kind: 'signed_in',
    identity: {
      teamId: TEAM.id,
      workspaceUrl: expect.stringMatching(/^https:\/\/.+\/$/),
      botId: expect.stringMatching(/^B/),
      botUserId: BOT_USER,
      scopes: ['commands', 'chat:write'],
    },
  });
});

it.each(['account_inactive', 'token_revoked'])('is refused after %s', async (error) => {
  slack.faults.next('auth.test', { kind: 'error', error });
  expect(await signIn(client())).toEqual({ kind: 'refused', error });
});

it.each([
  ['internal_error', { kind: 'error', error: 'internal_error' }, 'internal_error'],
  ['a full queue', { kind: 'rateLimited', retryAfterSeconds: 30 }, 'rate-limit'],
  ['a migration', { kind: 'error', error: 'org_login_required' }, 'org_login_required'],
  ['the page of a proxy', { kind: 'status', status: 200 }, 'not from Slack: "<html>'],
  ['status 500', { kind: 'status', status: 500 }, '500'],
  ['a broken connection', { kind: 'reset' }, 'fetch failed (other side closed)'],
] as const)('finds Slack unreachable after %s, and says why', async (_, fault, detail) => {
  slack.faults.next('auth.test', fault);
  expect(await signIn(client())).toEqual({
    kind: 'unreachable',
    detail: expect.stringContaining(detail),
  });
});

it('retries with doubling delays up to half a minute until Slack answers', async () => {
  const delays: number[] = [];
  const reasons: unknown[] = [];
  let nowMs = 0;
  const clock = {
    now: () => new Date(nowMs),
    async sleepUntil(at: Date) {
      delays.push(at.getTime() - nowMs);
      nowMs = at.getTime();
    },
  };
  const error = (_: string, fields?: Readonly<Record<string, unknown>>) =>
    void reasons.push(fields?.['reason']);
  slack.faults.next('auth.test', { kind: 'error', error: 'internal_error' }, 8);
  const result = await keepSigningIn(client(), {
    clock,
    log: { ...silentLog, error },
    // The longest delays.
    random: () => 1,
    stopping: new AbortController().signal,
  });
  expect(result.kind).toBe('signed_in');
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(reasons).toHaveLength(8);
  expect(reasons[0]).toContain('internal_error');
});

it.each(['the delay', 'a call'])('stops during %s, although Slack would answer', async (during) => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const clock = {
    now: () => new Date(),
    async sleepUntil(_: Date, given?: AbortSignal) {
      expect(given).toBe(signal);
      stopping.abort();
    },
  };
  if (during === 'the delay')
    slack.faults.next('auth.test', { kind: 'error', error: 'internal_error' });
  const context = { clock, log: silentLog, random: () => 0.5, stopping: signal };
  const result = keepSigningIn(client(), context);
  if (during === 'a call') stopping.abort();
  expect(await result).toEqual({ kind: 'stopped' });
});

it('does not retry after a refusal', async () => {
  slack.faults.next('auth.test', { kind: 'error', error: 'invalid_auth' });
  const clock = { now: () => new Date(), sleepUntil: () => Promise.reject(new Error('waited')) };
  const { signal: stopping } = new AbortController();
  const context = { clock, log: silentLog, random: () => 0.5, stopping };
  expect(await keepSigningIn(client(), context)).toEqual({
    kind: 'refused',
    error: 'invalid_auth',
  });
});
