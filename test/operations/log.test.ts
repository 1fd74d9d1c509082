import { Writable } from 'node:stream';
import { Secret } from '../../src/domain/secrets/secret';
import { createLog } from '../../src/operations/log';

const report = { source: 'socket', says: 'closed' };

function written(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  const sink = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  write(createLog('debug', { destination: sink, secrets: [new Secret('hunter2-canary')] }));
  return text;
}

it('writes no credential, whatever carries it', () => {
  const error = Object.assign(new Error('refused'), {
    code: 'slack_webapi_platform_error',
    request: { headers: { authorization: 'Bearer canary' }, body: 'canary' },
  });
  const named = { password: 'canary', token: 'canary', secret: 'canary' };
  const text = written((log) => {
    log.info('a library of Slack reports', { ...report, ...named });
    log.info('a request failed', { error: named });
    log.warn('a request failed', { error: new Secret('canary') });
    log.warn('a request failed', { error: [new Secret('canary')] });
    log.error('a request failed', { error });
  });
  expect(text).not.toContain('canary');
  expect(text).toContain('"message":"refused","code":"slack_webapi_platform_error"');
});

it('hides texts that contain a secret of the process, in any encoding, at any depth', () => {
  const text = written((log) => {
    log.warn('a library of Slack reports', { ...report, says: 'token hunter2-canary' });
    log.warn('a request failed', { error: { list: [{ url: '?q=HUNTER2%2dCANARY' }] } });
    log.error('a request failed', { error: new Error('aHVudGVyMi1jYW5hcnk= was refused') });
    log.error('a request failed', { error: { message: 'unter2', kept: 'ordinary' } });
  });
  expect(text).not.toMatch(/unter2|HUNTER2|aHVudGVy/);
  expect(text).toContain('"kept":"ordinary"');
});

it('writes no control characters for a terminal', () => {
  const says = 'a\u001b[2J\u009b2J\u202e\u0085';
  const text = written((log) => log.warn('a library of Slack reports', { ...report, says }));
  expect(text.trimEnd()).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  expect(JSON.parse(text)).toMatchObject({ says });
});

it('writes one JSON object per line, with level, time and message', () => {
  const [line] = written((log) => log.warn('a library of Slack reports', report)).split('\n');
  expect(JSON.parse(line ?? '')).toMatchObject({
    level: 'warn',
    msg: 'a library of Slack reports',
    ...report,
  });
});
