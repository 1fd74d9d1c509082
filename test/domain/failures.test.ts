import { adviceOn, explainedKeys } from '../../src/domain/errors/errorCodes';
import { explainedBy, failureOfDoubt } from '../../src/domain/errors/failureOf';
import { findCode } from '../../src/domain/errors/findCode';
import type { LaunchProblem } from '../../src/domain/request/launchOutcome';

describe('the failure behind a call without a usable response', () => {
  it.each([
    ['network timeout at: https://dts.tencentcloudapi.com', 'timed_out'],
    ['connect ETIMEDOUT: time-out', 'timed_out'],
    ['gave up waiting', 'timed_out'],
    ['socket hang up', 'connection_lost'],
    ['read ECONNRESET', 'connection_lost'],
    ['write EPIPE', 'connection_lost'],
    ['Premature close', 'connection_lost'],
    ['something else', 'no_answer'],
  ])('%s: %s', (detail, failure) => {
    expect(failureOfDoubt({ kind: 'no_answer', detail })).toBe(failure);
  });

  it.each([
    ['HTTP 502', 'server_error'],
    ['HTTP 5021', 'unreadable_answer'],
    ['an HTTP 502', 'unreadable_answer'],
    ['HTTP 50', 'unreadable_answer'],
    ['not JSON', 'unreadable_answer'],
  ])('an unreadable response, %s: %s', (detail, failure) => {
    expect(failureOfDoubt({ kind: 'unreadable_answer', detail })).toBe(failure);
  });
});

describe('the failure behind a call that was not sent', () => {
  it.each([
    ['there are no valid keys for Tencent Cloud', 'no_keys'],
    ['getaddrinfo ENOTFOUND dts.tencentcloudapi.com', 'name_not_found'],
    ['getaddrinfo EAI_AGAIN dts.tencentcloudapi.com', 'name_not_found'],
    ['EAI_', 'not_sent'],
    ['connect ECONNREFUSED 127.0.0.1:443', 'connection_refused'],
    ['connect EHOSTUNREACH', 'connection_refused'],
    ['connect ENETUNREACH', 'connection_refused'],
    ['connect EADDRNOTAVAIL', 'connection_refused'],
    ['unable to verify the first certificate', 'tls_failed'],
    ['CERT_HAS_EXPIRED', 'tls_failed'],
    ['write EPROTO', 'tls_failed'],
    ['an SSL error', 'tls_failed'],
    ['no TLS', 'tls_failed'],
    ['the process was paused', 'process_paused'],
    ['perhaps there are no valid keys for Tencent Cloud', 'not_sent'],
    ['getaddrinfo EAI_FAIL', 'name_not_found'],
    ['an ssl error', 'tls_failed'],
    ['MYCERT_X', 'not_sent'],
    ['MYTLS', 'not_sent'],
    ['MYENOTFOUND', 'not_sent'],
    ['something else', 'not_sent'],
  ])('%s: %s', (detail, failure) => {
    expect(explainedBy({ kind: 'not_sent', detail })).toBe(failure);
  });
});

it.each(['redirected', 'interrupted'] as const)('the doubt “%s” explains itself', (kind) => {
  expect(failureOfDoubt({ kind })).toBe(kind);
});

