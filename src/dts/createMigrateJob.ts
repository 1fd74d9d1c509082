import { Client } from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts/v20180330/dts_client';
import type { CreateMigrateJobRequest } from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts/v20180330/dts_models';
import { z } from 'zod';
import type { LaunchOutcome } from '../domain/launchOutcome';
import type { MigrationParameters } from '../domain/migration';
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

/** Seconds that the SDK waits for the headers of an answer, and again for its body. */
const answerTimeoutSeconds = 20;
const longestMessage = 1_000;

const answer = z.object({ JobId: z.string().min(1), RequestId: z.string() });

/**
 * Calls `CreateMigrateJob`, version 2018-03-30, once, in the region of the destination: a job lives
 * there (rule of the 2021-12-06 version), and a finance region has an endpoint of its own. Never
 * throws; `abandon` ends the wait, and the outcome is then unknown.
 */
export async function createMigrateJob(
  account: DtsAccount,
  parameters: MigrationParameters,
  password: Secret,
  abandon: AbortSignal,
): Promise<LaunchOutcome> {
  const region = parameters.DstInfo.Region;
  const endpoint = endpointFor(region, account.endpoint);
  const { agent, progress } = singleUseAgent(endpoint.protocol);
  const clean = (text: string): string =>
    secretsOf(account, password)
      .reduce((cleaned, secret) => secret.blotOut(cleaned), text)
      .slice(0, longestMessage);
  try {
    const { token } = account;
    const client = new Client({
      credential: {
        secretId: account.secretId,
        secretKey: account.secretKey.reveal(),
        ...(token === undefined ? {} : { token: token.reveal() }),
      },
      region,
      profile: {
        signMethod: 'TC3-HMAC-SHA256',
        language: account.language,
        httpProfile: {
          reqMethod: 'POST', // GET would put the password into the URL.
          protocol: `${endpoint.protocol}//`,
          endpoint: endpoint.host,
          reqTimeout: answerTimeoutSeconds,
          agent,
        },
      },
    });
    const body: CreateMigrateJobRequest = {
      ...parameters,
      SrcInfo: { ...parameters.SrcInfo, Password: password.reveal() },
    };
    // The typed method takes no signal; the general one does.
    const answered = answer.safeParse(
      await client.request('CreateMigrateJob', body, { signal: abandon }),
    );
    if (!answered.success) {
      const detail = 'the answer holds no JobId';
      return { kind: 'unknown', doubt: { kind: 'unreadable_answer', detail } };
    }
    const { JobId: jobId, RequestId: requestId } = answered.data;
    return { kind: 'created', jobId, requestId };
  } catch (error) {
    return classifyFailure(error, progress, clean);
  } finally {
    agent.destroy();
  }
}

function secretsOf(account: DtsAccount, password: Secret): Secret[] {
  const { secretKey, token } = account;
  return [password, secretKey, ...(token === undefined ? [] : [token])];
}
