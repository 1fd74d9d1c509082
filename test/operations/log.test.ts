import { Writable } from 'node:stream';
import { Secret } from '../../src/domain/secret';
import { createLog } from '../../src/operations/log';

function written(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  const sink = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  write(createLog('debug', sink));
  return text;
}

it('writes no credential, by whatever way it comes', () => {
  const error = Object.assign(new Error('refused'), {
    code: 'slack_webapi_platform_error',
    request: { headers: { authorization: 'Bearer canary' }, body: 'canary' },
  });
  const text = written((log) => {
    log.info('a', { password: 'canary', token: 'canary', secret: 'canary' });
    log.info('b', { config: { password: 'canary', token: 'canary', secret: 'canary' } });
    log.warn('c', { value: new Secret('canary'), list: [new Secret('canary')] });
    log.error('d', { error });
  });
  expect(text).not.toContain('canary');
  expect(text).toContain('"message":"refused","code":"slack_webapi_platform_error"');
});

it('writes one JSON object a line, with level, time and message', () => {
  const [line] = written((log) => log.warn('said', { request: 7 })).split('\n');
  expect(JSON.parse(line ?? '')).toMatchObject({ level: 'warn', msg: 'said', request: 7 });
});
