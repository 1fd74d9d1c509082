import { Client } from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts/v20180330/dts_client';
import type { CreateMigrateJobRequest } from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts/v20180330/dts_models';
import {
  DEFAULT_SECRET_ID,
  DEFAULT_SECRET_KEY,
  type DtsEndpoint,
  pageExample,
} from '../../playground/tencentcloud/index';

/** Creates a job as another user of the account's key would. */
export async function createJob(
  dts: DtsEndpoint,
  changes: Partial<CreateMigrateJobRequest>,
): Promise<string> {
  const client = new Client({
    credential: { secretId: DEFAULT_SECRET_ID, secretKey: DEFAULT_SECRET_KEY },
    region: 'ap-shanghai',
    profile: { httpProfile: { protocol: 'http://', endpoint: dts.host } },
  });
  const { JobId } = await client.CreateMigrateJob({ ...pageExample, ...changes });
  if (JobId === undefined) throw new Error('no JobId');
  return JobId;
}
