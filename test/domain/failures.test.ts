import { explainedKeys } from '../../src/domain/errors/errorCodes';
import { explainedBy, failureOfDoubt } from '../../src/domain/errors/failureOf';
import { findCode } from '../../src/domain/errors/findCode';

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
    ['MYENOTFOUND', 'not_sent'],
    ['something else', 'not_sent'],
  ])('%s: %s', (detail, failure) => {
    expect(explainedBy({ kind: 'not_sent', detail })).toBe(failure);
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
