import { type SlackWorkspace, startSlack } from '../../playground/slack/index';
import { socketConnection } from '../../src/slack/socketConnection';
import { movableClock } from '../support/movableClock';

let slack: SlackWorkspace;
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(() => slack.close());

function connect() {
  const clock = movableClock();
  const lines: string[] = [];
  const note = (message: string) => lines.push(message);
  const connection = socketConnection({
    appToken: slack.appToken,
    apiUrl: slack.apiUrl,
    clock,
    log: { info: note, warn: note, error: note },
    random: () => 0.5,
    onChange: () => {},
  });
  return { clock, connection, lines };
}
const opens = () => slack.callsOf('apps.connections.open').length;

it('does not reconnect endlessly if every connection ends at once', async () => {
  const { clock, connection } = connect();
  await connection.start();
  for (let ends = 0; ends < 4; ends += 1) {
    await slack.until(() => slack.socket.connections > 0, { what: 'a connection' });
    slack.socket.drop();
    await slack.until(() => slack.socket.connections === 0, { what: 'its end' });
    if (ends > 0) clock.advance(3_000);
  }
  const before = opens();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(opens() - before).toBeLessThanOrEqual(1);
  await connection.stop();
});

it('reports a revoked token once, retries slowly, and recovers', async () => {
  const { clock, connection, lines } = connect();
  expect(await connection.start()).toBeUndefined();
  slack.faults.next('apps.connections.open', { kind: 'error', error: 'token_revoked' }, 3);
  const first = opens();
  slack.socket.drop();
  for (let tries = 1; tries <= 3; tries += 1) {
    await slack.until(() => opens() === first + tries, { what: `try ${tries}` });
    await new Promise((resolve) => setTimeout(resolve, 50));
    clock.advance(59_000);
    expect(opens()).toBe(first + tries);
    clock.advance(2_000);
  }
  await slack.until(() => slack.socket.connections > 0, { what: 'the connection' });
  expect(
    lines.filter((line) => line.includes('Slack is unreachable over the socket')),
  ).toHaveLength(1);
  await connection.stop();
});

it("reports Slack's error for a wrong app token at startup", async () => {
  slack.faults.next('apps.connections.open', { kind: 'error', error: 'invalid_auth' });
  const { connection } = connect();
  expect(await connection.start()).toBe('invalid_auth');
  await connection.stop();
});

it('stops once its connection is closed, or after two seconds if nobody confirms that', async () => {
  const { connection } = connect();
  await connection.start();
  await connection.stop();
  expect(slack.socket.connections).toBe(0);
  expect(connection.isUp()).toBe(false);
});

it.each([
  'account_inactive',
  'app_uninstalled',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'team_disabled',
  'token_expired',
  'token_revoked',
])('reports at the start that Slack answers %s, which no retry changes', async (error) => {
  slack.faults.next('apps.connections.open', { kind: 'error', error }, 10);
  const { connection } = connect();
  expect(await connection.start()).toBe(error);
  expect(connection.isUp()).toBe(false);
  await connection.stop();
});
