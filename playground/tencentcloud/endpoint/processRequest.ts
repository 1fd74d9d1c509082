import type { Holdings } from '../account/holdings';
import { regionName } from '../region/regionInfo';
import { services } from '../services';
import type { ActionContext } from './action';
import type { Answer } from './answer';
import { authenticate } from './authenticate';
import type { Call } from './call';
import type { EndpointPolicy } from './endpointPolicy';
import type { KeyIssuer } from './issuedKeys';
import { missing } from './parseParameters';
import type { RateLimiter } from './rateLimiter';
import type { Body } from './readBody';
import { type Refusal, refusal } from './refusal';

/** The largest body in bytes: the documented limit for TC3-signed POST requests. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** The endpoint's state that processing needs. */
export interface EndpointState {
  readonly policy: EndpointPolicy;
  readonly limiter: RateLimiter;
  readonly jobs: ActionContext['jobs'];
  readonly plannedFailures: ActionContext['plannedFailures'];
  /** The actions for which the account lost its permission. */
  readonly forbidden: ReadonlySet<string>;
  readonly holdings: Holdings;
  readonly issuer: KeyIssuer;
}

/**
 * Checks a request and performs its action. The order is protocol, size, common parameters,
 * signature, version, action, region, permission (CAM), rate, then the action's parameters. The
 * service documents the codes but not their order.
 *
 * `nowMs` is the endpoint's clock in ms at the time of processing.
 */
export function processRequest(
  call: Call,
  body: Exclude<Body, { kind: 'brokenOff' }>,
  state: EndpointState,
  nowMs: number,
): Answer {
  const { policy, limiter, jobs, plannedFailures, holdings, forbidden } = state;
  const wrongProtocol = checkProtocol(call);
  if (wrongProtocol !== undefined) return wrongProtocol;
  if (body.kind === 'tooLarge') {
    return refusal('RequestSizeLimitExceeded', 'The request body is larger than 10 MB.');
  }
  const { action, version, region } = call;
  if (action === undefined) return missing('Action');
  if (version === undefined) return missing('Version');
  if (call.headers['x-tc-timestamp'] === undefined) return missing('Timestamp');
  const isUnsigned = unsigned.has(action) && call.headers.authorization === 'SKIP';
  const issued = state.issuer.find(secretIdOf(call));
  const unauthenticated = isUnsigned
    ? undefined
    : authenticate(
        { method: call.method, path: call.path, headers: call.headers, body: body.bytes },
        issued ?? policy.credentials,
        policy.signatureNow(),
      );
  if (unauthenticated !== undefined) return unauthenticated;
  if (issued !== undefined && state.issuer.hasExpired(issued)) {
    return refusal('AuthFailure.TokenFailure', 'The token has expired.');
  }
  const ofVersion = services.filter((service) => service.version === version);
  if (ofVersion.length === 0) {
    return refusal('NoSuchVersion', `There is no version ${version} here.`);
  }
  const service = ofVersion.find(({ actions }) => actions.has(action));
  const perform = service?.actions.get(action);
  if (service === undefined || perform === undefined) {
    return refusal('InvalidAction', `There is no action ${action} of version ${version}.`);
  }
  if (region === undefined && service.needsRegion) return missing('Region');
  if (region !== undefined && !regionName.test(region)) {
    return refusal('UnsupportedRegion', `The region ${region} is not supported.`);
  }
  const permission = `${service.name}:${action}`;
  const isAllowed = policy.allowedActions === 'all' || policy.allowedActions.has(action);
  if (!isAllowed || forbidden.has(action)) {
    return refusal(service.forbidden, `The account has no permission for ${permission}.`);
  }
  const perSecond = service.callsPerSecond[action] ?? policy.callsPerSecond;
  const limitKey = `${policy.credentials.secretId} ${permission} ${version}`;
  if (!limiter.admit(limitKey, perSecond, nowMs)) {
    return refusal('RequestLimitExceeded', `${action} may be called ${perSecond} times a second.`);
  }
  if (call.body === undefined) return refusal('InvalidParameter', 'The body is not JSON.');
  return perform(call.body, {
    nowMs,
    region: region ?? '',
    callIndex: call.index,
    jobs,
    plannedFailures,
    language: call.headers['x-tc-language'] === 'en-US' ? 'en-US' : 'zh-CN',
    holdings,
    rules: policy,
    issue: (seconds) => state.issuer.issue(seconds),
  });
}

/** Actions that a token in the body authenticates, so that a request may have no signature. */
const unsigned: ReadonlySet<string> = new Set(['AssumeRoleWithWebIdentity']);

const secretIdOf = ({ headers }: Call): string =>
  /Credential=([^/\s,]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';

/** GET, or POST of JSON: the two forms of TC3 requests for this service. */
function checkProtocol(call: Call): Refusal | undefined {
  if (call.method === 'GET') return undefined;
  if (call.method !== 'POST') {
    return refusal('UnsupportedProtocol', `${call.method} is not supported, only GET and POST.`);
  }
  const mediaType = (call.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  return mediaType === 'application/json'
    ? undefined
    : refusal('UnsupportedProtocol', 'A POST must carry application/json.');
}
