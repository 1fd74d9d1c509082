import { ALICE, type Fault, type SlackWorkspace, startSlack } from '../../playground/slack/index';
import type { Measurement } from '../../src/domain/measure/measurement';
import { backgroundClient, interactiveClient, patientClient } from '../../src/slack/clients';
import { limitsDuring } from '../support/limitsDuring';

const lines: string[] = [];
const note = (line: string) => void lines.push(line);
const log = { info: note, warn: note, error: note };
const clients = { interactiveClient, patientClient, backgroundClient };

describe.each([
  ['interactiveClient', 2_500],
  ['patientClient', 4_000],
  ['backgroundClient', 15_000],
] as const)('%s', (name, timeoutMs) => {
  let slack: SlackWorkspace;
  let measured: Measurement[];
  beforeEach(async () => {
    slack = await startSlack();
    measured = [];
    lines.length = 0;
  });
  afterEach(async () => {
    await slack.close();
  });

  const ask = () => {
    const metrics = { measure: (measurement: Measurement) => void measured.push(measurement) };
    const client = clients[name](slack.botToken, slack.apiUrl, log, metrics);
    return client.users.info({ user: ALICE });
  };

  it(`waits ${timeoutMs} ms for an answer`, async () => {
    expect(await limitsDuring(ask)).toEqual([timeoutMs]);
    expect(measured).toEqual([]);
  });

  it('logs what the library reports, and not to the console', async () => {
    const printed = jest.spyOn(console, 'warn');
    slack.faults.next('users.info', { kind: 'reset' });
    await expect(ask()).rejects.toThrow();
    expect(lines).toContain('a library of Slack reports');
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  it.each<[string, Fault, Measurement[]]>([
    [
      'that Slack limits, and counts it',
      { kind: 'rateLimited', retryAfterSeconds: 1 },
      [{ kind: 'slack_limit', method: 'users.info' }],
    ],
    ['that fails', { kind: 'status', status: 500 }, []],
    ['without a response', { kind: 'reset' }, []],
  ])('repeats no call %s', async (_, fault, counted) => {
    slack.faults.next('users.info', fault);
    await expect(ask()).rejects.toThrow();
    expect(slack.callsOf('users.info')).toHaveLength(1);
    expect(measured).toEqual(counted);
  });
});
