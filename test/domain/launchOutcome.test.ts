import { type CallProblem, withoutWords } from '../../src/domain/errors/callProblem';
import {
  detailOf,
  isOfTransport,
  type LaunchProblem,
  mayRetry,
} from '../../src/domain/request/launchOutcome';

const refused = (code: string): CallProblem => ({
  kind: 'refused',
  code,
  message: 'canary-Pa55word is too weak',
  requestId: 'r1',
});
type Cause = Extract<LaunchProblem, { kind: 'secret_unavailable' }>['cause'];
const unavailable = (cause: Cause): LaunchProblem => ({
  kind: 'secret_unavailable',
  path: 'SrcInfo.Password',
  reference: { kind: 'ssm', name: 'orders', version: 'v1' },
  cause,
});

const problems: readonly (readonly [LaunchProblem, retry: boolean, transport: boolean])[] = [
  [{ kind: 'not_sent', detail: 'ECONNREFUSED' }, true, true],
  [refused('RequestLimitExceeded'), true, false],
  [refused('RequestLimitExceeded.UinLimitExceeded'), true, false],
  [refused('RequestLimitExceededOfJobs'), false, false],
  [refused('LimitExceeded.RequestLimitExceeded'), false, false],
  [refused('InternalError'), false, false],
  [{ kind: 'rule_unclear' }, false, false],
  [{ kind: 'start_time_passed' }, false, false],
  [{ kind: 'requester_not_allowed', rule: 'usual' }, false, false],
  [{ kind: 'record_altered', parts: [] }, false, false],
  [{ kind: 'secret_unreadable', reason: 'missing' }, false, false],
  [unavailable({ kind: 'not_reached', detail: 'timeout' }), true, true],
  [unavailable({ kind: 'unknown_person' }), true, false],
  ...[
    ['RequestLimitExceeded', true] as const,
    ['RequestLimitExceeded.UinLimitExceeded', true] as const,
    ['InternalError', true] as const,
    ['InternalError.Unheard', true] as const,
    ['ServiceUnavailable', true] as const,
    ['UnauthorizedOperation', false] as const,
    ['ResourceNotFound.SecretNotExist', false] as const,
    ['ResourceUnavailable.ResourceDisabled', false] as const,
    ['Unheard.Of', false] as const,
  ].map(
    ([code, retry]) =>
      [unavailable({ kind: 'refused', code, message: 'm', requestId: 'r' }), retry, false] as const,
  ),
  [unavailable({ kind: 'unusable' }), false, false],
  [unavailable({ kind: 'other_user', user: 'root' }), false, false],
  [unavailable({ kind: 'not_set' }), false, false],
  [unavailable({ kind: 'not_allowed' }), false, false],
];

it.each(problems)('%j: an automatic retry is safe and useful: %s', (problem, retry) => {
  expect(mayRetry(problem)).toBe(retry);
});

it.each(problems)(
  '%j: %#. its words help only if they do not come from a network',
  (problem, _, transport) => {
    expect(isOfTransport(problem)).toBe(transport);
  },
);

it.each<[CallProblem, object]>([
  [refused('LimitExceeded'), { message: '' }],
  [{ kind: 'not_sent', detail: 'ECONNREFUSED' }, { detail: '' }],
])("%j: only the server's words are removed", (problem, changed) => {
  expect(withoutWords(problem)).toEqual({ ...problem, ...changed });
});

it('a doubt has a detail only if something arrived or broke', () => {
  expect(detailOf({ kind: 'no_answer', detail: 'reset' })).toBe('reset');
  expect(detailOf({ kind: 'unreadable_answer', detail: 'html' })).toBe('html');
  expect(detailOf({ kind: 'redirected' })).toBeUndefined();
  expect(detailOf({ kind: 'interrupted' })).toBeUndefined();
  const duplicate = { kind: 'duplicate', code: 'c', message: 'm', requestId: 'r' } as const;
  expect(detailOf(duplicate)).toBeUndefined();
});
