import { Client } from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts/v20180330/dts_client';
import type { LaunchOutcome } from '../domain/launchOutcome';
import type { Secret } from '../domain/secret';
import { classifyFailure } from './classifyFailure';
import { type Endpoint, endpointFor } from './endpoint';
import { singleUseAgent } from './singleUseAgent';

export interface DtsAccount {
  secretId: string;
  secretKey: Secret;
  token: Secret | undefined;
  endpoint: Endpoint | undefined;
  /** Language of Tencent Cloud's own error messages. */
  language: 'en-US' | 'zh-CN';
}

/** An answer as the SDK read it, or how the call failed. */
export type DtsAnswer =
  | { ok: true; answer: unknown }
  | { ok: false; outcome: Exclude<LaunchOutcome, { kind: 'created' }> };

/** Seconds that the SDK waits for the headers of an answer, and again for its body. */
const answerTimeoutSeconds = 20;
const longestMessage = 1_000;

/**
 * One signed call of DTS, version 2018-03-30, in `region`. Never throws, never repeats, follows no
 * redirect. `secrets` are kept out of whatever comes back as text; `abandon` ends the wait.
 */
export async function callDts(
  account: DtsAccount,
  action: 'CreateMigrateJob' | 'DescribeMigrateJobs',
  region: string,
  body: object,
  { secrets, abandon }: { secrets: readonly Secret[]; abandon: AbortSignal },
): Promise<DtsAnswer> {
  const { secretId, secretKey, token, language } = account;
  const endpoint = endpointFor(region, account.endpoint);
  const { agent, progress } = singleUseAgent(endpoint.protocol);
  try {
    const client = new Client({
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
          reqMethod: 'POST', // GET would put the password into the URL.
          protocol: `${endpoint.protocol}//`,
          endpoint: endpoint.host,
          reqTimeout: answerTimeoutSeconds,
          agent,
        },
      },
    });
    // The typed methods take no signal; this one does.
    const answer: unknown = await client.request(action, body, { signal: abandon });
    return { ok: true, answer };
  } catch (error) {
    const hidden = [...secrets, secretKey, ...(token === undefined ? [] : [token])];
    const clean = (text: string): string =>
      hidden.reduce((cleaned, secret) => secret.hide(cleaned), text).slice(0, longestMessage);
    const known = { ...progress, abandoned: abandon.aborted };
    return { ok: false, outcome: classifyFailure(error, known, clean) };
  } finally {
    agent.destroy();
  }
}
