import type { Doubt, LaunchProblem } from '../request/launchOutcome';
import { type Explained, explanationOf, type Failure, mayReadLater } from './errorCodes';

/**
 * Finds the failure by the text of an error. This affects only the words; the connection decides
 * whether a retry is safe. Sources: Node's `errors` page for errno names, node-fetch (used by the
 * SDK) for the rest.
 */
const sayings: readonly (readonly [Failure, RegExp])[] = [
  ['no_keys', /^there are no valid keys for Tencent Cloud/],
  ['name_not_found', /\b(ENOTFOUND|EAI_\w+)\b/],
  ['connection_refused', /\b(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)\b/],
  ['tls_failed', /certificate|\bCERT_|\b(SSL|TLS|EPROTO)\b/i],
  ['process_paused', /process was paused/],
];

function unsentFailure(detail: string): Failure {
  return sayings.find(([, saying]) => saying.test(detail))?.[0] ?? 'not_sent';
}

export function failureOfDoubt(doubt: Exclude<Doubt, { kind: 'duplicate' }>): Failure {
  switch (doubt.kind) {
    case 'no_answer':
      if (/time-?out|gave up waiting/i.test(doubt.detail)) return 'timed_out';
      return /socket hang up|ECONNRESET|EPIPE|premature close/i.test(doubt.detail)
        ? 'connection_lost'
        : 'no_answer';
    case 'unreadable_answer':
      return /^HTTP \d{3}$/.test(doubt.detail) ? 'server_error' : 'unreadable_answer';
    case 'redirected':
    case 'interrupted':
      return doubt.kind;
    default:
      return doubt satisfies never;
  }
}

/** Returns the key of the explanation for a problem. */
export function explainedBy(problem: LaunchProblem): Explained {
  switch (problem.kind) {
    case 'refused':
      return explanationOf(problem.code);
    case 'not_sent':
      return unsentFailure(problem.detail);
    case 'rule_unclear':
    case 'start_time_passed':
    case 'requester_not_allowed':
    case 'job_not_ready':
    case 'check_changed':
    case 'no_effect':
    case 'record_altered':
      return problem.kind;
    case 'secret_unreadable':
    case 'secret_unavailable':
      return failureOfSecret(problem);
    default:
      return problem satisfies never;
  }
}

function failureOfSecret(
  problem: Extract<LaunchProblem, { kind: 'secret_unreadable' | 'secret_unavailable' }>,
): Failure {
  if (problem.kind === 'secret_unreadable') return `secret_${problem.reason}`;
  const { cause } = problem;
  return cause.kind === 'refused' && mayReadLater(cause.code)
    ? 'stored_secret_busy'
    : `stored_secret_${cause.kind}`;
}
