import { slackLogger } from '../../src/slack/log';

function record() {
  const lines: unknown[] = [];
  const write = (level: string) => (message: string, fields?: object) =>
    void lines.push([level, message, fields]);
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  return { lines, logger: slackLogger(log, 'http') };
}

it('logs library messages, but only the messages of errors and the kinds of other values', () => {
  const { lines, logger } = record();
  logger.warn('slow', 7, { headers: 'canary-Pa55word' }, new TypeError('no'));
  logger.error('down');
  expect(lines).toEqual([
    [
      'warn',
      'a library of Slack reports',
      { source: 'http', says: 'slow number object TypeError: no' },
    ],
    ['error', 'a library of Slack reports', { source: 'http', says: 'down' }],
  ]);
});

it.each([
  [300, 300],
  [301, 300],
])('shortens a text of %i characters, such as a page of a proxy, to %i', (length, kept) => {
  const { lines, logger } = record();
  logger.error('x'.repeat(length), 'next');
  expect(lines).toEqual([
    ['error', 'a library of Slack reports', { source: 'http', says: `${'x'.repeat(kept)} next` }],
  ]);
});

it('drops library messages at other levels', () => {
  const { lines, logger } = record();
  logger.debug('canary-Pa55word');
  logger.info('canary-Pa55word');
  expect(lines).toEqual([]);
  expect(logger.getLevel()).toBe('warn');
});