describe('the explanation of a problem', () => {
  const refused = { kind: 'refused', message: '', requestId: '' } as const;

  it.each([
    ['RequestLimitExceeded', 'RequestLimitExceeded'],
    ['InvalidParameter.Unheard', 'InvalidParameter'],
    ['Unheard.Of', 'unlisted'],
    ['no_keys', 'unlisted'],
  ])('with the code %s is %s', (code, key) => {
    expect(explainedBy({ ...refused, code })).toBe(key);
  });

  it.each<LaunchProblem>([
    ...(['rule_unclear', 'start_time_passed', 'check_changed', 'no_effect'] as const).map(
      (kind) => ({ kind }),
    ),
    { kind: 'requester_not_allowed', rule: 'a' },
    { kind: 'job_not_ready', status: 'running', said: 'running' },
    { kind: 'record_altered', parts: ['state'] },
  ])('is that of its kind: $kind', (problem) => {
    expect(explainedBy(problem)).toBe(problem.kind);
  });

  it.each(['missing', 'no_key', 'damaged', 'elsewhere'] as const)(
    'of a secret that is %s is separate',
    (reason) => {
      expect(explainedBy({ kind: 'secret_unreadable', reason })).toBe(`secret_${reason}`);
    },
  );

  it.each<Extract<LaunchProblem, { kind: 'secret_unavailable' }>['cause']>([
    { ...refused, code: 'AuthFailure' },
    { kind: 'not_reached', detail: 'reset' },
    { kind: 'unusable' },
    { kind: 'other_user', user: 'root' },
    { kind: 'not_set' },
    { kind: 'not_allowed' },
    { kind: 'unknown_person' },
  ])('of a stored secret is that of its cause: $kind', (cause) => {
    const reference = { kind: 'env', name: 'SHOP' } as const;
    const problem = { kind: 'secret_unavailable', path: 'SrcInfo.Password', reference } as const;
    expect(explainedBy({ ...problem, cause })).toBe(`stored_secret_${cause.kind}`);
  });

  it.each([
    ['RequestLimitExceeded', 'stored_secret_busy'],
    ['InternalError.Unheard', 'stored_secret_busy'],
    ['UnauthorizedOperation', 'stored_secret_refused'],
    ['ResourceNotFound.SecretNotExist', 'stored_secret_refused'],
    ['Unheard.Of', 'stored_secret_refused'],
  ])('of a secret that Secrets Manager refused with %s is %s', (code, key) => {
    const reference = { kind: 'ssm', name: 'orders', version: 'v1' } as const;
    const cause = { ...refused, code };
    const problem = { path: 'SrcInfo.Password', reference, cause } as const;
    expect(explainedBy({ kind: 'secret_unavailable', ...problem })).toBe(key);
  });
});

describe('a search for a whole error code', () => {
  it.each(explainedKeys)('finds %s in any case', (key) => {
    for (const typed of [key, key.toUpperCase(), key.toLowerCase()]) {
      expect(findCode(typed)).toEqual({ kind: 'found', key });
    }
  });

  it.each([
    ['RequestLimitExceded', 'RequestLimitExceeded'],
    ['InternalEror', 'InternalError'],
    // A typo after the dot.
    ['DuplicateJb', 'InternalError.DuplicateJob'],
  ])('offers the nearest for the typo %s', (typed, key) => {
    const found = findCode(typed);
    expect(found).toMatchObject({ kind: 'near' });
    const keys = found.kind === 'near' ? found.keys : [];
    expect(keys[0]).toBe(key);
    expect(keys.length).toBeLessThanOrEqual(3);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('explains an unknown code by its family, if there is one', () => {
    expect(findCode('InvalidParameter.SomethingThatNobodyKnows')).toEqual({
      ...{ kind: 'new', key: 'InvalidParameter' },
    });
    expect(findCode('completely different words')).toEqual({ kind: 'new', key: 'unlisted' });
  });
});

describe('a search for the part of an error code after its dot', () => {
  const endingOf = (key: string) => key.slice(key.indexOf('.') + 1).toLowerCase();
  const isWhole = (ending: string) => explainedKeys.some((key) => key.toLowerCase() === ending);
  const searched = [...new Set(explainedKeys.map(endingOf))]
    .filter((ending) => !isWhole(ending))
    .map((ending) => {
      const keys = explainedKeys.filter((key) => endingOf(key) === ending);
      return { ending, keys };
    });
  const alone = searched.filter(({ keys }) => keys.length === 1);
  const shared = searched.filter(({ keys }) => keys.length > 1);

  it('finds the only code with this ending', () => {
    expect(alone.length).toBeGreaterThan(0);
    for (const { ending, keys } of alone) {
      expect(findCode(ending)).toEqual({ kind: 'found', key: keys[0] });
    }
  });

  it('offers at most three of several codes with this ending', () => {
    expect(shared.length).toBeGreaterThan(0);
    for (const { ending, keys } of shared) {
      expect(findCode(ending)).toEqual({ kind: 'near', keys: keys.slice(0, 3) });
    }
  });
});

it('advises to fill in fields after a missing parameter only if some are empty', () => {
  expect(adviceOn('MissingParameter')).toEqual(adviceOn('MissingParameter', false));
  expect(adviceOn('MissingParameter')).not.toEqual(adviceOn('MissingParameter', true));
  expect(adviceOn('InternalError', true)).toEqual(adviceOn('InternalError', false));
});
