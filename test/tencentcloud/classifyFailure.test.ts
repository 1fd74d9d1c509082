import { classifyFailure } from '../../src/tencentcloud/classifyFailure';

const asIs = (text: string): string => text;
const sent = { sent: true, redirected: false, abandoned: false };
const notSent = { ...sent, sent: false };
const answered = (code: string) => ({ code, message: 'words', requestId: 'r' });

/** Codes that look like rejections, but don't show whether the job was created. */
const doubtful = ['ResponseSizeLimitExceeded'];

describe('a call that was sent', () => {
  it.each(doubtful)('may have created the job if the code is %s', (code) => {
    expect(classifyFailure(answered(code), sent, asIs)).toEqual({
      kind: 'unknown',
      doubt: { kind: 'unreadable_answer', detail: code },
    });
  });

  it.each([
    'InternalError',
    'A',
    'A.B',
    'InvalidParameterValue.JobName',
    'RequestLimitExceeded',
    'ResponseSize',
  ])('certainly failed if the code is %s', (code) => {
    expect(classifyFailure(answered(code), sent, asIs)).toEqual({
      kind: 'failed',
      problem: { kind: 'refused', code, message: 'words', requestId: 'r' },
    });
  });

  it.each([
    ['a code without a RequestId', { ...answered('InternalError'), requestId: '' }],
    ['a code of the system', { code: 'ECONNRESET', message: 'words' }],
    ['a code of the library', { code: 'internal error', message: 'words', requestId: 'r' }],
    ['a code with a prefix', answered('1InternalError')],
    ['a code with a suffix', answered('InternalError.')],
    ['an error without a code', new Error('words')],
    ['text', 'words'],
  ])('may have created the job after %s', (_, error) => {
    expect(classifyFailure(error, sent, asIs)).toMatchObject({
      kind: 'unknown',
      doubt: { kind: 'no_answer' },
    });
  });

  it.each([
    ['a status', { httpCode: 502 }, 'HTTP 502'],
    [
      'a body that is not JSON',
      Object.assign(new Error('words'), { type: 'invalid-json' }),
      'words',
    ],
    ['a body of another shape', new TypeError('words'), 'words'],
  ])('may have created the job after %s', (_, error, detail) => {
    expect(classifyFailure(error, sent, asIs)).toEqual({
      kind: 'unknown',
      doubt: { kind: 'unreadable_answer', detail },
    });
  });

  it('may have created the job if the response was a redirect, whatever else it says', () => {
    expect(classifyFailure(answered('InternalError'), { ...sent, redirected: true }, asIs)).toEqual(
      {
        kind: 'unknown',
        doubt: { kind: 'redirected' },
      },
    );
  });
});

describe('a call that was not sent', () => {
  it.each([{ httpCode: 502 }, new TypeError('words'), new Error('words')])(
    'certainly failed: %j',
    (error) => {
      expect(classifyFailure(error, notSent, asIs)).toMatchObject({
        kind: 'failed',
        problem: { kind: 'not_sent' },
      });
    },
  );
});

it("says that Ferry gave up waiting, instead of the library's words", () => {
  const abandoned = { ...sent, abandoned: true };
  const outcome = classifyFailure(new Error('The user aborted a request.'), abandoned, asIs);
  expect(outcome).toEqual({
    kind: 'unknown',
    doubt: { kind: 'no_answer', detail: 'Ferry gave up waiting' },
  });
});

it('cleans all foreign text', () => {
  const clean = (text: string): string => `<${text}>`;
  expect(classifyFailure(answered('InternalError'), sent, clean)).toMatchObject({
    problem: { code: '<InternalError>', message: '<words>', requestId: '<r>' },
  });
  expect(classifyFailure(new Error('words'), sent, clean)).toMatchObject({
    doubt: { detail: '<words>' },
  });
  expect(classifyFailure('words', notSent, clean)).toMatchObject({
    problem: { detail: '<words>' },
  });
});
