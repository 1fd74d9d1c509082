import { ALICE, type Fault, type SlackWorkspace, startSlack } from '../../playground/slack/index';
import { silentLog } from '../../src/operations/log';
import { interactiveClient } from '../../src/slack/clients';
import { failureOf, lastingError, platformError } from '../../src/slack/platformError';

let slack: SlackWorkspace;
beforeAll(async () => {
  slack = await startSlack();
});
afterAll(() => slack.close());

/** What a call rejects with. */
async function rejection(fault: Fault): Promise<unknown> {
  slack.faults.next('users.info', fault);
  const client = interactiveClient(slack.botToken, slack.apiUrl, silentLog);
  return client.users.info({ user: ALICE }).then(
    () => 'no rejection',
    (error: unknown) => error,
  );
}

it.each([
  ...['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'],
  ...['ratelimited', 'rate_limited', 'message_limit_exceeded'],
  ...['team_added_to_org', 'org_login_required', 'fetch_members_failed'],
])('%s is a temporary failure of Slack', async (error) => {
  const rejected = await rejection({ kind: 'error', error });
  expect(platformError(rejected)).toBe(error);
  expect(lastingError(rejected)).toBeUndefined();
});

it.each([
  ...['user_not_found', 'missing_scope', 'invalid_auth', 'channel_not_found', 'is_archived'],
  ...['account_inactive', 'ekm_access_denied', 'method_deprecated'],
])('%s persists', async (error) => {
  const rejected = await rejection({ kind: 'error', error });
  expect(platformError(rejected)).toBe(error);
  expect(lastingError(rejected)).toBe(error);
});

it.each<[string, Fault]>([
  ['with status 500', { kind: 'status', status: 500 }],
  ['with a rate limit', { kind: 'rateLimited', retryAfterSeconds: 30 }],
  ['that breaks off', { kind: 'reset' }],
  ['with a page instead of JSON', { kind: 'status', status: 200 }],
  ['with a sentence', { kind: 'error', error: 'Blocked by policy' }],
  ['with a sentence in lower case', { kind: 'error', error: 'blocked by policy' }],
  ['without a name', { kind: 'error', error: '' }],
])('a response %s has no error of Slack', async (_, fault) => {
  const rejected = await rejection(fault);
  expect(rejected).toBeInstanceOf(Error);
  expect(platformError(rejected)).toBeUndefined();
  expect(lastingError(rejected)).toBeUndefined();
});

const fetchFailed = (cause: Error) =>
  new Error('A request error occurred: fetch failed', {
    cause: new TypeError('fetch failed', { cause }),
  });
const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });

it.each<[string, Error, string]>([
  ['a certificate', new Error('self-signed certificate'), 'self-signed certificate'],
  ['several addresses', withCode('', 'ECONNREFUSED'), 'ECONNREFUSED'],
  [
    'a proxy',
    new Error('failed', { cause: new Error('Proxy response (407) !== 200 when HTTP Tunneling') }),
    'Proxy response (407) !== 200 when HTTP Tunneling',
  ],
])('an admin can read that a call failed because of %s', (_, cause, words) => {
  expect(failureOf(fetchFailed(cause))).toBe(`A request error occurred: fetch failed (${words})`);
});

it('an admin reads one message once', () => {
  const cause = new Error('no route');
  expect(failureOf(new Error('A request error occurred: no route', { cause }))).toBe(
    'A request error occurred: no route',
  );
});

it.each<[Fault, RegExp]>([
  [{ kind: 'error', error: 'missing_scope' }, /^missing_scope$/],
  [{ kind: 'status', status: 500 }, /500/],
  [{ kind: 'error', error: '' }, /^the response is not from Slack: ""$/],
  [
    { kind: 'error', error: `<p>${'more'.repeat(100)}` },
    /^the response is not from Slack: "<p>.{97}"$/,
  ],
])('an admin can read what failed after %j', async (fault, words) => {
  expect(failureOf(await rejection(fault))).toMatch(words);
});
