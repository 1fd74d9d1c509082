import { CommonClient } from 'tencentcloud-sdk-nodejs/tencentcloud/common/common_client';
import type { Unfinished } from '../domain/request/launchOutcome';
import { hideSecrets, type Secret } from '../domain/secrets/secret';
import type { CallPace } from '../ports/callPace';
import type { MaySend } from '../ports/migrationService';
import { classifyFailure } from './classifyFailure';
import { type Endpoint, endpointFor } from './endpoint';
import { dts, type Service } from './services';
import { singleUseAgent } from './singleUseAgent';

/** The account that makes calls. */
export interface CloudAccount {
  secretId: string;
  secretKey: Secret;
  token: Secret | undefined;
  endpoint: Endpoint | undefined;
  /** The language of Tencent Cloud's error messages. */
  language: 'en-US' | 'zh-CN';
  /** Keeps the rate limits of DTS, the only service with a limit that Ferry can reach. */
  pace: CallPace | undefined;
}

const always: MaySend = async () => true;

/** A response as the SDK parsed it, or how the call failed. */
export type CloudAnswer = { ok: true; answer: unknown } | { ok: false; outcome: Unfinished };

export interface CloudCall {
  service: Service;
  action: string;
  region: string;
  body: object;
}

/** How long the SDK waits for the headers of a response, and again for its body. */
const answerTimeoutSeconds = 20;
const longestMessage = 1_000;

/**
 * Makes one signed call to a service in a region. Never throws, never retries, follows no redirect.
 * It removes `secrets` from returned texts; `abandon` ends the wait. A response may contain other
 * secrets, and the detail of an unreadable response may quote them.
 */
export async function callCloud(
  account: CloudAccount,
  { service, action, region, body }: CloudCall,
  {
    secrets,
    abandon,
    maySend = always,
  }: { secrets: readonly Secret[]; abandon: AbortSignal; maySend?: MaySend },
): Promise<CloudAnswer> {
  const { secretId, secretKey, token, language, pace } = account;
  const endpoint = endpointFor(service.name, region, account.endpoint);
  const { agent, progress, close } = singleUseAgent(endpoint.protocol, async (gone) => {
    if (service.name === dts.name) await pace?.(action, gone, maySend);
  });
  try {
    const client = new CommonClient(endpoint.host, service.version, {
      credential: {
        secretId,
        secretKey: secretKey.reveal(),
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
          reqTimeout: answerTimeoutSeconds,
          agent,
        },
      },
    });
    const answer: unknown = await client.request(action, body, { signal: abandon });
    return { ok: true, answer };
  } catch (error) {
    const hidden = [...secrets, secretKey, ...(token === undefined ? [] : [token])];
    const clean = (text: string): string => hideSecrets(hidden, text).slice(0, longestMessage);
    const known = { ...progress, abandoned: abandon.aborted };
    return { ok: false, outcome: classifyFailure(error, known, clean) };
  } finally {
    close();
  }
}
