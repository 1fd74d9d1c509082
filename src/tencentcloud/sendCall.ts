import { CommonClient } from 'tencentcloud-sdk-nodejs/tencentcloud/common/common_client';
import type { WebProxy } from '../domain/proxy';
import type { Unfinished } from '../domain/request/launchOutcome';
import { hideQuoted } from '../domain/secrets/quotedSecret';
import { hideSecrets, type Secret } from '../domain/secrets/secret';
import type { EndCall } from '../ports/callPace';
import { classifyFailure } from './classifyFailure';
import type { Keys } from './credentials/keys';
import { type Endpoint, endpointFor } from './endpoint';
import type { Service } from './services';
import { singleUseAgent } from './singleUseAgent';
import { tunnelTo } from './tunnel';

/** How calls reach Tencent Cloud. */
export interface CloudRoute {
  endpoint: Endpoint | undefined;
  /** The proxy for hosts outside of this machine. */
  proxy: WebProxy | undefined;
  /** The language of Tencent Cloud's error messages. */
  language: 'en-US' | 'zh-CN';
  /** The secrets of the settings. No returned text contains them. */
  secrets: readonly Secret[];
}

/** A response as the SDK parsed it, or how the call failed. */
export type CloudAnswer = { ok: true; answer: unknown } | { ok: false; outcome: Unfinished };

export interface CloudCall {
  service: Service;
  action: string;
  region: string;
  body: object;
}

const longestMessage = 1_000;

/**
 * Makes one call to a service in a region, signed with `keys` if there are any. Never throws, never
 * retries, follows no redirect. It removes `secrets` from the texts of errors; `abandon` ends the wait. A
 * response may contain other secrets, and the detail of an unreadable response may quote them.
 * @param release resolves when the call may be sent over its connection. The function that it returns runs
 * when the call has ended
 */
export async function sendCall(
  { endpoint: override, language, proxy, secrets: known }: CloudRoute,
  { service, action, region, body }: CloudCall,
  {
    keys,
    secrets,
    abandon,
    release,
  }: {
    keys: Keys | undefined;
    secrets: readonly Secret[];
    abandon: AbortSignal;
    release(gone: AbortSignal): Promise<EndCall | undefined>;
  },
): Promise<CloudAnswer> {
  const { token } = keys ?? {};
  const endpoint = endpointFor(service.name, region, override);
  const tunnel =
    endpoint.protocol === 'https:' ? tunnelTo(destinationOf(endpoint), proxy) : undefined;
  const { agent, progress, close } = singleUseAgent(endpoint.protocol, release, tunnel);
  try {
    const client = new CommonClient(endpoint.host, service.version, {
      credential: {
        secretId: keys?.secretId ?? '',
        secretKey: keys?.secretKey.reveal() ?? '',
        ...(token === undefined ? {} : { token: token.reveal() }),
      },
      region,
      profile: {
        signMethod: 'TC3-HMAC-SHA256',
        language,
        httpProfile: {
          reqMethod: 'POST', // GET would put a password into the URL.
          protocol: `${endpoint.protocol}//`,
          endpoint: endpoint.host,
          reqTimeout: 0, // No limit. `abandon` ends the wait.
          agent,
        },
      },
    });
    const options = { signal: abandon, skipSign: keys === undefined };
    const answer: unknown = await client.request(action, body, options);
    return { ok: true, answer };
  } catch (error) {
    const hidden = [
      ...known,
      ...secrets,
      ...(keys === undefined ? [] : [keys.secretKey]),
      ...(token === undefined ? [] : [token]),
    ];
    const clean = (text: string): string =>
      hideQuoted(hideSecrets(hidden, text)).slice(0, longestMessage);
    const state = { ...progress, abandoned: abandon.aborted };
    return { ok: false, outcome: classifyFailure(error, state, clean) };
  } finally {
    close();
  }
}

function destinationOf({ host, protocol }: Endpoint): { host: string; port: number } {
  const { hostname, port } = new URL(`${protocol}//${host}`);
  return { host: hostname.replace(/[[\]]/g, ''), port: Number(port || 443) };
}
