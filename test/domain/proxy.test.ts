import { isExcepted } from '../../src/domain/proxy';

describe('the exceptions in NO_PROXY', () => {
  it.each([
    ['', 'slack.com', 443, false],
    ['*', 'slack.com', 443, true],
    ['slack.com', 'slack.com', 443, true],
    ['slack.com', 'SLACK.com', 443, true],
    ['slack.com', 'files.slack.com', 443, true],
    ['.slack.com', 'wss.slack.com', 443, true],
    ['*.slack.com', 'wss.slack.com', 443, true],
    ['slack.com', 'notslack.com', 443, false],
    ['slack.com:443', 'slack.com', 443, true],
    ['slack.com:8443', 'slack.com', 443, false],
    ['a.test, b.test c.test', 'c.test', 443, true],
    ['10.0.0.5', '10.0.0.5', 443, true],
    [' * ', 'slack.com', 443, true],
    ['a.test, *', 'slack.com', 443, false],
    ['.slack.com', 'slack.com', 443, true],
    ['Slack.COM', 'slack.com', 443, true],
    ['slack.com:8443', 'slack.com', 8443, true],
    ['slack.com:x', 'slack.com', 443, false],
    // Nothing between two commas matches.
    [',', 'slack.com.', 443, false],
    ['a.test,,b.test', 'slack.com.', 443, false],
  ])('%j for %s:%d: %s', (except, host, port, expected) => {
    expect(isExcepted(except, host, port)).toBe(expected);
  });
});
